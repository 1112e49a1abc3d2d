"""The workbook of a form: its sheets, headings, drop-down lists and validations, as bytes.

A sheet a table, named by its code: row 1 has the codes (hidden), rows 2 and 3 the headings. The first
sheet, `form`, names organisation and period and says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from aqparat.data import schemas, titles, validation
from aqparat.data.archive import packed
from aqparat.data.captions import bilingual, captions
from aqparat.period import Period

FORM, LISTS = "form", "_lists"  # the sheets that are no tables
CODES, FIRST, LAST = 1, 4, 503  # the row of codes, the first and last row to fill in
# What a form knows by itself, so that its author need not fill it in.
IMPLIED = ("organisation", "qualifier", "source", "text_en")

_DATE = "dd.mm.yyyy"
_FORMATS = {"date": _DATE, "number": "General", "count": "#,##0"}
_FONT = "Calibri"
_WIDTHS = {"date": 13.0, "number": 11.0, "count": 14.0, "outlet": 30.0, "indicator": 30.0, "choice": 18.0}
_WIDE = {"text_kk": 44.0, "text_ru": 44.0, "text_en": 44.0, "title": 44.0, titles.PREVIOUS: 32.0}
_HALF = 60.0  # the width of a language on the first sheet
_LINE_HEIGHT = 15.0  # points, of Calibri 11
_YELLOW, _PALE, _BLUE, _GREY = (
    PatternFill("solid", start_color=colour) for colour in ("FFE699", "FFF7DF", "DCE6F1", "F2F2F2")
)
_SIDE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_TOP = Alignment(vertical="top", wrap_text=True)
_CELL = Alignment(vertical="center", wrap_text=True)
_HEADING = Alignment(vertical="center", horizontal="center", wrap_text=True)
_STAR = '@" *"'  # shows the star without its being in the text of the heading


@dataclass(frozen=True)
class Form:
    """What one organisation's workbook holds.

    Parameters
    ----------
    period : Period
    period_name : str
        In words.
    code, name : str
        Of the organisation; empty for a form that anybody can fill in.
    due : date
        The last day to hand it in.
    lists : dict of str to list of str
        Drop-down texts by column; a column without a list is typed.
    rows : list of dict
        The rows of observations that stand there, cells by column.
    hidden : tuple of str
        Columns of observations that do not concern the organisation.
    synthetic : bool
        Whether the data are invented.
    years_ahead : int
        Years after the period's that a date may be in.
    known : mapping of str to str
        What the examples name: `paper` and `site`, as the drop-down list has them, and `codes`; empty
        where there is none.
    """

    period: Period
    period_name: str
    code: str
    name: str
    due: date
    lists: Mapping[str, list[str]]
    rows: list[dict[str, Any]] = field(default_factory=list)
    hidden: tuple[str, ...] = ()
    synthetic: bool = False
    years_ahead: int = 1
    known: Mapping[str, str] = field(default_factory=dict)

    def days(self, table: str, column: str) -> tuple[date, date]:
        """Give the first and the last day that a date may be."""
        limits = {
            ("publications", "date"): (self.period.start, self.period.end),
            (FORM, "filed"): (self.period.start, self.period.following.following.end),
            ("measures", "due"): (self.period.start, date(self.period.year + 5, 12, 31)),
        }
        earlier = date(self.period.year - 3, 1, 1)  # an old figure may be mended
        latest = date(self.period.year + self.years_ahead, 12, 31)
        return limits.get((table, column), (earlier, latest))


def workbook(form: Form) -> bytes:
    """Give the workbook of a form; the same form gives the same bytes."""
    book = Workbook()
    book.remove(book["Sheet"])
    front = book.create_sheet(FORM)
    sheets = {table: book.create_sheet(table) for table in schemas.BATCH}
    ranges = _lists(book.create_sheet(LISTS), form.lists)
    _front(front, form, ranges)
    for table, sheet in sheets.items():
        _table(sheet, table, form, ranges)
    return packed(book, form.period.end)


def _font(**style: Any) -> Font:
    return Font(name=_FONT, **{"size": 11, **style})


def _put(cell: Any, value: Any, **style: Any) -> None:
    """Fill a cell; text that begins with = stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    for name, part in style.items():
        setattr(cell, name, part)


def _lists(sheet: Worksheet, lists: Mapping[str, list[str]]) -> dict[str, str]:
    """Write the drop-down items and give the range of each list."""
    sheet.sheet_state = "hidden"
    ranges = {}
    for number, (name, items) in enumerate(lists.items(), 1):
        letter = get_column_letter(number)
        for row, text in enumerate([name, *items], 1):
            _put(sheet.cell(row, number), text, number_format="@")
        if items:
            ranges[name] = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(items) + 1}"
    return ranges


def _front(sheet: Worksheet, form: Form, ranges: Mapping[str, str]) -> None:
    """Write the first sheet: who, when, how, and an example."""
    texts, row = captions(), 1
    told = texts["sheet"]
    sheet.column_dimensions["A"].hidden = True
    for letter, width in (("B", _HALF), ("C", _HALF), ("D", 50.0)):
        sheet.column_dimensions[letter].width = width
    bold = _font(bold=True)

    def line(b: Any, c: Any = None, height: float = 18.0, **style: Any) -> int:
        nonlocal row
        for column, value in ((2, b), (3, c)):
            _put(sheet.cell(row, column), value, **{"alignment": _TOP, **style})
        sheet.row_dimensions[row].height = height
        row += 1
        return row - 1

    def head(text: Mapping[str, str], **style: Any) -> None:
        style = {"font": _font(bold=True, size=12), "fill": _BLUE, **style}
        line(text["kk"], text["ru"], 20.0, **style)

    line(told["title"]["kk"], told["title"]["ru"], 44.0, font=_font(bold=True, size=16))
    line(bilingual(told["word"]), font=_font(italic=True, color="7F7F7F"))
    if form.synthetic:
        head(told["synthetic"], fill=_YELLOW)
    day = form.period.end.strftime("%d.%m.%Y")
    organisation = (form.code, form.name) if form.code else (None, bilingual(told["choose"]))
    asked = {
        "organisation": organisation,
        "period": (str(form.period), form.period_name),
        "filed": (None, bilingual(told["fill_date"], day=day)),
        "due": (form.due, ""),
    }
    for name, (value, beside) in asked.items():
        at = line(bilingual(told[name]), value, 20.0)
        if name != "due":
            _put(sheet.cell(at, 1), name)
        sheet.cell(at, 2).font = bold
        _put(sheet.cell(at, 4), beside, font=_font(color="595959"))
        empty = value is None
        answer = sheet.cell(at, 3)
        answer.border, answer.font = _BOX, _font(bold=True, size=12)
        answer.fill = _YELLOW if empty else _GREY
        answer.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        answer.number_format = _DATE if name in ("filed", "due") else "@"
        if name == "filed":
            sheet.add_data_validation(validation.dated(answer.coordinate, *form.days(FORM, name)))
        elif name == "organisation" and empty and name in ranges:
            sheet.add_data_validation(validation.listed(answer.coordinate, ranges[name]))
    row += 1
    head(told["how"])
    for step in texts["how"]:
        kk, ru = (step[language].format(due=f"{form.due:%d.%m.%Y}") for language in ("kk", "ru"))
        line(kk, ru, max(_height(kk, _HALF), _height(ru, _HALF)))
    row += 1
    head(told["sheets"])
    for table in schemas.BATCH:
        title = bilingual({language: titles.table(table, language) for language in ("kk", "ru")})
        about = bilingual(texts["tables"][table], "\n")
        at_row = line(f"{table}: {title}", about, _height(about, _HALF))
        link = sheet.cell(at_row, 2)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{quote_sheetname(table)}!A{FIRST}")
        link.font = _font(color="0563C1", underline="single")
    row += 1
    known = {"paper": "", "site": "", **form.known}
    for table, example in texts["examples"].items():
        named = {language: titles.table(table, language) for language in ("kk", "ru")}
        head({key: f"{told['example'][key]} ({named[key]})" for key in named}, fill=_GREY)
        for name, text in example.items():
            heading = titles.both(titles.column(name, "kk"), titles.column(name, "ru"))
            if shown := bilingual(text, day=day, **known):
                line(heading, shown, border=_BOX, font=_font(italic=True, color="595959"))
    _printed(sheet, form, fit_height=1)
    sheet.sheet_view.showGridLines = False


def _table(sheet: Worksheet, table: str, form: Form, ranges: Mapping[str, str]) -> None:
    """Write the sheet of a table: codes, headings, what stands there already, validations."""
    for number, name in enumerate(columns(table), 1):
        letter = get_column_letter(number)
        column = schemas.BATCH[table].columns.get(name)
        kind = column.metadata["kind"] if column is not None else "text"
        required = column is not None and column.required and name not in IMPLIED
        _put(sheet.cell(CODES, number), name)
        for row, language in ((2, "kk"), (3, "ru")):
            _put(
                sheet.cell(row, number),
                titles.column(name, language),
                font=_font(bold=True),
                fill=_YELLOW if required else _BLUE,
                border=_BOX,
                alignment=_HEADING,
                number_format=_STAR if required else "@",
            )
        style = {"number_format": _FORMATS.get(kind, "@"), "alignment": _CELL}
        if name == titles.PREVIOUS:
            style |= {"font": _font(italic=True, color="7F7F7F"), "fill": _GREY}
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDE.get(name, _WIDTHS.get(kind, 24.0))
        dimension.hidden = table == "observations" and name in form.hidden
        for attribute, part in style.items():
            setattr(dimension, attribute, part)
        if table == "observations":
            style |= {"fill": _PALE} if name == "value" else {}
            for row, cells in enumerate(form.rows, FIRST):
                _put(sheet.cell(row, number), cells.get(name), **style)
                height = max(
                    sheet.row_dimensions[row].height or 0.0, _height(cells.get(name), dimension.width)
                )
                sheet.row_dimensions[row].height = height
        sheet.add_data_validation(_validation(table, name, kind, letter, form, ranges))
    sheet.row_dimensions[CODES].hidden = True
    sheet.row_dimensions[2].height = sheet.row_dimensions[3].height = 32.0
    sheet.freeze_panes = f"A{FIRST}"
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"A{FIRST}"  # row 1 is hidden
    sheet.print_title_rows = f"2:{FIRST - 1}"
    sheet.print_options.gridLines = True
    _printed(sheet, form, fit_height=0)


def columns(table: str) -> list[str]:
    """List the columns of a table's sheet; what was reported last time stands beside the value."""
    names = list(schemas.BATCH[table].columns)
    if table == "observations":
        names.insert(names.index("value") + 1, titles.PREVIOUS)
    return names


def _validation(
    table: str, name: str, kind: str, letter: str, form: Form, ranges: Mapping[str, str]
) -> DataValidation:
    """Give the validation of a column; its message says what the column holds."""
    place = f"{letter}{FIRST}:{letter}{LAST}"
    items = ranges.get(kind) or ranges.get(name)
    if items:
        made = validation.listed(place, items)
    elif kind == "date":
        made = validation.dated(place, *form.days(table, name))
    elif kind in ("number", "count"):
        made = validation.counted(place, "decimal" if kind == "number" else "whole")
    else:
        made = validation.anything(place)
    made.showInputMessage = True
    codes = form.known.get("codes") or "ABC DEF"
    made.prompt = bilingual(
        captions()["prompts"][name], "\n", code=form.code or codes.split()[0], codes=codes
    )
    return made


def _height(text: Any, width: float) -> float:
    """Estimate the height of a wrapped cell, in points; a row has 409 at most."""
    lines = sum(-(-len(line) // int(width * 0.9)) or 1 for line in str(text or "").split("\n"))
    return min(_LINE_HEIGHT * lines + 3.0, 150.0)


def _printed(sheet: Worksheet, form: Form, fit_height: int) -> None:
    """Set up printing: A4, landscape, all columns on a page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4 (ECMA-376, 18.3.1.63)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, fit_height
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header = " ".join(filter(None, (form.code, str(form.period), "&A")))
    for part, text in ((sheet.oddHeader, header), (sheet.oddFooter, "&P / &N")):
        if part is not None:
            part.center.text = text
