"""Forms looked into and filled in by tests: sheets, rows and cells by the codes of what they are for."""

import os
import re
import shutil
import subprocess

import pytest
from aqparat.data import titles
from aqparat.data.forms import workbook, writing
from aqparat.period import Period
from aqparat.words.bilingual import Bilingual
from openpyxl.utils import range_boundaries

H2 = Period(2017, 2)


def write(folder, *codes, period=H2):
    """Write forms into the folder; give where they are."""
    writing.write(period, codes, folder.path, folder.path / "forms", Bilingual())
    return folder.path / "forms" / str(period)


def sheet_of(book, name):
    """Give a sheet by the code of what it is for."""
    return book[titles.sheet(name)]


def rows(book, table="observations"):
    """Give the filled rows of a sheet, cells by code of their column; empty cells left out."""
    heading, *_, = sheet_of(book, table).iter_rows(values_only=True)  # fmt: skip
    below = sheet_of(book, table).iter_rows(min_row=workbook.FIRST, values_only=True)
    found = [{c: v for c, v in zip(heading, row, strict=True) if v is not None} for row in below]
    return [row for row in found if row]


def items(book, made):
    """Give the texts of the range a list validation names."""
    sheet, place = re.fullmatch(r"'?(\w+)'?!(.+)", made.formula1).groups()
    column, first, _, last = range_boundaries(place.replace("$", ""))
    return [book[sheet].cell(row, column).value for row in range(first, last + 1)]


def fields(book):
    """Find a form's organisation, period and day as a reader does: by the codes of column A."""
    return {r[0].value: r[2] for r in sheet_of(book, "form").iter_rows(max_col=3) if r[0].value}


def put(book, name, row, **cells):
    """Fill in cells of a row of a sheet, by the codes of the columns; choices by what a person sees."""
    sheet = sheet_of(book, name)
    at = {cell.value: cell.column for cell in sheet[workbook.CODES]}
    for column, value in cells.items():
        cell = sheet.cell(row, at[column])
        cell.value = value
        cell.data_type = "s" if isinstance(value, str) else cell.data_type


def number(book, name, **cells):
    """Give the number of the one row of a sheet in which these cells stand."""
    found = [
        row
        for row, there in enumerate(rows(book, name), workbook.FIRST)
        if all(there.get(column) == value for column, value in cells.items())
    ]
    assert len(found) == 1, found
    return found[0]


def converted(path, ways, folder):
    """Convert a workbook with LibreOffice, to one format after the other."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        assert not os.environ.get("CI"), "LibreOffice must be installed where CI runs"
        pytest.skip("no LibreOffice here")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for number, suffix in enumerate(ways):
        out = folder / str(number)
        subprocess.run(
            [office, profile, "--headless", "--convert-to", suffix, "--outdir", str(out), str(path)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        path = out / f"{path.stem}.{suffix}"
    return path
