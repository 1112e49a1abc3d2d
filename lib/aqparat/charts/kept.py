"""Pictures kept while what they show stays the same, for a process that draws the same charts again.

Nothing is kept unless `keep` was called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from aqparat.memory import digest

Value = TypeVar("Value")

_MOST = 200  # pictures: some ten reports' worth, about 10 MB
_kept: dict[bytes, object] | None = None


def keep() -> None:
    """Keep pictures from now on."""
    global _kept
    _kept = {} if _kept is None else _kept


def keeps() -> bool:
    """Return whether pictures are kept."""
    return _kept is not None


def recalled(depends_on: object, make: Callable[[], Value]) -> Value:
    """Return what was made of the same before; else make it.

    Parameters
    ----------
    depends_on : object
        All that it depends on. Where that cannot be pickled, nothing is kept.
    make : callable
    """
    key = None if _kept is None else digest(depends_on)
    if _kept is None or key is None:
        return make()
    if key not in _kept:
        made = make()
        if len(_kept) >= _MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = made
    return cast(Value, _kept[key])
