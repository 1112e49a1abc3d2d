"""Rank: the place of an organisation among the N, a range where the figures leave it open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def rank(volumes: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
    """Competition ranking (1 = most), as a range of ranks from the bounds.

    An organisation is surely behind those whose least is above its most; it may be behind those
    whose most is above its least. Where the union's total is known, the organisations that did not
    report cannot all be ahead: no more of them than what is left of the total allows.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    members : Index of str
        Codes of the N member organisations.

    Returns
    -------
    DataFrame
        Figures from 1 to N; a tie gives both the better rank.
    """
    rows = figures.parts(volumes, members)
    totals = figures.totals(volumes)
    ranked = [_rank(group, totals, len(members)) for _, group in rows.groupby([*WHAT, *WINDOW], dropna=False)]
    ranked = [r for r in ranked if len(r)]
    return pd.concat(ranked, ignore_index=True) if ranked else rows.iloc[:0]


def _rank(group: pd.DataFrame, totals: pd.DataFrame, n: int) -> pd.DataFrame:
    low, high = group["low"].to_numpy(), group["high"].to_numpy()
    ahead = (low[None, :] > high[:, None]).sum(axis=1)
    maybe = (high[None, :] > low[:, None]).sum(axis=1)
    maybe -= high > low  # itself
    silent = n - len(group)
    total = group[[*WHAT, *WINDOW]].head(1).merge(totals, on=[*WHAT, *WINDOW])
    unreported = np.full(len(group), float(silent))
    if silent and len(total) and np.isfinite(total["high"].iloc[0]):
        rest = max(total["high"].iloc[0] - low.sum(), 0)
        unreported = np.minimum(silent, np.floor(rest / (np.floor(low) + 1)))
    best, worst = 1.0 + ahead, 1.0 + maybe + unreported
    origins = [figures.union([*group["origins"], *total["origins"]])] * len(group)
    bounds = Bounded(np.where(best == worst, best, np.nan), best, worst)
    return figures.finish(group.assign(origins=origins), bounds, floor=1.0, ceiling=n)
