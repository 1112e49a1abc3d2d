"""Volume: what was counted, as reported, with the sums that follow from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import COLUMNS, KEY, SERIES, WHAT, WINDOW


def volume(
    observations: pd.DataFrame,
    members: pd.Index[str],
    head_office: Sequence[str] = (),
    stocks: Sequence[str] = (),
) -> pd.DataFrame:
    """Give every figure reported, and the union's sum where only organisations reported.

    Parameters
    ----------
    observations : DataFrame
        Prepared observations.
    members : Index of str
        Codes of the N member organisations.
    head_office : sequence of str
        Codes whose own figures belong to the union's sum besides the members'; one that did not
        report leaves the sum open above, as a member does.
    stocks : sequence of str
        Indicators that two halves of a year do not add up for.

    Returns
    -------
    DataFrame
        Figures (`figures.COLUMNS`). A sum over fewer than N organisations is a lower bound:
        `value` NaN, `high` inf. A total that is reported stands as it is.

    Notes
    -----
    Formula: Σ x (domain, section 3).
    """
    reported = observations.assign(base_start=pd.NaT, base_end=pd.NaT)[COLUMNS]
    flows = reported[~reported["indicator"].isin(list(stocks))]
    stated = _with_new(reported, _years(flows))
    return _with_new(stated, _sums(stated, members, list(head_office)))


def _with_new(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Add the rows whose key is not there yet."""
    if new.empty:
        return old
    fresh = new.merge(old[KEY], on=KEY, how="left", indicator="_in")
    fresh = fresh[fresh["_in"] == "left_only"].drop(columns="_in")
    return pd.concat([old, fresh], ignore_index=True) if len(fresh) else old


def _years(flows: pd.DataFrame) -> pd.DataFrame:
    """Add up years of which both halves are known."""
    halves = flows[figures.kind(flows) == "half"]
    year = halves["start"].dt.year
    grouped = halves.assign(year=year).groupby([*SERIES, "year"])
    both = grouped.filter(lambda g: len(g) == 2)
    if both.empty:
        return both
    return _add(
        both.assign(
            start=pd.to_datetime(both["year"].astype(str) + "-01-01").astype("datetime64[us]"),
            end=pd.to_datetime(both["year"].astype(str) + "-12-31").astype("datetime64[us]"),
        )
    )


def _sums(stated: pd.DataFrame, members: pd.Index[str], head_office: list[str]) -> pd.DataFrame:
    """Sum what two organisations or more reported; unreported ones leave the sum open above.

    Figures over several channels at once are not summed: each mixes channels of its own.
    """
    told = figures.unmixed(stated)
    parts = told[told["organisation"].isin([*members, *head_office])]
    reporting = parts.groupby([*WHAT, *WINDOW], dropna=False)["organisation"].transform("nunique")
    whole = np.where(parts["indicator"] == "members", 0, len(head_office))  # it has no members
    missing = len(members) + whole - reporting
    enough = reporting > 1
    if not enough.any():
        return parts[enough]
    open_above = parts.assign(
        organisation=TOTAL,
        high=np.where(missing > 0, np.inf, parts["high"]),
        point=np.where(missing > 0, np.nan, parts["point"]),
    )
    return _add(open_above[enough])


def _add(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(KEY, dropna=False, as_index=False)
    summed = grouped.agg(
        point=("point", lambda x: x.sum(skipna=False)),
        low=("low", "sum"),
        high=("high", "sum"),
        origins=("origins", figures.union),
    )
    return figures.finish(summed, Bounded.of(summed))
