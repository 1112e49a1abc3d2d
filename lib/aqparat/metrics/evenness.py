"""Evenness: whether an organisation's items are spread over the channels or lie in one of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import CHANNELS
from aqparat.metrics import figures
from aqparat.metrics.figures import WINDOW


def evenness(volumes: pd.DataFrame, channels: Sequence[str] = CHANNELS) -> pd.DataFrame:
    """Return Pielou's evenness −Σ p ln p / ln K of published items over the channels, K fixed.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    channels : sequence of str
        The K channels there are.

    Returns
    -------
    DataFrame
        Figures from 0 (one channel) to 1 (all alike) by organisation and window; only where the
        organisation reported an exact figure of every channel as a whole (0 counts) and Σx > 0. A channel
        with figures of single outlets is not known: others of it may be unreported. Inputs: one figure a
        channel.

    Notes
    -----
    E. C. Pielou (1966), The measurement of diversity in different types of biological collections.
    """
    rows = volumes[(volumes["indicator"] == "publications") & volumes["channel"].isin(["", *channels])]
    whole = rows["channel"].ne("") & rows["outlet"].eq("") & (rows["low"] == rows["high"])
    order = rows["channel"].map({channel: n for n, channel in enumerate(channels)})
    rows = rows.assign(whole=whole, order=order)
    key = ["organisation", *WINDOW]
    groups = rows.groupby(key, dropna=False)["whole"]
    known = rows[groups.transform("all") & (groups.transform("size") == len(channels))]
    if known.empty:
        return figures.none()
    from aqparat.metrics.special import entr  # here: facts that are kept need not wait for it

    total = known.groupby(key, dropna=False)["low"].transform("sum")
    known = known.assign(h=entr(known["low"] / total) / np.log(len(channels)))
    grouped = known.sort_values("order").groupby(key, dropna=False, as_index=False).agg(
        h=("h", "sum"), sum=("low", "sum"), inputs=("id", tuple)
    )  # fmt: skip
    found = grouped.assign(indicator="publications", outlet="", channel="")
    return figures.finish(found, "evenness", Bounded.exact(found["h"]).where(found["sum"] > 0), ceiling=1.0)
