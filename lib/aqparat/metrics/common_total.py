"""Totals over the outlets of a channel that most organisations report, to compare windows by."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.metrics import figures
from aqparat.metrics.figures import WINDOW

_CHANNEL = ["indicator", "channel"]


def common_outlets(
    volumes: pd.DataFrame, members: pd.Index[str] | pd.DataFrame, indicators: Collection[str]
) -> pd.DataFrame:
    """Return the outlets of channels of which most organisations report several.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, of all windows: an outlet that was common once stays so.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    indicators : collection of str
        What is counted.

    Returns
    -------
    DataFrame
        `indicator, channel, outlet, due`: how many of them the channel has. An outlet is common if at least
        half of the members have a figure of it in some window, whatever the figure is.
    """
    told = volumes[volumes["indicator"].isin(list(indicators)) & volumes["outlet"].ne("")]
    own = figures.parts(told, members)
    counts = own.groupby([*_CHANNEL, "outlet", *WINDOW], dropna=False, as_index=False).agg(
        told=("organisation", "nunique"), n=("n", "first")
    )
    found = counts.loc[counts["told"] * 2 >= counts["n"], [*_CHANNEL, "outlet"]].drop_duplicates()
    found = found.assign(due=found.groupby(_CHANNEL)["outlet"].transform("size"))
    return found[found["due"] > 1]


def common_totals(
    volumes: pd.DataFrame, outlets: pd.DataFrame, order: Sequence[str] | pd.Index[str]
) -> pd.DataFrame:
    """Return the sums over the common outlets of each channel, of organisations and of the union.

    No outlet comes or goes, so that windows can be compared; it is not the channel as a whole, which may have
    other outlets (`channel_totals`).

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    outlets : DataFrame
        As `common_outlets` gives them.
    order : sequence of str
        Codes of all outlets in the order of outlets.csv.

    Returns
    -------
    DataFrame
        Figures of the metric `common_total`, without an outlet; a lower bound where one of the outlets is not
        reported. Inputs: the outlets' figures, in their order.
    """
    if outlets.empty:
        return figures.none()
    rows = volumes.merge(outlets, on=["indicator", "outlet", "channel"])
    if rows.empty:
        return figures.none()
    places = {code: place for place, code in enumerate(order)}
    rows = rows.sort_values("outlet", key=lambda codes: codes.map(places), kind="stable").assign(outlet="")
    summed = figures.added(rows, figures.KEY)
    lacking = summed["size"] < summed["due"]
    bounds = Bounded(
        summed["point"].mask(lacking).to_numpy(),
        summed["low"].to_numpy(),
        summed["high"].mask(lacking, np.inf).to_numpy(),
    )
    return figures.finish(summed, "common_total", bounds, inputs=summed["inputs"])
