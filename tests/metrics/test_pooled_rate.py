import numpy as np
import pytest
from aqparat.metrics import limits, pooled_rate, volume
from aqparat.metrics.pooled_rate import control
from figured import of, only
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

SITE = ["union-site"]
FUNNEL = """
    publications AKM union-site 2017H1 30
    publications AKT union-site 2017H1 6
    publications ATY union-site 2017H1 4
    publications CEN union-site 2017H1 99
    members      AKM .          2017H1 20000
    members      AKT .          2016   10000
    members      ATY .          2017H1 10000
    members      KUS .          2017H1 6000
"""


def pooled(frame, members, head_office=()):
    volumes = volume(frame, members, list(head_office), ["members"])
    people = volumes[volumes["indicator"] == "members"]
    return pooled_rate(volumes, people, members, ["publications"]), people


def limited(frame, members, level=0.95):
    rates, people = pooled(frame, members)
    return limits(rates, people, members, SITE, level, "limit").set_index("organisation")


def test_over_those_of_whom_both_are_known(observed, members):
    """KUS has members and no items, the head office items and no members: both stay out."""
    row = only(pooled(observed(FUNNEL), members, ["CEN"])[0])
    assert of(row) == (1, 1, 1)  # 40 items of 40 000 members
    assert row["id"] == "pooled_rate.publications.TOTAL.union-site.2017H1"
    assert row["inputs"] == (
        *(f"volume.publications.{code}.union-site.2017H1" for code in ("AKM", "AKT", "ATY")),
        "volume.members.AKM.any.2017H1",
        "volume.members.AKT.any.2016",  # last reported
        "volume.members.ATY.any.2017H1",
    )


def test_bounds_of_the_pool(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 20 more_than
        publications AKT union-site 2017H1 9
        members      AKM .          2017H1 20000
        members      AKT .          2017H1 10000
    """)
    row = only(pooled(frame, members)[0])
    assert np.isnan(row["value"])
    assert (row["low"], row["high"], row["qualifier"]) == (1, np.inf, "at_least")


def test_nothing_of_a_channel_and_of_copies(observed, members):
    frame = observed("""
        publications AKM social     2017H1 5
        copies       AKM bilimdi-el 2017   5
        members      AKM .          2017H1 1000
    """)
    assert pooled(frame, members)[0].empty


def test_limits_by_hand(observed, members):
    """20 expected of AKM, 10 of AKT, 6 of KUS: (r - alpha) by members, from tables of the distribution."""
    rows = limited(observed(FUNNEL), members)
    assert list(rows.index) == ["AKM", "AKT", "ATY", "KUS"]
    assert rows["value"].to_list() == [1, 1, 1, 1]
    assert rows.loc["KUS", "id"] == "limit.publications.KUS.union-site.2017H1"
    # of mean 6: P(R <= 1) = 0.017351, P(R <= 2) = 0.061969; P(R <= 10) = 0.957379, P(R <= 11) = 0.979908
    alpha = ((0.061969 - 0.025) / (0.061969 - 0.017351), (0.979908 - 0.975) / (0.979908 - 0.957379))
    assert of(rows.loc["KUS"], "interval_low", "interval_high") == pytest.approx(
        ((2 - alpha[0]) / 6, (11 - alpha[1]) / 6), abs=1e-4
    )
    assert rows.loc["KUS", "inputs"] == (
        "pooled_rate.publications.TOTAL.union-site.2017H1",
        "volume.members.KUS.any.2017H1",
    )
    assert of(rows.loc["AKM"], "interval_low", "interval_high") == pytest.approx(
        (11.20500103844884 / 20, 28.745768670040267 / 20)
    )


@given(st.floats(1e-3, 1e5), st.sampled_from([0.001, 0.025, 0.5, 0.975, 0.999]))
def test_limits_are_those_of_scipy(mean, part):
    r = poisson.ppf(part, mean)
    alpha = (poisson.cdf(r, mean) - part) / poisson.pmf(r, mean)
    assert 0 <= alpha < 1 + 1e-9
    assert float(control(np.array(mean), part)) == pytest.approx(max(r - alpha, 0), rel=1e-9, abs=1e-9)


@given(st.floats(1e-3, 1e4))
def test_a_count_is_outside_just_where_the_distribution_says(mean):
    """Below the limit is a count of which there are as few in less than 2.5 % of cases; so above."""
    for part in (0.025, 0.001):
        low, high = (float(control(np.array(mean), p)) for p in (part, 1 - part))
        r = poisson.ppf(part, mean)
        assert r - 1 < low + 1e-9 and low <= r + 1e-9
        assert high <= poisson.ppf(1 - part, mean) + 1e-9


def test_limits_of_few_and_of_no_members(observed, members):
    """Of 500 members 10 items are expected; of none any number may be."""
    frame = observed("""
        publications AKM union-site 2017H1 200
        members      AKM .          2017H1 10000
        members      KUS .          2017H1 500
        members      ATY .          2017H1 0
    """)
    rows = limited(frame, members)
    alpha = (0.029253 - 0.025) / (0.029253 - 0.010336)  # of mean 10: P(R <= 4) and P(R <= 3)
    assert rows.loc["KUS", "interval_low"] == pytest.approx((4 - alpha) / 0.5, abs=1e-3)
    assert of(rows.loc["ATY"], "interval_low", "interval_high") == (0, np.inf)


def test_a_limit_below_one():
    alpha = (0.995321 - 0.975) / (0.995321 - 0.904837)  # of mean 0.1: P(R <= 1) and P(R = 0)
    assert float(control(np.array(0.1), 0.975)) == pytest.approx(1 - alpha, abs=1e-4)


def test_limits_of_nothing_and_of_no_bound():
    assert control(np.array([0.0, np.inf]), 0.975).tolist() == [0, np.inf]


def test_wider_limits_lie_around_the_inner_ones(observed, members):
    inner, outer = (limited(observed(FUNNEL), members, level) for level in (0.95, 0.998))
    assert (outer["interval_low"] < inner["interval_low"]).all()
    assert (outer["interval_high"] > inner["interval_high"]).all()


def test_the_limits_of_a_small_organisation_hold_the_rate_itself(observed, members):
    """Of so few members 0 are expected, in 99 % of cases; one item would be above, none is not."""
    frame = observed("""
        publications AKM union-site 2017H1 20
        publications AKT union-site 2017H1 0
        members      AKM .          2017H1 20000
        members      AKT .          2017H1 10
    """)
    row = limited(frame, members).loc["AKT"]
    rate = 1000 * 20 / 20010
    assert of(row, "interval_low", "interval_high") == pytest.approx((0, rate))


def test_open_bounds_give_the_widest_limits(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 20 at_least
        publications AKT union-site 2017H1 10
        members      AKM .          2017H1 20000
        members      AKT .          2017H1 10000
    """)
    row = limited(frame, members).loc["AKT"]
    alpha = (0.029253 - 0.025) / (0.029253 - 0.010336)  # of mean 10: P(R <= 4) and P(R <= 3)
    assert row["interval_low"] == pytest.approx((4 - alpha) / 10, abs=1e-4)
    assert (row["interval_high"], row["high"], row["low"]) == (np.inf, np.inf, 1)
