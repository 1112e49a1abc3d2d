"""Every metric that is computed from facts, with made-up numbers that can be checked by hand."""

from datetime import date

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics.facts import Fact, Facts
from aqparat.period import Period, Window
from aqparat.words.explanation import closure, explained, lines
from aqparat.words.languages import language
from aqparat.words.workings import Derived, working
from reported import report

YEAR, BEFORE = Period.parse("2017").window, Period.parse("2016").window
HALF, HALF_BEFORE = Period.parse("2017H1").window, Period.parse("2016H1").window
MONTH = Window(date(2017, 3, 1), date(2017, 3, 31))


def fact(name, value, low=None, high=None, *, inputs=(), unit="item", window=YEAR, base=None, **more):
    """Make a fact; with a value and without bounds it is exact, `...` is an unbounded side."""
    bounds = [value if b is None else None if b is ... else b for b in (low, high)]
    metric, indicator, organisation = [*name.split("."), "publications", "TOTAL"][:3]
    about = {"outlet": "", "channel": "", "window": window, "base": base}
    known = {"value": value, "low": bounds[0], "high": bounds[1], "unit": unit, "qualifier": "exact"}
    origins = () if inputs else (f"raw/2017H1/observations.csv#{len(name)}",)
    stem = {"id": name, "metric": metric, "indicator": indicator, "organisation": organisation}
    return Fact(**stem, **about, **known, origins=origins, inputs=tuple(inputs), **more)


def told(*facts, code="en"):
    """Explain the last of some facts."""
    renderer = report(code).renderer
    return explained(facts[-1], Facts(list(facts)), renderer)


def own(*facts, code="en"):
    return lines(told(*facts, code=code))


NOW, BASE = fact("volume.copies", 4746.0), fact("volume.base", 3965.0)
PERCENT = {"unit": "fraction"}


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "+19.7% = 4,746 ÷ 3,965 − 1"),
        ("ru", "+19,7 % = 4 746 ÷ 3 965 − 1"),
        ("kk", "+19,7% = 4 746 ÷ 3 965 − 1"),
    ],
)
def test_a_growth_has_its_own_numbers(code, written):
    growth = fact("growth.copies", 781 / 3965, inputs=[NOW.id, BASE.id], **PERCENT)
    assert [line.replace("\u00a0", " ") for line in own(NOW, BASE, growth, code=code)] == [written]


def test_its_numbers_lead_to_their_facts():
    growth = fact("growth.copies", 781 / 3965, inputs=[NOW.id, BASE.id], **PERCENT)
    found = told(NOW, BASE, growth)
    assert found.own.facts == [NOW.id, BASE.id] == list(found.inputs)
    assert (found.key, found.name, found.sources) == ("growth", "growth", [])
    assert found.formula.startswith("x₁ / x₀ − 1")


def test_a_counted_fact_names_its_rows():
    found = told(fact("volume.x", 3.0))
    assert not found.own
    assert not found.bounds
    assert found.inputs == ()
    assert [(s.file, s.sheet, s.rows) for s in found.sources] == [("raw/2017H1/observations.csv", "", "8")]


def test_bounds_are_worked_out_too():
    about = fact("volume.about", 10000.0, 9500.0, 10500.0)
    members = fact("volume.members", 500000.0)
    reach = fact("training_reach.x", 0.02, 0.019, 0.021, inputs=[about.id, members.id], **PERCENT)
    assert own(about, members, reach) == [
        "2.0% = 10,000 ÷ 500,000",
        "at least 1.9% = 9,500 ÷ 500,000; at most 2.1% = 10,500 ÷ 500,000",
    ]


def test_a_bound_that_nothing_reaches_is_the_limit():
    more = fact("volume.more", 60.0, 61.0, ...)
    now = fact("volume.now", 156.0)
    growth = fact("growth.x", None, -1.0, 156 / 61 - 1, inputs=[now.id, more.id], **PERCENT)
    assert own(now, more, growth) == [
        "at least −100.0% (the lowest possible); at most +155.7% = 156 ÷ 61 − 1"
    ]
    part, whole = fact("volume.part", None, 5.0, 12.0), fact("volume.whole", 10.0)
    share = fact("share.x", None, 0.5, 1.0, inputs=[part.id, whole.id], **PERCENT)
    assert own(part, whole, share) == ["at least 50.0% = 5 ÷ 10; at most 100.0% (the highest possible)"]


def test_a_number_that_its_inputs_do_not_give_has_no_formula():
    growth = fact("growth.copies", 0.3, inputs=[NOW.id, BASE.id], **PERCENT)
    assert own(NOW, BASE, growth) == []


def test_without_its_inputs_a_fact_is_told_in_general():
    growth = fact("growth.copies", 781 / 3965, inputs=[NOW.id, BASE.id], **PERCENT)
    found = told(NOW, growth)
    assert not found.own
    assert found.formula


def test_chance_is_told_apart_from_reporting():
    part, whole = fact("volume.part", 30.0), fact("volume.whole", 306.0)
    chance = {"interval_low": 0.07, "interval_high": 0.137}
    share = fact("share.x", 30 / 306, inputs=[part.id, whole.id], **PERCENT, **chance)
    assert own(part, whole, share) == ["9.8% = 30 ÷ 306", "chance alone: from 7.0% to 13.7% (95%)"]


def test_formulas_of_two_and_three():
    a, b, c = fact("volume.a", 30.0), fact("volume.b", 20.0), fact("volume.c", 40.0)
    assert own(a, b, fact("penetration.x", 150.0, inputs=[a.id, b.id], unit="copies per 100 members")) == [
        "150.00 = 100 · 30 ÷ 20"
    ]
    assert own(a, b, fact("rate.x", 1500.0, inputs=[a.id, b.id], unit="items per 1000 members")) == [
        "1,500.00 = 1000 · 30 ÷ 20"
    ]
    many = fact("volume.m", 35145.0)
    few = fact("volume.f", 2.0)
    rate = fact("rate.x", 2000 / 35145, inputs=[few.id, many.id], unit="items per 1000 members")
    assert own(few, many, rate) == ["0.057 = 1000 · 2 ÷ 35,145"]  # 0.06 would tell little
    cagr = fact("cagr.x", 1.5**0.5 - 1, inputs=[a.id, b.id], base=Period.parse("2015").window, **PERCENT)
    assert own(a, b, cagr) == ["+22.5% = (30 ÷ 20)^(1 ÷ 2) − 1"]
    contribution = fact("contribution.x", 0.25, inputs=[a.id, b.id, c.id], **PERCENT)
    assert own(a, b, c, contribution) == ["+25.0 percentage points = (30 − 20) ÷ 40"]
    change = fact("rank_change.x", 10.0, inputs=[a.id, b.id], unit="rank")
    assert own(a, b, change) == ["+10 = 30 − 20"]


def test_a_contribution_takes_the_bounds_that_reach_furthest():
    now, base, whole = (
        fact("volume.a", None, 5.0, 9.0),
        fact("volume.b", 7.0),
        fact("volume.c", None, 10.0, 20.0),
    )
    made = fact("contribution.x", None, -0.2, 0.2, inputs=[now.id, base.id, whole.id], **PERCENT)
    assert own(now, base, whole, made) == [
        "at least −20.0 percentage points = (5 − 7) ÷ 10; at most +20.0 percentage points = (9 − 7) ÷ 10"
    ]


def test_a_ratio_of_rates_tells_its_days():
    a, b = fact("volume.a", 306.0), fact("volume.b", 499.0)
    value = (306 / 181) / (499 / 366)
    ratio = fact("rate_ratio.x", value, inputs=[a.id, b.id], window=HALF, base=BEFORE, unit="ratio")
    assert own(a, b, ratio) == ["1.24 = (306 ÷ 181) ÷ (499 ÷ 366)"]


def numbers(*values, metric="volume"):
    return [fact(f"{metric}.n{i}", *(v if isinstance(v, tuple) else (v,))) for i, v in enumerate(values)]


def reported(members, figures):
    n = fact("volume.organisations", float(members))
    return n, fact("reported.publications", float(len(figures)), inputs=[n.id, *(f.id for f in figures)])


def test_a_sum_is_written_out_where_it_is_short():
    few = numbers(1.0, 2.0, 3.0)
    assert own(*few, fact("volume.all", 6.0, inputs=[f.id for f in few])) == ["6 = 1 + 2 + 3"]
    many = numbers(*map(float, range(9)))
    assert own(*many, fact("volume.all", 36.0, inputs=[f.id for f in many])) == ["36 = the sum of 9 numbers"]
    some = fact("volume.some", None, 6.0, ..., inputs=[f.id for f in few])
    assert own(*few, some) == ["at least 6 = 1 + 2 + 3"]


def test_figures_reported_are_counted():
    figures = numbers(1.0, 2.0)
    n, count = reported(21, figures)
    assert own(n, *figures, count) == ["organisations with a figure: 2 of 21"]


def test_a_rank_counts_who_is_ahead():
    figures = numbers(5.0, 9.0, 7.0, 1.0)
    n, count = reported(4, figures)
    rank = fact("rank.x", 3.0, inputs=[figures[0].id, count.id], unit="rank")
    assert own(n, *figures, count, rank) == ["3 = 1 + 2 (ahead); organisations with a figure: 4 of 4"]


def test_a_range_of_ranks_tells_why():
    figures = numbers(5.0, 9.0, (None, 4.0, 8.0), 1.0)
    n, count = reported(6, figures)
    rank = fact("rank.x", None, 2.0, 5.0, inputs=[figures[0].id, count.id], unit="rank")
    assert own(n, *figures, count, rank) == [
        "at least 2 = 1 + 1 (surely ahead); at most 5 = 1 + 2 (possibly ahead) + 2 (no figure: may be ahead)"
    ]


def test_a_concentration_is_told_by_its_total():
    figures = numbers(3.0, 1.0)
    total = fact("volume.total", 4.0)
    n, count = reported(2, figures)
    exact = fact("hhi.x", 0.625, inputs=[total.id, count.id], unit="index")
    assert own(n, *figures, total, count, exact) == ["0.625 = Σ (x ÷ 4)²; figures x: 2"]
    n, count = reported(3, figures)
    total = fact("volume.total", 6.0)
    range_ = fact("hhi.x", None, 10 / 36, 14 / 36, inputs=[total.id, count.id], unit="index")
    assert own(n, *figures, total, count, range_) == [
        "at least 0.278 = Σ (x ÷ 6)²; figures x: 2; "
        "at most 0.389 = Σ (x ÷ 6)² + (2 ÷ 6)²; figures x: 2; "
        "2 were reported by nobody and are taken as one organisation’s"
    ]


def test_inequality_and_evenness():
    figures = numbers(1.0, 3.0)
    n, count = reported(2, figures)
    gini = fact("gini.x", 0.25, inputs=[count.id], unit="index")
    assert own(n, *figures, count, gini) == [
        "0.250 = Σ (2i − n − 1) x ÷ (n · Σ x), where n = 2, Σ x = 4; x rises from 1 to 3"
    ]
    even = fact("evenness.x", 1.0, inputs=[f.id for f in numbers(2.0, 2.0)], unit="index")
    assert own(*numbers(2.0, 2.0), even) == ["1.000 = −Σ p ln p ÷ ln 2, where p = x ÷ 4; x: 2; 2"]


def test_a_pace_tells_the_share_it_assumes():
    half = fact("volume.half", 306.0, window=HALF)
    pace = fact("pace.x", 612.0, 510.0, 765.0, inputs=[half.id])
    assert own(half, pace) == [
        "612 = 306 ÷ 0.5; the half-year’s share of a year is assumed",
        "at least 510 = 306 ÷ 0.6; at most 765 = 306 ÷ 0.4",
    ]
    past = numbers(40.0, 100.0, 60.0, 100.0)
    pace = fact("pace.x", 612.0, 510.0, 765.0, inputs=[half.id, *(f.id for f in past)])
    assert own(half, *past, pace)[0] == (
        "612 = 306 ÷ 0.5; the half-year’s share of a year is the mean of: 40 ÷ 100; 60 ÷ 100"
    )


def test_a_pace_of_none_is_none():
    half = fact("volume.half", 0.0, window=HALF)
    assert own(half, fact("pace.x", 0.0, inputs=[half.id])) == ["0 = 0"]


def test_a_season_is_a_mean_of_years():
    past = numbers(40.0, 100.0, 60.0, 100.0)
    season = fact("seasonality.x", 0.5, 0.4, 0.6, inputs=[f.id for f in past], **PERCENT)
    assert own(*past, season) == [
        "50.0% = the mean of: 40 ÷ 100; 60 ÷ 100",
        "at least 40.0% = 40 ÷ 100; at most 60.0% = 60 ÷ 100",
    ]
    month, year = fact("volume.m", 10.0, window=MONTH), fact("volume.y", 60.0)
    season = fact("seasonality.x", 2.0, inputs=[month.id, year.id], **PERCENT)
    assert own(month, year, season) == ["200.0% = 12 · 10 ÷ 60"]


def test_a_score_counts_who_has_less():
    figures = numbers(5.0, 1.0, 5.0, 9.0, metric="component")
    n, count = reported(5, figures)
    score = fact("score.site", 50.0, 40.0, 60.0, inputs=[figures[0].id, count.id], unit="index")
    assert own(n, *figures, count, score) == [
        "50.0 = 100 · (1 + 1 ÷ 2 + ½) ÷ 4",
        "at least 40.0 = 100 · (1 + 1 ÷ 2 + ½) ÷ 5; at most 60.0 = 100 · (2 + 1 ÷ 2 + ½) ÷ 5",
    ]


def test_an_index_is_a_weighted_mean():
    scores = [
        fact("score.site.KUS", 90.0, 80.0, 100.0, unit="index"),
        fact("score.copies.KUS", 50.0, unit="index"),
    ]
    inputs = [s.id for s in scores]
    index = fact("activity_index.activity.KUS", 70.0, 26.0, 90.0, inputs=inputs, unit="index")
    assert own(*scores, index) == [
        "70.0 = (90.0 + 50.0) ÷ 2",
        "at least 26.0 = (80.0 + 50.0) ÷ 5; at most 90.0 = (100.0 + 50.0 + 3 · 100) ÷ 5",
    ]
    without = fact("leave_one_out.activity.KUS", None, 50.0, 90.0, inputs=inputs, unit="index")
    assert own(*scores, without) == ["at least 50.0 = (50.0) ÷ 1; at most 90.0 = (90.0) ÷ 1"]
    _, count = reported(9, scores)
    rank = fact(
        "rank.activity.KUS", 3.0, 2.0, 8.0, inputs=[index.id, count.id], unit="rank",
        interval_low=2.0, interval_high=4.0,
    )  # fmt: skip
    assert own(*scores, *reported(9, scores), index, rank) == [
        "3 = 1 + 2 (with a higher index)",
        "at least 2 = 1 + 1 (surely ahead); at most 8 = 1 + 7 (possibly ahead)",
        "with other weights: from 2 to 4 (90% of the draws)",
    ]


def test_weights_that_differ_stand_in_the_formula():
    scores = [fact("score.site.KUS", 90.0, unit="index"), fact("score.copies.KUS", 50.0, unit="index")]
    index = fact("activity_index.activity.KUS", 80.0, inputs=[s.id for s in scores], unit="index")
    facts = Facts([*scores, index])
    derived = Derived(index, facts, language("en"), {"site": 0.6, "copies": 0.2})
    assert str(working(derived, "value").text) == "(0.6 · 90.0 + 0.2 · 50.0) ÷ 0.8"
    assert working(derived, "value").result == pytest.approx(80)


def test_the_closure_goes_level_by_level():
    figures = numbers(5.0, 9.0)
    n, count = reported(2, figures)
    rank = fact("rank.x", 2.0, inputs=[figures[0].id, count.id], unit="rank")
    facts = Facts([n, *figures, count, rank])
    assert [f.id for f in closure([rank], facts)] == [rank.id, figures[0].id, count.id, n.id, figures[1].id]
    assert [f.id for f in closure([figures[1], count], facts)] == [
        figures[1].id,
        count.id,
        n.id,
        figures[0].id,
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_places(code):
    from string import Formatter

    def places(labels):
        return {
            key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in labels.items()
        }

    for group in ("explanation", "counted", "component", "formula", "metric_name"):
        assert places(language(code).labels[group]) == places(language("en").labels[group]), group
