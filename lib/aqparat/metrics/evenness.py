"""Evenness: whether an organisation's items are spread over the channels or lie in one of them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.special import entr

from aqparat.bounds import Bounded
from aqparat.data.schemas import CHANNELS
from aqparat.metrics import figures
from aqparat.metrics.figures import WINDOW


def evenness(volumes: pd.DataFrame, channels: Collection[str] = CHANNELS) -> pd.DataFrame:
    """Give Pielou's evenness −Σ p ln p / ln K of published items over the channels, K fixed.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them. Items counted over several channels at once are left out.
    channels : collection of str
        The K channels there are; one without a figure counts as none, so that the evenness is of
        what was reported.

    Returns
    -------
    DataFrame
        Figures from 0 (one channel) to 1 (all alike) by organisation and window, only where every
        figure is exact, Σx > 0 and two channels or more have one: of the count of the site alone
        nothing follows for the rest.

    Notes
    -----
    E. C. Pielou (1966), The measurement of diversity in different types of biological collections.
    """
    rows = volumes[(volumes["indicator"] == "publications") & volumes["channel"].isin(list(channels))]
    rows = rows.assign(exact=rows["low"] == rows["high"])
    key = ["organisation", *WINDOW]
    counts = rows.groupby([*key, "channel"], dropna=False, as_index=False).agg(
        x=("low", "sum"), exact=("exact", "all"), origins=("origins", figures.union)
    )
    whole = counts.groupby(key, dropna=False)["x"].transform("sum")
    counts["h"] = entr(counts["x"] / whole.where(whole > 0)) / np.log(len(channels))
    grouped = counts.groupby(key, dropna=False, as_index=False).agg(
        h=("h", lambda x: x.sum(skipna=False)),
        exact=("exact", "all"),
        channels=("channel", "size"),
        origins=("origins", figures.union),
    )
    known = grouped["exact"] & (grouped["channels"] > 1)
    found = grouped.assign(indicator="publications", outlet="", channel="")
    return figures.finish(found, Bounded.exact(found["h"]).where(known), ceiling=1.0)
