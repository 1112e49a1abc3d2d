"""How many organisations reach the target of copies per 100 members."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def on_target(
    penetrations: pd.DataFrame,
    reported: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    target: float,
    suffix: str,
) -> pd.DataFrame:
    """Return how many of the member organisations reach the target of copies per 100 members.

    Parameters
    ----------
    penetrations : DataFrame
        Figures as `penetration` gives them.
    reported : DataFrame
        Figures as `reported` gives them, of these.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    target : float
        Reached by as many and more.
    suffix : str
        As `reported` was given it.

    Returns
    -------
    DataFrame
        Figures of the union: who is unknown may reach it or not. Inputs: reported.
    """
    key = [*WHAT, *WINDOW]
    if penetrations.empty:
        return figures.none()
    rows = figures.parts(penetrations, members)
    rows = rows.assign(surely=rows["low"] >= target, possibly=rows["high"] >= target)
    found = rows.groupby(key, as_index=False).agg(
        low=("surely", "sum"), possibly=("possibly", "sum"), told=("id", "size"), n=("n", "first")
    )
    base = reported.assign(indicator=reported["indicator"].str.removesuffix(suffix))
    found = found.assign(organisation=TOTAL).merge(base[["id", *key]], on=key)
    bounds = Bounded.between(found["low"], found["possibly"] + found["n"] - found["told"])
    return figures.finish(
        found, "on_target", bounds, ceiling=found["n"].to_numpy(dtype=float), inputs=figures.pair(found, "id")
    )
