"""The languages say the same: for the published period and three synthetic ones, read from the HTML."""

import copy
import json
import tempfile
from functools import cache
from pathlib import Path

import aqparat.document  # noqa: F401  (before nbformat: see there)
import nbformat
import pytest
from aqparat import synthetic
from aqparat.data.prepare import in_force
from aqparat.document import hypertext
from aqparat.document.html import ReportHTMLExporter
from aqparat.period import Period
from aqparat.publish.run import LANGUAGES
from aqparat.report import Report
from aqparat.words.renderer import Renderer
from bs4 import BeautifulSoup
from reported import ROOT, data

_KEPT = tempfile.TemporaryDirectory(prefix="aqparat-languages-")
INVENTED = {  # folder: character, periods; the last one is told
    "full": ("full", ["2017H1", "2017H2", "2018H1", "2018H2"]),
    "sparse": ("sparse", ["2017H2", "2018H1"]),
    "falling": ("falling", ["2017H2", "2018H1", "2018H2", "2019H1"]),
}
CASES = pytest.mark.parametrize("case", ["2017H1", *INVENTED])
NOTEBOOKS = pytest.mark.parametrize("name", ["report", "organisation"])


@cache
def reported(case, organisation=None):
    """Give a report in Kazakh; the others share its data."""
    if case not in INVENTED:
        return Report(case, "kk", data(), organisation)
    character, periods = INVENTED[case]
    folder = Path(_KEPT.name) / case
    if not folder.exists():
        parsed = [Period.parse(p) for p in periods]
        synthetic.write(folder, character, parsed, reference=ROOT / "data" / "raw" / "reference")
    return Report(periods[-1], "kk", folder, organisation)


@cache
def page(case, name, code):
    """Give the HTML page of a notebook in a language, made without a kernel."""
    told = copy.copy(reported(case, "KUS" if name == "organisation" else None))
    told.renderer = Renderer(told.data.tables, code, told.data.facts)
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("report."):
            shown = eval(cell.source, {"report": told})
            bundle = json.loads(json.dumps(shown._repr_mimebundle_()))
            cell.outputs = [nbformat.v4.new_output("display_data", bundle)]
    html, _ = ReportHTMLExporter().from_notebook_node(notebook)
    return BeautifulSoup(html, "html.parser")


def facts(tag):
    return [(fact["data-fact"], fact["value"]) for fact in tag.select("data.fact")]


@CASES
@NOTEBOOKS
def test_the_same_facts_in_the_same_order(case, name):
    first, *others = (page(case, name, code) for code in LANGUAGES)
    sections = [section.h2["id"] for section in first.select("main section")]
    assert sections
    for other in others:
        assert [section.h2["id"] for section in other.select("main section")] == sections
        for own, its in zip(first.select("main section"), other.select("main section"), strict=True):
            assert facts(its) == facts(own), own.h2["id"]


@CASES
@NOTEBOOKS
def test_the_same_figures_and_tables(case, name):
    def shape(soup):
        figures = [figure["id"] for figure in soup.select("figure")]
        tables = [
            (table.parent["id"], [len(row.find_all(["td", "th"])) for row in table.select("tr")])
            for table in soup.select("main table")
        ]
        return figures, tables

    first, *others = (shape(page(case, name, code)) for code in LANGUAGES)
    assert first[1] or name == "organisation"  # of which nothing may be known
    assert all(other == first for other in others)


@CASES
@NOTEBOOKS
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_digit_stands_in_a_fact_a_time_or_a_citation(case, name, code):
    main = BeautifulSoup(str(page(case, name, code).main), "html.parser")
    for tag in main.select("data.fact, time, cite, samp, .label, thead, pre, svg"):
        tag.decompose()
    left = [text for text in main.stripped_strings if any(c.isdigit() for c in text)]
    assert left == []


@CASES
@NOTEBOOKS
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_section_is_empty(case, name, code):
    for section in page(case, name, code).select("main section"):
        assert section.select("p, li"), section.h2["id"]


@pytest.mark.parametrize("case", INVENTED)
@pytest.mark.parametrize("code", LANGUAGES)
def test_invented_data_are_named_so(case, code):
    soup = page(case, "report", code)
    mark = soup.select_one("p.synthetic").get_text()
    assert mark
    assert mark in soup.title.get_text()
    assert not page("2017H1", "report", code).select("p.synthetic")


OWN = [
    "own_summary",
    "own_figures",
    "own_work",
    "own_measures",
]  # own_missing says nothing of those that nothing is asked of


@cache
def codes():
    tables = reported("2017H1").data.tables
    return tuple(tables.organisations.index[in_force(tables.organisations, tables.period.end)])


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
