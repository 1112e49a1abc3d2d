"""What a process that is forked for each notebook keeps in memory, so that its children have it.

Nothing is kept unless `keep` was called: elsewhere what is read is used once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Value = TypeVar("Value")

_kept: dict[Hashable, object] | None = None


def keep() -> None:
    """Keep from now on what is made through `recalled`."""
    global _kept
    _kept = {} if _kept is None else _kept


def recalled(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what is kept under a key that tells all it depends on; else make it."""
    if _kept is None:
        return make()
    if key not in _kept:
        _kept[key] = make()
    return cast(Value, _kept[key])
