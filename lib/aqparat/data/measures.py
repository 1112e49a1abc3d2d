"""Measures over the periods: the latest word on each, and what an earlier one has said that it leaves out."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from aqparat.period import Period

OPEN = ("planned", "under_way")  # the states of what is still to be done


def carried(measures: pd.DataFrame) -> pd.DataFrame:
    """Return measures, each row with what an earlier batch has said and it leaves empty.

    Who reports the state of a measure need not say again until when it is due, nor what it is to change.

    Parameters
    ----------
    measures : DataFrame
        Typed rows of all batches.

    Returns
    -------
    DataFrame
        The same rows in the same order; `due`, `target` and `indicator` filled from the batch before.
    """
    if measures.empty:
        return measures
    order = in_order(measures)
    told = order.assign(indicator=order["indicator"].mask(order["indicator"] == ""))
    columns = ["due", "target", "indicator"]
    known = told.groupby("code", sort=False)[columns].ffill()
    filled = order.assign(**known).assign(indicator=known["indicator"].fillna("").astype(str))
    return filled.loc[measures.index]


def in_order(measures: pd.DataFrame) -> pd.DataFrame:
    """Return measures with those of earlier batches first."""
    return measures.loc[measures["batch"].map(Period.parse).sort_values(kind="stable").index]


def latest(measures: pd.DataFrame) -> pd.DataFrame:
    """Return the latest word on each measure, by due day; of one day as they were first handed in."""
    if measures.empty:
        return measures
    order = in_order(measures)
    first = {code: place for place, code in enumerate(order["code"].unique())}
    last = order.drop_duplicates("code", keep="last")
    return last.assign(first=last["code"].map(first)).sort_values(["due", "first"]).drop(columns="first")


def shown(measures: pd.DataFrame, batches: Iterable[str]) -> pd.DataFrame:
    """Return the measures that a report shows: the latest word on each, without those ended before.

    Parameters
    ----------
    measures : DataFrame
        Typed rows of all batches.
    batches : iterable of str
        Those of the period itself.

    Returns
    -------
    DataFrame
        A row a measure, with `updated`: whether the period has brought that word.
    """
    told = latest(measures)
    updated = told["batch"].isin(set(batches))
    return told[updated | told["status"].isin(OPEN)].assign(updated=updated)
