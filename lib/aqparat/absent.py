"""Modules that are not to be found: optional parts of others, slow to import, that nothing here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(name: str) -> Iterator[None]:
    """Let a module not be found for a while; one that is imported already stays."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # what Python's import system takes for absent
    try:
        yield
    finally:
        del sys.modules[name]
