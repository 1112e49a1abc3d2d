from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from aqparat.metrics.facts import Fact
from aqparat.metrics.scope import Scope
from aqparat.period import Period, Window


@pytest.mark.parametrize(
    ("start", "end", "period", "about"),
    [
        ("2017-01-01", "2017-06-30", "2017H1", True),
        ("2017-02-01", "2017-04-15", "2017H1", True),
        ("2017-01-01", "2017-12-31", "2017H1", True),
        ("2017-07-01", "2017-12-31", "2017H1", False),
        ("2016-01-01", "2016-06-30", "2017H1", False),
        ("2017-02-23", None, "2017H1", True),
        ("2017-02-23", None, "2017H2", True),
        ("2017-08-01", None, "2017H1", False),
        ("2016-12-31", None, "2017H1", False),
        ("2017-01-01", "2017-06-30", "2017", True),
        ("2017-07-01", "2017-12-31", "2017", True),
    ],
)
def test_what_lies_in_the_period(start, end, period, about):
    frame = pd.DataFrame({"start": [start], "end": [end]}).astype("datetime64[us]")
    assert Scope(Period.parse(period)).about(frame).to_list() == [about]


def test_figures_that_are_kept():
    """Those it is about or is compared with, the union's of all windows, and what is asked for besides."""
    frame = pd.DataFrame(
        [
            ("now", "KUS", "2017-01-01", "2017-06-30"),
            ("a year earlier", "KUS", "2016-01-01", "2016-06-30"),
            ("long ago", "KUS", "2012-01-01", "2012-12-31"),
            ("besides", "KUS", "2013-01-01", "2013-12-31"),
            ("the union long ago", "TOTAL", "2012-01-01", "2012-12-31"),
        ],
        columns=["id", "organisation", "start", "end"],
    ).astype({"start": "datetime64[us]", "end": "datetime64[us]"})
    scope = Scope(Period(2017, 1))
    assert scope(frame)["id"].to_list() == ["now", "a year earlier", "the union long ago"]
    kept = scope(frame, {"besides"})
    assert kept["id"].to_list() == ["now", "a year earlier", "besides", "the union long ago"]
    assert kept.index.to_list() == [0, 1, 2, 3]
    assert list(kept) == list(frame)


FACT = Fact(
    "id", "volume", "copies", "KUS", "bilimdi-el", "newspaper", Period(2017).window, None,
    5.0, 5.0, 5.0, "exact", "copy",
)  # fmt: skip


MARCH = Window(date(2017, 3, 1), date(2017, 3, 31))
ITEMS = {"indicator": "publications", "organisation": "TOTAL"}
THREE_YEARS = Window(date(2014, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"window": Period(2017, 1).window}, True),
        ({"window": Period(2017, 2).window}, False),
        ({"window": Window(date(2017, 1, 1), None)}, True),
        ({"window": Window(date(2017, 6, 30), None)}, True),
        ({"window": Window(date(2017, 7, 1), None)}, False),
        ({"window": Window(date(2016, 12, 31), None)}, False),
        ({"window": MARCH}, False),
        ({"window": MARCH, "organisation": "TOTAL"}, False),
        ({"window": MARCH, **ITEMS}, True),
        ({"window": Window(date(2016, 3, 1), date(2016, 3, 31)), **ITEMS}, True),
        ({"window": Window(date(2016, 7, 1), date(2016, 7, 31)), **ITEMS}, False),
        ({"window": MARCH, **ITEMS, "organisation": "KUS"}, False),
        ({"window": MARCH, **ITEMS, "metric": "share"}, False),
        ({"window": Window(date(2017, 1, 1), date(2017, 2, 1)), "organisation": "TOTAL"}, True),  # 32 days
        ({"window": Window(date(2017, 1, 1), date(2017, 1, 31)), "organisation": "TOTAL"}, False),
        ({"window": Period(2016, 1).window}, True),
        ({"window": Period(2016, 1).window, "metric": "share"}, False),
        ({"window": Period(2016, 1).window, "metric": "share", "channel": "website"}, True),
        ({"window": Period(2016, 1).window, "metric": "median"}, True),
        ({"window": Period(2016, 1).window, "metric": "common_total"}, True),
        ({"window": Period(2015, 1).window, "metric": "common_total", "organisation": "TOTAL"}, True),
        ({"window": Period(2015, 1).window, "metric": "common_total"}, False),
        ({"window": Period(2015).window, "metric": "common_ratio", "organisation": "TOTAL"}, True),
        ({"window": Period(2016, 1).window, "metric": "rank"}, False),
        ({"window": Period(2015).window}, False),
        ({"window": Period(2015).window, "organisation": "TOTAL"}, True),
        ({"window": Period(2015).window, "organisation": "TOTAL", "metric": "growth"}, True),
        ({"window": Period(2015, 1).window, "organisation": "TOTAL", "metric": "growth"}, False),
        ({"window": Period(2015).window, "organisation": "TOTAL", "metric": "coverage"}, False),
        ({"window": THREE_YEARS, "organisation": "TOTAL", "metric": "cagr"}, True),
        ({"window": THREE_YEARS, "organisation": "TOTAL", "metric": "seasonality"}, True),
        ({"window": THREE_YEARS, "organisation": "TOTAL"}, False),
        ({"window": THREE_YEARS, "organisation": "TOTAL", "metric": "growth"}, False),
        ({"window": Period(2015).window, "organisation": "TOTAL", "metric": "rate_ratio"}, True),
        ({"window": Period(2015).window, "organisation": "TOTAL", "metric": "common_growth"}, True),
    ],
)  # fmt: skip
def test_what_stands_for_itself(changes, holds):
    assert Scope(Period(2017, 1)).holds(replace(FACT, **changes)) == holds
