"""A sheet of text: what a person sees in a file, row by row, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

TEXT = pd.StringDtype(na_value=float("nan"))
HEAD = 40  # rows in which a heading is looked for
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
Merged = tuple[int, int, int, int]


@dataclass
class Sheet:
    """One sheet, or one CSV file, as text.

    Parameters
    ----------
    file, name : str
        Path below the data folder; the sheet's name, empty for CSV.
    cells : DataFrame
        Text, NA where empty; indexed by the row as a person counts it, columns 0, 1, ….
    hidden : bool
    merged : list of (row, column, last row, last column)
        Merged cells; rows as a person counts them, columns from 0.
    formulas : dict of (row, column) to str
        Formulas whose value was not saved with the file.
    faults : dict of (row, column) to str
        Errors that stand in the file as something else than the text of a cell.
    """

    file: str
    name: str
    cells: pd.DataFrame
    hidden: bool = False
    merged: list[Merged] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def errors(self) -> dict[tuple[int, int], str]:
        """Return the cells that hold an error of the spreadsheet, such as #REF!."""
        if not self.name:
            return {}
        return self.faults | {
            (int(row), int(column)): text
            for column in self.cells
            for row, text in self.cells.loc[self.cells[column].isin(_ERRORS), column].items()
        }


def as_text(table: pd.DataFrame, numbers: Any, columns: Any = None) -> pd.DataFrame:
    """Return every cell stripped; the empty ones are NA."""
    frame = table.set_axis(range(table.shape[1]) if columns is None else columns, axis=1).astype(TEXT)
    frame = frame.apply(lambda column: column.str.strip()).replace("", pd.NA)
    return frame.set_axis(pd.Index(np.asarray(numbers), dtype=int), axis=0)
