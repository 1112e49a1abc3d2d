import base64
import re
from functools import cache
from itertools import pairwise

import nbconvert
import nbformat
import pytest
from aqparat.document.html import ReportHTMLExporter, prose
from aqparat.publish.run import LANGUAGES
from bs4 import BeautifulSoup
from reported import executed, report

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)


@cache
def text(code="kk"):
    return ReportHTMLExporter().from_notebook_node(executed(code))[0]


@cache
def page(code="kk"):
    return BeautifulSoup(text(code), "html.parser")


def test_the_exporter_is_found_by_name():
    assert nbconvert.get_exporter("aqparat-html") is ReportHTMLExporter


@EVERYWHERE
def test_the_page_says_what_it_is(code):
    root = page(code).html
    assert root["lang"] == code
    assert root.select_one("meta[charset]")["charset"] == "utf-8"
    assert "width=device-width" in root.select_one("meta[name=viewport]")["content"]
    title = report(code).title()
    assert page(code).title.get_text().startswith(title.text)
    assert "2017" in page(code).title.get_text()
    assert page(code).h1.get_text() == title.text


@EVERYWHERE
def test_nothing_is_fetched(code):
    root = page(code)
    assert not root.find_all(["script", "link", "iframe", "object", "embed", "base"])
    places = [
        tag[a] for a in ("src", "href", "srcset", "action", "data") for tag in root.find_all(attrs={a: True})
    ]
    assert places
    assert [p for p in places if not p.startswith(("#", "data:"))] == []
    css = " ".join(style.get_text() for style in root.find_all("style"))
    assert re.findall(r"url\((?!data:)[^)]*\)|@import", css) == []
    for svg in pictures(code):
        assert re.findall(r'(?:href|src)="(?!#)[^"]*"|url\((?!#)[^)]*\)|<script|<image', svg) == []


def pictures(code):
    return [base64.b64decode(img["src"].partition(",")[2]).decode() for img in page(code).find_all("img")]


@EVERYWHERE
def test_every_picture_has_a_text(code):
    images = page(code).find_all("img")
    assert len(images) >= 6
    assert all(len(image["alt"]) > 20 for image in images)
    assert len({image["alt"] for image in images}) == len(images)


@EVERYWHERE
def test_headings_are_in_order(code):
    levels = [int(h.name[1]) for h in page(code).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert all(h.get_text().strip() for h in page(code).find_all(re.compile("^h[1-6]$")))


@EVERYWHERE
def test_ids_are_unique_and_links_lead_somewhere(code):
    ids = [tag["id"] for tag in page(code).find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {a["href"] for a in page(code).find_all("a")} <= {f"#{i}" for i in ids}
    assert {t["aria-labelledby"] for t in page(code).find_all(attrs={"aria-labelledby": True})} <= set(ids)


@EVERYWHERE
def test_the_contents_list_every_section(code):
    listed = [a.get_text() for a in page(code).select("nav a")]
    assert listed == [h.get_text() for h in page(code).select("main h2")]
    assert len(listed) >= 12


@EVERYWHERE
def test_tables_can_be_read_aloud(code):
    tables = page(code).find_all("table")
    assert len(tables) >= 4
    for table in tables:
        assert table.caption.get_text().strip()
        assert all(th["scope"] == "col" for th in table.select("thead th"))
        assert all(th.get_text().strip() for th in table.select("thead th"))
        for row in table.select("tbody tr"):
            assert row.find(["th", "td"]).name == "th"
            assert row.th["scope"] == "row"
            assert len(row.find_all(["th", "td"])) == len(table.select("thead th"))


@EVERYWHERE
def test_figures_and_tables_are_numbered(code):
    for labels in (page(code).select("figcaption .label"), page(code).select("caption .label")):
        numbers = [int(re.search(r"\d+", label.get_text())[0]) for label in labels]
        assert numbers == list(range(1, len(numbers) + 1))
    assert all(
        f.figcaption.get_text().strip() and f.select_one(".note") for f in page(code).find_all("figure")
    )


@EVERYWHERE
def test_facts_are_wrapped(code):
    facts = report(code).facts
    wrapped = page(code).find_all("data")
    assert len(wrapped) > 60
    for data in wrapped:
        fact = facts[data["data-fact"]]
        assert data["class"] == ["fact"]
        assert data["value"] == ("" if fact.value is None else f"{fact.value:.12g}")


@EVERYWHERE
def test_every_fact_leads_to_its_entry_in_the_appendix(code):
    entries = {li["id"] for li in page(code).select(".appendix > li")}
    shown = [data for data in page(code).main.select("data") if not data.find_parent(class_="appendix")]
    assert {f"fact-{data['data-fact']}" for data in shown} == entries
    for data in shown:
        assert data.parent.name == "a"
        assert data.parent["href"] == f"#fact-{data['data-fact']}"


@EVERYWHERE
def test_every_digit_stands_in_a_fact_a_time_or_a_name(code):
    body = BeautifulSoup(text(code), "html.parser").main
    for tag in body.select("data, time, img, .label, cite, thead"):
        tag.decompose()
    for tag in body.find_all(["p", "li", "td", "th", "h2", "h3", "figcaption", "caption"]):
        bare = re.sub(r"«[^»]*»|“[^”]*”", "", tag.get_text())
        assert not re.search(r"\d", bare), bare


@EVERYWHERE
def test_no_markdown_or_template_is_left(code):
    body = page(code).body.get_text()
    assert re.findall(r"\*\*|\{\{|\{%|&#\d+;|^#+ |</?\w+>|None\b", body, flags=re.M) == []


def test_the_page_is_made_for_print_and_phone():
    css = page().style.get_text()
    assert "@media print" in css
    assert "max-width: 30rem" in css


def test_the_same_notebook_gives_the_same_bytes():
    assert ReportHTMLExporter().from_notebook_node(executed())[0] == text()


def test_prose_keeps_facts():
    html = prose('**қалың** <data class="fact" data-fact="x" value="5">5</data>')
    assert html == '<p><strong>қалың</strong> <data class="fact" data-fact="x" value="5">5</data></p>\n'


def test_an_ordinary_notebook_is_exported_too():
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Сынақ\n\nмәтін"),
            nbformat.v4.new_code_cell(
                "1 + 1", outputs=[nbformat.v4.new_output("execute_result", {"text/plain": "<2>"})]
            ),
        ]
    )
    html, _ = ReportHTMLExporter().from_notebook_node(notebook)
    root = BeautifulSoup(html, "html.parser")
    assert "Сынақ" in root.h1.get_text()
    assert "<2>" in root.get_text()
