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
        Figures between 0 and 1; `origins` are the first item row of each month, and of each half that
        those who had to list some did.
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
    firsts = listed.drop_duplicates(["organisation", "half"])
    heads = firsts.groupby("organisation")["origins"].agg(figures.union).to_dict()
    heads[TOTAL] = figures.union(figures.parts(firsts, members)["origins"]) if complete else []
    grouped["origins"] = [
        figures.union([seen, heads[code]])
        for code, seen in zip(grouped["organisation"], grouped["origins"], strict=True)
    ]
    low = (grouped["seen"] / n).to_numpy(dtype=float)
    high = (np.minimum(grouped["seen"] + silent, n) / n).to_numpy(dtype=float)
    bounds = Bounded(np.where(low == high, low, np.nan), low, high)
    dated = grouped.assign(indicator="publications", start=start, end=end)
    return figures.finish(dated, bounds, ceiling=1.0)


def months(publications: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Give each calendar month's items over those of its year's mean month, over two years or more.

    Parameters
    ----------
    publications : DataFrame
        Prepared item rows.
    outlets : DataFrame
        Outlets by code, with `channel`.

    Returns
    -------
    DataFrame
        For each outlet twelve figures of the union, whose windows are the months from the first to the
        last of the years that have items in both halves: the mean ratio, its bounds the least and
        the greatest of a year. `origins` are the first item row of each month, and of all the months
        that they are held against one of each file.
    """
    dates = publications["date"]
    rows = publications.assign(year=dates.dt.year, month=dates.dt.month, half=dates.dt.month > 6)
    rows = rows[rows.groupby(["outlet", "year"])["half"].transform("nunique") == 2]
    first = rows.sort_values("date", kind="stable").drop_duplicates(["outlet", "year", "month"])
    origins = first.groupby(["outlet", "month"])["origins"].agg(figures.union)
    whole = rows.groupby("outlet")["origins"].agg(lambda lists: figures.one_a_file(figures.union(lists)))
    counts = rows.pivot_table(index=["outlet", "year"], columns="month", values="date", aggfunc="size")
    counts = counts.reindex(columns=range(1, 13)).fillna(0.0)
    ratios = counts.div(counts.mean(axis=1), axis=0).reset_index()
    ratios = ratios.melt(id_vars=["outlet", "year"], var_name="month", value_name="ratio")
    ratios["month"] = ratios["month"].astype(int)
    grouped = ratios.groupby(["outlet", "month"], as_index=False).agg(
        point=("ratio", "mean"),
        low=("ratio", "min"),
        high=("ratio", "max"),
        n=("year", "size"),
        first=("year", "min"),
        last=("year", "max"),
    )
    grouped = grouped[grouped["n"] > 1]
    start = pd.to_datetime({"year": grouped["first"], "month": grouped["month"], "day": 1})
    end = pd.to_datetime({"year": grouped["last"], "month": grouped["month"], "day": 1})
    told = grouped.assign(
        indicator="publications",
        organisation=TOTAL,
        channel=grouped["outlet"].map(outlets["channel"]),
        start=start.astype("datetime64[us]"),
        end=(end + pd.offsets.MonthEnd(0)).astype("datetime64[us]"),
        origins=[
            figures.union([origins.get((outlet, month), []), whole[outlet]])
            for outlet, month in zip(grouped["outlet"], grouped["month"], strict=True)
        ],
    )
    return figures.finish(told, Bounded.of(told))


def issues(publications: pd.DataFrame, outlets: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give the issues of a paper that came out over those that were due.

    A day with an item in the paper is an issue; due are its issues a month, over the months of the
    period since it began.

    Parameters
    ----------
    publications : DataFrame
        Prepared item rows.
    outlets : DataFrame
        Outlets by code, with `channel, publisher, issues_per_month, valid_from`.
    period : Period
        The period of the report.

    Returns
    -------
    DataFrame
        Figures of the publisher for the indicator `issues`; only of papers with an item in the period.
    """
    start, end = (pd.Timestamp(day).as_unit("us") for day in (period.start, period.end))
    papers = outlets[outlets["issues_per_month"].gt(0) & outlets["publisher"].ne("")]
    during = publications[publications["date"].between(start, end)]
    during = during[during["outlet"].isin(papers.index)]
    out = during.drop_duplicates(["outlet", "date"]).groupby("outlet", as_index=False)
    seen = out.agg(n=("date", "size"), origins=("origins", figures.union))
    begun = papers["valid_from"].reindex(seen["outlet"]).fillna(start).clip(lower=start).to_numpy()
    days = (end - pd.DatetimeIndex(begun)).days.to_numpy() + 1
    due = papers["issues_per_month"].reindex(seen["outlet"]).to_numpy() * 12 * days / 365.25
    told = seen.assign(
        indicator="issues",
        organisation=papers["publisher"].reindex(seen["outlet"]).to_numpy(),
        channel=papers["channel"].reindex(seen["outlet"]).to_numpy(),
        start=start,
        end=end,
    )
    return figures.finish(told, Bounded.exact(seen["n"]) / Bounded.exact(np.maximum(np.floor(due), 1)))
