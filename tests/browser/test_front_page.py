"""The front page in a browser: one language at a time, searched, by keyboard, in print."""

import shutil

import pytest
from aqparat.choices import LANGUAGES
from aqparat.publish import front
from playwright.sync_api import expect
from reported import published
from seen import NARROW, WIDE
from test_accessibility import violations


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Give two periods, the newer one with an organisation's own report in Russian."""
    home = tmp_path_factory.mktemp("front")
    for period in ("2017H1", "2018H1"):
        shutil.copytree(published(), home / period)
    manifest = home / "2018H1" / "manifest.json"
    text = manifest.read_text(encoding="utf-8").replace('"period": "2017H1"', '"period": "2018H1"')
    manifest.write_text(text, encoding="utf-8")
    own = home / "2018H1" / "organisations" / "KUS" / "ru"
    own.mkdir(parents=True)
    for name in ("report.ipynb", "report.html"):
        (own / name).touch()
    front.write(home)
    return home


@pytest.fixture
def opened(browser, reports):
    """Open the page; what it asks for besides itself, and complains of, is in `said`."""
    contexts = []

    def at(place="", **settings):
        context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **settings})
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.said.append(request.url))
        page.first = f"{(reports / 'index.html').as_uri()}{place}"
        page.goto(page.first)
        return page

    yield at
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("code", "width", "scheme"), [
    ("kk", WIDE, "light"), ("ru", NARROW, "dark"), ("en", NARROW, "light"),
])  # fmt: skip
def test_one_language_is_shown_whole_and_accessible(opened, code, width, scheme):
    page = opened(f"#{code}", viewport=width, color_scheme=scheme)
    assert [page.locator(f"#{one}").is_visible() for one in LANGUAGES] == [one == code for one in LANGUAGES]
    assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert violations(page) == []
    asked = {said.partition("#")[0] for said in page.said if not said.startswith("data:")}
    assert asked == {page.url.partition("#")[0]}


@pytest.mark.parametrize(("asked", "periods", "own"), [
    ("2018", ["2018H1"], True), ("first 2017", ["2017H1"], False), ("қостанай", [], True),
    ("костан 18", [], False), ("костан 2018", [], True), ("kostanay", [], True), ("қаңтар", [], False),
])  # fmt: skip
def test_search_by_names_in_any_language(opened, asked, periods, own):
    page = opened("#ru")
    page.keyboard.press("Tab")  # from the language that was gone to into the field
    assert page.evaluate("document.activeElement.id") == "find-ru"
    page.keyboard.type(asked)
    found = [a.get_attribute("data-period") for a in page.locator("#ru article").all() if a.is_visible()]
    assert found == periods
    assert page.locator("#ru [data-organisation]").is_visible() is own
    told = f"Найдено: {len(periods) + own}" if periods or own else "Ничего не найдено"
    assert page.locator("#ru [role=status]").text_content() == told
    page.keyboard.press("Escape")
    assert page.locator("#ru article:visible").count() == 2
    assert page.locator("#ru .courses").is_visible()


@pytest.mark.parametrize(("locale", "code"), [
    ("ru-RU", "ru"), ("kk-KZ", "kk"), ("en-GB", "en"), ("de-DE", "kk"),
])  # fmt: skip
def test_it_opens_in_the_language_of_the_browser(opened, locale, code):
    page = opened(locale=locale)
    assert [page.locator(f"#{one}").is_visible() for one in LANGUAGES] == [one == code for one in LANGUAGES]
    assert page.evaluate("document.documentElement.lang") == code
    page.wait_for_function("scrollY === 0")


def test_a_language_that_was_chosen_is_opened_again(opened):
    page = opened(locale="ru-RU")
    page.locator(".languages a[lang=en]").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.goto("about:blank")
    page.goto(page.first)
    assert page.locator("#en").is_visible()


def test_without_scripts_it_opens_in_kazakh(opened):
    page = opened(java_script_enabled=False, locale="ru-RU")
    assert page.locator("#kk").is_visible()
    assert not page.locator("#ru").is_visible()


def test_without_scripts_the_page_is_whole_but_for_the_search(opened):
    page = opened("#en", java_script_enabled=False)
    assert page.locator("#en article:visible").count() == 2
    assert not page.locator("#en .search").is_visible()


def test_a_figure_leads_to_its_entry_in_the_report(opened):
    page = opened("#kk")
    page.locator("#kk .cards a").first.click()
    assert page.url.endswith("kk/report.html#fact-volume.publications.TOTAL.union-site.2017H1")
    expect(page.locator(":target")).to_be_visible()


def test_in_print_all_figures_are_there(opened):
    page = opened("#en")
    page.emulate_media(media="print")
    assert page.locator("#en .cards ol li").first.is_visible()
    assert not page.locator("#en .search").is_visible()
