"""What a process that is forked for each notebook keeps in memory, so that its children have it.

Nothing is kept unless `keep` was called: elsewhere what is read is used once.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Value = TypeVar("Value")

_MOST = 16  # things kept: a period's tables and facts are some tens of MB, and a batch may have many periods
_kept: dict[Hashable, object] | None = None
_rounds: dict[str, dict[Hashable, object]] | None = None  # what the last round of each work has made
_later: list[Callable[[], object]] = []


def keep(rounds: bool = False) -> None:
    """Keep from now on what is made through `recalled`.

    Parameters
    ----------
    rounds : bool
        Whether to keep what each `Round` makes for the next, too: for a process that does the same work anew
        whenever a little of what it is done with has changed.
    """
    global _kept, _rounds
    _kept = {} if _kept is None else _kept
    if rounds and _rounds is None:
        _rounds = {}


def afterwards(do: Callable[[], object]) -> None:
    """Do what nobody waits for: where rounds are kept, when `catch_up` is called, else now."""
    if _rounds is None:
        do()
    else:
        _later.append(do)


def catch_up() -> None:
    """Do what was left for afterwards, in its order."""
    while _later:
        _later.pop(0)()


def forget_rounds() -> None:
    """Let the next round of each work make everything anew."""
    if _rounds is not None:
        _rounds.clear()


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


class Round:
    """One time that a work is done; its parts that are as they were the last time are not made again.

    Only what this round has asked for is there for the next one.

    Parameters
    ----------
    work : str
        What it is called.
    """

    def __init__(self, work: str) -> None:
        self.keeps = _rounds is not None
        self._now: dict[Hashable, object] = {}
        self._before: dict[Hashable, object] = {}
        if _rounds is not None:
            self._before = _rounds.get(work, {})
            _rounds[work] = self._now

    def recalled(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what is kept under a key that tells all it depends on, not to be changed; else make it."""
        if not self.keeps:
            return make()
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make()
        return cast(Value, self._now[key])


def digest(value: object) -> bytes | None:
    """Digest what a value holds, whether or not its parts are the same; None if it cannot be pickled."""
    content = io.BytesIO()
    pickler = pickle.Pickler(content, protocol=5)
    pickler.fast = True  # without references to what has come before
    try:
        pickler.dump(value)
    except (pickle.PicklingError, AttributeError, TypeError, ValueError, RecursionError):
        return None
    return hashlib.sha256(content.getbuffer()).digest()
