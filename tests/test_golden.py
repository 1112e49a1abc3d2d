"""The figures F01–F51 of the source document, and the results that follow from them."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from aqparat.period import Period, Window

with (Path(__file__).parent / "golden" / "figures_2017H1.csv").open(encoding="utf-8") as _file:
    FIGURES = list(csv.DictReader(_file))

YEAR = Period(2017).window
SO_FAR = Window(date(2017, 1, 1), None)
QK, BE = "qazaqstan-kasipodagy", "bilimdi-el"


def figures(*tables):
    return [pytest.param(f, id=f["id"]) for f in FIGURES if f["table"] in tables]


def rows_like(frame, figure, *columns):
    """Give the rows that have the figure's text in these columns."""
    for column in columns:
        frame = frame[frame[column] == figure[column]]
    return frame


def stands_in_paragraph(sources, figure):
    return sources.str.contains(rf"\bparagraph {figure['paragraph']}\b").all()


def number(text):
    return float(text) if text else None


def window(figure):
    start, end = figure["start"], figure["end"]
    return Window(date.fromisoformat(start), date.fromisoformat(end) if end else None)


def test_every_figure_is_here_once():
    assert [f["id"] for f in FIGURES] == [f"F{n:02}" for n in range(1, 52)]


@pytest.mark.parametrize("figure", figures("observations"))
def test_observation(tables, figure):
    o = tables.observations
    o = o.assign(start=o["start"].dt.strftime("%F"), end=o["end"].dt.strftime("%F").fillna(""))
    keys = ["indicator", "organisation", "outlet", "channel", "start", "end"]
    found = rows_like(o, figure, *keys, "qualifier", "extreme")
    assert found["value"].to_list() == [float(figure["value"])]
    assert found["named"].to_list() == [figure["named"].split()]
    assert stands_in_paragraph(found["source"], figure)


def test_no_observation_is_beyond_the_document(tables):
    assert len(tables.observations) == len(figures("observations"))


@pytest.mark.parametrize("figure", figures("highlights"))
def test_highlight(tables, figure):
    h = rows_like(tables.highlights, figure, "topic")
    organisations = figure["organisation"].split()
    if figure["topic"] == "active":  # just these nine: KUS is not among them
        assert set(h["organisation"]) == set(organisations)
    found = h[h["organisation"].isin(organisations)]
    assert sorted(found["organisation"]) == sorted(organisations)
    assert stands_in_paragraph(found["source"], figure)
    for language in ("kk", "ru", "en"):
        assert found[f"text_{language}"].str.len().gt(10).all()


@pytest.mark.parametrize("figure", figures("activities"))
def test_activity(tables, figure):
    found = rows_like(
        tables.activities.assign(topic=tables.activities["kind"]), figure, "organisation", "topic"
    )
    assert len(found) == 1
    assert stands_in_paragraph(found["source"], figure)
    assert found["partner"].iloc[0].startswith(figure["partner"])
    per_year = found["per_year"].iloc[0]
    assert (None if pd.isna(per_year) else per_year) == number(figure["value"])


@pytest.mark.parametrize("figure", figures("outlets"))
def test_outlet(tables, figure):
    outlet = tables.outlets.loc[figure["outlet"]]
    assert (outlet["publisher"], outlet["channel"]) == (figure["organisation"], figure["channel"])
    opened, issues = outlet["valid_from"], outlet["issues_per_month"]
    assert ("" if pd.isna(opened) else f"{opened:%F}") == figure["start"]
    assert (None if pd.isna(issues) else issues) == number(figure["value"])


@pytest.mark.parametrize("figure", [pytest.param(f, id=f["id"]) for f in FIGURES if f["value"]])
def test_figure_is_a_fact(facts, figure):
    about = {k: figure[k] for k in ("indicator", "organisation", "outlet", "channel")}
    if figure["table"] == "outlets":
        about.pop("channel")
    (fact,) = facts.select("volume", window=window(figure), **about)
    assert fact.value == number(figure["value"])
    assert fact.low == number(figure["low"])
    assert fact.high == number(figure["high"])
    assert fact.qualifier == figure["qualifier"]
    (origin,) = fact.origins
    assert origin.split("#")[0].endswith(f"/{figure['table']}.csv")
    assert fact.inputs == ()


COMPARED = [
    ("growth", "publications", "TOTAL", "union-site", Period(2016).window, 209.9),
    ("growth", "copies", "TOTAL", QK, Period(2016).window, 19.0),
    ("growth", "copies", "TOTAL", QK, YEAR, 19.7),
    ("cagr", "copies", "TOTAL", QK, YEAR, 19.4),
    ("growth", "copies", "TOTAL", BE, YEAR, 111.8),
    ("share", "copies", "KUS", QK, YEAR, 11.3),
    ("share", "copies", "KUS", BE, YEAR, 37.4),
]


@pytest.mark.parametrize(("metric", "indicator", "organisation", "outlet", "window", "percent"), COMPARED)
def test_reference_result(facts, metric, indicator, organisation, outlet, window, percent):
    (fact,) = facts.select(
        metric, indicator=indicator, organisation=organisation, outlet=outlet, window=window
    )
    assert round(100 * fact.value, 1) == percent
    assert fact.low == fact.value == fact.high
    assert fact.qualifier == "exact"
    assert len(fact.inputs) == 2
    assert {o.split("#")[0] for o in facts.origins(fact)} == {"raw/2017H1/observations.csv"}


def test_compound_growth_is_from_2015(facts):
    (fact,) = facts.select("cagr")
    assert fact.base == Period(2015).window


def test_pace_of_the_half_year(facts):
    (fact,) = facts.select("pace", organisation="TOTAL")
    assert (fact.value, fact.low, fact.high) == (612, 510, 765)
    assert (fact.window, fact.qualifier) == (Period(2017, 1).window, "about")
    assert fact.inputs == ("volume.publications.TOTAL.union-site.2017H1",)


def test_articles_in_qk_grew_by_at_most(facts):
    (fact,) = facts.select("growth", indicator="publications", outlet=QK)
    assert (fact.value, fact.low, fact.qualifier) == (None, -1, "at_most")
    assert round(100 * fact.high, 1) == 155.7
    assert (fact.window, fact.base) == (SO_FAR, Period(2016).window)


def test_only_like_is_compared_with_like(facts):
    for fact in facts:
        if fact.base is None or (fact.window, fact.outlet) == (SO_FAR, QK):
            continue
        if fact.metric == "rate_ratio":  # counts by the length of their windows
            continue
        assert fact.window.period is not None, fact.id
        assert fact.base.period is not None, fact.id
        assert fact.window.period.half == fact.base.period.half, fact.id
    assert facts.select("growth", window=Period(2017, 1).window) == []
    assert len([f for f in facts.select("growth") if f.window.is_open]) == 1


def test_what_the_document_does_not_tell_is_not_made_up(facts):
    for metric in ("penetration", "gini"):
        assert facts.select(metric) == []  # no members, never all organisations
    named = {organisation for fact in facts for organisation in [fact.organisation]}
    assert not {"AKM", "AST"} & named
