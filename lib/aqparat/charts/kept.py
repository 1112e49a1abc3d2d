"""Pictures kept while what they show stays the same, for a process that draws the same charts again.

Nothing is kept unless `keep` was called.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable
from typing import TypeVar, cast

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
    key = None if _kept is None else _digest(depends_on)
    if _kept is None or key is None:
        return make()
    if key not in _kept:
        made = make()
        if len(_kept) >= _MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = made
    return cast(Value, _kept[key])


def _digest(value: object) -> bytes | None:
    """Digest what a value holds, whether or not its parts are the same objects."""
    content = io.BytesIO()
    pickler = pickle.Pickler(content, protocol=5)
    pickler.fast = True  # without references to what has come before
    try:
        pickler.dump(value)
    except (pickle.PicklingError, AttributeError, TypeError, ValueError, RecursionError):
        return None
    return hashlib.sha256(content.getbuffer()).digest()
