import re
import subprocess
import sys

import aqparat
import pytest
from aqparat.cli import main
from click.testing import CliRunner
from reported import data, made, published

FILE = "raw/2017H1/observations.csv"


def call(*words):
    """Call the program; give its status, what it printed and the lines of what it said of errors."""
    result = CliRunner().invoke(main, [str(w) for w in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.stderr
    said = [
        line for line in result.stderr.splitlines() if not re.match(r"\d{4}(H\d)?: ", line)
    ]  # its progress
    return result.exit_code, result.stdout, said


def test_a_report_is_made():
    assert made().exit_code == 0
    assert made().stdout == f"{published().as_posix()}\n"
    assert "kk" in made().stderr  # its progress
    assert (published() / "kk" / "report.pdf").is_file()


def test_a_report_that_is_there_already_is_said_to_be():
    status, printed, said = call(
        "report", "2017H1", "--language", "kk", "--data", data(), "--out", published().parent
    )
    assert (status, said) == (0, [])
    assert printed == f"{published().as_posix()} (unchanged)\n"


def test_good_data_are_found_good(tmp_path):
    status, printed, said = call("check", "2017H1", "--data", data(), "--out", tmp_path)
    assert (status, said) == (0, [])
    head, *files, page = printed.splitlines()
    assert head.split()[:1] == ["Файл"]
    assert any(line.startswith(FILE) and line.split()[-3:] == ["0", "0", "0"] for line in files)
    assert page.endswith((tmp_path / "2017H1" / "quality" / "kk.html").as_posix())


def test_a_check_writes_the_pages_asked_for(folder, tmp_path):
    folder.change("2017H1/observations.csv", "copies,KUS,", "copies,KUZ,")
    status, printed, said = call(
        "check", "2017H1", "--language", "ru,en", "--data", folder.path, "--out", tmp_path / "out"
    )
    assert status == 1
    assert sorted(p.name for p in (tmp_path / "out" / "2017H1" / "quality").iterdir()) == [
        "en.html",
        "ru.html",
    ]
    (line,) = [line for line in printed.splitlines() if line.startswith(FILE)]
    assert line.split()[-3:] == ["1", "0", "0"]
    assert printed.startswith("Файл")
    assert "KUZ" in said[0]


def test_like_problems_are_told_once(folder, tmp_path):
    text = folder.text("2017H1/observations.csv")
    folder.write("2017H1/observations.csv", text.replace(",exact,", ",дәл емес,"))
    status, _, said = call("check", "2017H1", "--data", folder.path, "--out", tmp_path)
    wrong = text.count(",exact,")
    assert status == 1
    assert len(said) == 2  # the fault, how many errors
    assert f"({wrong} рет)" in said[0]


def test_what_stands_in_a_cell_commands_no_terminal(folder, tmp_path):
    folder.change("2017H1/observations.csv", "copies,KUS,", "copies,\x1b[2J\u202eKUS,")
    _, printed, said = call("check", "2017H1", "--data", folder.path, "--out", tmp_path)
    assert "[U+001B][2J[U+202E]KUS" in said[0]
    assert "\x1b" not in printed + "".join(said)


@pytest.mark.parametrize(
    "words, said",
    [
        (["report", "2017H3"], "2017H3: кезең емес, 2017H1, 2017H2 не 2016"),
        (["report", "2017h1"], "not a period, write 2017H1"),
        (["check", "17"], "не период, пишите 2017H1"),
        (["report"], "Missing argument 'PERIODS"),
        (
            ["report", "2017H1", "--language", "de"],
            "'de': мынадан таңдаңыз / выберите из",
        ),
        (["report", "2017H1", "--language", ""], "expected one or more of kk"),
        (["report", "2017H1", "--format", "docx"], "expected one or more of html, pdf"),
        (["report", "2017H1", "--langauge", "kk"], "No such option"),
        (["reprot", "2017H1"], "No such command"),
    ],
)
def test_a_wrong_command_line_is_status_2(words, said):
    status, printed, lines = call(*words)
    assert (status, printed) == (2, "")
    assert said in lines[-1]


@pytest.mark.parametrize("command", ["check", "report"])
class TestDataNotInOrder:
    """Status 1, one message: the file, the row, the column, what was found, what to do."""

    @pytest.fixture
    def found(self, folder, tmp_path, command):
        def found(period="2017H1", language="kk"):
            out = tmp_path / "reports"
            words = [command, period, "--language", language, "--data", folder.path, "--out", out]
            status, printed, said = call(*words)
            assert status == 1
            assert (printed == "") == (command == "report" or not (out / period).exists())
            assert not (out / period / "manifest.json").exists()
            return said

        return found

    def test_no_data_folder(self, command, tmp_path):
        status, _, said = call(command, "2017H1", "--data", tmp_path / "nothing", "--out", tmp_path / "out")
        assert (status, len(said)) == (1, 3)  # no language is asked for: each
        assert all(str(tmp_path / "nothing") in line and "--data" in line for line in said)
        project = ("жобаның қалтасында", "в папке проекта", "in the folder of the project")
        assert all(words in line for words, line in zip(project, said, strict=True))

    def test_a_file_for_a_data_folder(self, command, tmp_path):
        (tmp_path / "file").touch()
        assert call(command, "2017H1", "--data", tmp_path / "file", "--out", tmp_path / "out")[0] == 1

    def test_no_batch(self, found):
        (line,) = found("2015")
        assert "2015" in line and "raw" in line

    def test_a_missing_column(self, folder, found):
        folder.change("2017H1/observations.csv", "end,value,", "end,valeu,")
        lines = found()
        assert any(FILE in line and "value" in line and "1-жол" in line for line in lines)
        assert len(lines) <= 3  # the column missing, the column unknown, how many errors

    def test_a_wrong_date(self, folder, found):
        folder.change("2017H1/observations.csv", "2017-01-01,2017-06-30,306", "2017-01-01,2017-06-31,306")
        (line,) = found()
        assert line.startswith(f"{FILE}, 2-жол, «end» бағаны: «2017-06-31»")
        assert "маусымда 30 күн бар" in line

    def test_an_unknown_organisation(self, folder, found):
        folder.change("2017H1/observations.csv", "copies,KUS,", "copies,KUZ,")
        (line,) = found()
        assert re.match(rf"{FILE}, \d+-жол, «organisation» бағаны: «KUZ»", line)
        assert "KUS (Қостанай)" in line and "AKM" not in line and line.endswith("«KUS» болар?")

    def test_an_empty_cell(self, folder, found):
        folder.change("2017H1/observations.csv", "2017-06-30,306,exact", "2017-06-30,,exact")
        (line,) = found()
        assert line.startswith(f"{FILE}, 2-жол, «value» бағаны:")

    def test_a_missing_table(self, folder, found):
        (folder.path / "raw" / "reference" / "organisations.csv").unlink()
        assert any("raw/reference/organisations.csv" in line for line in found())

    def test_a_file_in_another_encoding(self, folder, found):
        text = folder.text("2017H1/observations.csv").encode() + "Қостанай".encode()[:-1]
        folder.write("2017H1/observations.csv", text)
        assert any(FILE in line and "UTF-8" in line for line in found())

    def test_two_errors_are_counted(self, folder, found):
        folder.change("2017H1/observations.csv", "copies,KUS,", "copies,KUZ,")
        folder.change("2017H1/observations.csv", "2017-06-30,306", "2017-06-31,306")
        lines = found()
        assert len(lines) == 3
        assert "2" in lines[-1]


def test_a_notebook_that_fails_is_named(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "report.ipynb").write_text(
        '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    status, _, said = call("report", "2017H1", "--language", "kk", "--data", data(), "--out", "out")
    assert status == 1
    assert said == ["report.ipynb дәптерінде «parameters» белгісі бар ұяшық жоқ."]


def test_reports_that_cannot_be_written_are_said_so(tmp_path):
    (tmp_path / "file").touch()
    words = ["report", "2017H1", "--language", "kk", "--format", "html", "--data", data()]
    status, _, said = call(*words, "--out", tmp_path / "file")
    assert status == 1
    assert str(tmp_path / "file") in "\n".join(said)


def test_explore_opens_a_copy(monkeypatch, folder):
    opened = []
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setattr("jupyterlab.labapp.launch_new_instance", opened.extend)
    status, printed, said = call("explore", "--language", "ru", "--data", folder.path, "--allow-root")
    copy = folder.path.parent / "explore" / "2017H1-ru.ipynb"
    assert (status, printed, said) == (0, f"{copy.as_posix()}\n", [])
    assert "--LabApp.default_url=/lab/tree/explore/2017H1-ru.ipynb" in opened


def test_explore_says_where_an_older_copy_is_kept(monkeypatch, folder):
    monkeypatch.setattr("jupyterlab.labapp.launch_new_instance", len)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    copy = folder.path.parent / "explore" / "2017H1-kk.ipynb"
    copy.parent.mkdir()
    copy.touch()
    status, _, said = call("explore", "2017H1", "--data", folder.path, "--allow-root")
    assert status == 0
    assert [line for line in said if copy.with_stem("2017H1-kk-1").as_posix() in line] == said != []


def test_explore_without_notebooks_is_an_error_in_words(monkeypatch, folder):
    monkeypatch.setattr("aqparat.publish.manifest.__file__", "/", raising=False)
    monkeypatch.setattr("aqparat.__file__", str(folder.path / "lib" / "aqparat" / "__init__.py"))
    monkeypatch.chdir(folder.path)
    status, _, said = call("explore", "--data", folder.path)
    assert status == 1
    assert [line.split()[0] for line in said] == ["notebooks", "Папка", "The"]


@pytest.mark.parametrize(
    "words",
    [
        ["form", "2017H1", "--organisation", "XXX", "--out", "OUT"],
        ["report", "2017H1", "--organisation", "XXX", "--out", "OUT"],
        ["check", "2015", "--out", "OUT"],
        ["explore", "2015"],
        ["trace", "no.such.fact", "--out", "OUT"],
        ["compare", "2015", "2017H1", "--out", "OUT"],
        ["verify", "OUT"],
    ],
    ids=lambda words: words[0],
)
def test_an_error_is_told_in_the_language_asked_for_else_in_all(words, folder, tmp_path):
    words = [str(tmp_path / "out") if word == "OUT" else word for word in words] + ["--data", folder.path]
    status, _, told = call(*words)
    assert (status, len(told), len(set(told))) == (1, 3, 3)
    if words[0] != "form":
        asked = [call(*words, "--language", code)[2] for code in ("kk", "ru", "en")]
        assert asked == [[line] for line in told]


def test_the_module_is_the_program():
    done = subprocess.run(
        [sys.executable, "-m", "aqparat", "report", "2017H3"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: aqparat report")
    assert done.stdout == ""


def test_the_face_of_the_package():
    assert {"Period", "load"} <= set(aqparat.__all__)
