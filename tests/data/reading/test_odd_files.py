"""What lies in a folder and is no ordinary table: said, never opened for ever or into all memory."""

import io
import os
import sys
import zipfile

import pytest
from aqparat.data.reading import archive, sheets
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
    assert archive.area(content.getvalue()) == 16_384 * 1_048_576
    (sheet,), problems = sheets.read(content.getvalue(), "a.xlsx", len)
    assert (sheet.cells.shape, problems) == ((1, 1), [])


class TestReference:
    @pytest.mark.parametrize("code", ["television", "any"])
    def test_an_outlet_is_not_called_as_a_channel(self, folder, code):
        folder.append("reference/outlets.csv", f"{code},а,б,c,television,republican,,,,")
        assert "reserved_code" in {p.code for p in folder.problems()}

    @pytest.mark.parametrize("code", ["measures_done", "seminar_participants", "issues_out"])
    def test_an_indicator_is_not_called_as_what_the_program_counts(self, folder, code):
        folder.append("reference/indicators.csv", f"{code},а,б,c,item,output,0")
        assert "reserved_code" in {p.code for p in folder.problems()}

    def test_nothing_ends_before_it_begins(self, folder):
        folder.append("reference/outlets.csv", "zz,а,б,c,newspaper,republican,,,2018-01-01,2017-01-01")
        assert [p.column for p in folder.problems() if p.code == "end_before_start"] == ["valid_to"]
