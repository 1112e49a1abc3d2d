"""Draw the pictures of the tutorial and the README: pages as Chromium shows them, a form as a printout.

`make pictures` writes them; it needs Debian's chromium, libreoffice-calc and poppler-utils. They show the
published figures, and a form with a word in the cell of a number.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "tutorial"
LANGUAGES = ("kk", "ru", "en")
CHROMIUM = Path("/usr/bin/chromium")
WIDTH, HEIGHT = 1000, 640  # pixels of a page


def main() -> None:
    """Write docs/tutorial/*.png and docs/report.png."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder)
        shutil.copytree(ROOT / "data" / "raw", project / "data" / "raw")
        _aqparat(project, "form", "2017H2", "--organisation", "KUS")
        form = project / "forms" / "2017H2" / "KUS.xlsx"
        _returned(form, project / "data" / "raw" / "2017H2")
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for language in LANGUAGES:
            _aqparat(project, "check", "2017H2", "--language", language, status=1)
            _quality(page, project / "reports" / "2017H2" / "quality" / f"{language}.html", language)
            _report(page, ROOT / "reports" / "2017H1" / language / "report.html", language)
        _form(form, project)
        browser.close()


def _returned(form: Path, batch: Path) -> None:
    """Put the form into the raw data, with a word in the cell of its first number."""
    book = openpyxl.load_workbook(form)
    for row in book.worksheets[0].iter_rows():
        if row[0].value == "filed":
            row[2].value = date(2018, 1, 9)
    sheet = _figures(book)
    column = next(cell.column for cell in sheet[1] if cell.value == "value")
    sheet.cell(4, column).value = "сорок"
    batch.mkdir()
    book.save(batch / form.name)


def _quality(page: Page, path: Path, language: str) -> None:
    page.goto(path.as_uri())
    _keep(page, f"quality.{language}", 860)


def _report(page: Page, path: Path, language: str) -> None:
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    _keep(page, f"report.{language}")
    if language == "en":
        _keep(page, "../report", 900, 1280)  # of the README
    page.locator("main p a.trace:has([data-fact^=growth])").first.click()
    page.locator("dialog .title").wait_for()
    _keep(page, f"number.{language}")


def _form(form: Path, project: Path) -> None:
    """Draw the upper left of the sheet of figures; LibreOffice prints what is not hidden."""
    book = openpyxl.load_workbook(form)
    shown = _figures(book)
    book.active = book.worksheets.index(shown)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is shown
        sheet.sheet_state = "visible" if sheet is shown else "hidden"
    book.save(project / "form.xlsx")
    profile = f"-env:UserInstallation={(project / 'office').as_uri()}"
    _run(project, "soffice", profile, "--headless", "--convert-to", "pdf", "form.xlsx")
    part = ("-x", "85", "-y", "80", "-W", "1260", "-H", "440")
    _run(project, "pdftoppm", "-r", "130", *part, "-singlefile", "-png", "form.pdf", str(OUT / "form"))
    _lighten(OUT / "form.png")


def _figures(book: openpyxl.Workbook) -> Worksheet:
    return next(sheet for sheet in book.worksheets if "Показатели" in sheet.title)


def _aqparat(project: Path, *command: str, status: int = 0) -> None:
    _run(project, sys.executable, "-m", "aqparat", *command, status=status)


def _run(folder: Path, *command: str, status: int = 0) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode != status:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")


def _keep(page: Page, name: str, height: int = HEIGHT, width: int = WIDTH) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=OUT / f"{name}.png")
    _lighten(OUT / f"{name}.png")


def _lighten(path: Path) -> None:
    """Keep 64 colours of a picture: a third of its bytes, and the same to the eye."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main()
