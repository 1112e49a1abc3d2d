"""Files to sheets of text: CSV in any encoding, Excel and OpenDocument workbooks.

A sheet holds what a person sees in the file, row by row, before anything is made of it.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.csv as arrow_csv

from aqparat.data.reading.encoding import UndecodableError, decoded
from aqparat.problem import Problem

TEXT = pd.StringDtype(na_value=float("nan"))
CSV, EXCEL, OTHER = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm"), (".ods", ".xls")
ENDINGS = (*CSV, *EXCEL, *OTHER)
HEAD = 40  # rows in which a heading is looked for
_DELIMITERS = ",;\t"
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
_ODS = {
    "table": "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "office": "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "calc": "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}",
}
_MOST = 50_000_000  # cells of a sheet up to its last one
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


Headings = Callable[[list[str]], int]  # how many of the cells of a row are known headings


def read(content: bytes, file: str, headings: Headings) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a file.

    Parameters
    ----------
    content : bytes
    file : str
        Path below the data folder; its ending tells what it is.
    headings : callable
        Counts the known headings among the cells of a row: they tell the delimiter of a CSV file.

    Returns
    -------
    tuple of list of Sheet and list of Problem
        No sheet where the file cannot be read at all; never raises for what is in it.
    """
    ending = PurePath(file).suffix.lower()
    if not content.strip(b"\r\n\t \0"):
        return [], [Problem("empty_file", file)]
    if ending in CSV:
        return _read_csv(content, file, headings)
    read_workbook = _read_excel if ending in EXCEL else _read_other
    try:
        with warnings.catch_warnings():  # of what the reader leaves out, such as drop-down lists
            warnings.simplefilter("ignore")
            return list(read_workbook(content, file)), []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # whatever a broken workbook makes a reader raise; a panic is no Exception
        return [], [Problem("unreadable_workbook", file, found=type(error).__name__, expected=".xlsx")]


# CSV


def _read_csv(content: bytes, file: str, headings: Headings) -> tuple[list[Sheet], list[Problem]]:
    try:
        source = decoded(content)
    except UndecodableError as error:
        return [], [Problem("encoding", file, row=error.row, expected="UTF-8")]
    text = source.text.rstrip("\r\n")
    if not text.strip():
        return [], [Problem("empty_file", file)]
    problems = []
    if source.guessed:
        problems.append(Problem("guessed_encoding", file, found=source.encoding, severity="guess"))
    text = re.sub(r"\r\n?", "\n", text)
    if text.count('"') % 2:
        problems.append(Problem("open_quote", file, row=_open_quote(text)))
        return [], problems
    delimiter, titles, lines = _layout(text, headings)
    above = len(titles)
    table, broken, fault = _parsed(text, delimiter, lines)
    if table is None:
        return [], [*problems, Problem("unreadable", file, found=fault, expected=".csv")]
    if len(table) + len(broken) < text.count("\n") + 1 - lines and (row := _swallowed(text, delimiter)):
        return [], [*problems, Problem("open_quote", file, row=row)]
    problems += [
        Problem("row_above", file, row=row, found=title, severity="guess")
        for row, title in enumerate(titles, 1)
        if title
    ]
    problems += [
        Problem("cells", file, row=above + row, found=str(found), expected=str(expected))
        for row, found, expected in broken
    ]
    every = np.arange(1, len(table) + len(broken) + 1)
    numbers = np.delete(every, np.array([row - 1 for row, *_ in broken], dtype=int))
    return [Sheet(file, "", _texts(table, numbers + above))], problems


def _parsed(
    text: str, delimiter: str, lines: int
) -> tuple[pd.DataFrame | None, list[tuple[int, int, int]], str]:
    """Return the rows of text below some lines; also those with too few or too many cells.

    These are given as (row, found, expected), the row counted from 1 below the lines left out.
    """
    broken: list[tuple[int, int, int]] = []

    def report(bad: Any) -> str:
        broken.append((bad.number - lines, bad.actual_columns, bad.expected_columns))
        return "skip"

    content = (text + "\n").encode("utf-8", errors="replace")
    try:
        arrow = arrow_csv.read_csv(
            io.BytesIO(content),
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                block_size=max(1 << 20, len(content) + 1),
                autogenerate_column_names=True,
                skip_rows=lines,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=report,
            ),
            convert_options=arrow_csv.ConvertOptions(check_utf8=False, default_column_type=pyarrow.string()),
        )
        return arrow.to_pandas(), broken, ""
    except pyarrow.ArrowException as error:
        return None, broken, str(error).split("\n")[0]


def _layout(text: str, headings: Headings) -> tuple[str, list[str], int]:
    """Return the delimiter, and the titles that stand above the table, and on how many lines.

    The delimiter is the one by which a row has the most known headings, then the most cells.
    Titles that have as many cells as the table need not be left out here.
    """
    best, found = (-1, -1), (",", list[str](), 0)
    for delimiter in _DELIMITERS:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = [(row, lines.line_num) for row in islice(lines, HEAD)]
        except csv.Error:
            continue
        scores = [(headings(row), len(row)) for row, _ in rows]
        first = max(range(len(rows)), key=lambda i: scores[i][0])
        ragged = any(len(row) != len(rows[first][0]) for row, _ in rows[:first])
        if scores[first] > best:
            best = scores[first]
            titles = [" ".join(filter(None, map(str.strip, row))) for row, _ in rows[:first]]
            found = (delimiter, titles, rows[first - 1][1]) if ragged else (delimiter, [], 0)
    return found


def _open_quote(text: str) -> int:
    """Return the row in which a quotation mark is opened that nothing closes."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count('"') % 2:
            return number
    return 1


def _swallowed(text: str, delimiter: str) -> int | None:
    """Return the row in which an open quotation mark swallows other rows, up to the next mark."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for number, _ in enumerate(rows, 2):  # noqa: B007
            pass
    except csv.Error:
        return number
    return None


def _texts(table: pd.DataFrame, numbers: Any, columns: Any = None) -> pd.DataFrame:
    """Return every cell stripped; the empty ones are NA."""
    frame = table.set_axis(range(table.shape[1]) if columns is None else columns, axis=1).astype(TEXT)
    frame = frame.apply(lambda column: column.str.strip()).replace("", pd.NA)
    return frame.set_axis(pd.Index(np.asarray(numbers), dtype=int), axis=0)


# Workbooks


def _read_excel(content: bytes, file: str) -> Iterator[Sheet]:
    import openpyxl  # here, since reports from CSV files need not wait for it

    stated = openpyxl.load_workbook(io.BytesIO(content))
    formulas = {s.title: _formulas(s) for s in stated.worksheets}
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True) if any(formulas.values()) else stated
    for sheet in stated.worksheets:
        grid = _sparse(shown[sheet.title])
        merged = sorted(
            (area.min_row, area.min_col - 1, area.max_row, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        )
        lost = {at: text for at, text in formulas[sheet.title].items() if pd.isna(_at(grid, *at))}
        yield Sheet(file, sheet.title, grid, sheet.sheet_state != "visible", merged, lost)


def cells(sheet: Any) -> list[Any]:
    """Return the cells of an openpyxl sheet that the file has.

    They are a private part of openpyxl: its public ways to walk a sheet make every cell up to the last one,
    which may be in row 1 048 576.
    """
    return list(sheet._cells.values())


def _formulas(sheet: Any) -> dict[tuple[int, int], str]:
    return {
        (cell.row, cell.column - 1): str(getattr(cell.value, "text", cell.value))
        for cell in cells(sheet)
        if cell.data_type == "f"
    }


def _sparse(sheet: Any) -> pd.DataFrame:
    """Return the cells of a sheet as text; rows and columns without any are left out."""
    texts: dict[int, dict[int, str]] = {}
    for cell in cells(sheet):
        if text := _text(cell.value):
            texts.setdefault(cell.row, {})[cell.column - 1] = text
    numbers, columns = sorted(texts), sorted({column for row in texts.values() for column in row})
    frame = pd.DataFrame([[texts[n].get(c, "") for c in columns] for n in numbers], columns=columns)
    return _texts(frame, numbers, columns)


def _at(grid: pd.DataFrame, row: int, column: int) -> Any:
    return grid.loc[row, column] if row in grid.index and column in grid else pd.NA


def _read_other(content: bytes, file: str) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    beside = _of_ods(content) if zipfile.is_zipfile(io.BytesIO(content)) else {}
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        areas = sheet.merged_cell_ranges or []
        known = beside.get(about.name, _Beside())
        merged = [(r0 + 1, c0, r1 + 1, c1) for (r0, c0), (r1, c1) in areas] + known.merged
        grid = _grid(sheet.to_python(skip_empty_area=False))
        hidden = about.visible != SheetVisibleEnum.Visible
        yield Sheet(file, about.name, grid, hidden, sorted(merged), known.formulas, known.faults)


@dataclass
class _Beside:
    """What a sheet of an OpenDocument file has beside the values of its cells."""

    merged: list[Merged] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def _of_ods(content: bytes) -> Mapping[str, _Beside]:
    """Return merged cells, formulas without a value, and errors of an OpenDocument file, by sheet."""
    table, office, calc = _ODS["table"], _ODS["office"], _ODS["calc"]
    found: dict[str, _Beside] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = ElementTree.fromstring(archive.read("content.xml"))
    for sheet in tree.iter(f"{table}table"):
        beside, at, width = found.setdefault(sheet.get(f"{table}name", ""), _Beside()), 1, 0
        for row in sheet.iter(f"{table}table-row"):
            column = 0
            for cell in row:
                down = int(cell.get(f"{table}number-rows-spanned", 1))
                across = int(cell.get(f"{table}number-columns-spanned", 1))
                if down * across > 1:
                    beside.merged.append((at, column, at + down - 1, column + across - 1))
                formula = cell.get(f"{table}formula")
                if cell.get(f"{calc}value-type") == "error":
                    beside.faults[at, column] = "".join(cell.itertext())
                elif formula and cell.get(f"{office}value-type") is None:
                    beside.formulas[at, column] = formula
                column += int(cell.get(f"{table}number-columns-repeated", 1))
                if cell.get(f"{office}value-type") is not None:
                    width = max(width, column)
                    if (at + int(row.get(f"{table}number-rows-repeated", 1))) * width > _MOST:
                        raise ValueError("the sheet is too large")  # the reader would fill the memory
            at += int(row.get(f"{table}number-rows-repeated", 1))
    return found


def _grid(rows: Any) -> pd.DataFrame:
    """Return rows of values as text; blank rows at the end are left out."""
    texts = [[_text(value) for value in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    width = max(map(len, texts), default=0)
    frame = pd.DataFrame([row + [""] * (width - len(row)) for row in texts], columns=range(width))
    return _texts(frame, np.arange(1, len(texts) + 1))


def _text(value: Any) -> str:
    """Return a cell's value as a person would write it in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
