import numpy as np
import pytest
from aqparat.metrics import rate, training_reach, volume
from aqparat.metrics.rate import garwood
from figured import NONE, of, only
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import chi2
from truth import holds, text, unions

ITEMS = ["publications", "broadcasts"]


def rated(frame, metric=lambda volumes: rate(volumes, ITEMS)):
    return metric(volume(frame, NONE, stocks=["copies", "members"]))


def test_items_per_thousand_members(observed):
    frame = observed("""
        publications KUS union-site 2017H1 29
        copies       KUS bilimdi-el 2017H1 571
        members      KUS .          2016   14500
    """)
    row = only(rated(frame))
    assert of(row) == pytest.approx((2, 2, 2))
    # Garwood 1936 for 29: 19.42 to 41.65
    interval = of(row, "interval_low", "interval_high")
    assert interval == pytest.approx((19.42 / 14.5, 41.65 / 14.5), abs=1e-3)
    assert (row["indicator"], row["start"].year, row["qualifier"]) == ("publications", 2017, "exact")
    assert row["id"] == "rate.publications.KUS.union-site.2017H1"
    assert row["inputs"] == ("volume.publications.KUS.union-site.2017H1", "volume.members.KUS.any.2016")


def test_none_reported_is_a_rate_too(observed):
    row = only(rated(observed("broadcasts KUS radio 2017H1 0\nmembers KUS . 2017H1 1000")))
    assert of(row) == (0, 0, 0)
    assert row["interval_low"] == 0
    assert row["interval_high"] == pytest.approx(-np.log(0.025))  # 3.69 per 1000


def test_no_rate_without_members(observed):
    assert rated(observed("publications KUS union-site 2017H1 29")).empty
    assert rated(observed("publications KUS union-site 2017- 29\nmembers KUS . 2017 10")).empty


@given(st.integers(0, 10**6), st.floats(0.5, 0.999))
@example(0, 0.95)
@example(1, 0.95)
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
    assert (row["low"], row["high"], row["qualifier"]) == (91, np.inf, "at_least")
    assert row["interval_low"] == pytest.approx(garwood(np.array(91.0), 0.95)[0])
    assert row["interval_high"] == np.inf


def test_chance_comes_on_top_of_what_is_not_reported(observed):
    frame = observed("publications AKT union-site 2017 100 about\nmembers AKT . 2017 1000 about")
    row = only(rated(frame))
    assert of(row) == pytest.approx((100, 95 / 1.05, 105 / 0.95))
    assert row["interval_low"] == pytest.approx(float(garwood(np.array(95.0), 0.95)[0]) / 1.05)
    assert row["interval_high"] == pytest.approx(float(garwood(np.array(105.0), 0.95)[1]) / 0.95)


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


@pytest.mark.parametrize(
    ("line", "metric", "expected"),
    [
        ("publications KUS union-site 2017 20", lambda now, people: rate(now, ITEMS, members=people), 20),
        ("trained KUS . 2017 20", training_reach, 0.02),
    ],
)
def test_members_of_windows_that_the_report_is_not_about(observed, line, metric, expected):
    volumes = volume(observed(f"{line}\nmembers KUS . 2012 1000"), NONE)
    people = volumes["indicator"] == "members"
    row = only(metric(volumes[~people], volumes[people]))
    assert (row["value"], row["inputs"][1]) == (expected, "volume.members.KUS.any.2012")
    assert metric(volumes[~people], None).empty


def test_reach_of_training(observed):
    frame = observed("""
        trained AKT . 2017 10000 about
        members AKT . 2017 40000
        trained KUS . 2017 100
    """)
    row = only(rated(frame, training_reach))
    assert (row["value"], row["low"], row["high"]) == pytest.approx((0.25, 0.2375, 0.2625))
    assert (row["organisation"], row["indicator"], row["qualifier"]) == ("AKT", "trained", "about")
    assert row["id"] == "training_reach.trained.AKT.any.2017"
    assert row["inputs"] == ("volume.trained.AKT.any.2017", "volume.members.AKT.any.2017")
    assert np.isnan(row["interval_low"])


def test_members_may_be_trained_more_than_once(observed):
    row = only(rated(observed("trained AKT . 2017 30\nmembers AKT . 2017 10"), training_reach))
    assert (row["value"], row["qualifier"]) == (3, "exact")
