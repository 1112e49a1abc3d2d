"""The rhythm of the work over a year: seasonality and regularity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.items import grouped, listed
from aqparat.data.origin import joined
from aqparat.data.schemas import TOTAL
from aqparat.data.windows import half_years
from aqparat.metrics import figures
from aqparat.metrics.figures import SERIES, WINDOW
from aqparat.period import Period

_PART = [*SERIES, "month"]  # a part of the year: a half or a month by its first month


def seasonality(volumes: pd.DataFrame, parts: pd.DataFrame | None = None, *, years: int) -> pd.DataFrame:
    """Return the share of a part of the year in its whole year, over two years or more.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, of what adds up over time.
    parts : DataFrame, optional
        Figures of months, as `month_counts` gives them; by default those of first halves in `volumes`.
    years : int
        How many of the last years tell it.

    Returns
    -------
    DataFrame
        One figure a series and part, from the first day of the first year's part to the last of the last
        one's (of a half: of the last year): the mean of part/year (of months: of part/year x 12, so that
        a mean month has 1), its bounds the least and the greatest of a year. Inputs: part and year of
        each year.
    """
    kinds = figures.kind(volumes)
    told = volumes.drop(columns=figures.BASE).assign(year=volumes["start"].dt.year)
    whole = told[kinds == "year"][[*SERIES, "year", "id", "end", "point", "low", "high"]]
    if parts is None:
        part = told[(kinds == "half") & (told["start"].dt.month == 1)].assign(month=0)
        factor = 1.0
    else:
        part = parts.drop(columns=figures.BASE).assign(
            year=parts["start"].dt.year, month=parts["start"].dt.month
        )
        factor = 12.0
    pairs = part.merge(whole, on=[*SERIES, "year"], suffixes=("", "_base")).sort_values("year")
    if pairs.empty:
        return figures.none()
    pairs = pairs[pairs["year"] > pairs.groupby(_PART)["year"].transform("max") - years]
    share = _part_of(pairs) * factor
    pairs = pairs.assign(**share.columns())[share.known]
    if parts is None:
        pairs["end"] = pairs["end_base"]
    grouped = pairs.groupby(_PART, as_index=False).agg(
        point=("point", "mean"), known=("point", "count"), low=("low", "min"), high=("high", "max"),
        n=("year", "size"), start=("start", "min"), end=("end", "max"),
        part=("id", list), whole=("id_base", list),
    )  # fmt: skip
    grouped = grouped[grouped["n"] > 1]
    value = grouped["point"].where(grouped["known"] == grouped["n"])
    inputs = [
        [i for pair in zip(part, whole, strict=True) for i in pair]
        for part, whole in zip(grouped["part"], grouped["whole"], strict=True)
    ]
    bounds = Bounded(value.to_numpy(), grouped["low"].to_numpy(), grouped["high"].to_numpy())
    ceiling = 1.0 if parts is None else np.inf
    return figures.finish(grouped, "seasonality", bounds, ceiling=ceiling, inputs=inputs)


def _part_of(pairs: pd.DataFrame) -> Bounded:
    """Return the share of a part in its year; a part above its year is a fault of the data, not a share."""
    part, year = Bounded.of(pairs), Bounded.of(pairs, "_base")
    share = (part / year).where((part.low <= year.high) & (year.low > 0))
    return Bounded(np.where(share.value <= 1, share.value, np.nan), share.low, share.high)


def active_months(
    items: pd.DataFrame,
    outlets: pd.DataFrame,
    period: Period,
    members: pd.Index[str],
    reported: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return counts of the months of a period that have an item, by organisation and outlet.

    Who lists no item of an outlet in a half did not report it: its months may have had items or not. So
    may the union's, where one of the members lists none. Nor is all listed where more was reported of an
    outlet and half than there are rows: any of its months may have had an item.

    Parameters
    ----------
    items : DataFrame
        Items of the register.
    outlets : DataFrame
        Outlets by code, with `channel`.
    period : Period
        The period of the report.
    members : Index of str
        Codes of all organisations that the union's items are made of: the members and the head office.
    reported : DataFrame, optional
        Prepared observations.

    Returns
    -------
    DataFrame
        Figures of the indicator `active_months`, counted; `origins` are the item rows of the period.
    """
    start, end = (pd.Timestamp(day).as_unit("us") for day in (period.start, period.end))
    rows = items[items["date"].between(start, end)]
    if rows.empty:
        return figures.none()
    rows = rows.assign(month=rows["date"].dt.month, half=half_years(rows["date"])["start"])
    of_members = rows[rows["organisation"].isin(members)]
    shared = of_members.assign(organisation=TOTAL)
    key = ["organisation", "outlet"]
    cells = [grouped(part, [*key, "half", "month"]) for part in (rows, shared)]
    own = pd.concat(cells)
    found = own.groupby(key, as_index=False).agg(months=("month", "nunique"), halves=("half", "nunique"))
    where = pd.concat([listed(part, key) for part in (rows, shared) if len(part)])
    found = found.merge(where, on=key)
    halves, n = (1, 6) if period.is_half else (2, 12)
    lists = grouped(of_members, ["outlet", "organisation", "half"]).groupby("outlet").size()
    short = _short(own, reported).merge(found[key])  # months of halves that may have had more
    unlisted = found[key].merge(short.groupby(key)["months"].sum().reset_index(), on=key, how="left")[
        "months"
    ]
    complete = found["outlet"].map(lists.to_dict()).eq(halves * len(members))
    complete &= ~found["outlet"].isin(short["outlet"])
    silent = 6 * (halves - found["halves"]) + unlisted.fillna(0)
    silent = silent.mask(found["organisation"] == TOTAL, np.where(complete, 0, n))
    low = found["months"].to_numpy(dtype=float)
    high = np.minimum(low + silent.to_numpy(dtype=float), n)
    told = found.assign(
        indicator="active_months", channel=found["outlet"].map(outlets["channel"]), start=start, end=end
    )
    return figures.finish(told, "volume", Bounded.between(low, high))


def _short(items: pd.DataFrame, reported: pd.DataFrame | None) -> pd.DataFrame:
    """Return where more items were reported of a half than are listed, with the `months` that list none.

    Columns: `organisation, outlet, half, months`.
    """
    key = ["organisation", "outlet", "half"]
    counts = items.groupby(key, as_index=False).agg(n=("n", "sum"), months=("month", "nunique"))
    if reported is None or counts.empty:
        return counts.iloc[:0]
    stated = reported[reported["indicator"].eq("publications") & (figures.kind(reported) == "half")]
    told = counts.merge(stated.rename(columns={"start": "half"})[[*key, "low"]], on=key)
    return told[told["low"] > told["n"]].assign(months=lambda rows: 6 - rows["months"])[[*key, "months"]]


def calendar_months(organisations: pd.DataFrame, period: Period, codes: pd.Index[str]) -> pd.DataFrame:
    """Return counts of the months of a period, for each organisation that is asked about.

    Parameters
    ----------
    organisations : DataFrame
        The reference table by code, with `origins`.
    period : Period
        The period of the report.
    codes : Index of str
        Of organisations, or TOTAL.

    Returns
    -------
    DataFrame
        Figures of the indicator `calendar_months`; `origins` are the organisations' reference rows.
    """
    if codes.empty:
        return figures.none()
    every = joined(organisations["origins"])
    told = pd.DataFrame(
        {
            "indicator": "calendar_months",
            "organisation": codes,
            "outlet": "",
            "channel": "",
            "start": pd.Timestamp(period.start).as_unit("us"),
            "end": pd.Timestamp(period.end).as_unit("us"),
            "origins": [every if c == TOTAL else organisations.loc[c, "origins"] for c in codes],
        }
    )
    return figures.finish(told, "volume", Bounded.exact(np.full(len(told), 6.0 if period.is_half else 12.0)))


def issues(items: pd.DataFrame, outlets: pd.DataFrame, period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return counts of the issues of a paper that came out, and those that were due.

    A day with an item in the paper is an issue; there may have been others, with nobody's items or with
    those of an organisation that did not list them. Due are its issues a month, over the months of the
    period since it began.

    Parameters
    ----------
    items : DataFrame
        Items of the register.
    outlets : DataFrame
        Outlets by code, with `channel, publisher, issues_per_month, valid_from, origins`.
    period : Period
        The period of the report.

    Returns
    -------
    out, due : DataFrame
        Figures of the publisher for the indicators `issues_out`, a lower bound, and `issues_due`, counted;
        only of papers with an item in the period.
    """
    start, end = (pd.Timestamp(day).as_unit("us") for day in (period.start, period.end))
    papers = outlets[outlets["issues_per_month"].gt(0) & outlets["publisher"].ne("")]
    during = items[items["date"].between(start, end)]
    during = during[during["outlet"].isin(papers.index)]
    if during.empty:
        return figures.none(), figures.none()
    seen = grouped(during, ["outlet", "date"]).groupby("outlet", as_index=False).agg(n=("date", "nunique"))
    seen = seen.merge(listed(during, ["outlet"]))
    begun = papers["valid_from"].reindex(seen["outlet"]).fillna(start).clip(lower=start).to_numpy()
    days = (end - pd.DatetimeIndex(begun)).days.to_numpy() + 1
    due = papers["issues_per_month"].reindex(seen["outlet"]).to_numpy() * 12 * days / 365.25
    told = seen.assign(
        indicator="issues_out",
        organisation=papers["publisher"].reindex(seen["outlet"]).to_numpy(),
        channel=papers["channel"].reindex(seen["outlet"]).to_numpy(),
        start=start,
        end=end,
    )
    wanted = told.assign(
        indicator="issues_due", origins=[papers.loc[code, "origins"] for code in seen["outlet"]]
    )
    return (
        figures.finish(told, "volume", Bounded.stated(seen["n"], "at_least")),
        figures.finish(wanted, "volume", Bounded.exact(np.maximum(np.floor(due), 1))),
    )


def regularity(counted: pd.DataFrame, due: pd.DataFrame, on: list[str], indicator: str) -> pd.DataFrame:
    """Return what there was over what was due: months with an item over months, issues out over issues due.

    Parameters
    ----------
    counted, due : DataFrame
        Figures as `active_months` and `calendar_months`, or `issues`, give them.
    on : list of str
        Columns by which they meet, besides the window.
    indicator : str
        Of the figures given: `publications`, `issues`.

    Returns
    -------
    DataFrame
        Figures between 0 and 1. Inputs: what was counted, what was due.
    """
    pairs = counted.merge(
        due[["id", *on, *WINDOW, "point", "low", "high"]], on=[*on, *WINDOW], suffixes=("", "_base")
    )
    ratio = Bounded.of(pairs) / Bounded.of(pairs, "_base")
    ratio = Bounded(ratio.value, np.minimum(ratio.low, 1.0), ratio.high)
    told = pairs.assign(indicator=indicator)
    return figures.finish(told, "regularity", ratio, ceiling=1.0, inputs=figures.pair(pairs))
