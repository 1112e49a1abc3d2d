"""A figure as a chart, as a table, as files: one switch."""

from xml.etree import ElementTree

import pytest
from aqparat.choices import LANGUAGES
from axe_playwright_python.sync_playwright import Axe
from seen import FULL, NARROW

COPIES, RATES = "#figure-copies", "#figure-site_rates"


def seen(page, figure):
    return [name for name in ("chart", "table", "download") if page.locator(f"{figure}-{name}").is_visible()]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_has_one_switch_and_begins_as_a_chart(visit, code):
    page = visit(f"{code}/report.html")
    figures = page.locator("main figure").all()
    for figure in figures:
        assert figure.locator("[role=tablist]").count() == 1
        assert figure.locator("[role=tab]").count() == 3
        assert figure.locator("svg").is_visible()
        assert not figure.locator("table").is_visible()
        assert not figure.locator("a[download]").is_visible()
    assert not page.locator("details.folded").count()
    assert len(figures) >= 6


def test_a_click_shows_the_numbers_of_the_marks(visit):
    page = visit()
    page.locator(f"{COPIES} [role=tab]").nth(1).click()
    assert seen(page, COPIES) == ["table"]
    numbers = page.locator(f"{COPIES} tbody .number data").all_inner_texts()
    assert numbers == ["3\u00a0331", "3\u00a0965", "4\u00a0746", "720", "1\u00a0525"]
    facts = page.locator(f"{COPIES} tbody data").evaluate_all("all => all.map((d) => d.dataset.fact)")
    marks = page.locator(f"{COPIES} .mark").evaluate_all("all => all.map((m) => m.dataset.of)")
    assert facts == marks
    page.locator(f"{COPIES} thead button").last.click()
    assert page.locator(f"{COPIES} tbody .number data").first.inner_text() == "4\u00a0746"
    page.locator(f"{COPIES} tbody a.trace").first.click()
    assert page.locator("dialog").is_visible()


def test_the_switch_is_one_stop_and_arrows_choose(visit):
    page = visit()
    tabs = page.locator(f"{COPIES} [role=tab]")
    assert [tab.get_attribute("tabindex") for tab in tabs.all()] == ["0", "-1", "-1"]
    tabs.first.focus()
    found = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        found += seen(page, COPIES)
        assert (
            tabs.nth(["chart", "table", "download"].index(found[-1])).get_attribute("aria-selected") == "true"
        )
    assert found == ["table", "download", "chart", "download", "chart", "download"]


def test_a_table_that_belongs_to_a_chart_is_a_side_of_its_switch(visit):
    page = visit(FULL)
    page.locator(f"{RATES} [role=tab]").nth(1).click()
    assert seen(page, RATES) == ["table"]
    assert page.locator(f"{RATES} #table-site_rates").is_visible()
    assert page.locator(f"{RATES} .note:visible").count() == 1  # the table's own, not the chart's
    page.locator(f"{RATES} [role=tab]").nth(2).click()
    names = [link.get_attribute("download") for link in page.locator(f"{RATES} a[download]").all()]
    assert names == ["2019H1-figure-site_rates-ru.csv", "2019H1-table-site_rates-ru.csv"]


def test_a_chart_can_be_taken_as_a_picture(visit):
    page = visit("en/report.html")
    page.locator(f"{COPIES} [role=tab]").nth(2).click()
    for button, kind in zip(
        page.locator(f"{COPIES} .view-download button").all(), ("svg", "png"), strict=True
    ):
        with page.expect_download() as got:
            button.click()
        assert got.value.suggested_filename == f"2017H1-figure-copies-en.{kind}"
        content = got.value.path().read_bytes()
        if kind == "svg":
            assert ElementTree.fromstring(content).get("width")
            assert b"var(" not in content  # colours as such: no page is around it
        else:
            assert content.startswith(b"\x89PNG")
            assert int.from_bytes(content[16:20], "big") > 1000  # pixels wide
    assert page.said == []


def test_on_paper_there_is_the_chart_whatever_was_chosen(visit):
    page = visit()
    page.locator(f"{COPIES} [role=tab]").nth(2).click()
    page.emulate_media(media="print")
    assert page.locator(f"{COPIES} svg").is_visible()
    assert not page.locator(f"{COPIES} [role=tablist]").is_visible()
    assert not page.locator(f"{COPIES} a[download]").is_visible()


def test_without_scripts_the_numbers_fold_open_below_the_chart(visit):
    page = visit(java_script_enabled=False)
    assert not page.locator("[role=tab]").count()
    table = page.locator(f"{COPIES} table")
    assert not table.is_visible()
    page.locator(f"{COPIES} details.folded > summary").click()
    assert table.is_visible()
    assert page.locator(f"{COPIES} svg").is_visible()


@pytest.mark.parametrize("view", [1, 2])
def test_axe_finds_nothing_in_what_is_chosen(visit, view):
    page = visit("ru/report.html", viewport=NARROW)
    page.locator(f"{COPIES} [role=tab]").nth(view).click()
    found = Axe().run(page, context={"include": [[COPIES]]}).response["violations"]
    assert [fault["id"] for fault in found] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_table_of_a_figure_has_room_on_a_phone(visit, code):
    page = visit(f"{code}/report.html", viewport=NARROW)
    for figure in page.locator("main figure").all():
        name = figure.get_attribute("id")
        figure.locator("[role=tab]").nth(1).click()
        wide = page.evaluate(
            "(name) => { const part = document.getElementById(name + '-table').querySelector('.scroll');"
            " return part && part.scrollWidth - part.clientWidth; }",
            name,
        )
        assert not wide, name
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
