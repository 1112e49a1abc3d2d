import math
from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import cagr, channel_totals, growth, growth_of, pace, volume
from aqparat.settings import defaults
from figured import NONE, of, only
from truth import ANY, holds, say


def grown(frame):
    return growth(volume(frame, NONE))


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
    assert row["id"] == "growth.copies.TOTAL.bilimdi-el.2017.2016"
    assert row["inputs"] == ("volume.copies.TOTAL.bilimdi-el.2017", "volume.copies.TOTAL.bilimdi-el.2016")
    assert row["origins"] == ()
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
    assert (row["qualifier"], row["id"]) == ("about", "pace.publications.TOTAL.union-site.2017H1")
    assert row["inputs"] == ("volume.publications.TOTAL.union-site.2017H1",)


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
    windows = ("2017H1", "2015H1", "2015", "2016H1", "2016")
    assert union["inputs"] == tuple(f"volume.publications.TOTAL.union-site.{w}" for w in windows)
    assert paces.loc["KUS", "2017-01-01"].squeeze(axis=0)["value"] == 18


def test_a_later_year_does_not_tell_the_pace_of_an_earlier_half(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 10
        publications TOTAL union-site 2017H1 90
        publications TOTAL union-site 2017   100
    """)
    assert paced(frame).loc["TOTAL", "2016-01-01"].squeeze(axis=0)["value"] == 20


def test_one_past_year_does_not_tell_how_far_the_share_varies(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 45
        publications TOTAL union-site 2016   100
        publications TOTAL union-site 2017H1 90
    """)
    assert of(paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)) == pytest.approx(
        (90 / 0.45, 90 / 0.6, 90 / 0.4)
    )


def test_shares_that_are_all_the_same_are_no_certainty(observed):
    lines = [
        f"publications TOTAL union-site {y}{h} {n}" for y in (2015, 2016) for h, n in (("H1", 30), ("", 100))
    ]
    frame = observed("\n".join([*lines, "publications TOTAL union-site 2017H1 90"]))
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert of(row) == pytest.approx((300, 150, 300))
    assert row["qualifier"] == "about"


def test_a_projection_of_nothing_is_not_exact_either(observed):
    row = only(paced(observed("publications TOTAL union-site 2017H1 0")))
    assert (of(row), row["qualifier"]) == ((0, 0, 0), "about")


@pytest.mark.parametrize(("years", "used"), [(3, (2014, 2015, 2016)), (2, (2015, 2016))])
def test_the_last_past_years_tell_it(observed, years, used):
    shares = {2012: 10, 2014: 20, 2015: 40, 2016: 50}
    lines = [
        f"publications TOTAL union-site {year}{half} {n}"
        for year, share in shares.items()
        for half, n in (("H1", share), ("", 100))
    ]
    frame = observed("\n".join([*lines, "publications TOTAL union-site 2017H1 90"]))
    found = pace(volume(frame, NONE), {**defaults()["pace"], "years": years})
    row = found.set_index("start").loc["2017-01-01"]
    told = [shares[year] / 100 for year in used]
    assert of(row) == pytest.approx((90 / np.mean(told), 90 / max(told), 90 / min(told)))
    assert len(row["inputs"]) == 1 + 2 * len(used)


def test_a_second_half_has_shares_of_its_own(observed):
    frame = observed("""
        publications TOTAL union-site 2015H1 40
        publications TOTAL union-site 2015H2 60
        publications TOTAL union-site 2016H1 20
        publications TOTAL union-site 2016H2 80
        publications TOTAL union-site 2017H2 70
    """)
    row = paced(frame).loc["TOTAL", "2017-07-01"].squeeze(axis=0)
    assert of(row) == pytest.approx((100, 70 / 0.8, 70 / 0.6))
    assert row["inputs"][1:3] == tuple(
        f"volume.publications.TOTAL.union-site.{w}" for w in ("2015H2", "2015")
    )


def test_a_past_half_known_about_leaves_the_pace_open_too(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 100 about
        publications TOTAL union-site 2016   200
        publications TOTAL union-site 2017H1 90
    """)
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert row["low"] <= 90 / (105 / 200) < 90 / (95 / 200) <= row["high"]


def test_a_half_is_no_more_than_its_year(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 100 about
        publications TOTAL union-site 2016   100
        publications TOTAL union-site 2017H1 90
    """)
    assert paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)["low"] == 90


def test_a_past_half_known_by_bounds_leaves_a_range(observed):
    frame = observed("""
        publications TOTAL union-site 2015H1 40 at_most
        publications TOTAL union-site 2015   100
        publications TOTAL union-site 2016H1 50
        publications TOTAL union-site 2016   100
        publications TOTAL union-site 2017H1 90
    """)
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert of(row) == pytest.approx((np.nan, 90 / 0.5, np.inf), nan_ok=True)


def test_of_a_half_without_anything_no_year_can_be_told(observed):
    frame = observed("""
        publications TOTAL union-site 2016H1 0
        publications TOTAL union-site 2016   100
        publications TOTAL union-site 2017H1 90
    """)
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert of(row) == pytest.approx((90 / 0.5, 90 / 0.6, 90 / 0.4))
    assert row["inputs"] == ("volume.publications.TOTAL.union-site.2017H1",)


@pytest.mark.parametrize("half, year", [("at_least", "at_least"), ("exact", "at_least")])
def test_a_past_year_without_an_upper_bound_tells_no_share(observed, half, year):
    """A share between none and all of a year would only say that a year holds at least its half."""
    frame = observed(f"""
        publications TOTAL union-site 2016H1 310 {half}
        publications TOTAL union-site 2016   640 {year}
        publications TOTAL union-site 2017H1 353 at_least
    """)
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert np.isnan(row["value"]) and row["low"] == pytest.approx(353 / 0.6)
    assert np.isinf(row["high"]) and row["qualifier"] == "at_least"
    assert row["inputs"] == ("volume.publications.TOTAL.union-site.2017H1",)


def test_a_lower_bound_is_projected_by_the_largest_share(observed):
    frame = observed("""
        publications TOTAL union-site 2015H1 40
        publications TOTAL union-site 2015   100
        publications TOTAL union-site 2016H1 50
        publications TOTAL union-site 2016   100
        publications TOTAL union-site 2017H1 353 at_least
    """)
    row = paced(frame).loc["TOTAL", "2017-01-01"].squeeze(axis=0)
    assert (row["low"], row["qualifier"]) == (353 / 0.5, "at_least")


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
                    copies TOTAL bilimdi-el 2016   999
                    copies TOTAL bilimdi-el 2018H1 1
                """),
                NONE,
            )
        )
    )
    assert row["value"] == pytest.approx(1)  # three doublings in three years
    assert row["id"] == "cagr.copies.TOTAL.bilimdi-el.2017.2014"
    assert row["inputs"] == ("volume.copies.TOTAL.bilimdi-el.2017", "volume.copies.TOTAL.bilimdi-el.2014")


def test_at_most_so_much_a_year(observed):
    frame = observed("copies TOTAL bilimdi-el 2014 50\ncopies TOTAL bilimdi-el 2017 400 at_most")
    row = only(cagr(volume(frame, NONE)))
    assert (row["low"], row["high"], row["qualifier"]) == (-1, pytest.approx(1), "at_most")


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


def changes(frame, members):
    volumes = volume(frame, members)
    found = growth(volumes, channel_totals(volumes))
    assert found["id"].is_unique
    return {row.id: (row.value, row.low, row.high) for row in found.itertuples()}


def test_outlets_against_the_channel_without_one(observed, members):
    found = changes(
        observed("""
            publications KUS website    2017H1 20
            publications KUS union-site 2018H1 24
            publications AKT union-site 2017H1 10
            publications AKT website    2018H1 12
        """),
        members,
    )
    own = found["growth.publications.KUS.website.2018H1.2017H1"]
    assert own[1:] == (pytest.approx(0.2), np.inf)  # other outlets may be unreported
    own = found["growth.publications.AKT.website.2018H1.2017H1"]
    assert own[1:] == (-1, pytest.approx(0.2))
    assert not [i for i in found if ".union-site." in i]


def test_growth_of_sums_has_a_name_of_its_own(observed):
    frame = observed("publications TOTAL website 2016 50\npublications TOTAL website 2017 60")
    row = only(growth_of(volume(frame, NONE), "common_growth"))
    assert row["id"] == "common_growth.publications.TOTAL.website.2017.2016"
    assert row["value"] == pytest.approx(0.2)


def test_what_is_left_of_a_channel_is_not_the_channel(observed, members):
    found = changes(
        observed("""
            publications KUS website    2017H1 20
            publications KUS website    2018H1 4
            publications KUS union-site 2018H1 30
        """),
        members,
    )
    own = found["growth.publications.KUS.website.2018H1.2017H1"]  # not from 20 to 4
    assert (own[1], own[2]) == (pytest.approx(0.7), np.inf)


def test_television_and_radio_apart_against_both_together(observed, members):
    found = changes(
        observed("""
            broadcasts KUS .          2017H1 10
            broadcasts KUS television 2018H1 8
            broadcasts KUS radio      2018H1 4
            broadcasts AKT .          2017H1 10
            broadcasts AKT television 2018H1 12
            broadcasts ATY .          2017H1 10
            broadcasts ATY .          2018H1 5
        """),
        members,
    )
    assert found["growth.broadcasts.KUS.any.2018H1.2017H1"] == pytest.approx((0.2, 0.2, 0.2))
    assert found["growth.broadcasts.AKT.any.2018H1.2017H1"][1:] == (pytest.approx(0.2), np.inf)
    assert found["growth.broadcasts.ATY.any.2018H1.2017H1"] == pytest.approx((-0.5, -0.5, -0.5))
