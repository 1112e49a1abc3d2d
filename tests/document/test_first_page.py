"""The first page: answers, the decision box, cards; in the PDF all on one page."""

import io
from functools import cache

import pytest
from aqparat.choices import LANGUAGES
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.typst import TypstPDFExporter
from aqparat.sections.answers import ANSWERS
from bs4 import BeautifulSoup
from invented import reported
from pypdf import PdfReader
from reported import shown

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
CASES = pytest.mark.parametrize("case", ["2017H1", "2018H2", "sparse"])


@cache
def executed(case, code):
    return shown(reported(case, None, code), "report")


@EVERYWHERE
@CASES
def test_the_page_begins_with_the_answers_and_then_the_cards(case, code):
    page = BeautifulSoup(ReportHTMLExporter().from_notebook_node(executed(case, code))[0], "html.parser")
    first = page.select_one("main section")
    found = [block["id"] for block in first.find_all("div", recursive=False)]
    assert found == [*(f"answer-{name}" for name in ANSWERS), "cards-key_figures"]
    for block in first.select(".answer"):
        assert block.p.contents[0].name == "strong" and len(block.get_text().split()) > 5
    assert 2 <= len(first.select(".cards li .value")) <= 8


@EVERYWHERE
@pytest.mark.parametrize("case", ["2017H1", "2018H2"])
def test_on_paper_all_of_it_stands_on_the_first_page(case, code):
    told = reported(case, None, code)
    pdf = TypstPDFExporter().from_notebook_node(executed(case, code))[0]
    text = _flat(PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    for name in ANSWERS:
        lead = "".join(part.text for part in told.answer(name).passages[0].items[0].parts if part.strong)
        assert _flat(lead) in text, lead
    for card in told.cards("key_figures").cards.cards:
        assert _flat(str(card.value)) in text and _flat(str(card.change)) in text


def _flat(text):
    return "".join(c for c in text if c.isalnum())
