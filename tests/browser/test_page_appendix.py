"""The appendix: folded by section, looked through, unfolded by what leads into it, whole on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from seen import NARROW

COPIES = "volume.copies.TOTAL.qazaqstan-kasipodagy.2017"


def left(page):
    """Give the titles of the entries that are in sight."""
    entries = page.locator(".appendix > li").filter(visible=True)
    return [entry.locator(".what").inner_text() for entry in entries.all()]


def test_it_is_folded_by_the_sections_that_show_its_numbers(visit):
    page = visit("en/report.html")
    names = page.locator("details.part > summary").all_inner_texts()
    sections = page.locator("nav a").all_inner_texts()
    shown = [name.rsplit(maxsplit=1)[0] for name in names[:-1]]
    assert shown == [section for section in sections if section in shown]
    assert names[-1].startswith("Figures that others are calculated from")
    assert left(page) == []
    counts = [int(part.inner_text()) for part in page.locator(".part .count").all()]
    assert sum(counts) == page.locator(".appendix > li").count()
    page.locator("details.part > summary").first.click()
    assert len(left(page)) == counts[0]


@pytest.mark.parametrize("asked", ["4 746", "4746", "4\u00a0746", "Qazaqstan Kasipodagy 4746"])
def test_a_number_is_found_as_it_may_be_typed(visit, asked):
    page = visit("en/report.html")
    page.get_by_role("searchbox").fill(asked)
    assert left(page) == ["Newspaper copies subscribed, Qazaqstan Kasipodagy, 2017"]
    assert page.locator(".find output").inner_text() == "Found: 1"
    page.get_by_role("searchbox").fill("474")  # a part of a number is another number
    assert left(page) == []
    page.get_by_role("searchbox").fill("")
    assert left(page) == []  # folded again
    assert page.locator("details.part").filter(visible=True).count() > 3


def test_an_organisation_is_found_in_its_own_letters(visit):
    page = visit("kk/report.html")
    page.get_by_role("searchbox").fill("ҚОСТАНАЙ")
    names = [
        entry.locator(".who").inner_text() for entry in page.locator(".appendix > li:not([hidden])").all()
    ]
    assert set(names) == {"Қостанай"}
    assert len(left(page)) == len(names) >= 4


def test_a_link_into_it_unfolds_and_takes_the_filter_away(visit):
    page = visit(f"kk/report.html#fact-{COPIES}")
    expect(page.locator(f"[id='fact-{COPIES}']")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("ҚОСТАНАЙ")
    assert not page.locator(f"[id='fact-{COPIES}']").is_visible()
    page.locator(f"main a.trace[href='#fact-{COPIES}']").first.click()
    page.locator("dialog .more a").click()
    expect(page.locator(f"[id='fact-{COPIES}']")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == f"fact-{COPIES}"
    assert page.get_by_role("searchbox").input_value() == ""


def test_it_is_printed_whole(visit):
    page = visit()
    page.get_by_role("searchbox").fill("4746")
    page.emulate_media(media="print")
    assert len(left(page)) == page.locator(".appendix > li").count()
    assert not page.locator(".find").is_visible()


def test_without_scripts_it_is_open(visit):
    page = visit(java_script_enabled=False)
    assert len(left(page)) == page.locator(".appendix > li").count()
    page.locator("details.part > summary").first.click()
    assert len(left(page)) < page.locator(".appendix > li").count()


def test_axe_finds_nothing_in_what_is_found(visit):
    page = visit("ru/report.html", viewport=NARROW)
    page.get_by_role("searchbox").fill("4746")
    found = Axe().run(page, context={"include": [["section:has(> .find)"]]}).response["violations"]
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"][:2]]) for fault in found] == []
