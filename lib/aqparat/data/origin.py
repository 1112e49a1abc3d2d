"""Where a figure stands in the raw files: `file#rows`, or `file#sheet!rows` in a workbook.

Rows are numbered as a spreadsheet numbers them and written as ranges: `2-35,40`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd


class Place(NamedTuple):
    """Rows of a raw file: the file below the data folder, its sheet ("" without), the rows as ranges."""

    file: str
    sheet: str
    rows: str


def places(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return what stands before the row in the origin of each row, from the columns `file` and `sheet`."""
    sheets = {
        s: f"{s.replace('%', '%25').replace('#', '%23')}!" if s else "" for s in frame["sheet"].unique()
    }
    return frame["file"].astype(str) + "#" + frame["sheet"].map(sheets).astype(str)


def origins(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return the origin of each row of a raw table, from its `file`, `sheet` and `row`."""
    return places(frame) + frame["row"].astype(str)


def place(origin: str) -> Place:
    """Read an origin.

    Examples
    --------
    >>> place("raw/2017H2/KUS.xlsx#observations!5-7,9")
    Place(file='raw/2017H2/KUS.xlsx', sheet='observations', rows='5-7,9')
    """
    file, within = origin.rsplit("#", 1)
    sheet, _, rows = within.rpartition("!")
    return Place(file, sheet.replace("%23", "#").replace("%25", "%"), rows)


def ranges(rows: npt.ArrayLike) -> str:
    """Write row numbers as ranges, rising, each once.

    Examples
    --------
    >>> ranges([40, 2, 3, 4])
    '2-4,40'
    """
    numbers = np.unique(np.asarray(rows, dtype=np.int64))
    if not len(numbers):
        return ""
    breaks = np.flatnonzero(np.diff(numbers) > 1)
    firsts = numbers[np.concatenate(([0], breaks + 1))].tolist()
    lasts = numbers[np.concatenate((breaks, [len(numbers) - 1]))].tolist()
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(firsts, lasts, strict=True))


def spans(rows: str) -> list[tuple[int, int]]:
    """Read ranges: the first and the last row of each."""
    pairs = (part.partition("-") for part in rows.split(","))
    return [(int(first), int(last or first)) for first, _, last in pairs]


def joined(lists: Iterable[Iterable[str]]) -> list[str]:
    """Join lists of origins: of each file and sheet one origin, its rows put together.

    Examples
    --------
    >>> joined([["a.csv#2", "b.csv#9"], ["a.csv#3-5"]])
    ['a.csv#2-5', 'b.csv#9']
    """
    found: dict[str, list[str]] = {}
    for origin in (o for part in lists for o in part):
        head = origin[: max(origin.rfind("!"), origin.rfind("#")) + 1]
        found.setdefault(head, []).append(origin[len(head) :])
    return [head + (rows[0] if len(set(rows)) == 1 else _together(rows)) for head, rows in found.items()]


def _together(rows: list[str]) -> str:
    """Put ranges together by their ends alone: a register may have a million rows."""
    pairs = sorted(pair for part in dict.fromkeys(rows) for pair in spans(part))
    merged = [list(pairs[0])]
    for first, last in pairs[1:]:
        if first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in merged)
