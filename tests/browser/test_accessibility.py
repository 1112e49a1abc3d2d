from itertools import product

import pytest
from aqparat.choices import LANGUAGES
from axe_playwright_python.sync_playwright import Axe
from seen import FULL, NARROW, WIDE

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2; axe leaves it out unless asked
}


def violations(page, *places):
    """Give what axe finds in the page, or only in some places of it."""
    context = {"include": [[place] for place in places]} if places else None
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    return [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found]


DECIDING = {
    ("kk", "wide", "light"),
    ("ru", "narrow", "dark"),
    ("en", "wide", "dark"),
}  # each page, each setting
COMBINATIONS = [
    pytest.param(*each, marks=[] if each in DECIDING else pytest.mark.exhaustive)
    for each in product(LANGUAGES, ("wide", "narrow"), ("light", "dark"))
]


@pytest.mark.parametrize("code, width, scheme", COMBINATIONS)
def test_axe_finds_nothing(visit, code, width, scheme):
    viewport = {"wide": WIDE, "narrow": NARROW}[width]
    assert violations(visit(f"{code}/report.html", viewport=viewport, color_scheme=scheme)) == []


@pytest.mark.parametrize("width, scheme", [(WIDE, "light"), (NARROW, "dark")])
def test_axe_finds_nothing_in_a_full_period(visit, width, scheme):
    page = visit(FULL, viewport=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details.folded').forEach((table) => { table.open = true; })")
    page.evaluate("document.querySelector('.appendix').remove()")  # a thousand entries, all alike
    assert violations(page) == []


def test_axe_finds_nothing_in_an_organisations_report(visit):
    assert violations(visit("organisations/KUS/ru/report.html", viewport=NARROW)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(visit, scheme):
    page = visit("kk/report.html", color_scheme=scheme)
    page.locator("#figure-site_periods summary").click()
    page.locator("#figure-site_periods .mark").first.focus()
    assert violations(page, "#figure-site_periods", "#tip") == []
    page.locator("main a.trace").first.click()
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    page.locator("main a.trace[href*='growth.copies']").first.click()
    assert violations(page, "dialog") == []
    page.locator("dialog .made a").first.click()
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    page.set_viewport_size(NARROW)
    page.locator("nav summary").click()
    assert violations(page, "nav") == []


def test_the_rules_see_a_fault(visit):
    page = visit()
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [rule for rule, _ in violations(page, "main > img")] == ["image-alt"]


def test_focus_can_be_seen_on_all_that_takes_it(visit):
    page = visit("ru/report.html", viewport=NARROW)
    unseen = page.evaluate("""() => {
        const places = [...document.querySelectorAll("a[href], button, summary, input, [tabindex='0']")];
        return places.filter((place) => {
            if (!place.checkVisibility()) return false;
            place.focus({ focusVisible: true });
            const style = getComputedStyle(place);
            return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2;
        }).map((place) => place.outerHTML.slice(0, 120));
    }""")
    assert unseen == []


def test_the_skip_link_leads_to_the_text(visit):
    page = visit()
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("link => document.activeElement === link")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
