import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import common_units, rate_ratio, volume
from aqparat.metrics.rate_ratio import clopper_pearson_odds
from figured import NONE, of, only
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import binomtest


def compared(frame, members, **options):
    return rate_ratio(volume(frame, NONE), members, ["publications"], **options)


def test_the_same_half_a_year_earlier(observed, members):
    frame = observed("""
        publications KUS union-site 2015H1 10
        publications KUS union-site 2015   90
        publications KUS union-site 2016H1 20
    """)
    row = only(compared(frame, members))  # 2016 is a leap year: its half has a day more
    assert of(row) == pytest.approx((2 * 181 / 182,) * 3)  # chance stands apart
    assert row["qualifier"] == "exact"
    assert row["base_end"] == pd.Timestamp("2015-06-30")
    assert row["inputs"] == tuple(f"volume.publications.KUS.union-site.{w}" for w in ("2016H1", "2015H1"))


@pytest.mark.parametrize("half", ["", "publications TOTAL union-site 2016H1 250 about"])
def test_else_the_whole_year_before(observed, members, half):
    frame = observed(f"""
        publications TOTAL union-site 2016   499
        publications TOTAL union-site 2017H1 306
        {half}
    """)
    row = only(compared(frame, members))
    assert row["value"] == pytest.approx((306 / 181) / (499 / 366))
    interval = binomtest(306, 306 + 499).proportion_ci(0.95, method="exact")
    odds = np.array([interval.low / (1 - interval.low), interval.high / (1 - interval.high)])
    assert row[["interval_low", "interval_high"]].to_list() == pytest.approx(list(odds * 366 / 181))
    assert (row["base_start"].year, row["base_end"].month) == (2016, 12)


@pytest.mark.parametrize(
    ("now", "base", "days"),
    [
        ("2017H2", "2016", (184, 366)),  # a second half against a leap year
        ("2016H1", "2015", (182, 365)),
        ("2020H1", "2019H1", (182, 181)),
        ("2021", "2020", (365, 366)),
        ("2017H1", "2016H1", (181, 182)),
    ],
)
def test_it_is_the_ratio_of_the_means_of_a_day(observed, members, now, base, days):
    frame = observed(f"publications KUS union-site {base} 499\npublications KUS union-site {now} 310")
    row = only(compared(frame, members))
    assert row["value"] == pytest.approx((310 / days[0]) / (499 / days[1]))


def test_a_second_half_against_a_leap_year_to_two_digits(observed, members):
    frame = observed("publications TOTAL union-site 2016 499\npublications TOTAL union-site 2017H2 310")
    assert f"{only(compared(frame, members))['value']:.2f}" == "1.24"


@given(st.integers(1, 10**5), st.floats(0, 1), st.floats(0.5, 0.999))
@example(10, 0.1, 0.95)  # one of them
@example(10, 0.9, 0.95)  # all but one
def test_clopper_pearson_agrees_with_scipy(n, part, level):
    x = round(n * part)
    expected = binomtest(x, n).proportion_ci(level, method="exact")
    low, high = clopper_pearson_odds(np.array(float(x)), np.array(float(n)), level)
    assert low / (1 + low) == pytest.approx(expected.low, abs=1e-9)
    assert (high / (1 + high) if np.isfinite(high) else 1) == pytest.approx(expected.high, abs=1e-9)


@pytest.mark.parametrize(("before", "now", "given"), [(2, 2, 0), (1, 4, 1), (0, 0, 0), (5, 0, 1)])
def test_under_five_items_in_all_there_is_none(observed, members, before, now, given):
    frame = observed(f"publications KUS union-site 2016 {before}\npublications KUS union-site 2017 {now}")
    assert len(compared(frame, members)) == given
    assert len(compared(frame, members, least=100)) == 0


@pytest.mark.parametrize("now", [5, 9, 500])
def test_from_nothing_there_is_none(observed, members, now):
    frame = observed(f"publications KUS union-site 2016 0\npublications KUS union-site 2017 {now}")
    assert compared(frame, members).empty


def test_to_nothing(observed, members):
    row = only(
        compared(observed("publications KUS union-site 2017 9\npublications KUS union-site 2018 0"), members)
    )
    assert of(row) == (0, 0, 0)
    assert row["interval_low"] == 0
    most = 1 - 0.025 ** (1 / 9)  # of the nine items, by chance
    assert row["interval_high"] == pytest.approx(most / (1 - most))


@pytest.mark.parametrize(
    "lines",
    [
        "publications KUS union-site 2016 9 about\npublications KUS union-site 2017 9",
        "publications KUS union-site 2016 9\npublications KUS union-site 2017 9 at_least",
        "publications KUS union-site 2016 9\npublications KUS union-site 2017- 9",
        "publications ZAI union-site 2016 9\npublications ZAI union-site 2017 9",
        "copies KUS bilimdi-el 2016 9\ncopies KUS bilimdi-el 2017 9",
        "publications KUS union-site 2015 9\npublications KUS union-site 2017H1 9",
    ],
    ids=["base about", "now a bound", "no end", "district", "not items", "gap"],
)
def test_what_is_not_compared(observed, members, lines):
    assert compared(observed(lines), members).empty


def test_the_interval_holds_the_true_ratio_as_often_as_it_says(observed, members):
    random = np.random.default_rng(2017)
    lines = []
    for year in range(1900, 2100, 2):
        for code in members:
            x0, x1 = random.poisson((20, 15))  # the same pace a day would be 20 and 10
            lines += [f"publications {code} union-site {year} {x0}"]
            lines += [f"publications {code} union-site {year + 1}H1 {x1}"]
    rows = compared(observed("\n".join(lines)), members)
    assert len(rows) == 400
    true = (
        15
        / 20
        * np.array([_days(r.base_start, r.base_end) / _days(r.start, r.end) for r in rows.itertuples()])
    )
    assert ((rows["interval_low"] <= true) & (true <= rows["interval_high"])).mean() >= 0.95


def _days(start, end):
    return (end - start).days + 1


def test_a_unit_that_was_split(observed, tables):
    frame = observed("""
        publications YUZ union-site 2018H1 10
        publications TUR union-site 2019H1 8
        publications SHY union-site 2019H1 12
    """)
    united = common_units(volume(frame, NONE), tables.organisations)
    row = only(rate_ratio(united, pd.Index(["YUZ", "TUR", "SHY"]), ["publications"]))
    assert (row["organisation"], row["value"]) == ("YUZ", pytest.approx(2))
