from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
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


def a_fact(facts, **changes):
    return replace(facts["volume.copies.KUS.bilimdi-el.2017"], **changes)


MARCH = Window(date(2017, 3, 1), date(2017, 3, 31))
THREE_YEARS = Window(date(2014, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"window": Period(2017, 1).window}, True),
        ({"window": Period(2017, 2).window}, False),
        ({"window": Window(date(2017, 2, 23), None)}, True),
        ({"window": MARCH}, False),
        ({"window": MARCH, "organisation": "TOTAL"}, False),
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
        ({"window": THREE_YEARS, "organisation": "TOTAL", "metric": "seasonality"}, True),
    ],
)  # fmt: skip
def test_what_stands_for_itself(facts, changes, holds):
    assert Scope(Period(2017, 1)).holds(a_fact(facts, **changes)) == holds
