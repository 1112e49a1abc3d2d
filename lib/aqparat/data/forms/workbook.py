"""The workbook of a form: its sheets, headings, drop-down lists and what its cells accept, as bytes.

A sheet a table, named by its code: row 1 has the codes (hidden), rows 2 and 3 the headings. The first
sheet, `form`, names organisation and period and says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from aqparat.data import schemas, titles
from aqparat.data.forms import excel_validation, style
from aqparat.data.forms.archive import packed
from aqparat.data.forms.captions import LANGUAGES, bilingual, captions
from aqparat.data.forms.form import Form
from aqparat.data.forms.front import front
from aqparat.data.titles import FORM, OWN_SHEETS

LISTS = f"{OWN_SHEETS}lists"
CODES, FIRST, LAST = 1, 4, 503  # the row of codes, the first and last row to fill in
# What a form knows by itself, so that its author need not fill it in.
IMPLIED = ("organisation", "qualifier", "source", "text_en")

_FORMATS = {"date": style.DATE, "number": "General", "count": "#,##0"}
_WIDTHS = {"date": 13.0, "number": 11.0, "count": 14.0, "outlet": 30.0, "indicator": 30.0, "choice": 18.0}
_WIDE = {"text_kk": 44.0, "text_ru": 44.0, "text_en": 44.0, "title": 44.0, titles.PREVIOUS: 32.0}
_STAR = '@" *"'  # shows the star without its being in the text of the heading


def workbook(form: Form) -> bytes:
    """Return the workbook of a form; the same form gives the same bytes."""
    book = Workbook()
    book.remove(book["Sheet"])
    first = book.create_sheet(FORM)
    sheets = {table: book.create_sheet(table) for table in schemas.BATCH}
    ranges = _lists(book.create_sheet(LISTS), form.lists)
    front(first, form, FIRST, ranges)
    for table, sheet in sheets.items():
        _table(sheet, table, form, ranges)
    made = datetime.combine(form.period.end, time())
    book.properties.creator = book.properties.lastModifiedBy = "aqparat"
    book.properties.created = made
    return packed(book, made)


def columns(table: str) -> list[str]:
    """Return the columns of a table's sheet; what was reported last time stands beside the value."""
    names = list(schemas.BATCH[table].columns)
    if table == "observations":
        names.insert(names.index("value") + 1, titles.PREVIOUS)
    return names


def _lists(sheet: Worksheet, lists: Mapping[str, list[str]]) -> dict[str, str]:
    """Write the drop-down items and return the range of each list."""
    sheet.sheet_state = "hidden"
    ranges = {}
    for number, (name, items) in enumerate(lists.items(), 1):
        letter = get_column_letter(number)
        for row, text in enumerate([name, *items], 1):
            style.put(sheet.cell(row, number), text, number_format=style.TEXT)
        if items:
            ranges[name] = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(items) + 1}"
    return ranges


def _table(sheet: Worksheet, table: str, form: Form, ranges: Mapping[str, str]) -> None:
    """Write the sheet of a table."""
    for number, name in enumerate(columns(table), 1):
        column = schemas.BATCH[table].columns.get(name)
        kind = column.metadata["kind"] if column is not None else "text"
        required = column is not None and column.required and name not in IMPLIED
        letter = get_column_letter(number)
        _head(sheet, number, name, required)
        _column(sheet, table, name, kind, number, form)
        sheet.add_data_validation(_validation(table, name, kind, letter, form, ranges))
    sheet.row_dimensions[CODES].hidden = True
    sheet.row_dimensions[2].height = sheet.row_dimensions[3].height = 32.0
    sheet.freeze_panes = f"A{FIRST}"
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"A{FIRST}"  # row 1 is hidden
    sheet.print_title_rows = f"2:{FIRST - 1}"
    sheet.print_options.gridLines = True
    style.printed(sheet, form, fit_height=0)


def _head(sheet: Worksheet, number: int, name: str, required: bool) -> None:
    """Write the code of a column and its headings."""
    style.put(sheet.cell(CODES, number), name)
    for row, language in enumerate(LANGUAGES, CODES + 1):
        style.put(
            sheet.cell(row, number),
            titles.column(name, language),
            font=style.font(bold=True),
            fill=style.YELLOW if required else style.BLUE,
            border=style.BOX,
            alignment=style.CENTRE,
            number_format=_STAR if required else style.TEXT,
        )


def _column(sheet: Worksheet, table: str, name: str, kind: str, number: int, form: Form) -> None:
    """Return a column its look, and its cells what stands there already."""
    look = {"number_format": _FORMATS.get(kind, style.TEXT), "alignment": style.MIDDLE}
    if name == titles.PREVIOUS:
        look |= {"font": style.font(italic=True, color="7F7F7F"), "fill": style.GREY}
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = _WIDE.get(name, _WIDTHS.get(kind, 24.0))
    dimension.hidden = table == "observations" and name in form.hidden
    for attribute, part in look.items():
        setattr(dimension, attribute, part)
    if table == "observations":
        look |= {"fill": style.PALE} if name == "value" else {}
        for row, cells in enumerate(form.rows, FIRST):
            style.put(sheet.cell(row, number), cells.get(name), **look)
            least = sheet.row_dimensions[row].height or 0.0
            sheet.row_dimensions[row].height = max(least, style.height(cells.get(name), dimension.width))


def _validation(
    table: str, name: str, kind: str, letter: str, form: Form, ranges: Mapping[str, str]
) -> DataValidation:
    """Return what a column accepts; its message says what the column holds."""
    place = f"{letter}{FIRST}:{letter}{LAST}"
    items = ranges.get(kind) or ranges.get(name)
    if items:
        made = excel_validation.listed(place, items)
    elif kind == "date":
        made = excel_validation.dated(place, *form.days(table, name))
    elif kind in ("number", "count"):
        made = excel_validation.counted(place, "decimal" if kind == "number" else "whole")
    else:
        made = excel_validation.anything(place)
    made.showInputMessage = True
    codes = form.examples.get("codes") or "ABC DEF"
    made.prompt = bilingual(
        captions()["prompts"][name], "\n", code=form.code or codes.split()[0], codes=codes
    )
    return made
