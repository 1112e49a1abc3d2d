"""Rank: the place of an organisation among the N, a range where the figures leave it open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def rank(
    volumes: pd.DataFrame, reported: pd.DataFrame, members: pd.Index[str] | pd.DataFrame
) -> pd.DataFrame:
    """Competition ranking (1 = most), as a range of ranks from the bounds.

    An organisation is surely behind those whose least is above its most; it may be behind those
    whose most is above its least. Where the union's total is known, the organisations that did not
    report cannot all be ahead: no more of them than what is left of the total allows.

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
        Figures from 1 to N; a tie gives both the better rank; none where any rank is possible. Inputs: its
        own figure, reported, the total where its upper bound is known.
    """
    key = [*WHAT, *WINDOW]
    total = figures.totals(volumes)[["id", *key, "high"]]
    total = total[np.isfinite(total["high"])].rename(columns={"id": "id_total", "high": "high_total"})
    if volumes.empty:
        return figures.none()
    rows = figures.parts(volumes, members)
    rows = rows.merge(reported[["id", *key]].rename(columns={"id": "id_base"}), on=key)
    rows = rows.merge(total, on=key, how="left")
    best, worst = np.empty(len(rows)), np.empty(len(rows))
    low, high, n, most = (rows[c].to_numpy() for c in ("low", "high", "n", "high_total"))
    for places in rows.groupby(key, dropna=False).indices.values():
        best[places], worst[places] = places_of(low[places], high[places])
        silent = n[places] - len(places)
        rest = np.floor(np.maximum(most[places] - low[places].sum(), 0) / (np.floor(low[places]) + 1))
        worst[places] += np.fmin(silent, rest)  # without a total only the silent limit it
    worst = np.minimum(worst, n)
    inputs = [
        (own, base) if pd.isna(known) else (own, base, known)
        for own, base, known in zip(rows["id"], rows["id_base"], rows["id_total"], strict=True)
    ]
    bounds = Bounded.between(best, worst)
    return figures.finish(rows, "rank", bounds, floor=1.0, ceiling=n, inputs=inputs)


def places_of(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Return the best and the worst rank that bounds leave open among themselves, 1 = most."""
    ahead = (low[None, :] > high[:, None]).sum(axis=1)
    maybe = (high[None, :] > low[:, None]).sum(axis=1) - (high > low)  # not itself
    return 1.0 + ahead, 1.0 + maybe
