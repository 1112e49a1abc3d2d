import numpy as np
import pandas as pd
from aqparat.metrics import volume
from truth import holds, text, unions


def total(volumes, start="2017-01-01", indicator="publications"):
    found = volumes[
        (volumes["organisation"] == "TOTAL")
        & (volumes["start"] == start)
        & (volumes["indicator"] == indicator)
    ]
    return found.squeeze(axis=0) if len(found) == 1 else found


def test_what_is_reported_stands_as_it_is(observed, members):
    frame = observed("""
        publications KUS   union-site 2017-  29
        publications TOTAL union-site 2016   60 more_than
        publications PAR   union-site 2015   0
    """)
    volumes = volume(frame, members)
    assert len(volumes) == 3
    assert volumes["value"].to_list() == [29, 60, 0]
    assert volumes["low"].to_list() == [29, 61, 0]
    assert volumes["high"].to_list() == [29, np.inf, 0]
    assert volumes["qualifier"].to_list() == ["exact", "more_than", "exact"]


def test_the_sum_of_all_is_exact(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 1
        publications AKT union-site 2017H1 2
        publications ATY union-site 2017H1 0
        publications KUS union-site 2017H1 4
        publications ZAI union-site 2017H1 8
        publications CEN union-site 2017H1 16
    """)
    union = total(volume(frame, members, head_office=["CEN"]))
    assert (union["value"], union["low"], union["high"]) == (23, 23, 23)  # a district is no part
    assert union["qualifier"] == "exact"
    assert union["origins"] == [f"observations.csv#{row}" for row in (2, 3, 4, 5, 7)]


def test_the_sum_of_some_is_a_lower_bound(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 1
        publications KUS union-site 2017H1 4
    """)
    union = total(volume(frame, members))
    assert (union["low"], union["high"], union["qualifier"]) == (5, np.inf, "at_least")
    assert np.isnan(union["value"])


def test_one_organisation_makes_no_sum(observed, members):
    frame = observed("publications KUS union-site 2017H1 4")
    assert total(volume(frame, members)).empty


def test_a_reported_total_is_not_summed_again(observed, members):
    frame = observed("""
        publications TOTAL union-site 2017H1 306
        publications AKM   union-site 2017H1 1
        publications KUS   union-site 2017H1 4
    """)
    assert total(volume(frame, members))["value"] == 306


def test_windows_outlets_and_indicators_are_summed_apart(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 1
        publications KUS union-site 2017-  2
        publications KUS bilimdi-el 2017H1 4
        videos       KUS union-site 2017H1 8
    """)
    assert len(volume(frame, members)) == 4


def test_counts_over_several_channels_are_not_summed(observed, members):
    frame = observed("""
        publications AKM . 2017H1 1
        publications KUS . 2017H1 4
        trained      AKM . 2017H1 10
        trained      KUS . 2017H1 40
    """)
    volumes = volume(frame, members)
    assert total(volumes).empty
    assert total(volumes, indicator="trained")["low"] == 50


def test_two_halves_make_a_year_of_what_is_counted_over_a_time(observed, members):
    frame = observed("""
        publications KUS union-site 2017H1 10
        publications KUS union-site 2017H2 20 about
        members      KUS .          2017H1 100
        members      KUS .          2017H2 110
        publications AKM union-site 2017H1 1
    """)
    volumes = volume(frame, members, stocks=["members"])
    years = volumes[volumes["end"] - volumes["start"] > pd.Timedelta(days=300)]
    year = years.squeeze(axis=0)
    assert (year["indicator"], year["organisation"], year["value"]) == ("publications", "KUS", 30)
    assert (year["low"], year["high"], year["qualifier"]) == (29, 31, "about")
    assert year["origins"] == ["observations.csv#2", "observations.csv#3"]


def test_a_reported_year_stands_before_the_sum_of_its_halves(observed, members):
    frame = observed("""
        publications KUS union-site 2017H1 10
        publications KUS union-site 2017H2 20
        publications KUS union-site 2017   31
    """)
    assert len(volume(frame, members)) == 3


def test_the_true_sum_lies_within_the_bounds(observed, members):
    drawn = unions(by_total=[None], head_office=0)
    volumes = volume(observed(text(drawn)), members)
    sums = volumes[volumes["organisation"] == "TOTAL"]
    assert len(sums) > 20
    for row in sums.itertuples():
        assert holds(row, drawn[row.start.year].total)
