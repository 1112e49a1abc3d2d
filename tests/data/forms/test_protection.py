"""What of a form can be changed, and what of it is printed: as the file says it, and as LibreOffice does."""

import openpyxl
import pytest
from aqparat.data import titles
from aqparat.data.forms import workbook
from aqparat.data.forms.workbook import FIRST, LAST
from pypdf import PdfReader
from workbooks import converted, fields, put, rows, sheet_of, write

MEASURE = (
    "code,organisation,text_kk,text_ru,text_en,status,source\n"
    "M-1,KUS,Жазылу.,Подписка.,Subscribe.,planned,meeting\n"
)
TO_FILL = {
    "observations": {"value", "none", "qualifier", "named", "extreme", "source"},
    "measures": {"status", "due", "note", "source"},
    titles.CORRECTIONS: {"value", "none", "qualifier", "named", "source"},
}


@pytest.fixture
def path(folder):
    folder.write("2017H1/measures.csv", MEASURE)
    return write(folder, "KUS") / "KUS.xlsx"


def free(sheet, row):
    """Give the codes of the columns that can be filled in in a row: by its cells, else by their columns."""
    found = set()
    for heading in sheet[workbook.CODES]:
        cell = sheet.cell(row, heading.column)
        look = cell if cell.has_style else column(sheet, heading.column)
        if not look.protection.locked:
            found.add(heading.value)
    return found


def column(sheet, number):
    """Give the look of a column: like ones that are side by side stand in the file as one."""
    return next(d for d in sheet.column_dimensions.values() if d.min <= number <= d.max)


def guarded(book):
    """Give what may be filled in of each sheet: in its headings, a row of the program, one of one's own."""
    assert all(sheet.protection.sheet for sheet in book)
    assert all(sheet.protection.password is None for sheet in book)
    found = {}
    for name in workbook.SHEETS:
        sheet = sheet_of(book, name)
        found[name] = [free(sheet, row) for row in (2, FIRST, FIRST + 40)]
    return found


def expected(book):
    for name in workbook.SHEETS:
        codes = {cell.value for cell in sheet_of(book, name)[workbook.CODES]}
        own = codes - set(titles.MARKS)
        yield name, [set(), TO_FILL.get(name, codes) & codes, own]


def test_what_is_not_to_be_filled_is_protected_without_a_password(path):
    book = openpyxl.load_workbook(path)
    assert guarded(book) == dict(expected(book))
    answers = fields(book)
    assert {name for name, cell in answers.items() if not cell.protection.locked} == {"filed", "complete"}
    assert book.security.lockStructure
    assert book.security.workbookPassword is None


def test_rows_filters_sorting_and_widths_stay_free(path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        guard = sheet.protection
        kept = [guard.formatColumns, guard.formatRows, guard.insertRows, guard.sort, guard.autoFilter]
        assert kept == [False] * 5  # False: not kept from doing so
    for name in workbook.SHEETS:
        sheet = sheet_of(book, name)
        last = openpyxl.utils.get_column_letter(len(workbook.columns(name)))
        assert sheet.auto_filter.ref == f"A{FIRST - 1}:{last}{LAST}"


def test_a_blank_form_asks_whose_it_is(folder):
    answers = fields(openpyxl.load_workbook(write(folder) / "blank.xlsx"))
    assert not answers["organisation"].protection.locked
    assert answers["period"].protection.locked


def test_libreoffice_keeps_it(path, tmp_path):
    book = openpyxl.load_workbook(converted(path, ["xlsx"], tmp_path))
    assert guarded(book) == dict(expected(book))
    assert not any(sheet.protection.insertRows or sheet.protection.autoFilter for sheet in book)


def pages(path, folder):
    """Give the text of each printed page."""
    return [page.extract_text() for page in PdfReader(converted(path, ["pdf"], folder)).pages]


def test_sheets_without_rows_are_not_printed(path, tmp_path):
    printed = pages(path, tmp_path)
    names = [titles.sheet(name) for name in ("form", "observations", "measures", titles.CORRECTIONS)]
    assert len(printed) == len(names)
    for name, text in zip(names, printed, strict=True):
        assert "Қостанай / Костанайская · 2017 жылдың екінші жартыжылдығы" in text
        assert name in text


def test_a_sheet_is_printed_once_it_is_filled_in_with_its_headings(path, tmp_path):
    book = openpyxl.load_workbook(path)
    for row in range(FIRST, FIRST + 70):
        put(book, "publications", row, title=f"Материал {row}")
    book.save(path)
    found = [text for text in pages(path, tmp_path) if titles.sheet("publications") in text][1:]
    assert len(found) > 1  # more than a page
    assert all(titles.column("title", "kk") in text for text in found)
    told = "".join(found)
    assert all(f"Материал {row}" in told for row in range(FIRST, FIRST + 70))
    assert len(rows(book, "publications")) == 70
