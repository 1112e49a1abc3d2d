"""nbformat, imported without the two seconds that an optional part of it takes.

jsonschema, which nbformat imports, builds the grammar of international addresses as soon as it finds
`rfc3987_syntax`, for a check that no notebook asks for. Here it does not find it. The package `document`, and
the modules elsewhere that work with notebooks, import this module before anything that imports nbformat.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_OPTIONAL = "rfc3987_syntax"


@contextmanager
def _hidden(name: str) -> Iterator[None]:
    """Let a module not be found for a while; one that is imported already stays."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # what Python's import system takes for absent
    try:
        yield
    finally:
        del sys.modules[name]


with _hidden(_OPTIONAL):
    import nbformat

__all__ = ["nbformat"]
