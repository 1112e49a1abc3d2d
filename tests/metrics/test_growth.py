import math
from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import cagr, growth, pace, volume
from aqparat.settings import defaults
from truth import ANY, holds, say

NONE = pd.Index([])  # no sums over organisations wanted here


def grown(frame):
    return growth(volume(frame, NONE))


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_year_against_the_year_before(observed):
    row = only(
        grown(
            observed("""
                copies TOTAL bilimdi-el 2016 720
                copies TOTAL bilimdi-el 2017 1525
                copies TOTAL bilimdi-el 2014 5
            """)
        )
    )
    assert row["value"] == row["low"] == row["high"] == pytest.approx(1525 / 720 - 1)
    assert (row["start"].year, row["base_start"].year) == (2017, 2016)
    assert row["base_end"] == pd.Timestamp("2016-12-31")
    assert row["origins"] == ["observations.csv#3", "observations.csv#2"]
    assert row["qualifier"] == "exact"


def test_a_half_against_the_same_half_only(observed):
    row = only(
        grown(
            observed("""
                publications TOTAL union-site 2016H1 100
                publications TOTAL union-site 2016H2 200
                publications TOTAL union-site 2017H1 150
            """)
        )
    )
    assert row["value"] == 0.5
    assert row["base_end"] == pd.Timestamp("2016-06-30")


@pytest.mark.parametrize(
    "lines",
    [
        ["union-site 2016 499", "union-site 2017H1 306"],
        ["union-site 2016H2 499", "union-site 2017H1 306"],
        ["union-site 2016 499", "union-site 2017- 306"],
        ["union-site 2016- 499", "union-site 2017- 306"],
        ["union-site 2016 0", "union-site 2017 306"],
        ["union-site 2016 499", "bilimdi-el 2017 306"],
        ["union-site 2015 499", "union-site 2017 306"],
    ],
    ids=["half-year", "other half", "open-year", "open-open", "zero base", "outlets", "gap"],
)
def test_what_cannot_be_compared_is_not(observed, lines):
    assert grown(observed("\n".join(f"publications TOTAL {line}" for line in lines))).empty


def test_a_base_that_is_a_bound_leaves_a_limit(observed):
    row = only(
        grown(
            observed("""
                publications TOTAL qazaqstan-kasipodagy 2016  60 more_than
                publications TOTAL qazaqstan-kasipodagy 2017- 156
            """)
        )
    )
    assert (row["low"], row["high"]) == (-1, pytest.approx(156 / 61 - 1))
    assert (row["qualifier"], math.isnan(row["value"])) == ("at_most", True)
    assert pd.isna(row["end"])


def test_at_least_twice_as_many(observed):
    row = only(
        grown(
            observed("""
                copies TOTAL bilimdi-el 2016 30 at_most
                copies TOTAL bilimdi-el 2017 60 at_least
            """)
        )
    )
    assert (row["low"], row["high"], row["qualifier"]) == (1, np.inf, "at_least")


def two_counts(first, second, number=60):
    """Draw two true counts for each of many series, and lines that tell of them."""
    random = Random(2017)
    counts, lines = {}, []
    for series in (f"S{n}" for n in range(number)):
        counts[series] = random.randint(1, 400), random.randint(1, 400)
        for window, count in zip((first, second), counts[series], strict=True):
            said = say(random, count, random.choice(ANY))
            lines += [f"copies {series} bilimdi-el {window} {said}"] if said else []
    return counts, "\n".join(lines)


def test_true_growth_lies_within_the_bounds(observed):
    counts, lines = two_counts("2016", "2017")
    rows = list(grown(observed(lines)).itertuples())
    assert len(rows) > 20
    for row in rows:
        x0, x1 = counts[row.organisation]
        assert holds(row, x1 / x0 - 1)


def paced(frame):
    return pace(volume(frame, NONE), defaults()["pace"]).set_index(["organisation", "start"])


def test_pace_without_a_past_year(observed):
    row = only(paced(observed("publications TOTAL union-site 2017H1 306")))
    assert row[["value", "low", "high"]].to_list() == [612, 510, 765]
    assert (row["qualifier"], row["end"]) == ("about", pd.Timestamp("2017-06-30"))


def test_pace_by_the_share_a_half_had_in_the_past(observed):
    frame = observed("""
        publications TOTAL union-site 2015H1 40
        publications TOTAL union-site 2015   100
        publications TOTAL union-site 2016H1 100
        publications TOTAL union-site 2016   200
        publications TOTAL union-site 2017H1 90
        publications KUS   union-site 2017H1 9
    """)
    paces = paced(frame)
    union = paces.loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert union[["value", "low", "high"]].to_list() == pytest.approx([200, 180, 225])
    assert set(union["origins"]) == {f"observations.csv#{row}" for row in range(2, 7)}
    assert paces.loc["KUS", "2017-01-01"].squeeze(axis=0)["value"] == 18


def test_a_later_year_does_not_tell_the_pace_of_an_earlier_half(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 10
        publications TOTAL union-site 2017H1 90
        publications TOTAL union-site 2017   100
    """)
    assert paced(frame).loc["TOTAL", "2016-01-01"].squeeze(axis=0)["value"] == 20


def test_a_past_half_known_about_leaves_the_pace_open_too(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 100 about
        publications TOTAL union-site 2016   200
        publications TOTAL union-site 2017H1 90
    """)
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert row["low"] <= 90 / (105 / 200) < 90 / (95 / 200) <= row["high"]


def test_pace_is_of_halves_only(observed):
    frame = observed("""
        publications TOTAL union-site 2016  499
        publications TOTAL union-site 2017- 29
    """)
    assert paced(frame).empty


def test_compound_annual_growth_over_whole_years(observed):
    row = only(
        cagr(
            volume(
                observed("""
                    copies TOTAL bilimdi-el 2017   400
                    copies TOTAL bilimdi-el 2014   50
                    copies TOTAL bilimdi-el 2015   999
                    copies TOTAL bilimdi-el 2018H1 1
                """),
                NONE,
            )
        )
    )
    assert row["value"] == pytest.approx(1)  # three doublings in three years
    assert (row["base_start"].year, row["start"].year) == (2014, 2017)
    assert row["origins"] == ["observations.csv#2", "observations.csv#3"]


@pytest.mark.parametrize("base", ["2016 50", "2015 0"])
def test_no_compound_growth_over_one_year_or_from_nothing(observed, base):
    frame = observed(f"copies TOTAL bilimdi-el {base}\ncopies TOTAL bilimdi-el 2017 100")
    assert cagr(volume(frame, NONE)).empty


def test_true_compound_growth_lies_within_the_bounds(observed):
    counts, lines = two_counts("2014", "2017")
    rows = list(cagr(volume(observed(lines), NONE)).itertuples())
    assert len(rows) > 20
    for row in rows:
        x0, x1 = counts[row.organisation]
        assert holds(row, (x1 / x0) ** (1 / 3) - 1)
