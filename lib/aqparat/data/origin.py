"""Where a row is: `file#row`, or `file#sheet!row` in a workbook."""

from __future__ import annotations

from typing import Any, NamedTuple

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
