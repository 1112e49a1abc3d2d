"""The figures of all windows: number by number those of the report, where it has them."""

import pytest
from aqparat.explore.history import METRIC_NAMES
from asked import known


@pytest.mark.parametrize("case", ["published", "filed", "full"])
@pytest.mark.parametrize("metric", METRIC_NAMES)
def test_what_the_report_has_too_is_the_same(case, metric):
    asked = known(case)
    every = {f.id: f for f in asked.history.select(metric)}
    counted = set(asked.tables.observations["indicator"])
    told = [f for f in asked.data.facts.select(metric) if f.indicator in counted]
    told = [f for f in told if not f.window.is_month and f.id in every]
    assert told or metric not in ("volume", "share")
    for fact in told:
        own = every[fact.id]
        assert (own.value, own.low, own.high, own.unit) == (fact.value, fact.low, fact.high, fact.unit)
        assert (own.interval_low, own.interval_high) == (fact.interval_low, fact.interval_high)


def test_earlier_windows_are_there_too():
    asked = known("full")
    windows = {f.window.code for f in asked.history.select("rate", asked.place(), ["AKM"])}
    assert {"2017H1", "2017H2", "2018H1", "2018H2", "2019H1", "2018"} <= windows
