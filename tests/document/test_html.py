import base64
import copy
import hashlib
import json
import re
from functools import cache
from itertools import pairwise

import nbconvert
import nbformat
import pytest
from aqparat import kazakh
from aqparat.blocks import MIME
from aqparat.choices import LANGUAGES
from aqparat.document.html import ReportHTMLExporter, heading, told
from aqparat.document.outline import outline
from aqparat.markup.hypertext import formula
from aqparat.sections.answers import ANSWERS
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
    assert not root.find_all(["link", "iframe", "object", "embed", "base"])
    assert not root.find_all("script", src=True)
    places = [
        tag[a] for a in ("src", "href", "srcset", "action", "data") for tag in root.find_all(attrs={a: True})
    ]
    assert places
    assert [p for p in places if not p.startswith(("#", "data:"))] == []
    css = " ".join(style.get_text() for style in root.find_all("style"))
    assert re.findall(r"url\((?!data:)[^)]*\)|@import", css) == []
    for svg in root.select("figure svg"):
        assert re.findall(r'(?:href|src)="(?!#)[^"]*"|url\((?!#)[^)]*\)|<script|<image', str(svg)) == []


@EVERYWHERE
def test_every_picture_has_a_text_and_so_has_every_mark(code):
    pictures = page(code).select("figure > svg[role=img]")
    assert len(pictures) == len(page(code).select("figure")) >= 6
    assert all(len(picture["aria-label"]) > 20 for picture in pictures)
    assert len({picture["aria-label"] for picture in pictures}) == len(pictures)
    marks = page(code).select("figure .mark")
    assert len(marks) > 30
    for mark in marks:
        assert mark.find("title", recursive=False).get_text().strip()
    entries = {li["id"] for li in page(code).select(".appendix > li")}
    assert {f"fact-{mark['data-of']}" for mark in marks if "data-of" in mark.attrs} <= entries


def test_a_picture_without_marks_is_an_image():
    notebook = copy.deepcopy(executed())
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            block = output.data[MIME]
            if block["kind"] == "figure":
                block["marks"] = []
    root = BeautifulSoup(ReportHTMLExporter().from_notebook_node(notebook)[0], "html.parser")
    assert not root.select("figure svg")
    assert all(len(image["alt"]) > 20 for image in root.select("figure > img"))


@EVERYWHERE
def test_the_policy_allows_the_page_itself_and_nothing_else(code):
    root = page(code)
    policy = root.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert set(allowed) == {
        "default-src",
        "style-src",
        "script-src",
        "img-src",
        "font-src",
        "base-uri",
        "form-action",
    }
    [script] = root.select("script:not([type])")
    digest = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    assert allowed["script-src"] == f"'sha256-{digest}'"
    assert (allowed["style-src"], allowed["font-src"], allowed["img-src"]) == (
        "'unsafe-inline'",  # a reader's own, which can fetch nothing
        "data:",
        "data:",
    )
    assert not root.find_all(style=True)
    assert not [a for tag in root.find_all() for a in tag.attrs if a.startswith("on")]


@EVERYWHERE
def test_the_script_is_told_what_it_needs(code):
    told = json.loads(page(code).select_one("#told").string)
    assert told["language"] == code
    assert told["alphabet"] == (kazakh.ALPHABET if code == "kk" else "")


def test_nothing_told_can_end_the_script(monkeypatch):
    seen = outline(executed())
    monkeypatch.setitem(seen.language.labels["page"], "sort", "</script><b>")
    assert "<" not in told(seen)
    assert json.loads(told(seen))["sort"] == "</script><b>"


def test_the_languages_and_formats_published_are_linked_to():
    notebook = copy.deepcopy(executed())
    notebook.metadata["aqparat"] = {"languages": ["kk", "en"], "formats": ["html", "pdf"]}
    root = BeautifulSoup(ReportHTMLExporter().from_notebook_node(notebook)[0], "html.parser")
    [link] = root.select(".languages a[href]")
    assert (link["href"], link["hreflang"], link["lang"]) == ("../en/report.html", "en", "en")
    here = root.select_one(".languages [aria-current]")
    assert here.get_text() == here["aria-label"] == "Қазақша"
    assert root.select_one("a[href='report.pdf']")
    assert not page().select(".languages, a[href='report.pdf']")


@EVERYWHERE
def test_the_findings_come_before_the_figures(code):
    blocks = page(code).select_one("main section").find_all("div", recursive=False)
    answers = [f"answer-{name}" for name in ANSWERS]
    assert [block["id"] for block in blocks] == [*answers, "cards-key_figures"]
    assert 3 <= len(blocks[-1].select(".cards li")) <= 8


@EVERYWHERE
def test_the_code_of_each_figure_is_there(code):
    for block in page(code).select("figure, main .table"):
        assert re.search(r"report\.(chart|table)\(", block.select_one("details.code pre").get_text())


def test_the_page_is_light():
    assert all(len(text(code).encode()) < 1_000_000 for code in LANGUAGES)


def test_names_of_another_language_are_said_to_be_of_it():
    names = {
        code: {(tag["lang"], tag.get_text()) for tag in page(code).select("main span[lang]")}
        for code in LANGUAGES
    }
    assert ("kk", "Қазақстан кәсіподағы") in names["ru"]
    assert ("ru", "Казахстанская правда") in names["kk"]
    assert {lang for lang, _ in names["kk"]} == {"ru"}
    assert {lang for lang, _ in names["ru"]} == {"kk"}
    assert ("kk-Latn", "Qazaqstan Kasipodagy") in names["en"]


def test_a_heading_says_what_language_a_name_is_of():
    assert heading("О газете «Білімді ел» <b>", "ru") == (
        'О газете «<span lang="kk">Білімді ел</span>» &lt;b&gt;'
    )


def test_a_formula_has_real_indices():
    assert formula("x₁ / x₀ < x₍ᵢ₎") == "x<sub>1</sub> / x<sub>0</sub> &lt; x<sub>(i)</sub>"


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
    assert {a["href"] for a in page(code).select("a:not([download])")} <= {f"#{i}" for i in ids}
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
    entries = [li["id"] for li in page(code).select(".appendix > li")]
    shown = [data for data in page(code).main.select("data") if not data.find_parent(class_="appendix")]
    first = list(dict.fromkeys(f"fact-{data['data-fact']}" for data in shown))
    assert set(first) == set(entries[: len(first)])  # after them, those that they are computed from
    for data in shown:
        assert data.parent.name == "a"
        assert data.parent["href"] == f"#fact-{data['data-fact']}"


@EVERYWHERE
def test_an_entry_leads_to_those_it_is_computed_from(code):
    numbers = {span["id"]: span.find_parent("li")["id"] for span in page(code).select(".appendix .label")}
    assert list(numbers) == [f"e{n}" for n in range(1, len(numbers) + 1)]
    derived = page(code).select(".appendix .inputs")
    assert len(derived) > 10
    for references in derived:
        for link in references.select("a"):
            assert link["href"][1:] in numbers
            assert f"e{link.get('data-to', 1)}" in numbers
    for link in page(code).select(".appendix .worked a"):
        assert link["href"][1:] in numbers.values()


@EVERYWHERE
def test_every_digit_stands_in_a_fact_a_time_or_a_name(code):
    body = BeautifulSoup(text(code), "html.parser").main
    for tag in body.select("data, time, svg, .label, cite, thead, pre"):
        tag.decompose()
    for tag in body.find_all(["p", "li", "td", "th", "h2", "h3", "figcaption", "caption"]):
        # the level of an interval is no figure of a report
        bare = re.sub(r"«[^»]*»|“[^”]*”|95\s?%", "", tag.get_text())
        assert not re.search(r"\d", bare), bare


@EVERYWHERE
def test_no_markdown_or_template_is_left(code):
    body = BeautifulSoup(str(page(code).body), "html.parser")
    for code_shown in body.select("pre, script"):
        code_shown.decompose()
    body = body.get_text()
    assert re.findall(r"\*\*|\{\{|\{%|&#\d+;|^#+ |</?\w+>|None\b", body, flags=re.M) == []


def test_the_page_is_made_for_print_and_phone():
    css = page().style.get_text()
    assert "@media print" in css
    assert "max-width: 36rem" in css


def test_the_same_notebook_gives_the_same_bytes():
    assert ReportHTMLExporter().from_notebook_node(executed())[0] == text()


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


def test_blocks_are_not_copied_with_a_notebook_and_anything_else_is():
    class Changing(nbconvert.preprocessors.Preprocessor):
        enabled = True

        def preprocess_cell(self, cell, resources, index):
            seen.extend(id(o.data[MIME]) for o in cell.get("outputs", []) if MIME in o.get("data", {}))
            for output in cell.get("outputs", []):
                if output.output_type == "stream":
                    output.text = "changed"
            return cell, resources

    seen, own = [], nbformat.v4.new_output("stream", text="own")
    notebook = copy.deepcopy(executed("kk"))
    notebook.cells[-1].outputs.append(own)
    exporter = ReportHTMLExporter()
    exporter.register_preprocessor(Changing, enabled=True)
    exporter.from_notebook_node(notebook)
    blocks = [o.data[MIME] for c in notebook.cells for o in c.get("outputs", []) if MIME in o.get("data", {})]
    assert seen == list(map(id, blocks))
    assert own.text == "own"


def test_letters_are_not_set_twice():
    """No other face is shown first, and nothing at all before the faces are there."""
    css, script = page().style.get_text(), page().select_one("script:not([type])").get_text()
    assert css.count("@font-face") == css.count("font-display:block") == 5
    assert "[data-setting] body { visibility: hidden; }" in css
    assert script.index("root.dataset.setting") < script.index("DOMContentLoaded")
