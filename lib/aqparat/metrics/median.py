"""Median: the organisation in the middle, a range where some of them are unknown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def median(
    compared: pd.DataFrame,
    reported: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    name: str = "median",
    suffix: str = "",
) -> pd.DataFrame:
    """Return the median of the member organisations' figures.

    Who did not report can have any: the bounds are the medians with the unknown ones at the least (none) and
    at the greatest. The value is the median of those known.

    Parameters
    ----------
    compared : DataFrame
        Figures of organisations, not below 0: volumes or rates.
    reported : DataFrame
        Figures as `reported` gives them, of these.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    name : str
        Of the metric.
    suffix : str
        As `reported` was given it.

    Returns
    -------
    DataFrame
        Figures of the union; a lower bound where half of them are unknown, none where more are. Inputs:
        reported.
    """
    key = [*WHAT, *WINDOW]
    if compared.empty:
        return figures.none()
    rows = figures.parts(compared, members)
    told = []
    for about, part in rows.groupby(key, dropna=False, sort=False):
        silent = int(part["n"].iloc[0]) - len(part)
        low, high = (
            float(np.median([*part[bound], *[unknown] * silent]))
            for bound, unknown in (("low", 0.0), ("high", np.inf))
        )
        point = float(part["point"].median(skipna=False)) if np.isfinite(high) else np.nan
        told.append((*about, point, low, high))
    found = pd.DataFrame(told, columns=[*key, "point", "low", "high"]).astype(
        dict.fromkeys(("point", "low", "high"), float) | dict.fromkeys(WINDOW, "datetime64[us]")
    )
    base = reported.assign(indicator=reported["indicator"].str.removesuffix(suffix))
    pairs = found.assign(organisation=TOTAL).merge(base[["id", *key]], on=key)
    return figures.finish(pairs, name, Bounded.of(pairs), inputs=figures.pair(pairs, "id"))
