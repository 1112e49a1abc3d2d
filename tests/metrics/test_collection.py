from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from aqparat.data.precedence import Precedence
from aqparat.metrics import Fact, Facts, collect, growth, rate, volume
from aqparat.metrics.collection import facts_of
from aqparat.metrics.registry import metric
from aqparat.period import Period, Window
from figured import NONE, of

YEARS = ("2014", "2015", "2016", "2017")
HALVES = [f"{year}{half}" for year in YEARS for half in ("H1", "H2")]


def with_more(tables, observations):
    return replace(tables, observations=pd.concat([tables.observations, observations], ignore_index=True))


def only(facts, metric="volume", **about):
    (fact,) = facts.select(metric, **about)
    return fact


def windows(facts, metric, **about):
    return [fact.window.code for fact in facts.select(metric, **about)]


@pytest.fixture(scope="module")
def told(tables, observed, members):
    """Give facts of four years in which everybody reported the site, and of the copies of one."""
    lines = [f"publications {m} union-site {half} 5" for half in HALVES[:7] for m in tables.members()]
    lines += [f"copies KUS bilimdi-el {year} 100" for year in YEARS]
    rows = observed("\n".join(lines))
    handed_in = rows.assign(batch="2016H2").where(rows["start"].dt.year < 2017, rows)
    return {history: collect(replace(tables, observations=handed_in), history) for history in (False, True)}


def test_a_figure_becomes_a_fact(observed):
    frame = volume(observed("copies KUS bilimdi-el 2017 20 about"), NONE)
    assert list(facts_of(metric("volume"), frame, {"copies": "copy"})) == [
        Fact(
            "volume.copies.KUS.bilimdi-el.2017", "volume", "copies", "KUS", "bilimdi-el", "newspaper",
            Period(2017).window, None, 20.0, 19.0, 21.0, "about", "copy", ("observations.csv#2",),
        )
    ]  # fmt: skip
    assert list(facts_of(metric("volume"), frame[:0], {})) == []


def test_what_is_unknown_of_a_figure_is_none_of_its_fact(observed):
    volumes = volume(
        observed("videos KUS . 2016 3\nvideos KUS . 2017 6 at_least\nvideos KUS . 2019- 1"), NONE
    )
    (fact,) = facts_of(metric("growth"), growth(volumes), {})
    assert (*of(fact), fact.qualifier) == (None, 1, None, "at_least")
    windows = [fact.window for fact in facts_of(metric("volume"), volumes, {"videos": "video"})]
    assert Window(date(2019, 1, 1), None) in windows


def test_a_fact_computed_from_others_names_them_and_its_base(observed):
    figures = growth(volume(observed("copies KUS bilimdi-el 2016 3\ncopies KUS bilimdi-el 2017 4"), NONE))
    (fact,) = facts_of(metric("growth"), figures, {})
    assert fact.base == Period(2016).window
    assert (fact.value, fact.unit, fact.origins) == (0.333333333333, "fraction", ())  # without its last bits
    assert fact.inputs == tuple(f"volume.copies.KUS.bilimdi-el.{year}" for year in (2017, 2016))
    (difference,) = facts_of(metric("difference"), figures, {fact.inputs[0]: "copy"})
    assert difference.unit == "copy"  # that of what it is computed from


def test_a_fact_has_what_chance_may_do(observed):
    volumes = volume(observed("publications KUS union-site 2017H1 3\nmembers KUS . 2016 1000"), NONE)
    (fact,) = facts_of(metric("rate"), rate(volumes, ["publications"]), {})
    assert fact.interval_low == pytest.approx(0.6187, abs=1e-4)  # of 3 events, exact limits of Poisson
    assert fact.interval_high == pytest.approx(8.7673, abs=1e-4)


def test_the_windows_that_a_report_is_about(told):
    site = {"indicator": "publications", "organisation": "KUS", "outlet": "union-site"}
    assert windows(told[False], "volume", **site) == ["2016H1", "2017H1"]
    assert windows(told[False], "share", **site) == ["2016H1", "2017H1"]
    assert windows(told[False], "growth", **site) == ["2017H1"]
    assert windows(told[False], "rank", **site) == ["2016H1", "2017H1"]  # the rank then is compared with
    assert windows(told[False], "rank_change", **site) == ["2017H1"]


def test_the_union_is_shown_in_all_halves_and_years(told):
    site = {"indicator": "publications", "organisation": "TOTAL", "outlet": "union-site"}
    assert windows(told[False], "volume", **site) == [
        "2014H1", "2014", "2014H2", "2015H1", "2015", "2015H2", "2016H1", "2016", "2016H2", "2017H1",
    ]  # fmt: skip
    assert windows(told[False], "growth", **site) == ["2015", "2016", "2017H1"]


def test_an_organisation_looks_back_on_all_its_windows(told):
    site = {"indicator": "publications", "organisation": "KUS", "outlet": "union-site"}
    assert windows(told[True], "volume", **site) == [
        "2014H1", "2014", "2014H2", "2015H1", "2015", "2015H2", "2016H1", "2016", "2016H2", "2017H1",
    ]  # fmt: skip
    assert windows(told[True], "growth", **site) == [
        "2015H1", "2015", "2015H2", "2016H1", "2016", "2016H2", "2017H1",
    ]  # fmt: skip
    assert {f.id for f in told[False]} <= {f.id for f in told[True]}


def test_the_past_of_an_organisation_is_there_where_it_is_asked_for(tables, observed):
    lines = "videos KUS . 2014 3\nvideos KUS . 2015 6\nmembers KUS . 2012 900"
    rows = observed(lines).assign(batch="2016H2")
    past = replace(tables, observations=rows, activities=tables.activities.iloc[:0])
    without, with_past = collect(past), collect(past, history=True)
    assert [f for f in without if f.organisation == "KUS"] == []
    assert only(with_past, "growth", organisation="KUS").value == 1
    union = "volume.videos.TOTAL.any.2014"  # a sum names its parts where they stand, else its rows
    assert (without[union].inputs, without[union].origins) == ((), ("observations.csv#2",))
    assert (with_past[union].inputs, with_past[union].origins) == (("volume.videos.KUS.any.2014",), ())


@pytest.mark.parametrize("history", [False, True])
def test_every_input_stands_in_the_collection(told, history):
    for fact in told[history]:
        assert all(i in told[history] for i in fact.inputs), fact
        assert bool(fact.inputs) != bool(fact.origins), fact


def test_a_sum_names_its_parts_where_they_are_published(told, tables):
    now = told[False]["volume.publications.TOTAL.union-site.2017H1"]
    assert now.inputs == tuple(f"volume.publications.{m}.union-site.2017H1" for m in tables.members())
    assert now.origins == ()


def test_a_sum_names_its_rows_where_not_all_of_its_parts_are(told):
    past = told[False]["volume.publications.TOTAL.union-site.2014H1"]
    assert past.inputs == ()
    assert past.origins == ("observations.csv#2-22",)
    assert "volume.publications.KUS.union-site.2014H1" not in told[False]
    assert told[True][past.id].inputs  # in an organisation's own report they stand


def test_a_year_of_the_union_names_its_halves(told):
    year = told[False]["volume.publications.TOTAL.union-site.2016"]
    halves = [f"volume.publications.TOTAL.union-site.{half}" for half in ("2016H1", "2016H2")]
    assert (year.inputs, year.value) == (tuple(halves), 2 * 21 * 5)


def test_what_a_source_names_lowest_stands_from_any_window(tables, observed):
    rows = observed("publications PAR union-site 2012 7\npublications KUS union-site 2012 9")
    rows = rows.assign(extreme=["lowest", ""], batch="2016H2")
    facts = collect(with_more(tables, rows))
    assert windows(facts, "volume", organisation="PAR", window=Period(2012).window) == ["2012"]
    assert facts.select("volume", organisation="KUS", window=Period(2012).window) == []


def test_what_the_period_itself_hands_in_stands_from_any_window(tables, observed):
    rows = observed("publications PAR union-site 2012 7\npublications KUS union-site 2012 9")
    facts = collect(with_more(tables, rows.assign(batch=["2016H2", "2017H1"])))
    old = {f.organisation for f in facts.select("volume", window=Period(2012).window)}
    assert old == {"KUS", "TOTAL"}  # not PAR


def test_the_order_of_rows_changes_no_fact(tables, facts):
    turned = replace(tables, observations=tables.observations.iloc[::-1].reset_index(drop=True))
    again = collect(turned)
    assert {fact.id for fact in again} == {fact.id for fact in facts}
    for fact in facts:
        other = again[fact.id]
        assert of(other) == of(fact)
        assert other.inputs == fact.inputs
        assert set(other.origins) == set(fact.origins)


def test_what_can_be_collected_from_one_organisation(tables, observed):
    """Nobody to be compared with: no score, no index, no sum."""
    lines = "members KUS . 2016 1000\npublications KUS union-site 2017H1 3\ntrained KUS . 2017H1 9"
    facts = collect(replace(tables, observations=observed(lines)))
    assert only(facts, "rate", organisation="KUS").value == 3
    site = only(facts, "component", indicator="site")
    assert site.inputs == ("rate.publications.KUS.union-site.2017H1",)
    assert site.unit == only(facts, "rate").unit == "items per 1000 members"
    assert facts.select("activity_index") == []


def test_what_can_be_collected_from_nothing(tables):
    empty = replace(tables, observations=tables.observations.iloc[:0], activities=tables.activities.iloc[:0])
    facts = collect(empty)
    assert isinstance(facts, Facts)
    assert {f.indicator for f in facts} == {"organisations", "issues"}


def test_facts_stand_in_the_order_of_the_tables(tables):
    last = tables.organisations.index[::-1]
    turned = replace(tables, organisations=tables.organisations.loc[last])
    assert collect(turned).precedence == Precedence.of(turned) != Precedence.of(tables)


def test_figures_that_stand_in_other_tables(facts):
    members = only(facts, indicator="organisations", window=Period(2017, 1).window)
    assert (members.value, members.unit) == (21, "organisation")
    issues = only(facts, indicator="issues", organisation="ATY")
    assert (issues.outlet, issues.value) == ("ustazdyq-engbek", 2)
    assert issues.window.start == date(2017, 2, 23)
    assert only(facts, indicator="activist_school").value == 4
    assert only(facts, indicator="committee_review").window == Period(2017).window


def test_n_of_each_window_is_a_fact(tables, observed):
    told = observed("videos KUS . 2018H1 5\nvideos KUS . 2018H2 5")  # YUZ is split on 19 June 2018
    later = replace(tables, period=Period(2018, 2), observations=told)
    facts = collect(later)
    assert facts["volume.organisations.TOTAL.any.2018H2"].value == 22
    whole = collect(replace(later, period=Period(2018)))
    assert whole["volume.organisations.TOTAL.any.2018H1"].value == 21


def test_no_pace_of_what_is_counted_at_a_moment(tables, observed):
    more = observed("members KUS . 2017H1 30000\nmembers AKT . 2017H1 30000\nvideos TOTAL . 2017H1 3")
    facts = collect(with_more(tables, more))
    assert facts.select("pace", indicator="members") == []
    assert facts.select("pace", indicator="videos")


def test_organisations_named_with_two_indicators(tables, observed):
    facts = collect(with_more(tables, observed("videos TOTAL bilimdi-el 2016 3 exact KUS")))
    assert facts.select("volume", indicator="organisations_named", outlet="bilimdi-el")


def test_an_activity_held_with_two_partners(tables):
    school = tables.activities.query("kind == 'activist_school'")
    other = school.assign(partner="another", per_year=2.0, origins=[["raw/2017H1/activities.csv#9"]])
    facts = collect(replace(tables, activities=pd.concat([tables.activities, other])))
    assert sum(f.value for f in facts.select("volume", indicator="activist_school")) == 6


def test_a_whole_year_of_two_batches(tables):
    second = tables.activities.assign(batch="2017H2")
    activities = pd.concat([tables.activities, second], ignore_index=True)
    facts = collect(replace(tables, period=Period(2017), activities=activities))
    assert facts.one("volume", indicator="activist_school").value == 4


def test_the_seven_indicators_of_the_contract_are_enough(tables):
    seven = ["publications", "copies", "broadcasts", "videos", "members", "trained", "visits"]
    lean = replace(tables, indicators=tables.indicators.loc[seven], activities=tables.activities.iloc[:0])
    assert collect(lean).one("volume", indicator="trained", organisation="AKT").value == 10000


def test_a_unit_stands_only_behind_what_is_compared_by_it(tables, observed):
    told = observed("videos YUZ . 2018H1 5\nvideos TUR . 2019H1 5\nvideos SHY . 2019H1 6")
    facts = collect(replace(tables, period=Period(2019, 1), observations=told))
    growth = only(facts, "growth", organisation="YUZ")
    assert growth.value == 1.2
    assert facts[growth.inputs[0]].metric == "volume"


def test_an_organisation_counts_in_the_sums_of_its_own_time(tables, observed):
    told = observed("""
        videos YUZ . 2018H1 5
        videos KUS . 2018H1 5
        videos KAR . 2018H1 5
    """)  # YUZ is split on 19 June 2018; its half-year up to then was still its own
    later = replace(tables, period=Period(2018, 2), observations=told)
    (union,) = collect(later).select("volume", indicator="videos", organisation="TOTAL")
    assert union.low == 15


@pytest.mark.parametrize(
    ("whose", "papers", "year", "chosen"),
    [
        (["TOTAL"], ["bilimdi-el"], 2017, ["bilimdi-el"]),
        (11, ["bilimdi-el"], 2016, ["bilimdi-el"]),  # of 21
        (10, ["bilimdi-el"], 2016, []),
        (["TOTAL"], ["bilimdi-el", "qazaqstan-kasipodagy"], 2017, ["qazaqstan-kasipodagy", "bilimdi-el"]),
    ],
)
def test_the_papers_of_the_index_are_those_the_union_subscribes_to(
    tables, observed, whose, papers, year, chosen
):
    codes = list(tables.members())
    both = ("bilimdi-el", "qazaqstan-kasipodagy")
    lines = [f"members {m} . 2016 1000" for m in codes]
    lines += [f"publications {m} {paper} 2017H1 3" for m in codes for paper in both]
    whose = codes[:whose] if isinstance(whose, int) else whose
    lines += [f"copies {m} {paper} {year} 9" for m in whose for paper in papers]
    facts = collect(replace(tables, observations=observed("\n".join(lines))))
    told = facts.select("component", indicator="newspapers", organisation="KUS")
    assert [i.split(".")[3] for f in told for i in f.inputs] == chosen
