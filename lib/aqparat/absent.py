"""Modules that are not to be found: parts of others, slow to import, that nothing here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def bare(package: str, *names: str) -> Iterator[None]:
    """Let modules of an imported package be empty for a while; those that are imported already stay."""
    held = sys.modules[package]
    new = [name for name in names if f"{package}.{name}" not in sys.modules]
    for name in new:
        sys.modules[f"{package}.{name}"] = module = ModuleType(f"{package}.{name}")
        setattr(held, name, module)
    try:
        yield
    finally:
        for name in new:
            del sys.modules[f"{package}.{name}"]
            delattr(held, name)


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
