import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import rate, training_reach, volume
from aqparat.metrics.rate import garwood
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from truth import holds, text, unions

NONE = pd.Index([])
ITEMS = ["publications", "broadcasts"]


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def rated(frame, metric=lambda volumes: rate(volumes, ITEMS)):
    return metric(volume(frame, NONE, stocks=["copies", "members"]))


def test_items_per_thousand_members(observed):
    frame = observed("""
        publications KUS union-site 2017H1 29
        copies       KUS bilimdi-el 2017H1 571
        members      KUS .          2016   14500
    """)
    row = only(rated(frame))
    assert row["value"] == pytest.approx(2)
    # Garwood 1936 for 29: 19.42 to 41.65
    assert (row["low"], row["high"]) == pytest.approx((19.42 / 14.5, 41.65 / 14.5), abs=1e-3)
    assert (row["indicator"], row["start"].year, row["qualifier"]) == ("publications", 2017, "about")
    assert row["origins"] == ["observations.csv#2", "observations.csv#4"]


def test_none_reported_is_a_rate_too(observed):
    row = only(rated(observed("broadcasts KUS radio 2017H1 0\nmembers KUS . 2017H1 1000")))
    assert (row["value"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(-np.log(0.025))  # 3.69 per 1000


def test_no_rate_without_members(observed):
    assert rated(observed("publications KUS union-site 2017H1 29")).empty
    assert rated(observed("publications KUS union-site 2017- 29\nmembers KUS . 2017 10")).empty


@given(st.integers(0, 10**6), st.floats(0.5, 0.999))
def test_garwood_agrees_with_scipy(x, level):
    tail = (1 - level) / 2
    low, high = garwood(np.array(float(x)), level)
    expected = chi2.ppf(tail, 2 * x) / 2 if x else 0
    assert (low, high) == pytest.approx((expected, chi2.isf(tail, 2 * x + 2) / 2), rel=1e-9)


def test_garwood_of_no_limit():
    assert [float(x) for x in garwood(np.array(np.inf), 0.95)] == [np.inf, np.inf]


def test_a_bound_stays_one(observed):
    frame = observed("publications AKT union-site 2017 90 more_than\nmembers AKT . 2017 1000")
    row = only(rated(frame))
    assert np.isnan(row["value"])
    assert row["qualifier"] == "at_least"
    assert row["low"] == pytest.approx(garwood(np.array(91.0), 0.95)[0])


@pytest.mark.parametrize("members", ["1000", "1000 about", "999 more_than", "1001 less_than"])
def test_true_rates_lie_within_the_bounds(observed, members):
    drawn = unions()
    lines = text(drawn).replace("copies", "publications")
    codes = ("AKM", "AKT", "ATY", "KUS", "CEN")
    told = "\n".join(f"members {code} . 1940 {members}" for code in codes)
    rows = list(rated(observed(f"{lines}\n{told}")).itertuples())
    assert len(rows) > 50
    for row in rows:
        assert 0 <= row.low <= row.high
        assert holds(row, drawn[row.start.year].counts[row.organisation])  # of 1000 members


def test_reach_of_training(observed):
    frame = observed("""
        trained AKT . 2017 10000 about
        members AKT . 2017 40000
        trained KUS . 2017 100
    """)
    row = only(rated(frame, training_reach))
    assert (row["value"], row["low"], row["high"]) == pytest.approx((0.25, 0.2375, 0.2625))
    assert (row["organisation"], row["indicator"], row["qualifier"]) == ("AKT", "trained", "about")


def test_members_may_be_trained_more_than_once(observed):
    row = only(rated(observed("trained AKT . 2017 30\nmembers AKT . 2017 10"), training_reach))
    assert (row["value"], row["qualifier"]) == (3, "exact")
