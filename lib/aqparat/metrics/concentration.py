"""How a total is spread over its parts: share, Herfindahl-Hirschman index, Gini coefficient."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.special import ndtri

from aqparat.bounds import Bounded, Numbers
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def share(volumes: pd.DataFrame, items: Collection[str] = (), level: float = 0.95) -> pd.DataFrame:
    """Give each organisation's part of the union's total, x/X.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    items : collection of str
        Indicators that count items: their bounds are widened to the Wilson interval.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        Figures between 0 and 1.

    Notes
    -----
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    whole = figures.totals(volumes)
    pairs = volumes[volumes["organisation"] != TOTAL].merge(
        whole[[*WHAT, *WINDOW, "point", "low", "high", "origins"]],
        on=[*WHAT, *WINDOW],
        suffixes=("", "_base"),
    )
    part, total = Bounded.of(pairs), Bounded.of(pairs, "_base")
    possible = part.low <= total.high  # a part above its total is a fault of the data, not a share
    ratio = (part / total).where(possible).within(0, 1)
    ratio = Bounded(np.where(ratio.value <= 1, ratio.value, np.nan), ratio.low, ratio.high)
    counted = pairs["indicator"].isin(list(items)).to_numpy()
    low, high = wilson(part.low, total.high, level)[0], wilson(part.high, total.low, level)[1]
    bounds = Bounded(ratio.value, np.where(counted, low, ratio.low), np.where(counted, high, ratio.high))
    return figures.finish(pairs.assign(origins=figures.both(pairs)), bounds.where(ratio.known), ceiling=1.0)


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
    """
    z = float(ndtri(0.5 + level / 2))
    finite = np.isfinite(n) & np.isfinite(x) & (n > 0)
    trials = np.where(finite, n, 1.0)
    p = np.clip(np.where(finite, x, 0.0) / trials, 0, 1)
    centre = (p + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * np.sqrt(p * (1 - p) / trials + z**2 / (4 * trials**2))
    return np.where(finite, np.maximum(centre - half, 0), 0.0), np.where(
        finite, np.minimum(centre + half, 1), 1.0
    )


def hhi(volumes: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
    """Herfindahl-Hirschman index Σ share² over the N member organisations.

    From partial data comes its possible range: what is left of the total may lie with one of the
    organisations that did not report (high) or with none of them (low: the head office has it).

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    members : Index of str
        Codes of the N member organisations.

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1; only where the total is bounded and at least one part
        is known.
    """
    parts = volumes[volumes["organisation"] != TOTAL]
    own = parts["organisation"].isin(members)
    parts = parts.assign(
        least=parts["low"].where(own, 0),
        other=parts["low"].where(~own, 0),
        low_square=(parts["low"] ** 2).where(own, 0),
        high_square=(parts["high"] ** 2).where(own, 0),
        own=own,
        vague=parts["point"].isna() & own,
    )
    grouped = parts.groupby([*WHAT, *WINDOW], dropna=False, as_index=False).agg(
        least=("least", "sum"), other=("other", "sum"), low_square=("low_square", "sum"),
        high_square=("high_square", "sum"), n=("own", "sum"), vague=("vague", "any"),
        origins_base=("origins", figures.union),
    )  # fmt: skip
    pairs = figures.totals(volumes).merge(grouped[grouped["n"] > 0], on=[*WHAT, *WINDOW])
    pairs = pairs[np.isfinite(pairs["high"]) & (pairs["low"] > 0)]
    silent = len(members) - pairs["n"]
    rest = np.where(silent > 0, np.maximum(pairs["high"] - pairs["least"] - pairs["other"], 0), 0.0)
    low = pairs["low_square"] / pairs["high"] ** 2
    high = (pairs["high_square"] + rest**2) / pairs["low"] ** 2
    exact = (silent == 0) & ~pairs["vague"] & (pairs["low"] == pairs["high"])
    bounds = Bounded(np.where(exact, low, np.nan), low.to_numpy(), np.minimum(high.to_numpy(), 1.0))
    return figures.finish(pairs.assign(origins=figures.both(pairs)), bounds, floor=0.0, ceiling=1.0)


def gini(volumes: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
    """Gini coefficient Σ(2i − N − 1)x₍ᵢ₎/(N Σx) over the N member organisations, zeros counted.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    members : Index of str
        Codes of the N member organisations.

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1; only where all N are exactly known and Σx > 0.
    """
    known = figures.parts(volumes, members)
    known = known[known["low"] == known["high"]].sort_values("point", kind="stable")
    keys = [*WHAT, *WINDOW]
    groups = known.groupby(keys, dropna=False)
    n = len(members)
    weighted = known.assign(weighted=(2 * (groups.cumcount() + 1) - n - 1) * known["point"])
    grouped = weighted.groupby(keys, dropna=False, as_index=False).agg(
        reported=("point", "size"),
        sum=("point", "sum"),
        weighted=("weighted", "sum"),
        origins=("origins", figures.union),
    )
    whole = grouped[(grouped["reported"] == n) & (grouped["sum"] > 0)].assign(organisation=TOTAL)
    return figures.finish(whole, Bounded.exact(whole["weighted"] / (n * whole["sum"])), ceiling=1.0)
