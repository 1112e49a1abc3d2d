"""What lies in a folder and is no ordinary table: said, never opened for ever or into all memory."""

import io
import os
import struct
import sys
import zipfile

import pytest
from aqparat import console, settings
from aqparat.choices import LANGUAGES
from aqparat.data.reading import archive, delimited, intake, old_excel, sheets, workbooks
from aqparat.period import Period
from aqparat.publish import annotated
from aqparat.words.languages import language
from openpyxl import Workbook

HEADINGS = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"


def codes(folder, file):
    return [p.code for p in folder.problems() if p.file == f"raw/2017H1/{file}"]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "observations"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes among files")
def test_a_pipe_and_a_device_are_not_opened(folder):
    batch = folder.path / "raw/2017H1"
    os.mkfifo(batch / "observations-a.csv")
    (batch / "observations-b.csv").symlink_to("/dev/zero")
    (batch / "observations-c.csv").symlink_to("nowhere")
    os.mkfifo(folder.path / "settings.toml")
    assert settings.languages(folder.path) == LANGUAGES
    assert [p.code for p in folder.problems() if p.file == "settings.toml"] == ["no_file"]
    for name in "abc":
        assert codes(folder, f"observations-{name}.csv") == ["no_file"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are always Unicode there")
def test_a_name_in_another_encoding_is_said(folder):
    name = os.fsdecode("observations-Құс.csv".encode("kz1048"))
    (folder.path / "raw/2017H1" / name).write_text(f"{HEADINGS}\n", encoding="utf-8")
    assert codes(folder, "observations-???.csv") == ["name_undecodable"]


def test_a_row_of_a_million_cells_is_not_taken_apart(folder):
    folder.write("2017H1/observations-wide.csv", f"{','.join('c' * 10**6)}\n")
    assert codes(folder, "observations-wide.csv") == ["too_many_columns"]


def test_a_workbook_too_large_inside_is_not_unpacked(folder, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 1 << 20)
    bomb = io.BytesIO(workbook(HEADINGS.split(",")))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("xl/worksheets/sheet2.xml", b" " * (2 << 20))
    folder.write("2017H1/observations-a.xlsx", bomb.getvalue())
    assert codes(folder, "observations-a.xlsx") == ["too_large"]
    problems = folder.problems()
    assert annotated.write(folder.path / "marked", folder.path, problems, language("en")) == []


def test_a_workbook_that_says_it_is_small_is_not_believed():
    content = bytearray(workbook(["a"]))
    at = content.rindex(b"PK\x01\x02")  # the entry of the last part in the directory
    assert archive.is_true(bytes(content))
    content[at + 24 : at + 28] = (3).to_bytes(4, "little")  # its length unpacked
    assert not archive.is_true(bytes(content))


def test_a_cell_far_away_makes_no_large_sheet():
    book = Workbook()
    book.active["XFD1048576"] = 1
    content = io.BytesIO()
    book.save(content)
    assert archive.reach(content.getvalue()).area == 16_384 * 1_048_576
    (sheet,), problems = sheets.read(content.getvalue(), "a.xlsx", len)
    assert (sheet.cells.shape, problems) == ((1, 1), [])


def changed(old, new):
    """Return a workbook whose sheet has something else in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as book, zipfile.ZipFile(made, "w") as other:
        for name in book.namelist():
            part = book.read(name)
            other.writestr(name, part.replace(old, new) if "sheet1" in name else part)
    return made.getvalue()


def told(content, file="a.xlsx"):
    """Return the shapes of the sheets of a file, and the codes of what is said of it."""
    found, problems = sheets.read(content, file, len)
    return [sheet.cells.shape for sheet in found], [p.code for p in problems]


@pytest.mark.parametrize(
    "area,expected",
    [("A1:XFD1048576", ([(1, 1)], ["second_reader"])), ("A1:&#88;FD1048576", ([], ["too_many_cells"]))],
)
def test_cells_merged_to_the_end_are_not_made(area, expected):
    merged = f"</sheetData><mergeCells><mergeCell ref='{area}'/></mergeCells>"
    assert told(changed(b"</sheetData>", merged.encode())) == expected


def test_a_cell_in_a_column_of_its_own_in_each_row_makes_no_square(monkeypatch):
    monkeypatch.setattr(workbooks, "_MOST", 100)
    cells = "".join(f'<row r="{n}"><c r="{chr(64 + n)}{n}"><v>1</v></c></row>' for n in range(2, 20))
    assert told(changed(b"</sheetData>", f"{cells}</sheetData>".encode())) == ([], ["too_many_cells"])


def test_more_columns_than_a_table_has_are_not_read():
    book = Workbook()
    book.active.append(range(1, 1200))
    content = io.BytesIO()
    book.save(content)
    found = sheets.read(content.getvalue(), "a.xlsx", len)[1]
    assert [(p.code, p.found) for p in found] == [("too_many_columns", "1199")]


@pytest.mark.parametrize(
    "page,code",
    [
        ("<tr>" + "<td rowspan=1000 colspan=1000>x" * 300, "too_many_columns"),
        ("<tr>" * 30_000 + "<td colspan=999>x<td>y", "too_many_cells"),
    ],
)
def test_a_page_of_spans_makes_no_large_table(page, code):
    assert told(f"<html><table>{page}</table>".encode(), "a.xls") == ([], [code])


def test_a_cell_beyond_the_end_makes_no_sheet():
    row = b"<row r='9'><c r='ZZZZZ99999999999'><v>1</v></c></row></sheetData>"
    assert told(changed(b"</sheetData>", row)) == ([], ["too_many_cells"])


def far(sheets_):
    """Return the records of an old workbook whose sheets have a cell in the first and the last place."""
    cell = [struct.pack("<HHHHHd", 0x0203, 14, row, column, 0, 1) for row, column in ((0, 0), (65535, 255))]
    begin = struct.pack("<HH", 0x0809, 8) + b"\0\x06\x10\0" + b"\0" * 4
    return b"".join([begin, *cell] * sheets_)


def test_an_old_workbook_of_far_cells_is_not_opened():
    assert old_excel.area(far(1)) == 65536 * 256
    assert told(far(30), "a.xls") == ([], ["too_many_cells"])


def test_what_a_reader_tells_the_terminal_is_not_shown(capfd):
    os.write(2, b"before ")
    with console.silent():
        os.write(2, b"panicked")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_many_short_rows_are_told_together_and_all_counted(folder):
    folder.write("2017H1/observations-a.csv", f"{HEADINGS}\n" + "a,b\n" * 200 + "," * 10 + "\n")
    raw = intake.read(folder.path, Period.parse("2017H1"))
    told = [p for p in raw.problems if p.file.endswith("observations-a.csv")]
    assert [p.code for p in told].count("cells") == 50
    assert [(p.found, p.expected) for p in told if p.code == "more_cells"] == [("150", "52–201")]
    assert [a.aside for a in raw.accounts if a.file.endswith("observations-a.csv")] == [200]


def test_a_text_of_too_many_cells_or_bytes_is_not_read(folder, monkeypatch):
    monkeypatch.setattr(delimited, "_CELLS", 100)
    folder.write("2017H1/observations-a.csv", f"{HEADINGS}\n" + "," * 10 + "\n" * 20 + "x")
    assert codes(folder, "observations-a.csv") == ["too_many_cells"]
    monkeypatch.setattr(intake, "_LONGEST", 1000)
    folder.write("2017H1/observations-b.csv", "x" * 1001)
    assert codes(folder, "observations-b.csv") == ["too_large"]


class TestReference:
    @pytest.mark.parametrize("code", ["television", "any"])
    def test_an_outlet_is_not_called_as_a_channel(self, folder, code):
        folder.append("reference/outlets.csv", f"{code},а,б,c,television,republican,,,,")
        assert "reserved_code" in {p.code for p in folder.problems()}

    @pytest.mark.parametrize("code", ["measures_done", "seminar_participants", "issues_out"])
    def test_an_indicator_is_not_called_as_what_the_program_counts(self, folder, code):
        folder.append("reference/indicators.csv", f"{code},а,б,c,item,output,0")
        assert "reserved_code" in {p.code for p in folder.problems()}

    def test_an_organisation_is_not_called_as_a_device_of_windows(self, folder):
        folder.append("reference/organisations.csv", "CON,а,б,c,oblast,,,,,,,")
        assert [p.found for p in folder.problems() if p.code == "reserved_code"] == ["CON"]

    def test_nothing_ends_before_it_begins(self, folder):
        folder.append("reference/outlets.csv", "zz,а,б,c,newspaper,republican,,,2018-01-01,2017-01-01")
        assert [p.column for p in folder.problems() if p.code == "end_before_start"] == ["valid_to"]


def test_a_second_file_of_headings_only_repeats_nothing(folder):
    """Else the number of warnings would tell how a table is cut into files."""
    for name in ("observations-a.csv", "observations-b.csv"):
        (folder.path / "raw/2017H1" / name).write_text(HEADINGS + "\n", encoding="utf-8")
    assert codes(folder, "observations-b.csv") == []
    filled = f"{HEADINGS}\nvideos,KUS,,,2017-01-01,2017-06-30,5,exact,,,x\n"
    for name in ("observations-a.csv", "observations-b.csv"):
        (folder.path / "raw/2017H1" / name).write_text(filled, encoding="utf-8")
    assert codes(folder, "observations-b.csv") == ["same_file"]
