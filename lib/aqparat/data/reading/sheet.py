"""A sheet of text: what a person sees in a file, row by row, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aqparat.text_columns import TEXT

HEAD = 40  # rows in which a heading is looked for
# What stands in a cell whose formula failed or was never computed, in any case of letters: Excel's error
# values in English and Russian (support.microsoft.com, ERROR.TYPE), Google's, cells too narrow to show
# a number, and what is shown while a value is fetched.
_ERRORS = frozenset(
    text.casefold()
    for text in (
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#ERROR!"),
        *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#TIMEOUT!", "#PYTHON!"),
        *("#GETTING_DATA", "#DATA!", "#MACRO?", "#FMT", "Loading...", "Loading…", "Загрузка...", "Загрузка…"),
        *("#ПУСТО!", "#ДЕЛ/0!", "#ЗНАЧ!", "#ССЫЛКА!", "#ИМЯ?", "#ЧИСЛО!", "#Н/Д", "#ПЕРЕНОС!", "#ВЫЧИСЛ!"),
        *("#ПОЛЕ!", "#ЗАБЛОКИРОВАНО!", "#ПОДКЛЮЧИТЬ!", "#ЗАНЯТО!", "#НЕИЗВЕСТНО!", "#ОЖИДАНИЕ_ДАННЫХ"),
        *("#ОШИБКА!", "#ВНЕШ!"),
    )
)
# LibreOffice numbers its own errors; a row of number signs stands where a column was too narrow.
_ERROR = re.compile(r"(?:Err|Ошибка|Қате):\d{3}|#{3,}", re.IGNORECASE)
_STARTS = frozenset("#LlЗзEeОоҚқ")  # letters that errors begin with
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
    unseen, struck : frozenset of int
        Rows that a filter or somebody has hidden; rows whose every cell is struck through.
    """

    file: str
    name: str
    cells: pd.DataFrame
    hidden: bool = False
    merged: list[Merged] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    unseen: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()

    @cached_property
    def top(self) -> list[tuple[int, dict[int, str]]]:
        """The number and the texts, by column, of each row in which a heading is looked for."""
        head = self.cells.iloc[:HEAD]
        return [
            (int(n), {int(at): text for at, text in zip(head, row, strict=True) if isinstance(text, str)})
            for n, row in zip(head.index, head.to_numpy(dtype=object), strict=True)
        ]

    @cached_property
    def errors(self) -> dict[tuple[int, int], str]:
        """The cells that hold an error of the spreadsheet, such as #REF!."""
        found = dict(self.faults)
        for column, texts in self.cells.items():
            if wrong := failed(texts.dropna().unique()):
                here = texts[texts.isin(wrong)]
                found |= {(int(row), int(str(column))): str(text) for row, text in here.items()}
        return found


def failed(texts: Iterable[str]) -> list[str]:
    """Return the texts that are errors of a spreadsheet; most can be none by their start."""
    likely = (t for t in texts if t[:1] in _STARTS)
    return [t for t in likely if t.casefold() in _ERRORS or _ERROR.fullmatch(t)]


def as_text(table: pd.DataFrame | pa.Table, numbers: Any, columns: Any = None) -> pd.DataFrame:
    """Return every cell stripped; the empty ones are NA."""
    index = pd.Index(np.asarray(numbers), dtype=int)
    names = range(table.shape[1]) if columns is None else columns
    if isinstance(table, pa.Table):
        texts = iter(table.columns)
    else:
        texts = (pa.array(table.iloc[:, place].astype(TEXT)) for place in range(table.shape[1]))
    return pd.DataFrame(dict(zip(names, map(_stripped, texts), strict=True)), index=index, columns=names)


def _stripped(texts: pa.Array | pa.ChunkedArray) -> Any:
    """Return the texts of a column without space around them; the empty ones are NA."""
    stripped = pc.utf8_trim_whitespace(texts)
    return TEXT.__from_arrow__(pc.if_else(pc.not_equal(stripped, ""), stripped, None))
