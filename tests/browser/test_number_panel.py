import pytest
from playwright.sync_api import expect
from seen import NARROW

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
    expect(page.locator(f"[id='fact-{fact}']")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["kk/report.html", "organisations/KUS/ru/report.html"])
def test_every_fact_opens(visit, path):
    page = visit(path)
    unopened = page.evaluate("""() => [...document.querySelectorAll("a.trace")].filter((link) => {
        const dialog = document.getElementById("fact");
        link.click();
        const told = dialog.open && dialog.querySelectorAll("dl > div").length >= 5;
        const rows = dialog.innerText.includes("raw/") || dialog.querySelector(".made a");
        dialog.close();
        return !told || !rows;
    }).map((link) => link.href)""")
    assert page.locator("a.trace").count() > 20
    assert unopened == []


GROWTH = "main a.trace[href='#fact-growth.copies.TOTAL.qazaqstan-kasipodagy.2017.2016']"


def title(page):
    return page.locator("dialog .title").inner_text()


def test_a_derived_number_shows_its_formula_with_its_numbers(visit):
    page = visit("en/report.html")
    page.locator(GROWTH).first.click()
    assert page.locator("dialog .worked").inner_text().split("\n")[-1] == "+19.7% = 4,746 ÷ 3,965 − 1"
    assert page.locator("dialog .made li").all_inner_texts() == [
        "4,746 copies Newspaper copies subscribed, Qazaqstan Kasipodagy, 2017",
        "3,965 copies Newspaper copies subscribed, Qazaqstan Kasipodagy, 2016",
    ]
    assert not page.locator("dialog .way").is_visible()
    page.locator("dialog .worked a").nth(1).click()
    assert page.locator("dialog").count() == 1
    assert title(page) == "Newspaper copies subscribed, Qazaqstan Kasipodagy, 2016"
    assert "raw/2017H1/observations.csv: row" in page.locator("dialog").inner_text()
    assert page.locator("dialog .path li").all_inner_texts() == ["+19.7%", "3,965 copies"]


@pytest.mark.parametrize("back", ["Backspace", "Alt+ArrowLeft", "button", "path"])
def test_there_is_a_way_back_to_where_one_was(visit, back):
    page = visit("en/report.html")
    link = page.locator(GROWTH).first
    link.focus()
    page.keyboard.press("Enter")
    before = title(page)
    page.locator("dialog .worked a").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "fact-title"  # it is read out where one is
    if back == "button":
        page.locator("dialog .back").click()
    elif back == "path":
        page.locator("dialog .path button").click()
    else:
        page.keyboard.press(back)
    assert title(page) == before
    assert page.locator("dialog .worked a").nth(1).evaluate("a => a === document.activeElement")
    page.keyboard.press("Backspace")  # there is nothing before it
    assert title(page) == before
    page.keyboard.press("Escape")
    assert link.evaluate("link => link === document.activeElement")


def test_escape_closes_from_any_depth(visit):
    page = visit("en/report.html")
    link = page.locator(GROWTH).first
    link.click()
    page.locator("dialog .made a").first.click()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert link.evaluate("link => link === document.activeElement")
    link.click()
    assert not page.locator("dialog .way").is_visible()  # it begins anew


STOPS = """() => [...document.querySelectorAll("a, button, summary, [tabindex]")]
    .filter((place) => place.tabIndex >= 0 && place.checkVisibility()).length"""


def test_a_paragraph_or_a_table_is_one_stop(visit):
    page = visit("kk/report.html")
    groups = page.evaluate("""() => {
        const found = new Map();
        for (const link of document.querySelectorAll("main a.trace, .appendix a")) {
            const group = link.closest("table, .appendix") || link.closest("p, li, figcaption");
            found.set(group, (found.get(group) || 0) + (link.tabIndex === 0));
        }
        return [...found.values()];
    }""")
    assert len(groups) > 20
    assert set(groups) == {1}
    assert page.evaluate(STOPS) < page.locator("main a.trace").count()


def at(page):
    return page.evaluate("document.activeElement.getAttribute('href')")


def test_arrows_go_from_number_to_number(visit):
    page = visit("en/report.html")
    paragraph = (
        page.locator("main p:not(.note), main li").filter(has=page.locator("a.trace:nth-of-type(3)")).first
    )
    wanted = paragraph.locator("a.trace").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    paragraph.locator("a.trace").first.focus()
    seen = [at(page)]
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "Home", "ArrowLeft", "End", "ArrowRight"):
        page.keyboard.press(key)
        seen.append(at(page))
    first, second, third, *_ = wanted
    assert seen == [first, second, third, second, first, first, wanted[-1], wanted[-1]]
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert at(page) == wanted[-1]  # the stop is where one was


def test_arrows_go_up_and_down_a_column(visit):
    page = visit("en/report.html")
    cells = page.locator("#table-copies tbody tr td:nth-child(2) a")
    cells.first.focus()
    seen = [at(page)]
    for _ in range(cells.count() - 1):
        page.keyboard.press("ArrowDown")
        seen.append(at(page))
    assert seen == cells.evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(seen) == 3
    assert page.locator("#table-copies tbody a").count() > len(seen)  # others stand between
    back = [at(page)]
    for _ in range(cells.count() - 1):
        page.keyboard.press("ArrowUp")
        back.append(at(page))
    assert back == seen[::-1]


class Walker:
    """Walks a page by keyboard: every number of the text, and from each down to raw rows."""

    def __init__(self, page):
        self.page, self.walked = page, set()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def is_at(self, place):
        return self.page.evaluate("place => document.activeElement.matches(place)", place)

    def down(self):
        """Follow the number that is open to all it is computed from, each number once."""
        fact = self.page.locator("dialog .more a").get_attribute("href")
        if fact in self.walked:
            return
        self.walked.add(fact)
        inputs = self.page.locator("dialog .made a").count()
        if not inputs:
            assert "raw/" in self.page.locator("dialog").inner_text(), fact
        for place in range(inputs):
            while not self.is_at("dialog .made a"):
                self.press("Tab")
            self.press("Home", *["ArrowDown"] * place)
            wanted = at(self.page)
            self.press("Enter")
            assert self.page.locator("dialog .more a").get_attribute("href") == wanted
            self.down()
            self.press("Backspace")
            assert at(self.page) == wanted

    def text(self):
        """Go through the text; give how many numbers were opened."""
        opened = 0
        self.page.locator("main").focus()
        while True:
            self.press("Tab")
            if self.is_at(".find *, .colophon *, body"):
                return opened
            while self.is_at("main a.trace"):
                here = focused(self.page)
                self.press("Enter")
                assert self.page.locator("dialog").is_visible()
                self.down()
                self.press("Escape")
                assert focused(self.page) == here
                opened += 1
                before = self.page.evaluate_handle("document.activeElement")
                self.press("ArrowRight")
                if before.evaluate("place => place === document.activeElement"):
                    break


@pytest.mark.parametrize("path", ["kk/report.html", "organisations/KUS/en/report.html"])
def test_every_number_is_followed_to_raw_rows_by_keyboard(visit, path):
    page = visit(path)
    walker = Walker(page)
    assert walker.text() == page.locator("main a.trace").filter(visible=True).count()
    assert len(walker.walked) == page.locator(".appendix > li").count()


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


def test_a_number_is_a_button_to_a_screen_reader(visit):
    page = visit("en/report.html")
    number = page.locator("main p").get_by_role("button", name="306").first
    assert number.get_attribute("aria-haspopup") == "dialog"
    number.focus()
    page.keyboard.press("Space")
    assert page.get_by_role("dialog").is_visible()
    plain = visit("en/report.html", java_script_enabled=False)
    assert plain.locator("main p").get_by_role("link", name="306").count()  # a link, where it can but lead on
