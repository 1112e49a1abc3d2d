"""Whatever the encoding of a stream, what is said comes through."""

import io
import os
import subprocess
import sys

import pytest
from aqparat import console
from aqparat.words.jupyter import SESSION, is_live
from reported import data, published

SAID = "Қостанай – «Білімді ел», 5 %"


@pytest.fixture
def said(monkeypatch):
    """Print something to a file of an encoding, on standard output and error, and give the bytes."""

    def said(encoding, asked=""):
        monkeypatch.setenv("PYTHONIOENCODING", asked)
        files = {name: io.TextIOWrapper(io.BytesIO(), encoding=encoding) for name in ("stdout", "stderr")}
        for name, file in files.items():
            monkeypatch.setattr(sys, name, file)
        console.settle()
        for file in files.values():
            print(SAID, file=file)
            file.flush()
        first, second = (file.buffer.getvalue() for file in files.values())
        assert first == second
        return first

    return said


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1251", "cp866", "koi8-r", "utf-8"])
def test_a_file_of_a_narrow_encoding_takes_utf_8(said, encoding):
    assert said(encoding).decode("utf-8").rstrip() == SAID


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_an_encoding_that_has_every_letter_stays(said, encoding):
    assert said(encoding).decode(encoding).rstrip() == SAID


@pytest.mark.parametrize(
    "encoding, begins", [("ascii", rb"\u049a\u043e"), ("cp1251", rb"\u049a" + "останай".encode("cp1251"))]
)
def test_an_encoding_asked_for_stays_and_what_it_lacks_is_written_by_code(said, encoding, begins):
    assert said(encoding, f"{encoding}:strict").startswith(begins)


def test_a_program_without_a_console_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    console.settle()


@pytest.mark.parametrize(
    "encoding, words",
    [
        ("cp866", ["check", "2017H1", "--out", "."]),
        ("cp1252", ["compare", "2017H1", "2017H1", "--out", None]),
    ],
)
def test_what_is_told_survives_a_narrow_encoding(encoding, words, tmp_path):
    words = [word or published().parent for word in words]
    done = subprocess.run(
        [sys.executable, "-m", "aqparat", *words, "--data", data()],
        env={**os.environ, "PYTHONIOENCODING": encoding, "MPLBACKEND": "nonsense"},
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u049b" in done.stdout  # қ


def test_a_command_given_in_a_cell_makes_what_it_makes_elsewhere(monkeypatch):
    monkeypatch.setenv(SESSION, "explore/2017H1-kk.ipynb")
    for name in ("MATPLOTLIBRC", "MPLBACKEND"):
        monkeypatch.setenv(name, "")
    console.leave_out_settings()
    assert not is_live()
