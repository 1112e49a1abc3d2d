"""The blocks of a report as JupyterLab puts them into its page: numbers open by mouse and by keyboard."""

import re

import pytest
from aqparat.report import Report
from aqparat.words.jupyter import SESSION
from playwright.sync_api import expect
from reported import data
from seen import WIDE
from test_accessibility import violations

FRAME = """<!DOCTYPE html><html lang="kk"><title>JupyterLab</title><main>{}</main>
<script>addEventListener("keydown", (event) => {{ document.title = event.key; }});</script></html>"""


@pytest.fixture
def page(browser, monkeypatch):
    monkeypatch.setenv(SESSION, "notebooks/report.ipynb")
    live = Report("2017H1", "kk", data())
    blocks = [live.title(), live.heading("subscription"), live.answer("change"), live.prose("subscription"),
              live.chart("copies", of="copies_by_year")]  # fmt: skip
    context = browser.new_context(viewport=WIDE)
    shown = context.new_page()
    shown.said = []
    shown.on("console", lambda message: shown.said.append(message.text))
    shown.on("pageerror", lambda error: shown.said.append(str(error)))
    shown.on("request", lambda request: shown.said.append(request.url))
    shown.set_content(FRAME.format("".join(block._repr_html_() for block in blocks)))
    yield shown
    assert shown.said == []
    context.close()


def test_a_number_opens_what_it_is_down_to_the_rows(page):
    page.locator("a.trace[href*='growth.copies']").first.click()
    dialog = page.locator("dialog")
    expect(dialog.locator(".value")).to_have_text("+19,7%")
    dialog.locator("li a.trace").first.click()
    expect(dialog.locator(".value")).to_have_text(re.compile("^4"))
    expect(dialog).to_contain_text("raw/2017H1/observations.csv")
    assert violations(page) == []
    page.keyboard.press("Backspace")
    expect(dialog.locator(".value")).to_have_text("+19,7%")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_keys_do_not_reach_the_notebook(page):
    page.locator("a.trace").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("x")  # by which a notebook cuts a cell
    assert page.title() == "JupyterLab"


def test_a_mark_of_a_chart_opens_its_number(page):
    mark = page.locator("figure .mark[data-of]").first
    fact = mark.get_attribute("data-of")
    mark.click()
    expect(page.locator("dialog")).to_be_visible()
    expect(page.locator("dialog .value data").first).to_have_attribute("data-fact", fact)
