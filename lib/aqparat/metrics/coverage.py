"""How many of the organisations are present at all: coverage, and those named with a total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW


def mentions(observations: pd.DataFrame) -> pd.DataFrame:
    """List the organisations named with a total, one a row (`organisation`), each present at least once."""
    named = observations[observations["named"].map(len) > 0]
    return (
        named.drop(columns="organisation").rename(columns={"named": "organisation"}).explode("organisation")
    )


def named(observations: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
    """Count the member organisations that a source names with a total.

    Parameters
    ----------
    observations : DataFrame
        Prepared observations.
    members : Index of str
        Codes of the N member organisations.

    Returns
    -------
    DataFrame
        Figures of the union for the indicator `organisations_named`.
    """
    listed = mentions(observations)
    listed = listed[listed["organisation"].isin(members)]
    counted = listed.groupby(["outlet", "channel", *WINDOW], dropna=False, as_index=False).agg(
        n=("organisation", "nunique"), origins=("origins", figures.union)
    )
    counted = counted.assign(indicator="organisations_named", organisation=TOTAL)
    return figures.finish(counted, Bounded.exact(counted["n"]))


def coverage(
    volumes: pd.DataFrame, observations: pd.DataFrame, members: pd.Index[str], least: float = 1
) -> pd.DataFrame:
    """Share of the N member organisations with at least k: #{x ≥ k}/N.

    An organisation that did not report may have had k or not: [known, known + unknown]/N.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    observations : DataFrame
        Prepared observations, for the organisations named with a total.
    members : Index of str
        Codes of the N member organisations.
    least : float
        k.

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1.
    """
    counts = figures.parts(volumes, members)
    present = counts[counts["low"] >= least]
    absent = counts[counts["high"] < least]
    if least <= 1:
        listed = mentions(observations)
        present = pd.concat([present, listed[listed["organisation"].isin(members)]])
    keys = [*WHAT, *WINDOW]
    rows = pd.concat([present.assign(yes=True), absent.assign(yes=False)])
    if rows.empty:
        return figures.finish(rows.assign(organisation=TOTAL), Bounded.exact(rows["low"]))
    rows = rows.drop_duplicates([*keys, "organisation"])
    grouped = rows.groupby(keys, dropna=False, as_index=False).agg(
        known=("yes", "sum"), told=("yes", "size"), origins=("origins", figures.union)
    )
    n = len(members)
    low = grouped["known"].to_numpy(dtype=float) / n
    high = (grouped["known"] + n - grouped["told"]).to_numpy(dtype=float) / n
    bounds = Bounded(np.where(low == high, low, np.nan), low, high)
    return figures.finish(grouped.assign(organisation=TOTAL), bounds, ceiling=1.0)
