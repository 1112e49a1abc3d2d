"""How many of the organisations are present at all: coverage, and those named with a total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.origin import joined
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def mentions(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the organisations named with a total, one a row, each present at least once.

    Returns
    -------
    DataFrame
        The observations' columns; `organisation` is the one named, `total` the id of the figure that
        names it.
    """
    named = observations[observations["named"].map(len) > 0]
    named = named.assign(total=figures.ids(named, "volume"))
    return (
        named.drop(columns="organisation").rename(columns={"named": "organisation"}).explode("organisation")
    )


def named(observations: pd.DataFrame, members: pd.Index[str] | pd.DataFrame) -> pd.DataFrame:
    """Return counts of the member organisations that a source names with a total.

    Parameters
    ----------
    observations : DataFrame
        Prepared observations.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).

    Returns
    -------
    DataFrame
        Figures of the union for the indicator `organisations_named`, counted.
    """
    listed = figures.parts(mentions(observations), members)
    counted = listed.groupby(["outlet", "channel", *WINDOW], dropna=False, as_index=False).agg(
        n=("organisation", "nunique"), origins=("origins", joined)
    )
    counted = counted.assign(indicator="organisations_named", organisation=TOTAL)
    return figures.finish(counted, "volume", Bounded.exact(counted["n"]))


def present(
    volumes: pd.DataFrame,
    observations: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    least: float,
) -> pd.DataFrame:
    """Return counts of the member organisations with at least k: #{x ≥ k}.

    An organisation that did not report may have had k or not: [known, known + unknown].

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    observations : DataFrame
        Prepared observations, for the organisations named with a total.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    least : float
        k.

    Returns
    -------
    DataFrame
        Figures of the union, counted: `origins` are all rows looked at.
    """
    counts = figures.parts(volumes, members)
    yes, no = counts[counts["low"] >= least], counts[counts["high"] < least]
    if least <= 1:
        listed = figures.parts(mentions(observations), members)
        yes = figures.stacked(yes, listed.merge(counts[WINDOW].drop_duplicates(), on=WINDOW))
    key = [*WHAT, *WINDOW]
    rows = figures.stacked(yes.assign(yes=True), no.assign(yes=False))
    rows = rows.drop_duplicates([*key, "organisation"])
    numbers, places = figures.grouped(rows, key)
    told, origins = rows.iloc[[own[0] for own in places]], rows["origins"].tolist()
    low = np.bincount(numbers, rows["yes"])
    high = low + told["n"].to_numpy() - np.bincount(numbers)
    told = told.assign(organisation=TOTAL, origins=[joined(origins[p] for p in own) for own in places])
    bounds = Bounded.between(low, high)
    told = told.drop(columns="inputs", errors="ignore")  # mentions alone have none
    return figures.finish(told, "present", bounds)


def coverage(presence: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
    """Share of the N member organisations with at least k: #{x ≥ k}/N.

    Parameters
    ----------
    presence : DataFrame
        Figures as `present` gives them.
    due : DataFrame
        Figures of N, one a window (`organisations`).

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1. Inputs: the count, N.
    """
    pairs = presence.merge(due[["id", *WINDOW, "point", "low", "high"]], on=WINDOW, suffixes=("", "_base"))
    ratio = Bounded.of(pairs) / Bounded.of(pairs, "_base")
    return figures.finish(pairs, "coverage", ratio, ceiling=1.0, inputs=figures.pair(pairs))
