"""How a form looks: its letters, colours, lines, formats and printing."""

from __future__ import annotations

from typing import Any, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from aqparat.data.forms.form import Form

DATE = "dd.mm.yyyy"
TEXT = "@"
YELLOW, PALE, BLUE, GREY = (
    PatternFill("solid", start_color=colour) for colour in ("FFE699", "FFF7DF", "DCE6F1", "F2F2F2")
)
_SIDE = Side(style="thin", color="A6A6A6")
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
CENTRE = Alignment(vertical="center", horizontal="center", wrap_text=True)
TO_FILL = Protection(locked=False)
_HEADER = 80  # characters of a name in the header of a page, which has 255 at most
_LINE_HEIGHT = 15.0  # points, of Calibri 11


def font(**style: Any) -> Font:
    """Return the font of a form, with some traits of its own."""
    return Font(name="Calibri", **{"size": 11, **style})


def put(cell: Any, value: Any, **style: Any) -> None:
    """Fill a cell; text that begins with = stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    for name, part in style.items():
        setattr(cell, name, part)


def height(text: Any, width: float) -> float:
    """Return about how high a wrapped cell is, in points; a row has 409 at most."""
    lines = sum(-(-len(line) // int(width * 0.9)) or 1 for line in str(text or "").split("\n"))
    return min(_LINE_HEIGHT * lines + 3.0, 150.0)


def protected(sheet: Worksheet) -> None:
    """Protect what is not to be filled in, without a password; the rest stays as free as Excel lets it.

    Rows can be added, filtered and sorted (Excel sorts what is not protected), columns and rows sized.
    """
    guard = sheet.protection
    guard.sheet = True
    for free in (
        "formatColumns", "formatRows", "insertRows", "deleteRows", "insertHyperlinks", "sort", "autoFilter",
    ):  # fmt: skip
        setattr(guard, free, False)


def printed_where_filled(sheet: Worksheet, first: int, last: int, columns: int) -> None:
    """Let a sheet without rows print nothing but the pages that get some, each with the headings.

    The headings are outside the area and repeated above it. LibreOffice leaves out the pages of an area
    that hold nothing; Excel does not, so the area is no longer than such a sheet is likely to become.

    Parameters
    ----------
    sheet : Worksheet
    first, last : int
        The rows of the area.
    columns : int
    """
    sheet.print_area = f"A{first}:{get_column_letter(columns)}{last}"


def printed(
    sheet: Worksheet, form: Form, orientation: Literal["portrait", "landscape"], fit_height: int
) -> None:
    """Set up printing: A4, all columns on a page."""
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = 9  # A4 (ECMA-376, 18.3.1.63)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, fit_height
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    told = [" ".join(text.split()).replace("&", "&&") for text in (form.name, form.period_name) if text]
    header = " · ".join([text[:_HEADER] for text in told] + ["&A"])
    for part, text in ((sheet.oddHeader, header), (sheet.oddFooter, "&P / &N")):
        if part is not None:
            part.center.text = text
