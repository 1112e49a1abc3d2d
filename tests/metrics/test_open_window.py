"""A count with no stated end is a window like another: what is told of it is what a closed one tells."""

import pandas as pd
import pytest
from aqparat.metrics import (
    common_outlets,
    common_units,
    coverage,
    figures,
    gini,
    hhi,
    median,
    named,
    present,
    rank,
    reported,
    share,
    volume,
)
from figured import due

LINES = """
    publications AKM union-site   2017{end} 9
    publications AKT union-site   2017{end} 0
    publications ATY union-site   2017{end} 3
    publications KUS union-site   2017{end} 3
    publications AKM bilimdi-el   2017{end} 2 about
    publications KUS bilimdi-el   2017{end} 5
    publications TOTAL bilimdi-el 2017{end} 9 exact AKM ATY
    videos       TUR .            2017{end} 2
    videos       SHY .            2017{end} 3
    publications KUS union-site   2018 4
"""
NUMBERS = ["organisation", "indicator", "outlet", "value", "low", "high", "qualifier", "interval_low"]
METRICS = {
    "volume": lambda f, v, told, m: v,
    "reported": lambda f, v, told, m: told,
    "rank": lambda f, v, told, m: rank(v, told, m),
    "share": lambda f, v, told, m: share(v, ["publications"]),
    "hhi": lambda f, v, told, m: hhi(v, told, m),
    "gini": lambda f, v, told, m: gini(v, told, m),
    "median": lambda f, v, told, m: median(v, told, m),
    "named": lambda f, v, told, m: named(f, m),
    "present": lambda f, v, told, m: present(v, f, m, 1),
    "coverage": lambda f, v, told, m: coverage(present(v, f, m, 1), due(v, m)),
}


def computed(metric, frame, members):
    windows = frame[figures.WINDOW].drop_duplicates()
    of_each = windows.merge(pd.DataFrame({"organisation": members}), how="cross")
    volumes = volume(frame, of_each)
    told = reported(volumes, of_each, due(frame, members))
    return METRICS[metric](frame, volumes, told, of_each)


def numbers(found):
    of_2017 = found[found["start"].dt.year == 2017]
    return of_2017[NUMBERS].sort_values(NUMBERS[:3], ignore_index=True)


@pytest.mark.parametrize("metric", METRICS)
def test_an_open_window_has_the_numbers_of_a_closed_one(observed, members, metric):
    is_open, closed = (
        numbers(computed(metric, observed(LINES.format(end=end)), members)) for end in ("-", "")
    )
    assert len(closed)
    pd.testing.assert_frame_equal(is_open, closed)


def test_the_outlets_that_many_report_are_found_in_open_windows_too(observed, members):
    is_open, closed = (
        common_outlets(volume(observed(LINES.format(end=end)), members), members, ["publications"])
        for end in ("-", "")
    )
    pd.testing.assert_frame_equal(is_open, closed)


def test_units_are_put_together_in_open_windows_too(observed, members, tables):
    is_open, closed = (
        common_units(volume(observed(LINES.format(end=end)), members), tables.organisations)
        for end in ("-", "")
    )
    put_together = closed[closed["parts"] != closed["organisation"]]
    assert put_together["value"].tolist() == [5]
    columns = [*NUMBERS, "parts"]
    pd.testing.assert_frame_equal(
        is_open.loc[is_open["parts"] != is_open["organisation"], columns].reset_index(drop=True),
        put_together[columns].reset_index(drop=True),
    )
