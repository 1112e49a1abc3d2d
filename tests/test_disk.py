import errno
import os
from pathlib import Path

import pytest
from aqparat.choices import LANGUAGES
from aqparat.cli import main
from aqparat.disk import DiskFullError, RawDataError, naming, outside_raw, put, write
from aqparat.words.errors import sentences
from click.testing import CliRunner


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "place", ["raw", "raw/2017H1", "raw/2017H9/a", "x/../raw/a.csv", "RAW/2017H1", "Raw"]
)
def test_raw_data_are_known_however_they_are_named(folder, place):
    for data in (folder.path, None):
        with pytest.raises(RawDataError):
            outside_raw(folder.path / place, data)


def test_raw_data_are_known_by_links_to_them(folder, tmp_path):
    (tmp_path / "reports").symlink_to(folder.path / "raw" / "2017H1")
    with pytest.raises(RawDataError):
        outside_raw(tmp_path / "reports" / "2017H2")


def test_what_raw_data_link_to_is_raw_data(folder, tmp_path):
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "KUS.xlsx").touch()
    (tmp_path / "KAR.xlsx").touch()
    (folder.path / "raw" / "2017H2").symlink_to(tmp_path / "share")
    (folder.path / "raw" / "2017H1" / "KAR.xlsx").symlink_to(tmp_path / "KAR.xlsx")
    for place in ("share", "share/2017H2", "KAR.xlsx"):
        with pytest.raises(RawDataError):
            outside_raw(tmp_path / place, folder.path)
    assert outside_raw(tmp_path / "reports", folder.path) == (tmp_path / "reports").resolve()


def test_a_folder_that_is_only_called_raw_is_free(tmp_path):
    (tmp_path / "raw").mkdir()
    assert outside_raw(tmp_path / "raw" / "reports") == (tmp_path / "raw" / "reports").resolve()


def test_a_file_is_put_whole_and_a_link_is_not_followed(tmp_path):
    (tmp_path / "theirs").write_text("theirs", encoding="utf-8")
    (tmp_path / "page").symlink_to(tmp_path / "theirs")
    put(tmp_path / "page", "ours\n")
    assert (tmp_path / "page").read_bytes() == b"ours\n"
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page", "theirs"]


def test_a_file_that_cannot_be_put_leaves_the_one_before(tmp_path, monkeypatch):
    put(tmp_path / "page", "before")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "open")))
    with pytest.raises(PermissionError):
        put(tmp_path / "page", "after")
    assert files(tmp_path) == {"page": b"before"}


@pytest.mark.parametrize("place", ["raw", "raw/reference", "../data/raw", "RAW", "linked"])
@pytest.mark.parametrize(
    "command",
    [
        ["report", "2017H1", "--format", "html", "--out"],
        ["check", "2017H1", "--out"],
        ["form", "2017H2", "--out"],
        ["compare", "2017H1", "2017H1", "--html"],
        ["synthetic"],
    ],
    ids=lambda words: words[0],
)
def test_no_command_writes_into_raw_data(folder, command, place):
    (folder.path / "linked").symlink_to(folder.path / "raw")
    before = files(folder.path / "raw")
    words = [*command, str(folder.path / place / ("page.html" if command[-1] == "--html" else ""))]
    words += ["2018H1"] * (command[0] == "synthetic") + ["--data", str(folder.path)]
    done = CliRunner().invoke(main, words)
    assert isinstance(done.exception, SystemExit) and done.exit_code == 1, done.output
    assert "өзгертпейді" in done.stderr  # what raw data are never
    assert files(folder.path / "raw") == before
    assert not (folder.path / "RAW").exists()


def test_links_inside_a_folder_of_reports_lead_nowhere_else(folder, tmp_path):
    """The folder of a report, of its quality pages and of marked copies are raw data by a link each."""
    before = files(folder.path / "raw")
    for place in ("reports/2017H1", "second/2017H1/quality", "third/2017H1/quality/marked"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).symlink_to(folder.path / "raw" / "2017H1")
        out = tmp_path / place.split("/")[0]
        for command in ("report", "check"):
            done = CliRunner().invoke(
                main, [command, "2017H1", "--data", str(folder.path), "--out", str(out)]
            )
            assert isinstance(done.exception, SystemExit) and done.exit_code == 1, done.output
    assert files(folder.path / "raw") == before


def test_a_synthetic_folder_with_files_of_somebody_is_not_written_over(tmp_path, folder):
    words = ["synthetic", str(tmp_path / "invented"), "2018H1", "--data", str(folder.path)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert CliRunner().invoke(main, words).exit_code == 0  # its own is
    mine = tmp_path / "invented" / "raw" / "2018H1" / "KUS.xlsx"
    mine.write_bytes(b"filled in")
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1 and "2018H1/KUS.xlsx" in done.stderr
    assert mine.read_bytes() == b"filled in"


def refusing(monkeypatch, code):
    def refuse(self, content):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "write_bytes", refuse)


def test_a_full_disk_is_told_with_the_file_and_what_is_missing(tmp_path, monkeypatch):
    refusing(monkeypatch, errno.ENOSPC)
    with pytest.raises(DiskFullError) as told:
        write(tmp_path / "report.html", "x" * 2_500_000)
    assert told.value.values["path"] == str(tmp_path / "report.html")
    assert told.value.values["needed"] == "2.50"
    for code in LANGUAGES:
        assert "2.50" in sentences(told.value, code)[0]
    with pytest.raises(DiskFullError), naming(tmp_path / "a.csv"):
        (tmp_path / "a.csv").write_bytes(b"")


def test_what_is_refused_for_another_reason_names_the_file_too(tmp_path, monkeypatch):
    refusing(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match="report") as told:
        put(tmp_path / "report.html", "x")
    assert not isinstance(told.value, DiskFullError)
    assert not list(tmp_path.iterdir())


def test_links_in_a_circle_are_no_raw_data_and_nowhere_to_write(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "circle").symlink_to("circle")
    assert outside_raw(tmp_path / "reports", tmp_path / "data") == (tmp_path / "reports").resolve()
    (tmp_path / "out").symlink_to("out")
    with pytest.raises(OSError, match="out"):
        outside_raw(tmp_path / "out")
