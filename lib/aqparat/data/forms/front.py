"""The first sheet of a form: whose it is, until when, what to do, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from aqparat.data import schemas, titles
from aqparat.data.forms import excel_validation, style
from aqparat.data.forms.captions import LANGUAGES, bilingual, captions
from aqparat.data.forms.form import Form
from aqparat.data.titles import CORRECTIONS, FORM

_CODE, _LEFT, _RIGHT, _BESIDE = 1, 2, 3, 4  # the columns; the first is hidden
_HALF = 60.0  # the width of a language
_NOTE = 50.0  # that of what is said beside an answer
_WIDTHS = {"B": _HALF, "C": _HALF, "D": _NOTE}


class _Lines:
    """The lines of the sheet, written one below the other."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 1

    def line(self, left: Any, right: Any = None, height: float = 18.0, **look: Any) -> int:
        """Write a line and return its row."""
        for column, value in ((_LEFT, left), (_RIGHT, right)):
            style.put(self.sheet.cell(self.row, column), value, **{"alignment": style.TOP, **look})
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1
        return self.row - 1

    def head(self, text: Mapping[str, str], **look: Any) -> None:
        """Write the heading of a part."""
        look = {"font": style.font(bold=True, size=12), "fill": style.BLUE, **look}
        self.line(text["kk"], text["ru"], max(style.height(t, _HALF * 0.8) for t in text.values()), **look)

    def gap(self) -> None:
        """Leave a line blank."""
        self.row += 1


def front(sheet: Worksheet, form: Form, first: int, ranges: Mapping[str, str]) -> None:
    """Write the first sheet of a form.

    Parameters
    ----------
    sheet : Worksheet
    form : Form
    first : int
        The row of the other sheets that links lead to.
    ranges : mapping of str to str
        Where the items of each drop-down list stand.
    """
    sheet.column_dimensions["A"].hidden = True
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    lines = _Lines(sheet)
    _title(lines, form)
    _questions(lines, form, ranges)
    lines.gap()
    _steps(lines, form)
    lines.gap()
    _tables(lines, first)
    lines.gap()
    _examples(lines, form)
    style.printed(sheet, form, "portrait", fit_height=1)
    sheet.sheet_view.showGridLines = False


def _title(lines: _Lines, form: Form) -> None:
    """Write the title, and of invented data that they are."""
    texts = captions()["sheet"]
    lines.line(texts["title"]["kk"], texts["title"]["ru"], 44.0, font=style.font(bold=True, size=16))
    lines.line(bilingual(texts["word"]), font=style.font(italic=True, color="7F7F7F"))
    if form.synthetic:
        lines.head(texts["synthetic"], fill=style.YELLOW)


def _questions(lines: _Lines, form: Form, ranges: Mapping[str, str]) -> None:
    """Write whose form it is, for which period, the day it is filled in, and the deadline."""
    texts = captions()["sheet"]
    organisation = (form.code, form.name) if form.code else (None, bilingual(texts["choose"]))
    answers = {
        "organisation": organisation,
        "period": (str(form.period), form.period_name),
        "due": (bilingual(form.due_name), ""),
        "filed": (None, bilingual(texts["fill_date"], day=_last_day(form))),
        "complete": (None, bilingual(texts["complete_means"])),
    }
    for name, (value, beside) in answers.items():
        row = lines.line(bilingual(texts[name]), value, max(20.0, style.height(beside, _NOTE)))
        if name != "due":
            style.put(lines.sheet.cell(row, _CODE), name)
        lines.sheet.cell(row, _LEFT).font = style.font(bold=True)
        look = {"font": style.font(color="595959"), "alignment": style.LEFT}
        style.put(lines.sheet.cell(row, _BESIDE), beside, **look)
        _answer(lines.sheet, row, name, value is None)
        answer = lines.sheet.cell(row, _RIGHT).coordinate
        if name == "filed":
            lines.sheet.add_data_validation(excel_validation.dated(answer, *form.days(FORM, name)))
        elif name == "complete":
            lines.sheet.add_data_validation(excel_validation.listed(answer, ranges["answers"]))
        elif name == "organisation" and value is None and name in ranges:
            lines.sheet.add_data_validation(excel_validation.listed(answer, ranges[name]))


def _answer(sheet: Worksheet, row: int, name: str, empty: bool) -> None:
    """Return the cell of an answer its look: yellow where it is to be filled in."""
    answer = sheet.cell(row, _RIGHT)
    answer.border, answer.font = style.BOX, style.font(bold=True, size=12)
    answer.fill = style.YELLOW if empty else style.GREY
    answer.alignment = style.LEFT
    answer.number_format = style.DATE if name == "filed" else style.TEXT
    if empty:
        answer.protection = style.TO_FILL


def _steps(lines: _Lines, form: Form) -> None:
    """Write what to do, step by step."""
    lines.head(captions()["sheet"]["how"])
    half = "half" if form.period.is_half else "year"
    for step in zip(*captions()["how"].values(), strict=True):
        kk, ru = (
            text.format(
                due=form.due_name[language],
                span=captions()["span"][half][language],
                **{name: said[language] for name, said in captions()["sheet_names"].items()},
            )
            for language, text in zip(LANGUAGES, step, strict=True)
        )
        lines.line(kk, ru, max(style.height(kk, _HALF), style.height(ru, _HALF)))


def _tables(lines: _Lines, first: int) -> None:
    """Write what each of the other sheets is for, with a link to it."""
    lines.head(captions()["sheet"]["sheets"])
    figures = captions()["sheet_names"]["observations"]
    for name in (*schemas.BATCH, CORRECTIONS):
        said = captions()["tables"][name]
        about = "\n".join(said[code].format(observations=figures[code]) for code in LANGUAGES)
        row = lines.line(titles.sheet(name), about, style.height(about, _HALF))
        link = lines.sheet.cell(row, _LEFT)
        place = f"{quote_sheetname(titles.sheet(name))}!A{first}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=place)
        link.font = style.font(color="0563C1", underline="single")


def _examples(lines: _Lines, form: Form) -> None:
    """Write a row of some tables as it may be filled in."""
    named = {"paper": "", "site": "", **form.examples}
    for table, example in captions()["examples"].items():
        title = captions()["sheet_names"][table]
        head = captions()["sheet"]["example"]
        texts = {key: f"{head[key]} ({title[key]})" for key in title}
        lines.head(texts, fill=style.GREY)
        for name, text in example.items():
            heading = titles.both(*(titles.column(name, language) for language in LANGUAGES))
            if written := bilingual(text, day=_last_day(form), **named):
                look = style.font(italic=True, color="595959")
                lines.line(heading, written, border=style.BOX, font=look)


def _last_day(form: Form) -> str:
    return form.period.end.strftime("%d.%m.%Y")
