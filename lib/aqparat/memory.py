"""What a process that is forked for each notebook keeps in memory, so that its children have it.

Nothing is kept unless `keep` was called: elsewhere what is read is used once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Value = TypeVar("Value")

_MOST = 16  # things kept: a period's tables and facts are some tens of MB, and a batch may have many periods
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
        made = make()  # which may itself keep something
        if len(_kept) >= _MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = made
    return cast(Value, _kept[key])
