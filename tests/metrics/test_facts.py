import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from aqparat.metrics import Facts, collect
from aqparat.period import Period

# fmt: off
METRICS = {  # contract, section 4
    "volume", "growth", "pace", "cagr", "share", "coverage", "hhi", "gini", "rate", "penetration",
    "rate_ratio", "rank", "rank_change", "evenness", "contribution", "seasonality", "regularity",
    "completeness", "training_reach", "activity_index",
}
KEYS = {
    "id", "metric", "indicator", "organisation", "outlet", "channel", "start", "end",
    "base_start", "base_end", "value", "low", "high", "qualifier", "unit", "sources",
}
# fmt: on


def test_every_fact_agrees_with_itself(facts):
    for fact in facts:
        assert fact.metric in METRICS
        assert fact.least <= fact.most, fact
        if fact.metric != "volume" and fact.value is not None:
            assert fact.least <= fact.value <= fact.most, fact
        if fact.qualifier == "exact":
            assert fact.value == fact.low == fact.high is not None, fact
        assert fact.origins
        assert fact.unit


def test_fractions_lie_between_their_limits(facts):
    for fact in facts:
        if fact.metric in {"share", "coverage", "hhi", "gini"}:
            assert 0 <= fact.least <= fact.most <= 1, fact
        if fact.metric in {"growth", "cagr"}:
            assert fact.least >= -1, fact


def test_ids_are_unique(facts):
    assert len({fact.id for fact in facts}) == len(facts)
    fact = next(iter(facts))
    with pytest.raises(ValueError, match="one id"):
        Facts([fact, fact])


def test_the_order_of_rows_changes_no_fact(tables, facts):
    turned = replace(tables, observations=tables.observations.iloc[::-1].reset_index(drop=True))
    again = collect(turned)
    assert {fact.id for fact in again} == {fact.id for fact in facts}
    for fact in facts:
        other = again[fact.id]
        assert (other.value, other.low, other.high) == (fact.value, fact.low, fact.high)
        assert set(other.origins) == set(fact.origins)


def test_a_record_is_what_the_contract_says(tables, facts):
    records = [fact.record(tables.files) for fact in facts]
    assert all(set(record) == KEYS for record in records)
    assert json.loads(json.dumps(records, allow_nan=False)) == records
    for record in records:
        for source in record["sources"]:
            assert source["sha256"] == tables.files[source["file"]]
            assert source["row"] > 1


def test_a_record_by_example(tables, facts):
    fact = facts.one("volume", indicator="publications", outlet="qazaqstan-kasipodagy", base=None)
    assert fact.record(tables.files)["end"] is None
    (limit,) = facts.select("growth", indicator="publications", outlet="qazaqstan-kasipodagy")
    record = limit.record(tables.files)
    assert (record["start"], record["end"]) == ("2017-01-01", None)
    assert (record["base_start"], record["base_end"]) == ("2016-01-01", "2016-12-31")
    assert (record["value"], record["low"], record["unit"]) == (None, -1, "fraction")
    assert record["channel"] == "newspaper"
    assert [s["row"] for s in record["sources"]] == [18, 17]


def test_select_sorts_by_time_and_one_gives_the_last(facts):
    site = {"indicator": "publications", "organisation": "TOTAL", "outlet": "union-site"}
    values = [fact.value for fact in facts.select("volume", **site)]
    assert values == [161, 499, 306]
    assert facts.one("volume", **site).window == Period.parse("2017H1").window
    assert facts.one("volume", indicator="visits") is None
    both = facts.select("volume", indicator="copies", organisation="KUS",
                        outlet={"bilimdi-el", "qazaqstan-kasipodagy"})  # fmt: skip
    assert {fact.value for fact in both} == {538, 571}


def test_figures_that_stand_in_other_tables(facts):
    def only(indicator, **about):
        (fact,) = facts.select("volume", indicator=indicator, **about)
        return fact

    assert only("organisations").value == 21
    issues = only("issues", organisation="ATY")
    assert (issues.outlet, issues.value) == ("ustazdyq-engbek", 2)
    assert issues.window.start == date(2017, 2, 23)
    assert only("activist_school").value == 4
    assert only("committee_review").window == Period(2017).window


def with_more(tables, observations):
    return replace(tables, observations=pd.concat([tables.observations, observations]))


def test_no_pace_of_what_is_counted_at_a_moment(tables, observed):
    more = observed("members KUS . 2017H1 30000")
    assert collect(with_more(tables, more)).select("pace", indicator="members") == []


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
    assert collect(lean).one("volume", indicator="trained").value == 10000


def test_an_organisation_counts_in_the_sums_of_its_own_time(tables, observed):
    told = observed("""
        videos YUZ . 2018H1 5
        videos KUS . 2018H1 5
        videos KAR . 2018H1 5
    """)  # YUZ is split on 19 June 2018; its half-year up to then was still its own
    later = replace(tables, period=Period(2018, 2), observations=told)
    (union,) = collect(later).select("volume", indicator="videos", organisation="TOTAL")
    assert union.low == 15
