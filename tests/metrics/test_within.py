import numpy as np
import pandas as pd
from aqparat.metrics.within import within
from figured import only

WINDOW = {"start": pd.Timestamp("2019-01-01"), "end": pd.Timestamp("2019-06-30")}


def frame(metric, rows, *columns):
    told = pd.DataFrame(rows, columns=["organisation", *columns])
    named = told["organisation"].map(lambda code: f"{metric}.{code}")
    return told.assign(id=named, indicator="publications", outlet="union-site", channel="website", **WINDOW)


def rates(*rows):
    return frame("rate", rows, "low", "high")


def limits(*rows):
    return frame("limit_95", rows, "low", "high", "interval_low", "interval_high")


LIMITS = limits(
    ("AKM", 1.0, 1.0, 0.5, 1.5), ("AKT", 1.0, 1.0, 0.8, 1.2), ("KUS", 1.0, 1.0, 0.9, 1.1), ("PAR", 1, 1, 0, 2)
)  # fmt: skip


def test_those_within_their_limits_are_counted():
    found = only(within(rates(("AKM", 1.4, 1.4), ("AKT", 1.3, 1.3), ("KUS", 0.2, 0.2)), LIMITS, "within_95"))
    assert (found["value"], found["organisation"]) == (1, "TOTAL")
    assert found["inputs"][:4] == ("rate.AKM", "limit_95.AKM", "rate.AKT", "limit_95.AKT")


def test_who_may_be_within_widens_the_count():
    found = only(within(rates(("AKM", 1.4, 1.6), ("KUS", 1, 1)), LIMITS, "within_95"))
    assert (found["low"], found["high"]) == (1, 2)
    assert np.isnan(found["value"])


def test_within_limits_that_are_open_nobody_is_surely():
    found = only(within(rates(("AKM", 1, 1)), limits(("AKM", 0.9, 1.2, 0.5, 1.5)), "within_95"))
    assert (found["low"], found["high"]) == (0, 1)


def test_a_limit_belongs_to_what_lies_within():
    for low, high in ((0.5, 0.5), (1.5, 1.5), (0.5, 1.5)):
        assert only(within(rates(("AKM", low, high)), LIMITS, "within_95"))["value"] == 1
    for low, high in ((0.2, 0.5), (1.5, 1.7)):  # it may be just the limit
        found = only(within(rates(("AKM", low, high)), LIMITS, "within_95"))
        assert (found["low"], found["high"]) == (0, 1)
