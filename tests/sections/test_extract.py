"""An organisation's own report is made from an extract, and its digest tells whether that is another one."""

from dataclasses import dataclass, replace

import pytest
from aqparat.data.store import Store
from aqparat.metrics import collect
from aqparat.metrics import store as fact_store
from aqparat.problem import ParameterError
from aqparat.report import Report
from aqparat.sections.extract import NAMES, Extract, _plain, extract
from aqparat.sections.report_data import ReportData
from reported import data, shown


@pytest.fixture(scope="module")
def known(tables):
    return ReportData(tables, collect(tables, history=True))


@pytest.fixture(scope="module")
def of_kus(known):
    return extract(known, "KUS")


def test_it_holds_the_sections_their_facts_and_all_behind_these(known, of_kus):
    assert {*of_kus.sections} == {*NAMES}
    told = of_kus.sections["own_summary"].site.volume
    assert told.id in of_kus.facts
    assert all(name in of_kus.facts for fact in of_kus.facts for name in fact.inputs if name in known.facts)
    assert 0 < len(of_kus.facts) < len(known.facts)


def test_of_the_tables_it_holds_names_and_what_its_rows_say_of_where_they_are_from(tables, of_kus):
    assert of_kus.tables.organisations is tables.organisations
    assert {*of_kus.tables.observations.columns} == {"file", "sheet", "row", "source", "origins"}
    assert len(of_kus.tables.observations) < len(tables.observations)
    assert of_kus.tables.highlights.empty and of_kus.tables.items.empty
    for fact in of_kus.facts:
        assert of_kus.tables.sources(fact.origins) == tables.sources(fact.origins)


def test_of_the_files_of_others_the_digests_are_left_out(tables, known):
    told = extract(known, "PAV").tables.files
    assert {*told} <= {*tables.files}
    assert all(sha in ("", tables.files[name]) for name, sha in told.items())


def test_the_digest_is_the_same_of_what_is_read_and_of_what_is_kept(folder):
    folder.write("SYNTHETIC.md", "x")
    digests = []
    for _ in range(2):
        store = Store.open("2017H1", folder.path)
        found = ReportData(store.tables, fact_store.facts(store, "KUS"))
        digests.append(extract(found, "KUS").digest())
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda e: replace(e, sections={**e.sections, "own_work": None}),
        lambda e: replace(e, facts=[*e.facts][:-1]),
        lambda e: replace(e, facts=[replace(f, value=-1.0) for f in e.facts]),
        lambda e: replace(e, facts=[replace(f, origins=()) for f in e.facts]),
        lambda e: replace(e, tables=replace(e.tables, union={"ru": "other"})),
        lambda e: replace(e, tables=replace(e.tables, files={})),
        lambda e: replace(e, tables=replace(e.tables, observations=e.tables.observations[:-1])),
        lambda e: replace(e, tables=replace(e.tables, outlets=e.tables.outlets.assign(name_ru="x"))),
        lambda e: replace(e, tables=replace(e.tables, settings=e.tables.settings.merged({"pace.years": 2}))),
    ],
)
def test_whatever_differs_has_another_digest(of_kus, change):
    assert change(of_kus).digest() != of_kus.digest()


def test_organisations_have_different_digests(known, of_kus):
    assert extract(known, "ATY").digest() != of_kus.digest() == extract(known, "KUS").digest()


def test_what_has_no_digest_is_refused():
    @dataclass
    class Odd:
        content: object

    assert _plain(Odd({1})) != _plain(Odd([1])) != _plain(Odd((2,)))
    with pytest.raises(TypeError, match="object has no digest"):
        _plain(Odd(object()))


@pytest.mark.parametrize("code", ["KUS", "ATY", pytest.param("YUZ", marks=pytest.mark.exhaustive)])
def test_the_own_report_says_the_same_with_all_data_but_for_the_files_of_others(code):
    told, whole = (Report("2017H1", "ru", data(), code) for _ in range(2))
    whole.renderer = whole._whole()
    *found, appendix = (cell.get("outputs", []) for cell in shown(told, "organisation").cells)
    *wanted, whole_appendix = (cell.get("outputs", []) for cell in shown(whole, "organisation").cells)
    assert found == wanted
    blocks = [cells[0]["data"]["application/vnd.aqparat+json"] for cells in (appendix, whole_appendix)]
    assert blocks[0]["entries"] == blocks[1]["entries"]
    assert blocks[0]["files"].items() <= blocks[1]["files"].items()


def test_a_section_of_the_whole_report_asks_for_all_data():
    report = Report("2017H1", "ru", data(), "KUS")
    assert len(report.renderer.facts) < len(report.data.facts)
    assert report.prose("site").passages
    assert report.renderer.facts is report.data.facts


def test_a_template_of_an_own_section_gets_own_sections_alone():
    report = Report("2017H1", "ru", data(), "KUS")
    assert report._of_own("own_place") is report.section("own_place")
    with pytest.raises(ParameterError, match="media"):
        report._of_own("media")


def test_an_extract_is_all_that_its_digest_tells(of_kus):
    assert [*Extract.__dataclass_fields__] == ["sections", "facts", "tables"]
