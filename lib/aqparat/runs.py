"""Runs of row numbers: the numbers 2, 3, 4 and 40 as `2-4,40`, and as a reader is told of them: `2–4, 40`.

A register may have a million rows, so what can be done by the ends of the runs alone is done so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

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


def without(parts: Iterable[Run], rows: Iterable[int]) -> list[Run]:
    """Return runs, rising, without some rows.

    Examples
    --------
    >>> without([(2, 9), (12, 12)], [12, 4])
    [(2, 3), (5, 9)]
    """
    found: list[Run] = []
    gone = sorted(rows)
    for first, last in parts:
        for row in gone[bisect_left(gone, first) : bisect_right(gone, last)]:
            found += [(first, row - 1)] if first < row else []
            first = row + 1
        found += [(first, last)] if first <= last else []
    return found


def ranges(parts: Iterable[Run]) -> str:
    """Return runs as facts.json and origins have them: `2-4,40`."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def ranges_of(groups: Rows, rows: Rows, count: int) -> list[str]:
    """Return, for each group of rows, what `ranges` writes of them, of all groups at once.

    Parameters
    ----------
    groups, rows : array of int
        The group of each row, from 0; a row in group -1 is in none.
    count : int
        How many groups there are.

    Examples
    --------
    >>> import numpy as np
    >>> ranges_of(np.array([1, 0, 1, 1]), np.array([2, 9, 4, 3]), 2)
    ['9', '2-4']
    """
    import numpy as np  # here: see `runs`
    import pyarrow as pa
    import pyarrow.compute as pc

    order = np.argsort(groups.astype(np.int16 if count < 1 << 15 else np.int64), kind="stable")
    order = order[np.searchsorted(groups[order], 0) :] if len(order) and groups[order[0]] < 0 else order
    groups, rows = groups[order], rows[order]
    if np.any((np.diff(rows) < 0) & (np.diff(groups) == 0)):
        order = np.lexsort((rows, groups))
        groups, rows = groups[order], rows[order]
    starts = np.flatnonzero(np.diff(groups, prepend=-1) | (np.diff(rows, prepend=0) > 1))
    if not len(starts):
        return [""] * count
    texts = _worded(rows[starts], rows[np.append(starts[1:], len(rows)) - 1])
    ends = np.searchsorted(groups[starts], np.arange(count + 1)).astype(np.int32)
    told: list[str] = pc.binary_join(pa.ListArray.from_arrays(pa.array(ends), texts), ",").to_pylist()
    return told


def joined(texts: Iterable[str]) -> str:
    """Return what `ranges` wrote of several sets of rows as it writes of all of them together.

    Examples
    --------
    >>> joined(["2-4,40", "5,9-10,41"])
    '2-5,9-10,40-41'
    """
    whole = ",".join(texts)
    if len(whole) < _LONG:
        return ranges(merged(read(whole)))
    import numpy as np  # here: see `runs`
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = pc.split_pattern(pa.array([whole]), ",").flatten()
    wide = pc.match_substring(parts, "-")
    several = pc.split_pattern(parts.filter(wide), "-").flatten().cast(pa.int64()).to_numpy()
    single = parts.filter(pc.invert(wide)).cast(pa.int64()).to_numpy()
    first, last = (np.concatenate((several[n::2], single)) for n in (0, 1))
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    starts = np.flatnonzero(np.append(True, first[1:] > last[:-1] + 1))
    told: str = ",".join(_worded(first[starts], last[np.append(starts[1:], len(last)) - 1]).to_pylist())
    return told


_LONG = 4000  # letters of text from which arrays are quicker


def _worded(first: Rows, last: Rows) -> pa.Array:
    """Return runs by their ends as `ranges` has each."""
    import numpy as np  # here: see `runs`
    import pyarrow as pa
    import pyarrow.compute as pc

    wide = last > first
    texts, at = pa.array(first).cast(pa.string()), pa.array(np.flatnonzero(wide))
    both = pc.binary_join_element_wise(texts.take(at), pa.array(last).take(at).cast(pa.string()), "-")
    return pc.replace_with_mask(texts, pa.array(wide), both)


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
