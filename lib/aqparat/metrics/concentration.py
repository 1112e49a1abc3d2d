"""How a total is spread over its parts: share, Herfindahl-Hirschman index, Gini coefficient."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def share(volumes: pd.DataFrame, items: Collection[str] = (), level: float = 0.95) -> pd.DataFrame:
    """Return each organisation's part of the union's total, x/X.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    items : collection of str
        Indicators that count items: they have a Wilson interval.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        Figures between 0 and 1. Inputs: part, whole.

    Notes
    -----
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    whole = figures.totals(volumes)[["id", *WHAT, *WINDOW, "point", "low", "high"]]
    own = volumes[volumes["organisation"] != TOTAL]
    pairs = own.merge(whole, on=[*WHAT, *WINDOW], suffixes=("", "_base"))
    if pairs.empty:
        return figures.none()
    part, total = Bounded.of(pairs), Bounded.of(pairs, "_base")
    possible = part.low <= total.high  # a part above its total is a fault of the data, not a share
    ratio = (part / total).where(possible)
    ratio = Bounded(np.where(ratio.value <= 1, ratio.value, np.nan), ratio.low, ratio.high)
    counted = pairs["indicator"].isin(list(items)).to_numpy()
    low, high = wilson(part.low, total.high, level)[0], wilson(part.high, total.low, level)[1]
    interval = np.where(counted, low, np.nan), np.where(counted, high, np.nan)
    return figures.finish(pairs, "share", ratio, ceiling=1.0, inputs=figures.pair(pairs), interval=interval)


def wilson(x: Numbers, n: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Wilson score interval of a proportion x/n, vectorised; the whole of [0, 1] for n = 0 or inf.

    Parameters
    ----------
    x, n : array of float
        Successes and trials.
    level : float
        Such as 0.95.

    Returns
    -------
    low, high : array of float
        Just 0 where x = 0, just 1 where x = n.
    """
    from aqparat.metrics.special import ndtri  # here: facts that are kept need not wait for it

    z = float(ndtri(0.5 + level / 2))
    finite = np.isfinite(n) & np.isfinite(x) & (n > 0)
    trials = np.where(finite, n, 1.0)
    p = np.minimum(np.where(finite, x, 0.0) / trials, 1)
    centre = (p + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * np.sqrt(p * (1 - p) / trials + z**2 / (4 * trials**2))
    low = np.where(p > 0, np.maximum(centre - half, 0), 0.0)
    return low, np.where(finite & (p < 1), np.minimum(centre + half, 1), 1.0)


def hhi(volumes: pd.DataFrame, reported: pd.DataFrame, members: pd.Index[str] | pd.DataFrame) -> pd.DataFrame:
    """Herfindahl-Hirschman index Σ share² over the N member organisations.

    From partial data comes its possible range: what is left of the total may lie with one of the
    organisations that did not report (high) or with none of them (low: the head office has it).

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    reported : DataFrame
        Figures as `reported` gives them.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1; only where the total is bounded and not zero. Inputs: the
        total, reported.
    """
    key = [*WHAT, *WINDOW]
    whole = figures.totals(volumes)[figures.COLUMNS]
    whole = whole[np.isfinite(whole["high"]) & (whole["low"] > 0)]
    own = figures.parts(volumes, members)
    numbers, places = figures.grouped(own, key)
    low, high = own["low"].to_numpy(), own["high"].to_numpy()
    grouped = own.iloc[[rows[0] for rows in places]][[*key, "n"]].assign(
        least=np.bincount(numbers, low),
        low_square=np.bincount(numbers, low**2),
        high_square=np.bincount(numbers, high**2),
        told=np.bincount(numbers),
    )
    pairs = whole.merge(grouped, on=key)
    pairs = pairs.merge(reported[["id", *key]].rename(columns={"id": "id_base"}), on=key)
    if pairs.empty:
        return figures.none()
    silent = pairs["n"] - pairs["told"]
    rest = np.where(silent > 0, np.maximum(pairs["high"] - pairs["least"], 0), 0.0)
    low = pairs["low_square"] / pairs["high"] ** 2
    high = (pairs["high_square"] + rest**2) / pairs["low"] ** 2
    bounds = Bounded.between(low, high)
    return figures.finish(pairs, "hhi", bounds, ceiling=1.0, inputs=figures.pair(pairs))


def gini(
    volumes: pd.DataFrame, reported: pd.DataFrame, members: pd.Index[str] | pd.DataFrame
) -> pd.DataFrame:
    """Gini coefficient Σ(2i − N − 1)x₍ᵢ₎/(N Σx) over the N member organisations, zeros counted.

    Parameters
    ----------
    volumes, reported, members
        As for `hhi`.

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1; only where all N are exactly known and Σx > 0. Inputs:
        reported.
    """
    key = [*WHAT, *WINDOW]
    known = figures.parts(volumes, members)
    known = known[known["low"] == known["high"]]
    numbers, _ = figures.grouped(known, key)
    known = known[np.bincount(numbers)[numbers] == known["n"]]
    if known.empty:
        return figures.none()
    known = known.sort_values("point", kind="stable")
    place = known.groupby(key, dropna=False).cumcount() + 1
    known = known.assign(weighted=(2 * place - known["n"] - 1) * known["point"])
    grouped = known.groupby(key, dropna=False, as_index=False).agg(
        sum=("point", "sum"), weighted=("weighted", "sum"), n=("n", "first")
    )
    whole = grouped.assign(organisation=TOTAL).merge(reported[["id", *key]], on=key)
    result = Bounded.exact(whole["weighted"] / (whole["n"] * whole["sum"]))  # unknown of a sum of 0
    return figures.finish(whole, "gini", result, inputs=figures.pair(whole, "id"))
