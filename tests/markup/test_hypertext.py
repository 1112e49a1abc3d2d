from dataclasses import replace
from datetime import date

import pytest
from aqparat.legible import legible
from aqparat.markup.hypertext import inline, prose
from aqparat.period import Period
from aqparat.words import inline as words
from aqparat.words.inline import Inline, Part
from aqparat.words.prose import Passage
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def total(facts):
    return facts["volume.publications.TOTAL.union-site.2017H1"]


def soup(html):
    return BeautifulSoup(html, "html.parser")


@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=60))
def test_any_text_is_text(value):
    page = soup(inline(words.text(value)))
    assert {tag.name for tag in page.find_all()} <= {"bdi"}
    assert "".join(page.get_text().split()) == "".join(legible(value).split())


def test_a_fact_is_wrapped_with_id_and_value(total):
    assert inline(words.fact("306", total)) == (
        '<data class="fact" data-fact="volume.publications.TOTAL.union-site.2017H1" value="306">306</data>'
    )
    assert inline(words.fact("306", total).json()) == inline(words.fact("306", total))


def test_a_fact_leads_to_what_is_told_of_it(total):
    told = words.fact("306", total) + " материал"
    assert inline(told, lambda fact: f"#fact-{fact}") == (
        f'<a class="trace" href="#fact-{total.id}">{inline(words.fact("306", total))}</a> материал'
    )
    assert inline(told, lambda fact: "") == inline(told)


def test_the_value_of_a_bare_bound_is_empty(total):
    assert soup(inline(words.fact("x", replace(total, value=None)))).data["value"] == ""
    assert (
        soup(inline(words.fact("x", replace(total, value=0.196973518285)))).data["value"] == "0.196973518285"
    )


def test_a_hostile_id_stays_inside_its_attribute(total):
    hostile = words.fact("5", replace(total, id='"><b>'))
    assert soup(inline(hostile, lambda fact: fact)).a["href"] == '"><b>'
    assert soup(inline(hostile)).data["data-fact"] == '"><b>'


def test_times_are_wrapped():
    assert inline(words.time("23 ақпан", date(2017, 2, 23))) == '<time datetime="2017-02-23">23 ақпан</time>'
    half = words.time("жарты жыл", Period.parse("2017H1").window)
    assert inline(half) == '<time datetime="2017" data-window="2017H1">жарты жыл</time>'


def test_names_quotations_and_findings_are_what_they_are():
    assert inline(words.text("Ustaz").each(lang="kk-Latn")) == '<span lang="kk-Latn">Ustaz</span>'
    assert inline(words.cited("а < б")) == "<cite>а &lt; б</cite>"
    assert inline(words.found("5")) == "<samp>5</samp>"
    assert inline(words.text("שלום")) == "<bdi>שלום</bdi>"


def test_parts_that_share_what_is_around_them_share_an_element(total):
    told = words.fact("306", total) + " материал"
    assert inline(told.each(strong=True) + " көп") == f"<strong>{inline(told)}</strong> көп"
    quoted = Inline((Part("«", role="cite"), Part("Ел", role="cite", lang="kk"), Part("»", role="cite")))
    assert inline(quoted) == '<cite>«<span lang="kk">Ел</span>»</cite>'
    assert inline(words.text("а").each(emphasis=True)) == "<em>а</em>"


def test_passages():
    a, b = words.text("а & б"), words.text("в")
    passages = [Passage("heading", (b,), 3), Passage("paragraph", (a,)), Passage("list", (a, b))]
    html = "<h3>в</h3>\n<p>а &amp; б</p>\n<ul>\n<li>а &amp; б</li>\n<li>в</li>\n</ul>\n"
    assert prose(passages) == html
    assert prose([passage.json() for passage in passages]) == html


def test_a_name_leads_to_an_own_report_where_there_is_one():
    there = {"KUS": "../organisations/KUS/en/report.html"}
    kostanay, semey = (words.reported(words.text(name), name[:3].upper()) for name in ("Kus", "Sem"))
    assert inline(kostanay, reports=lambda code: there.get(code, "")) == (
        '<a href="../organisations/KUS/en/report.html">Kus</a>'
    )
    assert inline(semey, reports=lambda code: there.get(code, "")) == "Sem"
    assert inline(kostanay) == "Kus"
