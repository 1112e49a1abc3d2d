"""Another union's whole way with nothing but the wheel: from `aqparat new` to a report that is handed out."""

import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
import workbooks
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from test_federation import strangers
from test_wheel import build

RUSSIAN, ENGLISH = "Профсоюз лесников", "Union of Foresters"
ORGANISATIONS = (  # as a person types them, one with its name in full
    ("SOV", "Президиум", "Presidium", "центральный совет"),
    ("TAI", "Таёжная", "Taiga", "областная"),
    ("RIV", "г. Речной", "Rivertown", "городская"),
    ("DOL", "Долинная областная организация", "Dale regional organisation", "областная"),
)
OUTLETS = (
    ("les-site", "сайт лесников", "foresters’ website", "сайт", "отраслевой"),
    ("topor", "«Топор и ель»", "Axe and Spruce", "газета", "республиканский"),
)
FIGURES = {"copies": 30, "members": 4000, "trained": 120}  # of the first organisation; others add to it
OTHERS = 8


def fill_in_tables(project):
    path = project / "data" / "raw" / "reference" / "reference.xlsx"
    book = load_workbook(path)
    for sheet, lines in zip(book, (ORGANISATIONS, OUTLETS), strict=False):
        for row, cells in enumerate(lines, 2):
            for column, text in enumerate(cells, 1):
                sheet.cell(row, column).value = text
    book.save(path)


def fill_in_forms(project, period):
    """Fill in all that is asked for; one organisation adds a measure in one language."""
    target = project / "data" / "raw" / period
    target.mkdir()
    for place, (code, *_) in enumerate(ORGANISATIONS):
        book = load_workbook(project / "forms" / period / f"{code}.xlsx")
        for row, cells in enumerate(workbooks.rows(book), workbooks.workbook.FIRST):
            if " TOTAL" in str(cells) or "Всего" in str(cells.get("organisation")):
                continue
            fitting = [n for key, n in FIGURES.items() if ASKED[key] in cells["indicator"]]
            workbooks.put(book, "observations", row, value=(fitting or [OTHERS])[0] + place)
        if code == "TAI":
            told = {"text_ru": "Направлять материалы ежемесячно", "status": "запланирована"}
            workbooks.put(book, "measures", workbooks.workbook.FIRST, **told)
        for cells in workbooks.sheet_of(book, "form").iter_rows(max_col=3):
            if cells[0].value == "filed":
                cells[2].value = date(2026, 12, 28)
        book.save(target / f"{code}.xlsx")


ASKED = {"copies": "экземпляры", "members": "члены профсоюза", "trained": "обученные"}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Give a function that runs the wheel's program in a folder, with nothing of this repository."""
    wheel = build(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel"))
    installed = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}

    def run(*words, cwd, start=False):
        line = [sys.executable, "-m", "aqparat", *words]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        if start:
            return subprocess.Popen(line, cwd=cwd, env=environment, **piped)
        done = subprocess.run(line, cwd=cwd, env=environment, check=False, **piped)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0, done.stderr
        return done

    return run


@pytest.mark.exhaustive
def test_nothing_but_the_wheel_is_needed(program, tmp_path):
    program("new", "ours", "--name-ru", RUSSIAN, "--name-en", ENGLISH, "--period", "2026H2", cwd=tmp_path)
    ours = tmp_path / "ours"
    assert "reference" in program("form", "2026H2", cwd=ours).stderr  # no organisation yet: that is told
    fill_in_tables(ours)
    told = program("form", "2026H2", cwd=ours)
    assert [Path(line).stem for line in told.stdout.split()] == ["SOV", "TAI", "RIV", "DOL", "blank"]
    fill_in_forms(ours, "2026H2")

    checked = program("check", "2026H2", cwd=ours)
    assert "Прочитано строк" in checked.stdout and "reports/2026H2/quality/ru.html" in checked.stdout
    program("report", "2026H2", "--organisation", "DOL", cwd=ours)
    made = ours / "reports" / "2026H2"
    assert sorted(p.parent.name for p in made.glob("*/report.pdf")) == ["en", "ru"]  # as the settings say
    for path in (*made.rglob("*.html"), ours / "reports" / "index.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        text = page.get_text(" ").replace("\u00ad", "")
        assert strangers(text) == [], path
        assert not re.search(r"организация областная организация|organisation regional", text), path
    front = BeautifulSoup((ours / "reports" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [section["lang"] for section in front.select("section.language")] == ["ru", "en"]
    page = BeautifulSoup((made / "en" / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select_one("p.union").get_text() == ENGLISH
    text = " ".join(page.select_one("main").get_text(" ").split())
    assert "Subscriptions are known only for all newspapers together" in text
    assert not page.select("figure svg[id*=map]")  # nobody has a place on a map
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert {name for name in manifest["code"] if name.startswith("notebooks/")} == {
        "notebooks/report.ipynb", "notebooks/organisation.ipynb",
    }  # fmt: skip

    program("publish", "2026H2", cwd=ours)
    assert "до байта" in program("verify", "reports/2026H2", cwd=ours).stdout
    again = program("report", "2026H2", "--data", str(ours / "data"), "--out", "out", cwd=tmp_path)
    assert "out/2026H2" in again.stdout  # from elsewhere, with the project's own notebooks
    assert (tmp_path / "out" / "2026H2" / "facts.json").read_bytes() == (made / "facts.json").read_bytes()

    shown = program("preview", "2026H2", "--no-browser", cwd=ours, start=True)
    try:
        address = shown.stdout.readline().strip()
        with urlopen(address, timeout=60) as answer:
            assert answer.status == 200
    finally:
        shown.send_signal(signal.SIGINT)
        shown.communicate(timeout=60)


@pytest.mark.exhaustive
def test_the_packages_notebooks_stand_in_where_a_project_has_none(program, tmp_path):
    program("new", "ours", "--name-ru", RUSSIAN, "--period", "2026H2", cwd=tmp_path)
    for path in (tmp_path / "ours" / "notebooks").glob("*.ipynb"):
        path.unlink()
    fill_in_tables_of_one_language(tmp_path / "ours")
    program("form", "2026H2", cwd=tmp_path / "ours")
    fill_in_forms(tmp_path / "ours", "2026H2")
    program("report", "2026H2", "--format", "html", cwd=tmp_path / "ours")
    assert (tmp_path / "ours" / "reports" / "2026H2" / "ru" / "report.html").is_file()


def fill_in_tables_of_one_language(project):
    path = project / "data" / "raw" / "reference" / "reference.xlsx"
    book = load_workbook(path)
    for row, (code, name, _, kind) in enumerate(ORGANISATIONS, 2):
        for column, text in enumerate((code, name, kind), 1):
            book.worksheets[0].cell(row, column).value = text
    book.save(path)
