import json
from dataclasses import replace

import nbformat
import pytest
from aqparat.blocks import MIME, Appendix
from aqparat.choices import LANGUAGES
from aqparat.document.outline import outline
from aqparat.metrics.registry import METRICS
from aqparat.words.appendix import entries, sources
from aqparat.words.inline import Inline
from aqparat.words.languages import language
from aqparat.words.sources import located
from reported import executed, report

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)


def blocks(code):
    return [o.data[MIME] for cell in executed(code).cells for o in cell.get("outputs", [])]


def entry(fact_id, code="en", **changed):
    told = report(code)
    [made] = entries([replace(told.facts[fact_id], **changed)], told.renderer)
    return {name: str(value) for name, value in vars(made).items() if name != "sources"}


@EVERYWHERE
def test_it_holds_the_facts_shown_before_it_in_their_order(code):
    *before, last = blocks(code)
    assert last["kind"] == "appendix"
    shown = list(dict.fromkeys(fact for block in before for fact in block["facts"]))
    assert {e["id"] for e in last["entries"]} >= set(shown)
    found = outline(executed(code)).entries()
    assert [e["id"] for e in found][: len(shown)] == shown
    assert [e["number"] for e in found] == list(range(1, len(found) + 1))
    assert len(shown) > 40


def test_showing_a_block_twice_or_in_another_order_does_no_harm():
    told = report("en", organisation="KUS")
    cells = [
        "report.prose('subscription')",
        "report.prose('site')",
        "report.table('copies', of='subscription')",
    ]
    once = book(told, ["report.title()", *cells, "report.appendix()"])
    again = book(told, [cells[2], cells[0], cells[1], *cells, "report.prose('press')", "report.appendix()"])
    for cell, other in zip(once.cells[1:], again.cells[3:6], strict=False):
        assert cell.outputs == other.outputs
    once.cells[-1] = again.cells[-1]  # it was run last
    entries = outline(once).entries()
    shown = outline(once).facts()
    assert [e["id"] for e in entries][: len(shown)] == shown
    assert [e["number"] for e in entries] == list(range(1, len(entries) + 1))
    assert [e["id"] for e in entries] == [
        e["id"] for e in outline(book(told, ["report.title()", *cells, "report.appendix()"])).entries()
    ]


def book(told, sources):
    cells = []
    for source in sources:
        bundle = json.loads(json.dumps(eval(source, {"report": told})._repr_mimebundle_()))
        output = nbformat.v4.new_output("display_data", bundle)
        cells.append(nbformat.v4.new_code_cell(source, outputs=[output]))
    return nbformat.v4.new_notebook(cells=cells)


@EVERYWHERE
def test_its_rows_are_those_of_facts_json(code):
    told = report(code)
    for e in blocks(code)[-1]["entries"]:
        named = {
            (s["file"], s.get("sheet", ""), n) for s in e.get("sources", ()) for n in unspanned(s["rows"])
        }
        found = located(told.facts[e["id"]].origins)
        assert named == {(s.file, s.sheet, n) for s in found for n in unspanned(s.rows)}


def unspanned(rows):
    for run in rows.split(", "):
        first, _, last = run.partition("–")
        yield from range(int(first), int(last or first) + 1)


@EVERYWHERE
def test_its_files_stand_once_with_their_hashes(code):
    told, block = report(code), blocks(code)[-1]
    named = {s["file"] for e in block["entries"] for s in e.get("sources", ())}
    assert block["files"] == {name: told.data.tables.files[name] for name in named}


@EVERYWHERE
def test_every_fact_can_be_told(code):
    """Also those that no sentence shows."""
    told = report(code)
    made = entries(told.facts, told.renderer, told.facts)
    assert len(made) == len(told.facts)
    for e in made:
        assert bool(e.sources) != bool(e.inputs), e.id
        for part in (e.title, e.value, e.bounds, e.period, e.metric, e.formula):
            assert str(part).strip(), e.id


@EVERYWHERE
def test_every_metric_has_a_name_and_a_formula(code):
    labels = language(code).labels
    assert set(labels["metric_name"]) == set(labels["formula"]) == set(METRICS)


@EVERYWHERE
def test_digits_stand_in_facts_and_times(code):
    for e in blocks(code)[-1]["entries"]:
        for part in ("series", "value", "bounds", "period"):
            bare = [p.text for p in Inline.read(e.get(part, ())).parts if not (p.fact or p.day or p.lang)]
            assert not any(c.isdigit() for text in bare for c in text), e


@EVERYWHERE
def test_every_entry_leads_to_raw_rows(code):
    """By its inputs, and theirs; the numbers of a formula are those of its inputs, or of what these count."""
    found = blocks(code)[-1]["entries"]
    places = {e["id"]: place for place, e in enumerate(found)}
    assert sum("inputs" in e for e in found) > 10
    for e in found:
        assert ("inputs" in e) != ("sources" in e), e["id"]
        reached, waiting = set(), [places[e["id"]]]
        while waiting:
            place = waiting.pop()
            reached.add(place)
            waiting += [p for p in found[place].get("inputs", ()) if p not in reached]
        assert any("sources" in found[place] for place in reached), e["id"]
        assert {places[fact] for part in ("own", "own_bounds") for fact in facts_in(e, part)} <= reached


def facts_in(e, part):
    return Inline.read(e.get(part, ())).facts


@EVERYWHERE
@pytest.mark.parametrize(
    ("metric", "changed", "is_said"),
    [
        ("volume", {"value": None, "low": 3, "high": 6, "qualifier": "between"}, True),  # 3–6
        ("volume", {"value": None, "low": 366, "high": None, "qualifier": "at_least"}, True),
        ("volume", {"value": 60, "low": 0, "high": 60, "qualifier": "at_most"}, True),
        ("volume", {"value": None, "low": 19, "high": 21, "qualifier": "at_least"}, False),  # and at most 21
        ("volume", {"value": None, "low": 2.6, "high": 6.4, "qualifier": "between"}, False),  # as 3–6
        ("volume", {"value": 60, "low": 61, "high": None, "qualifier": "more_than"}, False),
        ("volume", {"value": 10_000, "low": 9_500, "high": 10_500, "qualifier": "about"}, False),
        ("volume", {"value": 306, "low": 306, "high": 306, "qualifier": "exact"}, False),
        ("rank", {"value": None, "low": 1, "high": 8, "qualifier": "between"}, True),
        ("hhi", {"value": 52.1, "low": 47.1, "high": 56.7, "qualifier": "between"}, True),
        ("coverage", {"value": None, "low": 0.1, "high": 0.2, "qualifier": "between"}, True),
        ("coverage", {"value": None, "low": 0.905, "high": 1, "qualifier": "at_least"}, True),
        ("coverage", {"value": None, "low": 0, "high": 0.063, "qualifier": "at_most"}, True),
    ],
)
def test_bounds_that_the_value_says_are_not_told_again(code, metric, changed, is_said):
    told = report(code)
    fact = told.facts.select(metric)[0]
    [made] = entries([replace(fact, **changed)], told.renderer)
    assert made.says_bounds == (not made.limits) == is_said, f"{made.value} ({made.bounds})"


def test_a_derived_fact_is_told_with_its_numbers():
    told = report("en")
    facts = told.facts
    growth = facts["growth.copies.TOTAL.qazaqstan-kasipodagy.2017.2016"]
    made = entries([growth], told.renderer, facts)
    assert str(made[0].own) == "+19.7% = 4,746 ÷ 3,965 − 1"
    assert [made[place].id for place in made[0].inputs] == list(growth.inputs)
    assert not made[0].sources
    assert len(made) == 3


def test_a_title_names_the_organisation_last():
    told = report("en")
    [made] = entries([told.facts["volume.copies.KUS.bilimdi-el.2017"]], told.renderer)
    assert str(made.title) == "Newspaper copies subscribed, Bilimdi El, 2017: Kostanay"
    assert str(made.who) == "Kostanay"


def test_a_stated_bound_keeps_its_word():
    told = entry("volume.publications.TOTAL.qazaqstan-kasipodagy.2016")
    assert (told["value"], told["bounds"]) == ("more than 60 items", "at least 61")
    assert told["series"] == "Items published, Qazaqstan Kasipodagy, 2016"


def test_a_comparison_names_both_times():
    told = entry("growth.copies.TOTAL.qazaqstan-kasipodagy.2017.2016", "kk")
    assert (told["value"], told["bounds"]) == ("+19,7%", "дәл сан")
    assert told["period"] == "2017 жыл, 2016 жылмен салыстырғанда"
    assert told["series"].startswith("Өсім: газет данасы")


def test_a_limit_is_told_with_its_floor():
    told = entry("growth.publications.TOTAL.qazaqstan-kasipodagy.2017-01-01_.2016")
    assert (told["value"], told["bounds"]) == ("at most +155.7%", "from −100.0% to +155.7%")


def test_an_upper_bound_alone_and_none():
    fact_id = "volume.publications.TOTAL.union-site.2017H1"
    assert entry(fact_id, low=None)["bounds"] == "at most 306"
    assert entry(fact_id, low=None, high=None)["bounds"] == "not known"


@pytest.mark.parametrize(
    ("metric", "unit", "value", "shown"),
    [
        ("hhi", "index", 0.12345, "0.123"),
        ("rate", "items per 1000 members", 1.5, "1.50"),
        ("rank_change", "rank", 3.0, "+3"),
        ("rank_change", "rank", -3.0, "−3"),
        ("share", "fraction", 0.5, "50.0%"),
        ("contribution", "fraction", -0.5, "−50.0 percentage points"),
    ],
)
def test_a_value_is_written_in_its_unit(metric, unit, value, shown):
    fact_id = "volume.publications.TOTAL.union-site.2017H1"
    told = entry(fact_id, metric=metric, unit=unit, value=value, low=value, high=value)
    assert told["value"] == shown


def test_rows_are_drawn_together_by_file_and_sheet():
    def row(number, file="b.csv", **more):
        return {"file": file, "row": number, **more}

    made = sources([row(9), row(2), row(3), row(2, "a.xlsx", sheet="жолдар"), row(4)])  # as published before
    assert [(s.file, s.sheet, s.rows) for s in made] == [("a.xlsx", "жолдар", "2"), ("b.csv", "", "2–4, 9")]
    made = sources([{"file": "b.csv", "rows": "7-9,40"}, {"file": "b.csv", "rows": "2,10"}])
    assert [s.rows for s in made] == ["2, 7–10, 40"]
    made = located(["raw/a.xlsx#бет %23!2-3", "raw/b.csv#5", "raw/a.xlsx#бет %23!7"])
    assert [(s.file, s.sheet, s.rows) for s in made] == [
        ("raw/a.xlsx", "бет #", "2–3, 7"),
        ("raw/b.csv", "", "5"),
    ]


def test_jupyter_shows_it_as_text():
    told = report("en")
    told.prose("subscription")
    shown = told.appendix()._repr_mimebundle_()
    assert "raw/2017H1/observations.csv" in shown["text/markdown"]
    assert "Formula: " in shown["text/markdown"]
    json.dumps(shown)
    nothing = Appendix([], language("en").labels["appendix"], {})._repr_mimebundle_()
    assert nothing["text/markdown"].strip() == language("en").label("appendix.none")


@EVERYWHERE
def test_a_value_that_says_its_bounds_does_not_say_them_twice(code):
    told = report(code)
    total = told.facts["volume.publications.TOTAL.union-site.2017H1"]
    least = replace(total, value=None, low=366.0, high=None, qualifier="at_least")
    [once] = entries([least], told.renderer)
    assert "366" in str(once.value) and "bounds" not in once.record()
    for other in (total, replace(least, high=400.0)):
        [made] = entries([other], told.renderer)
        assert "bounds" in made.record()
