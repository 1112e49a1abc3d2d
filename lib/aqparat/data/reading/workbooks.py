"""Excel and OpenDocument workbooks to sheets of text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from aqparat import console
from aqparat.data.reading import archive, formats, old_excel
from aqparat.data.reading.archive import TooLargeError
from aqparat.data.reading.formats import Format
from aqparat.data.reading.sheet import Merged, Sheet, as_text

_ODS = {
    "table": "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "office": "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "calc": "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}",
}
_MOST = 5_000_000  # cells of a sheet up to its last one
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_BINARY = "workbook.bin"  # of .xlsb
_REPEATED = 100_000  # like rows that are told as hidden; the blank ones below a table are many more
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # a character by its code (ECMA-376, 22.9.2.19, ST_Xstring)


def read_excel(content: bytes, file: str) -> Iterator[Sheet]:
    """Yield the sheets of an Excel workbook."""
    import openpyxl  # here, since reports from CSV files need not wait for it

    if archive.reach(content).cells > archive.CELLS:
        raise TooLargeError
    stated = openpyxl.load_workbook(io.BytesIO(content))
    if len(stated.sheetnames) < _count(content):
        raise ValueError("a sheet was passed over")  # openpyxl does so where a part has another name
    formulas = {s.title: _formulas(s) for s in stated.worksheets}
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True) if any(formulas.values()) else stated
    for sheet in stated.worksheets:
        grid = _sparse(shown[sheet.title])
        merged = sorted(
            (area.min_row, area.min_col - 1, area.max_row, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        )
        lost = {at: text for at, text in formulas[sheet.title].items() if pd.isna(_at(grid, *at))}
        hidden = sheet.sheet_state != "visible"
        yield Sheet(
            file, sheet.title, grid, hidden, merged, lost, unseen=_unseen(sheet), struck=_struck(sheet)
        )


def _count(content: bytes) -> int:
    """Return how many sheets a workbook says it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        parts = [name for name in opened.namelist() if name.casefold().endswith("xl/workbook.xml")]
        return max((len(_SHEET.findall(opened.read(part))) for part in parts), default=0)


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


def _unseen(sheet: Any) -> frozenset[int]:
    """Return the rows that are hidden, by a filter or by hand."""
    return frozenset(row for row, about in sheet.row_dimensions.items() if about.hidden)


def _struck(sheet: Any) -> frozenset[int]:
    """Return the rows whose every filled cell is struck through."""
    struck = {number for number, font in enumerate(sheet.parent._fonts) if font.strike}
    if not struck:
        return frozenset()
    standing, out = set[int](), set[int]()
    for cell in cells(sheet):
        if cell.value is not None:
            (out if cell.has_style and cell._style.fontId in struck else standing).add(cell.row)
    return frozenset(out - standing)


def _sparse(sheet: Any) -> pd.DataFrame:
    """Return the cells of a sheet as text; rows and columns without any are left out."""
    texts: dict[int, dict[int, str]] = {}
    for cell in cells(sheet):
        if text := _unescaped(_text(cell.value)):
            texts.setdefault(cell.row, {})[cell.column - 1] = text
    numbers, columns = sorted(texts), sorted({column for row in texts.values() for column in row})
    if len(columns) > archive.COLUMNS:
        raise TooLargeError(archive.COLUMNS, len(columns))
    if len(numbers) * len(columns) > _MOST:
        raise TooLargeError(_MOST)
    frame = pd.DataFrame([[texts[n].get(c, "") for c in columns] for n in numbers], columns=columns)
    return as_text(frame, numbers, columns)


def _unescaped(text: str) -> str:
    """Return a text with the characters that a workbook writes by their codes, such as `_x000D_`."""
    if "_x" not in text:
        return text
    return re.sub(r"\r\n?", "\n", _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text))


def _at(grid: pd.DataFrame, row: int, column: int) -> Any:
    return grid.loc[row, column] if row in grid.index and column in grid else pd.NA


def read_other(content: bytes, file: str) -> Iterator[Sheet]:
    """Yield the sheets of an OpenDocument file or of an Excel file of before 2007."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    kind = formats.of(content)
    if kind is not Format.OLD_EXCEL or zipfile.is_zipfile(io.BytesIO(content)):
        _held(content)
    if kind is Format.OLD_EXCEL and old_excel.area(content) > _MOST:
        raise TooLargeError(_MOST)
    beside = _of_ods(content) if kind is Format.OPEN_DOCUMENT else {}
    with console.silent():  # what a library in Rust stumbles over, it tells the terminal before it raises
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        with console.silent():
            sheet = workbook.get_sheet_by_name(about.name)
        if sheet.total_height * sheet.total_width > _MOST:
            raise TooLargeError(_MOST)
        areas = sheet.merged_cell_ranges or []
        known = beside.get(about.name, _Beside())
        merged = [(r0 + 1, c0, r1 + 1, c1) for (r0, c0), (r1, c1) in areas] + known.merged
        grid = _grid(sheet.to_python(skip_empty_area=False))
        hidden = about.visible != SheetVisibleEnum.Visible
        yield Sheet(
            file, about.name, grid, hidden, sorted(merged), known.formulas, known.faults, known.unseen
        )


def _held(content: bytes) -> None:
    """Hold that an archive may be opened by a reader that makes every cell up to the last one."""
    if not archive.is_true(content):
        raise zipfile.BadZipFile("a part is not what the archive says")
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        if any(name.casefold().endswith(_BINARY) for name in opened.namelist()):
            raise ValueError("a binary workbook")  # of which it cannot be told how far it reaches
    if archive.reach(content).area > _MOST:
        raise TooLargeError(_MOST)


@dataclass
class _Beside:
    """What a sheet of an OpenDocument file has beside the values of its cells."""

    merged: list[Merged] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    unseen: frozenset[int] = frozenset()


def _of_ods(content: bytes) -> Mapping[str, _Beside]:
    """Return merged cells, formulas without a value, errors and hidden rows of an OpenDocument file."""
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
                        raise TooLargeError(_MOST)  # the reader would fill the memory
            times = int(row.get(f"{table}number-rows-repeated", 1))
            if width and row.get(f"{table}visibility") in ("collapse", "filter"):
                beside.unseen |= frozenset(range(at, at + min(times, _REPEATED)))
            at += times
    return found


def _grid(rows: Any) -> pd.DataFrame:
    """Return rows of values as text; blank rows at the end are left out."""
    texts = [[_text(value) for value in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    width = max(map(len, texts), default=0)
    frame = pd.DataFrame([row + [""] * (width - len(row)) for row in texts], columns=range(width))
    return as_text(frame, np.arange(1, len(texts) + 1))


def _text(value: Any) -> str:
    """Return a cell's value as a person would write it in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _decimal(value)
    if isinstance(value, date):  # as Excel shows it in Kazakh and in Russian
        day = f"{value.day:02}.{value.month:02}.{value.year:04}"
        if not isinstance(value, datetime) or not (value.hour or value.minute or value.second):
            return day
        return f"{day} {value:%H:%M:%S}".removesuffix(":00")
    return re.sub(r"\r\n?", "\n", str(value))


def _decimal(value: float) -> str:
    """Return a number with decimals; with just three a zero more, since "1.234" may be two numbers."""
    text = repr(value)
    return f"{text}0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) else text
