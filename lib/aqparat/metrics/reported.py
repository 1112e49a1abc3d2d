"""Who has reported: the set of figures that organisations are compared by."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def reported(
    compared: pd.DataFrame, members: pd.Index[str] | pd.DataFrame, due: pd.DataFrame, suffix: str = ""
) -> pd.DataFrame:
    """Return counts of the member organisations that have a figure of a series, with those figures.

    Parameters
    ----------
    compared : DataFrame
        Figures of organisations: volumes, components or scores.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    due : DataFrame
        Figures of N, one a window (indicator `organisations`).
    suffix : str
        Put behind the indicator, where the figures are no volumes: `_component`, `_score`, `_rate`,
        `_penetration`, `_training_reach`.

    Returns
    -------
    DataFrame
        Figures of the union, a figure a series and window. Inputs: N, then the organisations' figures in
        the order of organisations.csv.
    """
    if compared.empty:
        return figures.none()
    rows = figures.parts(compared, members).sort_values("order", kind="stable")
    told = figures.added(rows[["id", *WHAT, *WINDOW, "point", "low", "high"]], [*WHAT, *WINDOW])
    pairs = told.merge(due[["id", *WINDOW]], on=WINDOW, suffixes=("", "_base"))
    found = pairs.assign(organisation=TOTAL, indicator=pairs["indicator"] + suffix)
    inputs = [(n, *own) for n, own in zip(pairs["id_base"], pairs["inputs"], strict=True)]
    return figures.finish(found, "reported", Bounded.exact(pairs["size"]), inputs=inputs)
