"""Where a row is: `file#row`, or `file#sheet!row` in a workbook."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd


class Place(NamedTuple):
    """A row of a raw file: the file below the data folder, its sheet ("" without) and the row."""

    file: str
    sheet: str
    row: int


def origins(frame: pd.DataFrame) -> pd.Series[Any]:
    """Give the origin of each row of a raw table from its `file`, `sheet` and `row`."""
    sheets = {
        s: f"{s.replace('%', '%25').replace('#', '%23')}!" if s else "" for s in frame["sheet"].unique()
    }
    return frame["file"].astype(str) + "#" + frame["sheet"].map(sheets).astype(str) + frame["row"].astype(str)


def place(origin: str) -> Place:
    """Read an origin.

    Examples
    --------
    >>> place("raw/2017H2/KUS.xlsx#observations!5")
    Place(file='raw/2017H2/KUS.xlsx', sheet='observations', row=5)
    """
    file, within = origin.rsplit("#", 1)
    sheet, _, row = within.rpartition("!")
    return Place(file, sheet.replace("%23", "#").replace("%25", "%"), int(row))


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
