"""The open page of the preview: it shows each new report at the place where the reader is."""

import threading

import pytest
from aqparat.document.preview_page import preview_page
from aqparat.publish.preview.board import Board
from aqparat.publish.preview.server import Server


def report(mark, *, before=3):
    """Write a report of some sections, long ones, with details that can be opened."""
    many = "".join(
        f"<section id=s{n}><h2>{mark} {n}</h2><details id=d{n}><summary>more</summary><p>inside</p></details>"
        f"<p style='height:700px'>text</p></section>"
        for n in range(3 - before, 9)
    )
    page = f"<!DOCTYPE html><title>{mark}</title><body><main>{many}</main>"
    return page.encode()


@pytest.fixture
def board():
    return Board()


@pytest.fixture
def page(browser, board):
    with Server(board, preview_page("2017H1", "kk")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(server.address)
        yield page
        context.close()
        board.close()
        server.shutdown()


def until(page, expected, script):
    """Wait until a script gives what is expected; Playwright's own way needs `eval`, which is forbidden."""
    for _ in range(200):
        if (found := page.evaluate(script)) == expected:
            return
        page.wait_for_timeout(50)
    assert found == expected


def frame(page, mark):
    """Wait for a report to be shown, and give its frame."""
    shown = "Array.from(document.querySelectorAll('iframe'), f => [f.className, f.contentDocument.title])"
    until(page, [["", mark]], shown)
    return page.query_selector("iframe").content_frame()


def state(page, said):
    """Wait until the page says how far the report is."""
    until(page, said, "document.getElementById('state').textContent")


def test_a_new_report_takes_the_place_of_the_last_and_the_reader_stays(page, board):
    state(page, "Есеп жасалып жатыр…")
    board.made(report("one"))
    first = frame(page, "one")
    state(page, "")
    first.click("#d5 summary")
    first.evaluate("scrollTo(0, document.getElementById('s5').offsetTop - 40)")
    at = first.evaluate("document.getElementById('s5').getBoundingClientRect().top")
    board.making()
    state(page, "Есеп жасалып жатыр…")
    board.made(report("two", before=0))  # all that stood above it is shorter
    second = frame(page, "two")
    assert second.evaluate("document.getElementById('d5').open")
    assert abs(second.evaluate("document.getElementById('s5').getBoundingClientRect().top") - at) < 2
    assert not second.evaluate("document.getElementById('d4').open")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"  # keys scroll it as before
    assert page.said == []


def test_what_is_wrong_stands_above_the_last_report_until_it_is_mended(page, board):
    board.failed(("Бірінші қате.",))
    page.wait_for_selector("#fault", state="visible")
    assert page.inner_text("#fault li") == "Бірінші қате."
    assert not page.is_visible("#last") and not page.query_selector("iframe")
    board.made(report("one"))
    frame(page, "one").evaluate("scrollTo(0, 900)")
    assert page.is_hidden("#fault")
    board.failed(("<b>Екінші</b> қате.", "Үшінші."), "Traceback <i>here</i>")
    page.wait_for_selector("#fault", state="visible")
    assert page.locator("#fault li").all_inner_texts() == ["<b>Екінші</b> қате.", "Үшінші."]
    page.click("#fault summary")
    assert page.inner_text("#fault pre") == "Traceback <i>here</i>"
    assert page.is_visible("#last") and page.query_selector("iframe").bounding_box()["height"] > 300
    board.making()
    state(page, "Есеп жасалып жатыр…")
    assert page.is_visible("#fault")  # until it is known to be mended
    board.made(report("one"))
    page.wait_for_selector("#fault", state="hidden")
    assert frame(page, "one").evaluate("scrollY") == 900  # the same report was not loaded again
    assert page.said == []


def test_it_says_when_the_preview_has_ended(page, board):
    board.made(report("one"))
    frame(page, "one")
    board.close()
    state(page, "Алдын ала қарау аяқталды.")
    assert page.query_selector("iframe")
