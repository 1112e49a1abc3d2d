"""The languages say the same: for the published period and invented ones, read from the HTML."""

import copy
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import nbformat
import pytest
from aqparat.choices import LANGUAGES
from aqparat.document.html import ReportHTMLExporter
from aqparat.markup import hypertext
from aqparat.words.renderer import Renderer
from bs4 import BeautifulSoup
from invented import INVENTED, reported
from reported import ROOT

CASES = pytest.mark.parametrize("case", ["2017H1", "2018H2", "2018", "sparse", "falling"])
NOTEBOOKS = pytest.mark.parametrize("name", ["report", "organisation"])


@dataclass(frozen=True)
class Shown:
    """What a page shows, taken from it once: a parsed page is large, and a test would parse it again."""

    title: str
    mark: str  # of invented data
    facts: dict[str, list[tuple[str, str]]]  # by section
    empty: list[str]  # sections without a text
    figures: list[str]
    tables: list[tuple[str, list[int]]]  # cells in each row
    digits: list[str]  # texts with a digit that is in no fact, time or citation


@cache
def page(case, name, code):
    """Give what the page of a notebook shows in a language, made without a kernel."""
    told = reported(case, "KUS" if name == "organisation" else None, code)
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("report."):
            shown = eval(cell.source, {"report": told})
            bundle = json.loads(json.dumps(shown._repr_mimebundle_()))
            cell.outputs = [nbformat.v4.new_output("display_data", bundle)]
    html, _ = ReportHTMLExporter().from_notebook_node(notebook)
    soup = BeautifulSoup(html, "html.parser")
    mark, sections = soup.select_one("p.synthetic"), soup.select("main section")
    found = Shown(
        title=soup.title.get_text(),
        mark=mark.get_text() if mark else "",
        facts={section.h2["id"]: facts(section) for section in sections},
        empty=[section.h2["id"] for section in sections if not section.select("p, li")],
        figures=[figure["id"] for figure in soup.select("figure")],
        tables=[
            (table.parent["id"], [len(row.find_all(["td", "th"])) for row in table.select("tr")])
            for table in soup.select("main table")
        ],
        digits=digits(soup.main),
    )
    assert len(found.facts) == len(sections)
    return found


def facts(tag):
    return [(fact["data-fact"], fact["value"]) for fact in tag.select("data.fact")]


# The two ends of a scale, the level of limits and what lies outside, so many members: no figures of a report.
SCALES = re.compile(
    r"0-ден 1(00)?-ге|100 бал(дық|л)|100-ден|0 to 1(00)?|(out )?of 100|0 до 1(00)?|из 100"
    r"|(?<![\d.,])(95|99[.,]8|5)\s?%|(?<![\d.,])(1[,\u00a0 ]?000|100)[ \u00a0](мүшеге|member|член)"
)


def digits(main):
    """List the texts with a digit outside of facts, times and citations, which are taken away."""
    for tag in main.select("data.fact, time, cite, samp, .label, .count, thead, pre, svg"):
        tag.decompose()
    return [text for text in main.stripped_strings if any(c.isdigit() for c in SCALES.sub("", text))]


@CASES
@NOTEBOOKS
def test_the_same_facts_in_the_same_sections(case, name):
    first, *others = (page(case, name, code) for code in LANGUAGES)
    assert first.facts
    for other in others:
        assert list(other.facts) == list(first.facts)
        for section in first.facts:
            # organisations that are equal stand in the order of the reader's alphabet
            assert Counter(other.facts[section]) == Counter(first.facts[section]), section


@CASES
@NOTEBOOKS
def test_the_same_figures_and_tables(case, name):
    first, *others = (page(case, name, code) for code in LANGUAGES)
    assert first.tables or name == "organisation"  # of which nothing may be known
    for other in others:
        assert (other.figures, other.tables) == (first.figures, first.tables)


@CASES
@NOTEBOOKS
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_digit_stands_in_a_fact_a_time_or_a_citation(case, name, code):
    assert page(case, name, code).digits == []


@CASES
@NOTEBOOKS
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_section_is_empty(case, name, code):
    assert page(case, name, code).empty == []


@pytest.mark.parametrize("case", INVENTED)
@pytest.mark.parametrize("code", LANGUAGES)
def test_invented_data_are_named_so(case, code):
    shown = page(case, "report", code)
    assert shown.mark
    assert shown.mark in shown.title
    assert not page("2017H1", "report", code).mark


OWN = [
    "own_summary",
    "own_figures",
    "own_work",
    "own_measures",
]  # own_missing says nothing of those that nothing is asked of


@cache
def codes():
    return (*reported("2017H1").data.tables.reporting(), "ZAI")  # a district, where somebody asks for it


def test_every_organisation_has_a_report_worth_reading():
    told = copy.copy(reported("2017H1"))
    assert {"CEN", "ZAI", "UST", "AKM"} <= set(codes())
    for code in codes():
        told.organisation, told.section = code, cache(told._section)
        said = {}
        for language in LANGUAGES:
            told.renderer = Renderer(told.data.tables, language, told.data.facts)
            prose = {name: told.prose(name).passages for name in OWN}
            assert all(prose.values()), (code, language)
            soup = BeautifulSoup("".join(map(hypertext.prose, prose.values())), "html.parser")
            said[language] = facts(soup)
        assert said["kk"] == said["ru"] == said["en"], code
