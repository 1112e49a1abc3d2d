import hashlib

import pytest
from aqparat.publish.rows import RawFiles
from openpyxl import Workbook


def test_a_row_is_given_as_it_stands(folder):
    files = RawFiles(folder.path)
    cells = dict(files.row("raw/2017H1/observations.csv", "", 2))
    assert cells["value"] == "306" and cells["outlet"] == "union-site"
    assert "channel" not in cells  # empty
    text = folder.text("2017H1/observations.csv").encode()
    assert files.digest("raw/2017H1/observations.csv") == hashlib.sha256(text).hexdigest()


def test_a_row_of_a_workbook_is_found_in_its_sheet(folder):
    book = Workbook()
    book.active.title = "observations"
    for row in [["A title"], ["indicator", "organisation", "value"], ["copies", "KUS", 538]]:
        book.active.append(row)
    (folder.path / "raw" / "2017H2").mkdir()
    book.save(folder.path / "raw" / "2017H2" / "KUS.xlsx")
    files = RawFiles(folder.path)
    found = files.row("raw/2017H2/KUS.xlsx", "observations", 3)
    assert found == [("indicator", "copies"), ("organisation", "KUS"), ("value", "538")]
    assert files.row("raw/2017H2/KUS.xlsx", "activities", 3) is None


@pytest.mark.parametrize(
    "file, row",
    [
        ("raw/2017H1/observations.csv", 1000), ("raw/2017H1/observations.csv", -1), ("raw/none.csv", 2),
        ("raw/../../secret.csv", 2), ("../secret.csv", 2), ("/etc/passwd", 1), ("raw", 2), ("", 1),
    ],
)  # fmt: skip
def test_what_is_not_a_raw_row_is_none(folder, file, row):
    (folder.path.parent / "secret.csv").write_text("indicator,value\ncopies,1\n", encoding="utf-8")
    assert RawFiles(folder.path).row(file, "", row) is None


def test_without_a_data_folder_no_file_is_there():
    files = RawFiles(None)
    assert files.digest("raw/2017H1/observations.csv") == ""
    assert files.row("raw/2017H1/observations.csv", "", 2) is None


def test_a_row_is_told_apart_by_its_cells_and_their_columns(folder):
    def digests(*lines):
        folder.write("2017H1/observations-x.csv", "\n".join(lines) + "\n")
        found = RawFiles(folder.path).digests("raw/2017H1/observations-x.csv")
        return [told for (sheet, row), told in found.items() if row > 1]

    (one, other) = digests("indicator,organisation,value", "copies,KUS,538", "copies,KAR,538")
    assert one != other
    assert digests("value,organisation,indicator", "538,KAR,copies", "538,KUS,copies") == [other, one]
    assert digests("indicator,organisation,value", "538,KUS,copies") != [one]
    assert RawFiles(folder.path).digests("raw/none.csv") == {}
