"""The workbook of a form: its sheets, headings, drop-down lists and what its cells accept, as bytes.

A sheet a table: row 1 has the codes (hidden), rows 2 and 3 the headings; one more for corrections of what
was reported before. The first sheet names organisation and period and says what to do. What is not to be
filled in is protected.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from aqparat.data import schemas, titles
from aqparat.data.forms import excel_validation, style
from aqparat.data.forms.archive import packed
from aqparat.data.forms.captions import LANGUAGES, captions
from aqparat.data.forms.form import Form
from aqparat.data.forms.front import front
from aqparat.data.titles import CORRECTIONS, FORM, MEANING, NONE, OWN_SHEETS, PREVIOUS, REPORTED

LISTS = f"{OWN_SHEETS}lists"
CODES, FIRST, LAST = 1, 4, 503  # the row of codes, the first and last row to fill in
# What a form knows by itself, so that its author need not fill it in.
IMPLIED = ("code", "organisation", "qualifier", "source", "text_en")
SHEETS = {**{table: table for table in schemas.BATCH}, CORRECTIONS: "observations"}  # to the table each fills
# The columns of a sheet, where they are not those of its table in their order: what is to be filled in first.
_COLUMNS = {
    "observations": [
        *(MEANING, "value", NONE, "qualifier", "indicator", "organisation", "outlet", "channel"),
        *("start", "end", "named", "extreme", "source"),
    ],
    "measures": [
        *("code", "organisation", "text_kk", "text_ru", "text_en", "indicator", "target", PREVIOUS),
        *("status", "due", "note", "source"),
    ],
    CORRECTIONS: [
        *("indicator", "organisation", "outlet", "channel", "start", "end", REPORTED, "value", NONE),
        *("qualifier", "named", "source"),
    ],
}
# What is to be filled in of a row that stands there already; the rest of it is protected.
_TO_FILL = {
    "observations": ("value", NONE, "qualifier", "named", "extreme", "source"),
    "measures": ("status", "due", "note", "source"),
    CORRECTIONS: ("value", NONE, "qualifier", "named", "source"),
}

_TEXTS = ("text_kk", "text_ru", "text_en")  # where a row has none it can be translated

_PRINTED = {
    "publications": 300,
    "": 60,
}  # rows of a sheet without any that are printed once they are filled in
_FORMATS = {"date": style.DATE, "number": "General", "count": "#,##0"}
_WIDTHS = {"date": 13.0, "number": 11.0, "count": 14.0, "outlet": 30.0, "indicator": 30.0, "choice": 18.0}
_WIDE = {
    **dict.fromkeys(("text_kk", "text_ru", "text_en"), 34.0),
    **{"code": 16.0, "title": 44.0, "note": 30.0},
    **{MEANING: 60.0, REPORTED: 32.0, PREVIOUS: 28.0, NONE: 13.0},
}
_STAR = '@" *"'  # shows the star without its being in the text of the heading


def workbook(form: Form) -> bytes:
    """Return the workbook of a form; the same form gives the same bytes."""
    book = Workbook()
    book.remove(book["Sheet"])
    first = book.create_sheet(titles.sheet(FORM))
    sheets = {name: book.create_sheet(titles.sheet(name)) for name in SHEETS}
    ranges = _lists(book.create_sheet(LISTS), form.lists)
    front(first, form, FIRST, ranges)
    for name, sheet in sheets.items():
        _table(sheet, name, form, ranges)
    for sheet in book.worksheets:
        style.protected(sheet)
    book.security = WorkbookProtection(lockStructure=True)  # a sheet's name tells which table it is
    made = datetime.combine(form.period.end, time())
    book.properties.creator = book.properties.lastModifiedBy = "aqparat"
    book.properties.created = made
    return packed(book, made)


def columns(name: str) -> list[str]:
    """Return the columns of a sheet."""
    return _COLUMNS.get(name) or list(schemas.BATCH[SHEETS[name]].columns)


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


def _table(sheet: Worksheet, of: str, form: Form, ranges: Mapping[str, str]) -> None:
    """Write the sheet of a table, or that of corrections."""
    table = SHEETS[of]
    for number, name in enumerate(columns(of), 1):
        column = schemas.BATCH[table].columns.get(name)
        kind = column.kind if column is not None else "text"
        required = column is not None and column.required and name not in IMPLIED
        letter = get_column_letter(number)
        _head(sheet, number, name, required)
        _column(sheet, of, name, kind, number, form)
        sheet.add_data_validation(_validation(table, name, kind, letter, form, ranges))
    sheet.row_dimensions[CODES].hidden = True
    sheet.row_dimensions[2].height = sheet.row_dimensions[3].height = 32.0
    sheet.freeze_panes = f"A{FIRST}"
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"A{FIRST}"  # row 1 is hidden
    last = len(columns(of))
    sheet.auto_filter.ref = f"A{FIRST - 1}:{get_column_letter(last)}{LAST}"
    sheet.print_title_rows = f"2:{FIRST - 1}"
    sheet.print_options.gridLines = True
    style.printed(sheet, form, "landscape", fit_height=0)
    if not form.rows.get(of):
        style.printed_where_filled(sheet, FIRST, FIRST + _PRINTED.get(of, _PRINTED[""]) - 1, last)


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


def _column(sheet: Worksheet, of: str, name: str, kind: str, number: int, form: Form) -> None:
    """Return a column its look, and its cells what stands there already."""
    look = {"number_format": _FORMATS.get(kind, style.TEXT), "alignment": style.MIDDLE}
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = _WIDE.get(name, _WIDTHS.get(kind, 24.0))
    dimension.hidden = name in form.hidden
    free = {} if name in titles.MARKS else {"protection": style.TO_FILL}
    for attribute, part in (look | free | ({} if free else {"fill": style.GREY})).items():
        setattr(dimension, attribute, part)
    to_fill, ready = look | free | {"fill": style.PALE}, look | {"fill": style.GREY}
    for row, cells in enumerate(form.rows.get(of, ()), FIRST):
        asked = name in _TO_FILL.get(of, ()) or (name in _TEXTS and cells.get(name) is None)
        style.put(sheet.cell(row, number), cells.get(name), **(to_fill if asked else ready))
        least = sheet.row_dimensions[row].height or 0.0
        sheet.row_dimensions[row].height = max(least, style.height(cells.get(name), dimension.width))


def prompt(table: str, name: str, codes: str) -> str:
    """Return what a column says of itself where one of its cells is chosen."""
    prompts = captions()["prompts"]
    said = prompts.get(f"{name}_of_{table}") or prompts[name]
    return "\n".join(
        text.format(codes=codes, form=captions()["sheet_names"][FORM][language])
        for language, text in said.items()
    )


def _validation(
    table: str, name: str, kind: str, letter: str, form: Form, ranges: Mapping[str, str]
) -> DataValidation:
    """Return what a column accepts; its message says what the column holds."""
    place = f"{letter}{FIRST}:{letter}{LAST}"
    items = ranges.get(kind) or ranges.get(name)
    if name == NONE:
        made = excel_validation.listed(place, '"0"')
    elif items:
        made = excel_validation.listed(place, items)
    elif kind == "date":
        made = excel_validation.dated(place, *form.days(table, name))
    elif kind in ("number", "count"):
        made = excel_validation.counted(place, "decimal" if kind == "number" else "whole")
    else:
        made = excel_validation.anything(place)
    made.showInputMessage = True
    codes = form.examples.get("codes") or "ABC DEF"
    made.prompt = prompt(table, name, codes)
    return made
