"""Runs of row numbers: the numbers 2, 3, 4 and 40 as `2-4,40`, and as a reader is told of them: `2–4, 40`.

A register may have a million rows, so what can be done by the ends of the runs alone is done so.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Run = tuple[int, int]  # the first and the last row
Rows: TypeAlias = "npt.NDArray[np.int64]"


def runs(rows: npt.ArrayLike) -> list[Run]:
    """Return the runs of some numbers, rising, each number once.

    Examples
    --------
    >>> runs([40, 2, 3, 4])
    [(2, 4), (40, 40)]
    """
    import numpy as np  # here, since a document is made without it

    numbers = np.unique(np.asarray(rows, dtype=np.int64))
    if not len(numbers):
        return []
    breaks = np.flatnonzero(np.diff(numbers) > 1)
    firsts = numbers[np.concatenate(([0], breaks + 1))].tolist()
    lasts = numbers[np.concatenate((breaks, [len(numbers) - 1]))].tolist()
    return list(zip(firsts, lasts, strict=True))


def merged(parts: Iterable[Run]) -> list[Run]:
    """Return runs put together, those that touch as one."""
    found: list[Run] = []
    for first, last in sorted(parts):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def ranges(parts: Iterable[Run]) -> str:
    """Return runs as facts.json and origins have them: `2-4,40`."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def worded(parts: Iterable[Run]) -> str:
    """Return runs as a reader is told of them: `2–4, 40`."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)


def read(text: str) -> list[Run]:
    """Return the runs that `ranges` wrote."""
    pairs = (part.partition("-") for part in text.split(","))
    return [(int(first), int(last or first)) for first, _, last in pairs]


@lru_cache(maxsize=4096)
def numbers(text: str) -> Rows:
    """Return the numbers in what `ranges` wrote."""
    import numpy as np  # here: see `runs`

    return np.concatenate([np.arange(first, last + 1) for first, last in read(text)])
