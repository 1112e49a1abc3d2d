import unicodedata
from dataclasses import replace
from datetime import date

import mistune
import pytest
from aqparat.legible import legible
from aqparat.period import Period, Window
from aqparat.words import markup
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


def rendered(markdown):
    return BeautifulSoup(mistune.create_markdown(escape=False)(str(markdown)), "html.parser")


def visible(text):
    """Give the characters that ink: the same before and after, whatever becomes of the spaces."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "CZ")


def assert_harmless(safe, text, around="p"):
    soup = rendered(safe)
    assert visible(soup.get_text()) == visible(legible(text))
    assert {tag.name for tag in soup.find_all()} <= {around, "p", "time", "bdi"}
    steering = [
        c for c in soup.get_text() if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")
    ]
    assert not steering


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text):
    assert_harmless(markup.escape(text), text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_a_highlight_comes_out_as_text(text):
    assert_harmless(markup.dated(text), text)


@given(texts)
@example("2016")
def test_any_text_comes_out_as_text(text):
    assert_harmless(markup.escape(text), text)
    assert_harmless(f"**{markup.escape(f'а{text}б')}**", f"а{text}б", around="strong")


@given(texts)
def test_any_highlight_comes_out_as_text(text):
    assert_harmless(markup.dated(text), text)


@pytest.mark.parametrize("text", [", ", "; ", " а", "а ", " – "])
def test_a_space_at_the_edge_is_kept(text):
    """Templates join with such texts: {{ ', ' if not loop.last }}."""
    assert markup.escape(text) == text


def test_escaped_twice_is_escaped_once():
    safe = markup.escape("a < b")
    assert f"{safe}" == "a &#60; b"
    assert markup.plain(safe) == "a < b"


def test_a_fact_is_wrapped_with_id_and_value(facts):
    total = facts["volume.publications.TOTAL.union-site.2017H1"]
    wrapped = markup.fact("306", total)
    assert wrapped == (
        '<data class="fact" data-fact="volume.publications.TOTAL.union-site.2017H1" value="306">306</data>'
    )
    assert markup.plain(wrapped) == "306"


def test_the_value_of_a_bare_bound_is_empty(facts):
    growth = next(f for f in facts.select("growth") if f.value is None)
    assert rendered(markup.fact("x", growth)).data["value"] == ""


def test_a_hostile_id_stays_inside_its_attribute(facts):
    hostile = replace(facts.select("volume")[0], id='"><b>')
    assert rendered(markup.fact("5", hostile)).data["data-fact"] == '"><b>'


def test_times_are_wrapped():
    assert markup.time("23 ақпан", date(2017, 2, 23)) == '<time datetime="2017-02-23">23 ақпан</time>'
    half = rendered(markup.time("жарты жыл", Period.parse("2017H1").window)).time
    assert (half["datetime"], half["data-window"]) == ("2017", "2017H1")
    since = rendered(markup.time("басынан", Window(date(2017, 1, 1), None))).time
    assert since["data-window"] == "2017-01-01_"


def test_the_years_of_a_highlight_are_times():
    soup = rendered(markup.dated("2015 жылдан бері, 2017 жылдың қыркүйегінде, 12017 емес"))
    assert [t.get_text() for t in soup.find_all("time")] == ["2015", "2017"]
    assert soup.get_text().strip() == "2015 жылдан бері, 2017 жылдың қыркүйегінде, 12017 емес"


def test_plain_keeps_what_the_data_say():
    assert markup.plain(markup.escape("a**b** <c> &amp;")) == "a**b** <c> &amp;"
    assert markup.plain("**қалың** <time>2017</time>") == "қалың 2017"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Білімді ел", "kk"),
        ("Казахстанская правда", "ru"),
        ("Профсоюзная жизнь", "ru"),
        ("Серпер", ""),
        ("Atyrau", ""),
    ],
)
def test_letters_tell_the_language_of_a_name(name, language):
    assert markup.origin(name) == language
