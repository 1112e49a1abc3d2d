"""Rate ratio: how much faster items come now than in the base window, chance considered."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import KEY


def rate_ratio(
    volumes: pd.DataFrame,
    members: pd.Index[str],
    items: Collection[str],
    level: float = 0.95,
    least: float = 5,
    name: str = "rate_ratio",
) -> pd.DataFrame:
    """Compare the pace of two windows, (x₁/f₁)/(x₀/f₀), f = the length in days.

    So it is the ratio of the means of a day; a day is a day in a leap year too. The base is the same window
    a year earlier; where that is not known exactly, a half is held against the whole year before.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, or as `common_units` adds to them.
    members : Index of str
        Codes of all organisations that were members at any time.
    items : collection of str
        Indicators that count items.
    level : float
        Level of the interval.
    least : float
        No figure where both windows together have fewer items.
    name : str
        Of the metric.

    Returns
    -------
    DataFrame
        Figures of the union and its members with `base_start, base_end`, from exact counts of
        closed windows, with the interval of chance; none where the base is zero. Inputs: now, base.

    Notes
    -----
    Given their sum, the first of two Poisson counts is binomial: J. Przyborowski and H. Wilenski
    (1940), Homogeneity of results in testing samples from Poisson series; C. J. Clopper and
    E. S. Pearson (1934), The use of confidence or fiducial limits.
    """
    if volumes.empty:
        return figures.none()
    exact = volumes[
        volumes["indicator"].isin(list(items))
        & volumes["organisation"].isin([*members, TOTAL])
        & (volumes["low"] == volumes["high"])
        & figures.kind(volumes).isin(["year", "half"])
    ].assign(year=lambda rows: rows["start"].dt.year)
    years = exact[figures.kind(exact) == "year"]
    before = years.assign(year=years["year"] + 1).drop(columns=figures.BASE)
    before = before.rename(columns={"start": "base_start", "end": "base_end"})
    told = [c for c in ("id", *figures.SERIES, "year", *figures.BASE, "low", "parts") if c in before]
    halves = exact[figures.kind(exact) == "half"]
    pairs = figures.stacked(
        figures.year_pairs(exact), figures.paired(halves, before[told], on=["year"])
    ).drop_duplicates(KEY)
    if pairs.empty:
        return figures.none()
    x1, x0 = pairs["low"].to_numpy(dtype=float), pairs["low_base"].to_numpy(dtype=float)
    f1, f0 = _days(pairs["start"], pairs["end"]), _days(pairs["base_start"], pairs["base_end"])
    low, high = (odds * f0 / f1 for odds in clopper_pearson_odds(x1, x1 + x0, level))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = Bounded.exact((x1 / f1) / (x0 / f0)).where((x1 + x0 >= least) & (x0 > 0))
    return figures.finish(pairs, name, ratio, inputs=figures.pair(pairs), interval=(low, high))


def clopper_pearson_odds(x: Numbers, n: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Exact interval of the odds p/(1 − p) of a binomial proportion x/n, vectorised.

    Parameters
    ----------
    x, n : array of float
        Successes and trials.
    level : float
        Such as 0.95.

    Returns
    -------
    low, high : array of float
        From 0 (where x = 0) to inf (where x = n).
    """
    from aqparat.metrics.special import betaincinv  # here: facts that are kept need not wait for it

    tail = (1 - level) / 2
    some, rest = np.maximum(x, 1), np.maximum(n - x, 1)
    low = np.where(x > 0, betaincinv(some, n - x + 1, tail), 0.0)
    high = np.where(x < n, betaincinv(x + 1, rest, 1 - tail), 1.0)
    with np.errstate(divide="ignore"):
        return low / (1 - low), high / (1 - high)


def _days(start: pd.Series[pd.Timestamp], end: pd.Series[pd.Timestamp]) -> Numbers:
    days: Numbers = ((end - start).dt.days + 1).to_numpy(dtype=float)
    return days
