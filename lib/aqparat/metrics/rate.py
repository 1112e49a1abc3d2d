"""Rates by membership: items per 1000 members, and how far training reaches."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.metrics import figures
from aqparat.metrics.penetration import members_by


def rate(
    volumes: pd.DataFrame, items: Collection[str], level: float = 0.95, members: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return items per 1000 members, 1000 x/m, with m the members last reported by the window's end.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    items : collection of str
        Indicators that count items: the rates given.
    level : float
        Level of the Garwood interval.
    members : DataFrame, optional
        Figures of members, where `volumes` has not all of them.

    Returns
    -------
    DataFrame
        Figures over their windows, not a year: compare halves with halves only. Inputs: items, members.

    Notes
    -----
    F. Garwood (1936), Fiducial limits for the Poisson distribution.
    """
    counted = volumes[volumes["indicator"].isin(list(items))]
    pairs = members_by(volumes if members is None else members, counted)
    if pairs.empty:
        return figures.none()
    x, m = Bounded.of(pairs), Bounded.of(pairs, "_base")
    chance = Bounded(x.value, garwood(x.low, level)[0], garwood(x.high, level)[1]) * 1000 / m
    return figures.finish(
        pairs, "rate", x * 1000 / m, inputs=figures.pair(pairs), interval=(chance.low, chance.high)
    )


def garwood(x: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Exact interval of a Poisson mean from one count, vectorised; inf stays inf.

    Parameters
    ----------
    x : array of float
        Counts.
    level : float
        Such as 0.95.

    Returns
    -------
    low, high : array of float
    """
    from aqparat.metrics.special import (
        gammainccinv,
        gammaincinv,
    )  # here: facts that are kept need not wait for it

    tail = (1 - level) / 2
    finite = np.isfinite(x)
    low = np.where(x > 0, gammaincinv(x, tail), 0.0)
    return np.where(finite, low, x), np.where(finite, gammainccinv(x + 1, tail), x)


def training_reach(volumes: pd.DataFrame, members: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return participants in training for each member, participants/m.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    members : DataFrame, optional
        Figures of members, where `volumes` has not all of them.

    Returns
    -------
    DataFrame
        Figures of the indicator `trained`; as fractions, above 1 where members come more than once.
        Inputs: participants, members.
    """
    pairs = members_by(volumes if members is None else members, volumes[volumes["indicator"] == "trained"])
    if pairs.empty:
        return figures.none()
    ratio = Bounded.of(pairs) / Bounded.of(pairs, "_base")
    return figures.finish(pairs, "training_reach", ratio, inputs=figures.pair(pairs))
