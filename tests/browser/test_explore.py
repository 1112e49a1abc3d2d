"""The exploring notebook in JupyterLab, as the command starts it, by keyboard alone."""

import csv
import os
import re
import shutil
import subprocess
import sys
import time

import pytest
from aqparat.data.store import load
from aqparat.explore.known import Known
from aqparat.explore.questions import QUESTIONS
from invented import FULL
from invented import folder as invented
from reported import ROOT
from seen import WIDE
from test_accessibility import violations

PANEL = ".aqparat-explore"
FEW, LONG = 15_000, 90_000  # ms


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder of a house: invented data of two half-years, prepared."""
    made = invented("full", *FULL)
    load("2018H1", made)
    home = tmp_path_factory.mktemp("house")
    shutil.copytree(made, home / "data")
    return home


@pytest.fixture(scope="module")
def lab(installed, home):
    """JupyterLab as the command starts it: the address that it prints."""
    own = {"HOME": str(home), "BROWSER": "true", "PYTHONPATH": str(ROOT / "lib")}
    command = [sys.executable, "-m", "aqparat", "explore", "2018H1", "--language", "en", "--allow-root"]
    said = home / "said.txt"
    with said.open("w") as file:
        process = subprocess.Popen(command, cwd=home, env={**os.environ, **own}, stdout=file, stderr=file)
    try:
        for _ in range(600):
            if found := re.search(r"http://127\.0\.0\.1:\d+/lab/tree/\S+token=\w+", said.read_text()):
                break
            assert process.poll() is None, said.read_text()
            time.sleep(0.1)
        yield found[0]
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def page(browser, lab):
    """The notebook, opened and run from top to bottom."""
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(FEW)
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append((message.type, message.text)))
    page.on("pageerror", lambda error: page.said.append(("error", str(error))))
    page.goto(lab)
    page.locator(".jp-Cell").first.wait_for(timeout=LONG)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=LONG)  # before that it asks for a kernel
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator("[data-command='runmenu:run-all']").click()
    page.locator(f"{PANEL} .page").nth(3).wait_for(timeout=LONG)
    page.cells = page.locator(".jp-Cell").count()
    yield page
    context.close()


@pytest.fixture(scope="module")
def known(home):
    return Known("2018H1", "en", home / "data")


def control(page, panel, name):
    """Go to a control as far as Tab would, and give it."""
    found = page.locator(PANEL).nth(panel).locator(f"[data-field={name}] :is(select, input)")
    found.focus()
    return found


def shown(page, panel):
    """Give the title of what a panel shows once the kernel has answered."""
    place = page.locator(PANEL).nth(panel)
    place.locator(".pages:not([aria-busy])").wait_for()
    return place.locator("h2").first.evaluate("head => head.textContent")


def active(page):
    return page.evaluate("document.activeElement.closest('[data-field]')?.dataset.field ?? ''")


def kept(page, panel, form, path):
    """Keep what a panel shows as a file, by keyboard."""
    page.locator(PANEL).nth(panel).locator(f"button[data-form={form}]").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(path / download.value.suggested_filename)
    return path / download.value.suggested_filename


def test_the_controls_are_reached_by_keyboard(page):
    page.locator(".jp-Cell", has=page.locator(PANEL)).first.focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if active(page):
            break
    assert active(page) == "question"
    page.keyboard.press("Tab")
    assert active(page) == QUESTIONS[0].choices[0]


def test_every_question_is_answered_by_keyboard(page):
    panel = page.locator(PANEL).first
    control(page, 0, "question")
    page.keyboard.press("Home")
    for number, question in enumerate(QUESTIONS):
        if number:
            page.keyboard.press("ArrowDown")
        panel.locator("h2", has_text=question.title("en")).wait_for()
        fields = panel.locator("[data-field]").evaluate_all("all => all.map(each => each.dataset.field)")
        assert fields == ["question", *question.choices]
        assert active(page) == "question"
    page.keyboard.press("w")  # a letter goes to the next question that begins with it
    assert shown(page, 0).startswith("W")
    assert page.locator(".jp-Cell").count() == page.cells


def test_pickers_are_changed_by_letters_and_the_cell_stays(page, known):
    panel = page.locator(PANEL).nth(1)
    control(page, 1, "indicator")
    page.keyboard.type(known.language.name(known.tables.indicators, "copies"))
    panel.locator("[data-field=channels] option[value^=copies]").first.wait_for(state="attached")
    control(page, 1, "metric")
    page.keyboard.press("ArrowDown")
    panel.locator("h2", has_text=re.compile("member")).wait_for()
    organisations = control(page, 1, "organisations")
    for letter in "xddzk":  # x has cut the cell, d d deleted it, z taken that back
        page.keyboard.press(letter)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    chosen = organisations.evaluate("list => [...list.selectedOptions].map(each => each.label)")
    page.wait_for_function(
        "([panel, names]) => [...document.querySelectorAll(panel)[1].querySelector('tbody').rows]"
        ".every(row => names.includes(row.cells[0].textContent))",
        arg=[PANEL, chosen],
    )
    assert len(chosen) == 2
    assert page.locator(".jp-Cell").count() == page.cells


def test_a_csv_has_the_figures_of_the_facts(page, known, tmp_path):
    control(page, 0, "question")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.locator(PANEL).first.locator("h2", has_text=QUESTIONS[1].title("en")).wait_for()
    file = kept(page, 0, "csv", tmp_path)
    assert "synthetic" in file.name
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
    assert rows
    for row in rows:
        fact = known.data.facts[row["fact"]]
        for side in ("value", "low", "high"):
            assert (float(row[side]) if row[side] else None) == getattr(fact, side)


def test_a_chart_is_kept_as_svg_and_png(page, tmp_path):
    svg, png = (kept(page, 2, form, tmp_path).read_bytes() for form in ("svg", "png"))
    assert svg.startswith(b"<svg") and png.startswith(b"\x89PNG")
    assert len(png) > 20_000  # a picture of something


def test_the_slider_moves_the_map(page):
    slider = control(page, 2, "period")
    before = shown(page, 2)
    page.keyboard.press("Home")
    page.locator(PANEL).nth(2).locator("h2", has_text=re.compile("2017")).wait_for()
    assert shown(page, 2) != before
    assert "2017" in slider.get_attribute("aria-valuetext")


def test_a_table_is_sorted_by_keyboard(page):
    table = page.locator(PANEL).nth(3).locator("table").first
    head = table.locator("thead th").first
    names = "table => [...table.tBodies[0].rows].map(row => row.cells[0].textContent)"
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    ordered = table.evaluate(names)
    page.keyboard.press("Enter")
    assert table.evaluate(names) == ordered[::-1]


def test_the_period_and_that_data_are_invented_are_in_sight(page, known):
    title = page.locator(".jp-OutputArea-output h1").first.evaluate("head => head.parentElement.textContent")
    assert "2018" in title and known.label("report.synthetic") in title
    assert page.locator(f"{PANEL} .mark").all_text_contents() == [known.label("report.synthetic")] * 4


def test_axe_finds_nothing(page):
    assert violations(page, PANEL) == []


def test_nothing_was_complained_of_and_nothing_asked_of_the_network(page):
    assert [text for kind, text in page.said if kind in ("error", "warning")] == []
    inside = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|blob:|data:")
    assert [address for address in page.asked if not inside.match(address)] == []
