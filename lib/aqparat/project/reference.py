"""The workbook of reference tables that a union fills in: a sheet a table, empty or with examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from aqparat.choices import LANGUAGES
from aqparat.data import schemas, titles
from aqparat.data.forms import style
from aqparat.data.forms.archive import packed
from aqparat.texts import texts

TABLES = ("organisations", "outlets", "aliases")  # what a union fills in itself
_MADE = datetime(2000, 1, 1)  # in place of the clock, so that the same tables give the same bytes
_LAST = 500
_FORMATS = {"date": style.DATE, "count": "0", "number": "General"}


def columns(table: str, languages: Sequence[str]) -> list[str]:
    """Return the columns of a table without names in languages that are not wanted."""
    others = {f"name_{code}" for code in LANGUAGES if code not in languages}
    return [name for name in schemas.REFERENCE[table].columns if name not in others]


def workbook(languages: Sequence[str], examples: bool = False) -> bytes:
    """Return the workbook; its headings, lists and notes are in the first language.

    Parameters
    ----------
    languages : sequence of str
        Those of the union's reports.
    examples : bool
        Whether rows are in it that show what to fill in; nothing in them is true of any union.

    Returns
    -------
    bytes
        The same for the same languages.
    """
    book = Workbook()
    book.remove(book["Sheet"])
    said = texts("project", languages[0])
    for table in TABLES:
        rows = said["examples"][table] if examples else []
        _sheet(book.create_sheet(titles.table(table, languages[0])), table, languages, said["help"], rows)
    book.properties.creator = book.properties.lastModifiedBy = "aqparat"
    book.properties.created = _MADE
    return packed(book, _MADE)


def _sheet(
    sheet: Worksheet,
    table: str,
    languages: Sequence[str],
    told: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    for number, name in enumerate(columns(table, languages), 1):
        column, letter = schemas.REFERENCE[table].columns[name], get_column_letter(number)
        style.put(
            sheet.cell(1, number),
            titles.column(name, languages[0]),
            font=style.font(bold=True),
            fill=style.YELLOW if column.required else style.BLUE,
            border=style.BOX,
            alignment=style.CENTRE,
        )
        dimension = sheet.column_dimensions[letter]
        dimension.width = 28.0 if column.kind == "text" else 16.0
        dimension.number_format = _FORMATS.get(column.kind, style.TEXT)
        for row, cells in enumerate(rows, 2):
            text = cells.get(name)
            if text is not None and column.allowed:
                text = _choice(table, name, str(text), languages[0])
            style.put(sheet.cell(row, number), text, number_format=dimension.number_format)
        sheet.add_data_validation(_validation(table, name, f"{letter}2:{letter}{_LAST}", languages[0], told))
    sheet.row_dimensions[1].height = 32.0
    sheet.freeze_panes = "A2"


def _choice(table: str, column: str, value: str, language: str) -> str:
    group = {("organisations", "kind"): "organisation_kind"}.get((table, column), column)
    return titles.choice(group, value, language)


def _validation(table: str, name: str, place: str, language: str, told: Mapping[str, str]) -> DataValidation:
    """Return what a column accepts, with a note on what it holds."""
    allowed = schemas.REFERENCE[table].columns[name].allowed
    made = DataValidation(sqref=place)
    if allowed:
        items = ",".join(_choice(table, name, value, language) for value in allowed)
        made = DataValidation(type="list", formula1=f'"{items}"', sqref=place, allowBlank=True)
        made.showErrorMessage = True
    note = told.get(f"{table}_{name}") or told.get(name)
    if note:
        made.showInputMessage, made.prompt = True, note
    return made
