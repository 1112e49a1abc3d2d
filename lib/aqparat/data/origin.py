"""Where a figure stands in the raw files: `file#rows`, or `file#sheet!rows` in a workbook.

Rows are numbered as a spreadsheet numbers them and written as ranges (`aqparat.runs`): `2-35,40`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from aqparat import runs
from aqparat import text_columns as text_columns


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
    """Return the place that an origin names.

    Examples
    --------
    >>> place("raw/2017H2/KUS.xlsx#observations!5-7,9")
    Place(file='raw/2017H2/KUS.xlsx', sheet='observations', rows='5-7,9')
    """
    file, within = origin.rsplit("#", 1)
    sheet, _, rows = within.rpartition("!")
    return Place(file, sheet.replace("%23", "#").replace("%25", "%"), rows)


def joined(lists: Iterable[Iterable[str]]) -> list[str]:
    """Return lists of origins as one: of each file and sheet one origin, its rows put together.

    Examples
    --------
    >>> joined([["a.csv#2", "b.csv#9"], ["a.csv#3-5"]])
    ['a.csv#2-5', 'b.csv#9']
    """
    found: dict[str, list[str]] = {}
    for origin in (o for part in lists for o in part):
        head = origin[: max(origin.rfind("!"), origin.rfind("#")) + 1]
        found.setdefault(head, []).append(origin[len(head) :])
    return [head + _together(rows) for head, rows in found.items()]


def _together(rows: list[str]) -> str:
    """Return ranges put together."""
    different = set(rows)
    if len(different) == 1:
        return rows[0]
    return runs.joined(different)
