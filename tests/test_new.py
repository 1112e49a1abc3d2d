"""`aqparat new`: a project that another union makes its reports in, with nothing else but the program."""

import errno
import io
import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from aqparat import settings
from aqparat.cli import main
from aqparat.data import schemas
from aqparat.data.reading import intake
from aqparat.period import Period
from aqparat.project import project, reference
from aqparat.texts import texts
from click.testing import CliRunner
from openpyxl import load_workbook

ROOT = Path(__file__).parents[1]
NAMES = {"kk": "Орманшылар кәсіподағы", "ru": "Профсоюз лесников", "en": "Union of Foresters"}
GIVEN = [word for code, name in NAMES.items() for word in (f"--name-{code}", name)]


def call(*words, answers=""):
    result = CliRunner().invoke(main, ["new", *map(str, words)], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_project_holds_all_that_a_report_is_made_from(tmp_path):
    result = call(tmp_path / "p", *GIVEN, "--period", "2026H2", "--git")
    assert (result.exit_code, result.stdout) == (0, f"{(tmp_path / 'p').as_posix()}\n")
    assert files(tmp_path / "p") == [
        ".gitignore", "README.md",
        *(f"data/raw/reference/{name}" for name in ("indicators.csv", "reference.xlsx", "union.csv")),
        "data/settings.toml", "examples/reference.xlsx", "forms/2026H2/blank.xlsx",
        "notebooks/explore.ipynb", "notebooks/organisation.ipynb", "notebooks/report.ipynb",
    ]  # fmt: skip
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert (tmp_path / "p" / "notebooks" / path.name).read_bytes() == path.read_bytes()
    readme = (tmp_path / "p" / "README.md").read_text(encoding="utf-8")
    for name in NAMES.values():
        assert f"# {name}: " in readme
    assert readme.count(r"..\.venv\Scripts\aqparat report 2026H2") == 3
    assert readme.count("../.venv/bin/aqparat report 2026H2") == 3


def test_without_git_there_is_no_gitignore(tmp_path):
    call(tmp_path, *GIVEN)  # an empty folder will do
    assert (tmp_path / "data").is_dir() and not (tmp_path / ".gitignore").exists()


def test_its_tables_are_in_order_and_empty(tmp_path):
    call(tmp_path / "p", *GIVEN)
    (tmp_path / "p" / "data" / "raw" / "2026H2").mkdir()
    raw = intake.read(tmp_path / "p" / "data", Period(2026, 2))
    assert raw.problems == []
    assert raw.union == NAMES
    assert {n: len(t) for n, t in raw.tables.items() if len(t)} == {"indicators": 17, "union": 1}
    own = ROOT / "data" / "raw" / "reference" / "indicators.csv"
    assert (tmp_path / "p" / "data" / "raw" / "reference" / "indicators.csv").read_bytes() == own.read_bytes()


@pytest.mark.parametrize("code", NAMES)
def test_examples_are_understood_as_they_stand_but_lie_outside_the_data(tmp_path, code):
    call(tmp_path / "p", f"--name-{code}", NAMES[code])
    data, shown = tmp_path / "p" / "data", tmp_path / "p" / "examples" / "reference.xlsx"
    names = texts("project", code)["examples"]["organisations"]
    assert len(names) > 2
    book = load_workbook(data / "raw" / "reference" / "reference.xlsx")
    assert [sheet.max_row for sheet in book] and not any(c.value for s in book for r in s["A2:L9"] for c in r)
    (data / "raw" / "reference" / "reference.xlsx").write_bytes(shown.read_bytes())  # as if they were data
    (data / "raw" / "2026H2").mkdir()
    raw = intake.read(data, Period(2026, 2))
    assert raw.problems == []
    assert list(raw.tables["organisations"][f"name_{code}"]) == [row[f"name_{code}"] for row in names]


@pytest.mark.parametrize("code", NAMES)
def test_every_column_says_what_it_holds_as_far_as_excel_shows_it(code):
    book = load_workbook(io.BytesIO(reference.workbook([code])))
    for sheet, table in zip(book, reference.TABLES, strict=True):
        rules = sheet.data_validations.dataValidation
        assert len(rules) == len(reference.columns(table, [code])) == sheet.max_column
        assert all(0 < len(rule.prompt) <= 255 for rule in rules)
        lists = [rule.formula1 for rule in rules if rule.type == "list"]
        assert len(lists) == sum(bool(schemas.REFERENCE[table].columns[n].allowed) for n in
                                 reference.columns(table, [code]))  # fmt: skip
        assert all(len(items) <= 255 for items in lists)
    told = texts("project", code)
    assert told["help"].keys() == texts("project", "ru")["help"].keys()
    assert told["examples"] == texts("project", "ru")["examples"]


def test_its_settings_are_the_programs_to_be_chosen_from(tmp_path):
    told, problems = settings.read(project.chosen(["kk", "ru", "en"]).encode())
    assert (told, problems) == (settings.defaults(), [])
    told, problems = settings.read(project.chosen(["ru", "en"]).encode())
    assert problems == []
    assert told == settings.defaults().merged({"report.languages": ["ru", "en"]})
    lines = project.chosen(["kk"]).splitlines()
    every = "\n".join(line[1:] if line.startswith("#") and line[1:2] not in " " else line for line in lines)
    chosen = settings.Settings(tomllib.loads(every))
    assert chosen.merged({"report.languages": ["kk", "ru", "en"]}) == settings.defaults()


def test_what_is_not_given_is_asked_for(tmp_path):
    answers = "en, xx\nen,ru\n  ???\nПрофсоюз   лесников\nUnion of Foresters\n"
    result = call(tmp_path / "p", answers=answers)
    assert result.exit_code == 0
    raw = (tmp_path / "p" / "data" / "raw" / "reference" / "union.csv").read_text(encoding="utf-8-sig")
    assert raw == "name_kk,name_ru,name_en\n,Профсоюз лесников,Union of Foresters\n"
    asked = result.stderr
    assert all(texts("project", code)["questions"]["languages"] in asked for code in NAMES)
    said = texts("project", "ru")["questions"]
    assert asked.count(said["name"]["ru"]) == 2 and said["not_name"] in asked and said["name"]["en"] in asked
    assert said["name"]["kk"] not in asked


def test_all_languages_are_meant_where_none_is_named(tmp_path):
    result = call(tmp_path / "p", answers="\n" + "\n".join(NAMES.values()) + "\n")
    assert result.exit_code == 0
    (tmp_path / "p" / "data" / "raw" / "2026H2").mkdir()
    assert intake.read(tmp_path / "p" / "data", Period(2026, 2)).union == NAMES


@pytest.mark.parametrize(
    ("words", "answers", "status", "told"),
    [
        ([], "", 1, "--name-kk"),
        (["--language", "kk"], "", 1, "Кәсіподақтың атауы көрсетілмеді"),
        (["--language", "de"], "", 2, "expected one or more of kk, ru, en"),
        (["--name-ru", "  "], "", 2, "не название"),
        (["--name-ru", "=cmd|x"], "", 2, "не название"),
        (["--name-en", "a\x1b[2Jb"], "", 2, "not a name"),
        (["--name-en", "x" * 301], "", 2, "not a name"),
        ([*GIVEN, "--period", "2026H3"], "", 2, "not a period"),
    ],
)
def test_a_wrong_call_is_told_and_leaves_nothing(tmp_path, words, answers, status, told):
    result = call(tmp_path / "p", *words, answers=answers)
    assert result.exit_code == status
    assert told in result.stderr
    assert not (tmp_path / "p").exists()


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path):
    (tmp_path / "mine.txt").touch()
    result = call(tmp_path, "--language", "ru")  # before anything is asked
    assert result.exit_code == 1
    assert "не пуста (mine.txt)" in result.stderr
    assert files(tmp_path) == ["mine.txt"]
    result = call(tmp_path / "mine.txt", *GIVEN)
    assert result.exit_code == 2


def test_raw_data_are_no_place_for_a_project(folder):
    result = call(folder.path / "raw" / "p", *GIVEN)
    assert result.exit_code == 1 and not (folder.path / "raw" / "p").exists()


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x"), 1, "No space left"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_nothing_is_left_of_what_cannot_be_finished(tmp_path, monkeypatch, error, status, told):
    def fail(*_):
        raise error

    monkeypatch.setattr(project.writing, "write", fail)
    result = call(tmp_path / "a" / "p", "--name-en", NAMES["en"])
    assert result.exit_code == status
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").mkdir()
    call(tmp_path / "empty", "--name-en", NAMES["en"])
    assert files(tmp_path) == [] and (tmp_path / "empty").is_dir()


@pytest.mark.parametrize("sent", ["cp1251", "utf-8"])
def test_a_console_of_another_code_page_is_enough(tmp_path, sent):
    answers = f"ru\n{NAMES['ru']}\n".encode(sent)
    environment = {**os.environ, "PYTHONIOENCODING": "cp1251", "PYTHONPATH": str(ROOT / "lib")}
    done = subprocess.run(
        [sys.executable, "-m", "aqparat", "new", "p", "--period", "2026H2"],
        cwd=tmp_path, env=environment, input=answers, capture_output=True, check=False,
    )  # fmt: skip
    shown = done.stderr.decode("cp1251")
    assert "Traceback" not in shown and "Название профсоюза на русском" in shown
    assert done.returncode == (0 if sent == "cp1251" else done.returncode)
    if sent == "cp1251":
        table = (tmp_path / "p" / "data" / "raw" / "reference" / "union.csv").read_text(encoding="utf-8-sig")
        assert NAMES["ru"] in table


def test_the_first_form_is_of_the_half_year_that_is_reported_on():
    days = [date(2026, 1, 5), date(2026, 7, 1), date(2026, 12, 31), date(2027, 3, 31), date(2027, 4, 10)]
    assert [str(project.current(day)) for day in days] == ["2025H2", "2026H1", "2026H2", "2026H2", "2027H1"]


def test_without_organisations_it_is_told_why_there_is_only_a_blank_form(tmp_path):
    call(tmp_path / "p", "--name-ru", NAMES["ru"])
    where = ["--data", str(tmp_path / "p" / "data"), "--out", str(tmp_path / "forms")]
    result = CliRunner().invoke(main, ["form", "2026H2", *where])
    assert (result.exit_code, Path(result.stdout.strip()).name) == (0, "blank.xlsx")
    assert "не указано ни одной организации" in result.stderr
