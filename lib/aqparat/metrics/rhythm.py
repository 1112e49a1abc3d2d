"""The rhythm of the work over a year: seasonality and regularity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import SERIES
from aqparat.period import Period


def seasonality(volumes: pd.DataFrame) -> pd.DataFrame:
    """Give the first half's share of its whole year, over two years or more.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, of what adds up over time.

    Returns
    -------
    DataFrame
        One figure a series, from the first to the last of the years: the mean share, its bounds the
        least and the greatest of a year.
    """
    kinds = figures.kind(volumes)
    rows = volumes.assign(year=volumes["start"].dt.year)
    first = rows[(kinds == "half") & (rows["start"].dt.month == 1)]
    years = rows[kinds == "year"][[*SERIES, "year", "end", "point", "low", "high", "origins"]]
    pairs = first.merge(years, on=[*SERIES, "year"], suffixes=("", "_base"))
    half, year = Bounded.of(pairs), Bounded.of(pairs, "_base")
    share = (half / year).where(half.low <= year.high).within(0, 1)  # not above: a fault of the data
    share = Bounded(np.where(share.value <= 1, share.value, np.nan), share.low, share.high)
    known = pairs.assign(**share.columns(), origins=figures.both(pairs))[share.known]
    grouped = known.groupby(SERIES, as_index=False).agg(
        point=("point", lambda x: x.mean(skipna=False)),
        low=("low", "min"),
        high=("high", "max"),
        n=("year", "size"),
        start=("start", "min"),
        end=("end_base", "max"),
        origins=("origins", figures.union),
    )
    grouped = grouped[grouped["n"] > 1]
    return figures.finish(grouped, Bounded.of(grouped), ceiling=1.0)


def regularity(
    publications: pd.DataFrame, outlets: pd.DataFrame, period: Period, members: pd.Index[str]
) -> pd.DataFrame:
    """Give the part of a period's months that have an item, by organisation and outlet.

    Who lists no item at all in a half did not report it: its months may have had items or not. So
    may the union's, where one of the members lists none.

    Parameters
    ----------
    publications : DataFrame
        Prepared item rows.
    outlets : DataFrame
        Outlets by code, with `channel`.
    period : Period
        The period of the report.
    members : Index of str
        Codes of all organisations that the union's items are made of: the members and the head office.

    Returns
    -------
    DataFrame
        Figures between 0 and 1; `origins` are the first item row of each month.
    """
    start, end = (pd.Timestamp(day).as_unit("us") for day in (period.start, period.end))
    during = publications[publications["date"].between(start, end)]
    month = during["date"].dt.month
    listed = during.assign(month=month, half=month > 6, channel=during["outlet"].map(outlets["channel"]))
    listed = listed.sort_values("date", kind="stable")
    union = figures.parts(listed, members)
    months = pd.concat(
        [
            listed.drop_duplicates(["organisation", "outlet", "month"]),
            union.drop_duplicates(["outlet", "month"]).assign(organisation=TOTAL),
        ]
    )
    grouped = months.groupby(["organisation", "outlet", "channel"], as_index=False).agg(
        seen=("month", "size"), origins=("origins", figures.union)
    )
    halves, n = (1, 6) if period.is_half else (2, 12)
    told = listed.groupby("organisation")["half"].nunique()
    silent = 6 * (halves - grouped["organisation"].map(told).astype(float))
    complete = len(union[["organisation", "half"]].drop_duplicates()) == halves * len(members)
    silent = silent.mask(grouped["organisation"] == TOTAL, 0 if complete else n)
    low = (grouped["seen"] / n).to_numpy(dtype=float)
    high = (np.minimum(grouped["seen"] + silent, n) / n).to_numpy(dtype=float)
    bounds = Bounded(np.where(low == high, low, np.nan), low, high)
    dated = grouped.assign(indicator="publications", start=start, end=end)
    return figures.finish(dated, bounds, ceiling=1.0)
