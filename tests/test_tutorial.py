"""The tutorial, followed: its commands as they are typed, and what it says the program answers."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from aqparat.choices import LANGUAGES
from workbooks import fields, number, put

ROOT = Path(__file__).parents[1]
PAGES = {
    code: ROOT / "docs" / ("tutorial.md" if code == "en" else f"tutorial.{code}.md") for code in LANGUAGES
}
TYPED = re.compile(r"^\.venv\\Scripts\\aqparat (.+)$", re.MULTILINE)
PAPER = {"indicator": "газет данасы / экземпляры газет", "outlet": "«Қазақстан кәсіподағы»"}


def text(code):
    return PAGES[code].read_text(encoding="utf-8")


def typed(code):
    return TYPED.findall(text(code))


@pytest.fixture
def project(tmp_path):
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "reports", tmp_path / "reports")
    return tmp_path


def run(project, command):
    """Type a command in the folder of the project; give its status and all it says."""
    done = subprocess.run(
        [sys.executable, "-m", "aqparat", *command.split()],
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "lib")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def returned(project, copies):
    """Put the form of Kostanay into the raw data, as it came back, with these copies of the newspaper."""
    form = project / "forms/2017H2/KUS.xlsx"
    book = openpyxl.load_workbook(form)
    fields(book)["filed"].value = date(2018, 1, 9)
    put(book, "observations", number(book, "observations", **PAPER), value=copies)
    batch = project / "data/raw/2017H2"
    batch.mkdir(exist_ok=True)
    book.save(batch / form.name)


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_languages_teach_the_same(code):
    def plain(commands):
        return [re.sub(r"--language \w+", "--language …", command) for command in commands]

    assert plain(typed(code)) == plain(typed("en"))
    assert len(re.findall(r"^## \d+\. ", text(code), re.MULTILINE)) == 10
    pictures = re.findall(r"\]\((tutorial/\S+)\)", text(code))
    assert len(pictures) == 4
    assert all((PAGES[code].parent / picture).is_file() for picture in pictures)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_program_is_set_up_as_the_readme_says(code):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^ *(py -3 .+|\.venv\\Scripts\\python .+)$", text(code), re.MULTILINE)
    assert len(lines) == 3
    assert all(line in readme for line in lines)


def test_a_wrong_cell_is_told_as_quoted(project):
    assert run(project, typed("en")[0])[0] == 0
    returned(project, "сорок")
    for code in LANGUAGES:
        check = next(command for command in typed(code) if command.startswith("check"))
        status, said = run(project, check)
        (quoted,) = re.findall(r"^```text\n(.+)\n```$", text(code), re.MULTILINE)
        assert status == 1
        assert quoted in said


@pytest.mark.exhaustive
def test_the_ten_steps(project):
    form, check, again, report, explore, compare, publish = typed("en")
    assert run(project, form)[0] == 0
    returned(project, "сорок")
    assert run(project, check)[0] == 1
    assert (project / "reports/2017H2/quality/marked/KUS.xlsx").is_file()
    returned(project, 540)
    assert run(project, again)[0] == 0
    assert run(project, report)[0] == 0
    for made in ("index.html", "2017H2/ru/report.pdf", "2017H2/organisations/KUS/kk/report.html"):
        assert (project / "reports" / made).is_file()
    assert explore.startswith("explore 2017H2 ")  # opens JupyterLab: tests/browser
    status, said = run(project, compare)
    assert status == 0
    assert said.strip()
    assert run(project, publish)[0] == 0
    assert (project / "reports/2017H2/published.json").is_file()
