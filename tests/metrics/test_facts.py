import json
import math
from dataclasses import replace
from datetime import date

import pytest
from aqparat.data.precedence import Precedence
from aqparat.metrics import Fact, Facts
from aqparat.period import Period, Window

# fmt: off
METRICS = {  # contract, section 4, and what these are made from
    "volume", "growth", "pace", "cagr", "share", "coverage", "hhi", "gini", "rate", "penetration",
    "rate_ratio", "rank", "rank_change", "evenness", "contribution", "seasonality", "regularity",
    "completeness", "training_reach", "activity_index",
    "pooled_rate", "limit_95", "limit_998", "median", "median_rate", "median_penetration",
    "median_training_reach", "on_target", "activity_class",
    "common_total", "common_growth", "common_ratio", "risen", "fallen", "within_95", "listed",
    "reported", "present", "channel_total", "target", "component", "tally", "score", "leave_one_out",
    "difference",
}
KEYS = {
    "id", "metric", "indicator", "organisation", "outlet", "channel", "start", "end",
    "base_start", "base_end", "value", "low", "high", "qualifier", "unit",
}
COUNTED = {"volume", "present", "target"}  # metrics whose facts may stand in raw rows; the others are derived
WITH_CHANCE = {"share", "rate", "rate_ratio"}
# fmt: on


STATED = Fact(
    "volume.copies.KUS.bilimdi-el.2017", "volume", "copies", "KUS", "bilimdi-el", "newspaper",
    Period(2017).window, None, 20.0, 19.0, 21.5, "about", "copy",
    origins=("raw/2017H1/observations.csv#2-3", "raw/2017H2/KUS.xlsx#form!5-7,9"),
)  # fmt: skip
COMPUTED = Fact(
    "rate_ratio.publications.TOTAL.any.2017-01-01_.2016", "rate_ratio", "publications", "TOTAL", "", "",
    Window(date(2017, 1, 1), None), Period(2016).window, None, 0.5, None, "at_least", "ratio",
    inputs=("a", "b"), interval_low=0.25,
)  # fmt: skip
RECORDS = {
    STATED: {
        "id": "volume.copies.KUS.bilimdi-el.2017",
        "metric": "volume", "indicator": "copies", "organisation": "KUS",
        "outlet": "bilimdi-el", "channel": "newspaper",
        "start": "2017-01-01", "end": "2017-12-31", "base_start": None, "base_end": None,
        "value": 20, "low": 19, "high": 21.5, "qualifier": "about", "unit": "copy",
        "sources": [
            {"file": "raw/2017H1/observations.csv", "rows": "2-3"},
            {"file": "raw/2017H2/KUS.xlsx", "sheet": "form", "rows": "5-7,9"},
        ],
    },
    COMPUTED: {
        "id": "rate_ratio.publications.TOTAL.any.2017-01-01_.2016",
        "metric": "rate_ratio", "indicator": "publications", "organisation": "TOTAL",
        "outlet": None, "channel": None,
        "start": "2017-01-01", "end": None, "base_start": "2016-01-01", "base_end": "2016-12-31",
        "value": None, "low": 0.5, "high": None, "interval_low": 0.25, "interval_high": None,
        "qualifier": "at_least", "unit": "ratio",
        "inputs": ["a", "b"],
    },
}  # fmt: skip


@pytest.mark.parametrize("fact", RECORDS, ids=["counted", "derived"])
def test_a_record_holds_all_of_a_fact(fact):
    assert json.dumps(fact.record()) == json.dumps(RECORDS[fact])  # whole numbers are written as such
    assert Fact.read(RECORDS[fact]) == replace(fact, origins=())


def test_a_bound_of_chance_above_alone_is_written_too():
    record = replace(STATED, interval_high=30.0).record()
    assert (record["interval_low"], record["interval_high"]) == (None, 30)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"value": "306"}, "not a number"),
        ({"low": float("nan")}, "not a number"),
        ({"high": 1e30}, "not a number"),
        ({"id": None}, "not a fact"),
        ({"unit": "a\x1b[0m"}, "not a fact"),  # a control character
        ({"inputs": [1]}, "not a fact"),
        ({"start": None}, "not a fact"),
        ({"channel": {}}, "not a fact"),
        ({"channel": {"a": 1}}, "not a fact"),
        ({"outlet": ["press"]}, "not a fact"),
        ({"outlet": 0}, "not a fact"),
    ],
)
def test_what_no_program_would_have_written_is_not_read(change, error):
    with pytest.raises(ValueError, match=f"^{error}$"):
        Fact.read({**RECORDS[STATED], **change})


def test_bounds_to_compare_by():
    assert (STATED.least, STATED.most) == (19, 21.5)
    assert (COMPUTED.least, COMPUTED.most) == (0.5, math.inf)
    assert replace(COMPUTED, low=None).least == -math.inf
    assert (STATED.chance_least, STATED.chance_most) == (19, 21.5)  # chance has no part in it
    assert (COMPUTED.chance_least, COMPUTED.chance_most) == (0.25, math.inf)
    assert replace(COMPUTED, interval_high=9.0).chance_most == 9


def test_the_fact_beside_it_is_of_another_metric():
    fact = replace(STATED, id="share.share.KUS.any.2017", metric="share")
    assert fact.beside("rate") == "rate.share.KUS.any.2017"


def test_facts_are_found_by_what_they_are_about():
    other = replace(STATED, id="other", organisation="AKT")
    later = replace(STATED, id="later", window=Period(2018).window)
    told = Facts([later, STATED, COMPUTED, other])
    assert list(told) == [later, STATED, COMPUTED, other]
    assert (len(told), "other" in told, "gone" in told) == (4, True, False)
    assert told.select("volume") == [other, STATED, later]
    assert told.select("volume", organisation="KUS") == [STATED, later]
    assert told.select("volume", organisation={"KUS", "AKT"}, outlet="bilimdi-el") == [other, STATED, later]
    many = {f"code{n}" for n in range(9)} | {"AKT"}  # more than there are
    assert told.select("volume", organisation=many, channel="newspaper") == [other]
    assert told.one("volume", organisation="KUS") == later
    assert told.select("growth") == told.select("growth", organisation="KUS") == []
    assert told.one("growth") is None


def test_what_is_found_can_be_changed_and_stands():
    told = Facts([STATED])
    told.select("volume", organisation="KUS").clear()
    assert told.select("volume", organisation="KUS") == [STATED]


def test_the_order_is_of_time_then_of_the_tables_then_of_the_base():
    open_ended = replace(STATED, id="open", window=Window(date(2017, 1, 1), None))
    half = replace(STATED, id="half", window=Period(2017, 1).window)
    compared = replace(STATED, id="compared", base=Period(2016).window)
    long_ago = replace(STATED, id="long", base=Period(2015).window)
    before = replace(STATED, id="before", organisation="ZAI")
    expected = [half, before, STATED, long_ago, compared, open_ended]
    told = Facts(expected[::-1], Precedence(organisations=("ZAI", "KUS")))
    assert told.in_order(told) == told.select("volume") == expected


def test_facts_of_one_time_stand_as_the_tables_have_their_codes():
    places = [("", "magazine"), ("", "radio"), ("", "")]
    expected = [
        replace(STATED, id="a", indicator="videos"),
        replace(STATED, id="z", outlet="site"),
        replace(STATED, id="c"),
        *(replace(STATED, id=str(9 - n), outlet=o, channel=c) for n, (o, c) in enumerate(places)),
    ]
    told = Facts(expected[::-1], Precedence(("KUS",), ("site", "bilimdi-el"), ("videos", "copies")))
    assert told.select("volume") == expected


def test_every_fact_agrees_with_itself(facts):
    for fact in facts:
        assert fact.metric in METRICS
        assert fact.least <= fact.most, fact
        if fact.metric != "volume" and fact.value is not None:
            assert fact.least <= fact.value <= fact.most, fact
        if fact.qualifier == "exact":
            assert fact.value == fact.low == fact.high is not None, fact
        assert bool(fact.origins) != bool(fact.inputs), fact  # counted, or derived
        assert fact.inputs or fact.metric in COUNTED, fact
        assert fact.unit


def test_every_input_is_a_fact_and_leads_down_to_rows(tables, facts):
    for fact in facts:
        assert set(fact.inputs) <= {f.id for f in facts}, fact
        origins = facts.origins(fact)
        assert origins
        assert {origin.split("#")[0] for origin in origins} <= set(tables.files), fact


def test_fractions_lie_between_their_limits(facts):
    for fact in facts:
        if fact.metric in {"share", "coverage", "hhi", "gini"}:
            assert 0 <= fact.least <= fact.most <= 1, fact
        if fact.metric in {"growth", "cagr"}:
            assert fact.least >= -1, fact


def test_chance_lies_around_what_is_known(facts):
    with_chance = [f for f in facts if f.interval_low is not None]
    assert {f.metric for f in with_chance} == {"share", "rate_ratio"}
    for fact in with_chance:
        assert fact.interval_low <= fact.least, fact
        assert fact.interval_high is None or fact.interval_high >= fact.most, fact


def test_ids_are_unique(facts):
    assert len({fact.id for fact in facts}) == len(facts)
    fact = next(iter(facts))
    with pytest.raises(ValueError, match="one id"):
        Facts([fact, fact])


def test_a_record_is_what_the_contract_says(facts):
    records = [fact.record() for fact in facts]
    for record in records:
        made_from = set(record) & {"sources", "inputs"}
        chance = {"interval_low", "interval_high"} if record["metric"] in WITH_CHANCE else set()
        assert len(made_from) == 1, record
        assert set(record) - made_from - chance == KEYS
        assert chance <= set(record) or record["indicator"] == "copies"  # copies are no items
    assert json.loads(json.dumps(records, allow_nan=False)) == records


def test_a_derived_fact_names_its_inputs(facts):
    (limit,) = facts.select("growth", indicator="publications", outlet="qazaqstan-kasipodagy")
    record = limit.record()
    assert (record["start"], record["end"]) == ("2017-01-01", None)
    assert (record["base_start"], record["base_end"]) == ("2016-01-01", "2016-12-31")
    assert (record["value"], record["low"], record["unit"]) == (None, -1, "fraction")
    assert record["channel"] == "newspaper"
    assert record["inputs"] == [
        f"volume.publications.TOTAL.qazaqstan-kasipodagy.{window}" for window in ("2017-01-01_", "2016")
    ]
    assert "sources" not in record
    assert facts.origins(limit) == ["raw/2017H1/observations.csv#17-18"]


def test_a_counted_fact_names_its_rows(facts):
    fact = facts.one("volume", indicator="publications", outlet="qazaqstan-kasipodagy", base=None)
    record = fact.record()
    assert record["end"] is None
    assert record["sources"] == [{"file": "raw/2017H1/observations.csv", "rows": "18"}]
    assert "inputs" not in record
    members = facts["volume.organisations.TOTAL.any.2017H1"].record()
    assert members["value"] == 21
    assert members["sources"] == [
        {"file": "raw/reference/organisations.csv", "rows": "3-17,20-21,23,25,27-28"}
    ]


def test_a_fact_is_read_as_it_was_written(facts):
    for fact in facts:
        record = fact.record()
        again = Fact.read(record)
        assert replace(again, origins=fact.origins) == fact
        assert {**again.record(), "sources": None} == {**record, "sources": None}


def test_facts_of_before_are_read_too(facts):
    record = facts["volume.publications.TOTAL.union-site.2017H1"].record()
    record["sources"] = [{"file": "raw/2017H1/observations.csv", "row": 2, "sha256": "0" * 64}]
    assert Fact.read(record).value == 306


def test_select_sorts_by_time_and_one_gives_the_last(facts):
    site = {"indicator": "publications", "organisation": "TOTAL", "outlet": "union-site"}
    values = [fact.value for fact in facts.select("volume", **site)]
    assert values == [161, 499, 306]
    assert facts.one("volume", **site).window == Period.parse("2017H1").window
    assert facts.one("volume", indicator="visits") is None
    both = facts.select("volume", indicator="copies", organisation="KUS",
                        outlet={"bilimdi-el", "qazaqstan-kasipodagy"})  # fmt: skip
    assert {fact.value for fact in both} == {538, 571}


def test_what_is_alike_stands_as_in_the_reference_tables_not_by_codes(tables, facts):
    codes = list(tables.organisations.index)
    site = {"indicator": "publications", "outlet": "union-site", "organisation": {*codes}}
    turned = Facts(facts, Precedence.of(replace(tables, organisations=tables.organisations.iloc[::-1])))
    for window in {fact.window for fact in facts.select("volume", **site)}:
        told = [codes.index(f.organisation) for f in facts.select("volume", **site, window=window)]
        assert told == sorted(told)
        again = [codes.index(f.organisation) for f in turned.select("volume", **site, window=window)]
        assert again == told[::-1]


def chain(*made_from):
    """Give facts a, b, c … from what each is made from: ids, or an origin."""
    window = Window(date(2017, 1, 1), None)
    return Facts(
        Fact(
            name, "volume", "copies", "KUS", "", "", window, None, 1.0, 1.0, 1.0, "exact", "copy",
            origins=tuple(o for o in own if "#" in o), inputs=tuple(i for i in own if "#" not in i),
        )
        for name, own in zip("abcdef", made_from, strict=False)
    )  # fmt: skip


def test_what_is_behind_a_fact():
    told = chain(["b", "c"], ["d"], ["d", "e", "gone"], ["x.csv#2"], ["x.csv#3", "y.csv#5-6"])
    assert told.behind(["a"]) == ["a", "b", "c", "d", "e"]  # level by level, each once
    assert told.behind(["c", "b", "none"]) == ["c", "b", "d", "e"]
    assert told.origins(told["a"]) == ["x.csv#2-3", "y.csv#5-6"]
    assert told.origins(told["d"]) == ["x.csv#2"]
