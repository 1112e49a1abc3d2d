import pytest
from conftest import NARROW

FIRST = "main a.trace"


def focused(page):
    return page.evaluate("document.activeElement.outerHTML")


def test_a_click_on_a_fact_tells_what_it_is_and_escape_goes_back(visit):
    page = visit("en/report.html")
    link = page.locator(FIRST).first
    link.click()
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    text = dialog.inner_text()
    for part in (
        "306",
        "Bounds",
        "exact",
        "Formula",
        "the first half of 2017",
        "raw/2017H1/observations.csv",
        "row 2",
    ):
        assert part in text
    assert dialog.evaluate("d => d.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert link.evaluate("link => link === document.activeElement")
    assert "#fact" not in page.url


def test_the_keyboard_opens_a_fact_and_its_button_closes_it(visit):
    page = visit()
    link = page.locator("main p a.trace").nth(3)
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    assert link.inner_text() in dialog.locator(".value").inner_text()
    page.keyboard.press("Enter")  # the button that closes has the focus
    assert not dialog.is_visible()
    assert link.evaluate("link => link === document.activeElement")


def test_a_tap_opens_a_fact_and_one_beside_it_closes_it(visit):
    page = visit(viewport=NARROW, has_touch=True, is_mobile=True)
    page.locator(FIRST).first.tap()
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    box = dialog.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.touchscreen.tap(195, 20)
    assert not dialog.is_visible()


def test_the_panel_leads_to_the_appendix(visit):
    page = visit()
    fact = page.locator(f"{FIRST} data").first.get_attribute("data-fact")
    page.locator(FIRST).first.click()
    page.locator("dialog .more a").click()
    assert not page.locator("dialog").is_visible()
    assert page.url.endswith(f"#fact-{fact}")
    assert page.evaluate("document.activeElement.id") == f"fact-{fact}"
    page.wait_for_function(
        "id => document.getElementById(id).getBoundingClientRect().top < innerHeight / 2", arg=f"fact-{fact}"
    )


@pytest.mark.parametrize("path", ["kk/report.html", "organisations/KUS/ru/report.html"])
def test_every_fact_opens(visit, path):
    page = visit(path)
    unopened = page.evaluate("""() => [...document.querySelectorAll("a.trace")].filter((link) => {
        const dialog = document.getElementById("fact");
        link.click();
        const told = dialog.open && dialog.querySelectorAll("dl > div").length === 5;
        const rows = dialog.innerText.includes("raw/");
        dialog.close();
        return !told || !rows;
    }).map((link) => link.href)""")
    assert page.locator("a.trace").count() > 20
    assert unopened == []


def test_a_mark_tells_its_number_when_pointed_at(visit):
    page = visit("en/report.html")
    mark = page.locator("#mark-site_periods-2")
    mark.hover()
    tip = page.locator("#tip")
    assert tip.is_visible()
    assert "499" in tip.inner_text()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    mark.hover(position={"x": 5, "y": 5})
    mark.click()
    assert "499" in page.locator("dialog .value").inner_text()


def test_the_arrow_keys_go_from_mark_to_mark(visit):
    page = visit("en/report.html")
    marks = page.locator("#figure-site_periods .mark")
    assert page.locator("#figure-site_periods .mark[tabindex='0']").count() == 1  # one stop for the Tab key
    marks.first.focus()
    told = []
    for _ in range(marks.count()):
        told.append(page.locator("#tip").inner_text())
        page.keyboard.press("ArrowDown")
    assert len(set(told)) == marks.count() >= 4
    assert any("510–765" in text for text in told)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert "mark-site_periods" in focused(page)


def test_a_tap_on_a_mark_shows_it_and_a_second_opens_it(visit):
    page = visit("en/report.html", viewport=NARROW, has_touch=True, is_mobile=True)
    mark = page.locator("#mark-site_periods-2")
    mark.tap()
    assert page.locator("#tip").is_visible()
    assert not page.locator("dialog").is_visible()
    mark.tap()
    assert page.locator("dialog").is_visible()


def test_every_mark_has_words_and_every_chart_a_description(visit):
    page = visit()
    for figure in page.locator("figure svg").all():
        assert len(figure.get_attribute("aria-label")) > 20
        for mark in figure.locator(".mark").all():
            assert mark.get_attribute("aria-label").strip()


def test_the_code_of_a_figure_unfolds(visit):
    page = visit()
    code = page.locator("#figure-site_periods details.code")
    code.locator("summary").click()
    text = code.locator("pre").inner_text()
    for line in ('period: str = "2017H1"', "Report(period, language=language", 'report.chart("site_periods"'):
        assert line in text
