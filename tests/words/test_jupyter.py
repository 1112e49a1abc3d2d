"""What JupyterLab and other viewers make of Markdown; see also tests/test_hostile.py."""

import unicodedata

import mistune
import pytest
from aqparat.legible import legible
from aqparat.words import inline as words
from aqparat.words.inline import Inline, Part
from aqparat.words.jupyter import inline, prose, table
from aqparat.words.prose import Passage
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</data><b>қалың</b>",
    "&lt;b&gt; &amp;amp; &#60;",
    "**қалың** _көлбеу_ ~~сызылған~~ `код`",
    "[сілтеме](javascript:alert(1)) ![сурет](http://x/y.png)",
    "<http://example.org> http://example.org",
    "# тақырып",
    "- тармақ",
    "+ тармақ",
    "1. тармақ",
    "1) тармақ",
    "> дәйексөз",
    "---",
    " - шегінген тармақ",
    "    төрт бос орын",
    "| a | b |",
    "[1]: http://example.org",
    '#import "x.typ" #set page(width: 1pt) $x^2$ @ref <label> \\',
    "{{ 7 * 7 }} {% raw %} {# #}",
    "жол\nжол\r\nжол\tбаған\x00\x1b[31m\x7f",
    "C1: \x85\x9b, бағыт: \u202eтеріс\u202c \u2066\u2069 \u200f \u061c, белгісіз: \ufeff\u200b\u2060\u00ad",
    "жол\u2028бөлгіш\u2029абзац",
]
texts = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=60)
render = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])


def soup(markdown):
    return BeautifulSoup(render(markdown), "html.parser")


def visible(text):
    """Give the characters that ink: the same before and after, whatever becomes of the spaces."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "CZ")


def assert_harmless(markdown, text, allowed):
    page = soup(markdown)
    assert visible(page.get_text()) == visible(legible(text))
    assert {tag.name for tag in page.find_all()} <= {"p", "bdi", *allowed}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text):
    told = words.text(text)
    assert_harmless(inline(told), text, [])
    assert_harmless(inline(text), text, [])
    assert_harmless(prose([Passage("paragraph", (told,))]), text, [])
    assert_harmless(prose([Passage("list", (told,))]), text, ["ul", "li"])
    assert_harmless(prose([Passage("heading", (told,), 2)]), text, ["h2"])


@given(texts)
@example("2016")
def test_any_text_comes_out_as_text(text):
    assert_harmless(inline(words.text(text)), text, [])
    assert_harmless(inline(words.text(f"а{text}б").each(strong=True)), f"а{text}б", ["strong"])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_holds_what_it_says(text):
    page = soup(table(["а", "б"], [[words.text(text), words.text("5")]]))
    assert [visible(td.get_text()) for td in page.select("td")] == [visible(legible(text)), "5"]


def test_strong_words_are_strong():
    told = Inline((Part("Сайт", strong=True), Part(": 5")))
    assert inline(told) == "**Сайт**: 5"


def test_passages():
    a, b = words.text("а"), words.text("б")
    passages = [Passage("heading", (b,), 3), Passage("paragraph", (a,)), Passage("list", (a, b))]
    assert prose(passages) == "### б\n\nа\n\n- а\n- б"
