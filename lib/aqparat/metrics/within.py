"""How many organisations lie within what chance explains."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def within(rates: pd.DataFrame, limits: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return how many organisations have a rate within their limits.

    Parameters
    ----------
    rates, limits : DataFrame
        Figures as `rate` and `limits` give them.
    name : str
        Of the metric.

    Returns
    -------
    DataFrame
        Figures of the union: at least those surely within, at most those not surely outside. Inputs: the rate
        and the limits of each, one pair after the other, in the order of organisations.csv.
    """
    if limits.empty:
        return figures.none()
    key = ["organisation", *WHAT, *WINDOW]
    told = rates[["id", *key, "low", "high"]]
    pairs = limits.merge(told, on=key, suffixes=("_limit", ""))
    fixed = pairs["low_limit"] == pairs["high_limit"]
    inside = (pairs["low"] >= pairs["interval_low"]) & (pairs["high"] <= pairs["interval_high"])
    outside = (pairs["low"] > pairs["interval_high"]) | (pairs["high"] < pairs["interval_low"])
    pairs = pairs.assign(sure=inside & fixed, may=~outside)
    counts = pairs.groupby([*WHAT, *WINDOW], as_index=False, sort=False).agg(
        low=("sure", "sum"), high=("may", "sum"), rate=("id", list), limit=("id_limit", list)
    )
    inputs = [
        [one for pair in zip(own, of, strict=True) for one in pair]
        for own, of in zip(counts["rate"], counts["limit"], strict=True)
    ]
    bounds = Bounded.between(counts["low"], counts["high"])
    return figures.finish(counts.assign(organisation=TOTAL), name, bounds, inputs=inputs)
