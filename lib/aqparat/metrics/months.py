"""Items a month: counts of the rows of a register in whose windows nothing is missing."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.items import grouped, listed
from aqparat.data.schemas import TOTAL
from aqparat.data.windows import half_years, years
from aqparat.metrics import figures
from aqparat.metrics.figures import WINDOW
from aqparat.period import Period

_KEY = ["organisation", "outlet", *WINDOW]
_YEAR, _HALF = range(1, 13), {1: range(1, 7), 7: range(7, 13)}


def month_counts(
    items: pd.DataFrame, volumes: pd.DataFrame, outlets: pd.DataFrame, last: int
) -> pd.DataFrame:
    """Return counts of the union's items of each month, in the last years whose items are all in a register.

    Parameters
    ----------
    items : DataFrame
        Items of the register.
    volumes : DataFrame
        Figures as `volume` gives them: a year counts where the union's is just the number of rows.
    outlets : DataFrame
        Outlets by code, with `channel`.
    last : int
        How many years.

    Returns
    -------
    DataFrame
        Figures of the union by outlet and month, counted; a month without items has 0 and names the
        rows of its year, which were searched.
    """
    if items.empty:
        return figures.none()
    rows = items.assign(organisation=TOTAL, **years(items["date"]))
    whole = _whole(rows, volumes)
    started = whole["start"].dt.year
    whole = whole[started > started.groupby(whole["outlet"]).transform("max") - last]
    return _counted(rows, whole, outlets)


def period_months(
    items: pd.DataFrame,
    volumes: pd.DataFrame,
    outlets: pd.DataFrame,
    period: Period,
    *,
    of_organisations: bool = False,
) -> pd.DataFrame:
    """Return counts of the items of each month of a period and of the same a year earlier.

    Parameters
    ----------
    items, volumes, outlets : DataFrame
        As for `month_counts`; a half counts where the figure is just the number of rows.
    period : Period
    of_organisations : bool
        Whether of each organisation, else of the union.

    Returns
    -------
    DataFrame
        Figures as `month_counts` gives them; the rows searched are those of the half.
    """
    if items.empty:
        return figures.none()
    rows = items.assign(**half_years(items["date"]))
    rows = rows if of_organisations else rows.assign(organisation=TOTAL)
    near = [(p.start, p.end) for p in (period, period.year_earlier)]
    inside = [rows["date"].between(pd.Timestamp(first), pd.Timestamp(last)) for first, last in near]
    rows = rows[inside[0] | inside[1]]
    return _counted(rows, _whole(rows, volumes), outlets)


def _whole(rows: pd.DataFrame, volumes: pd.DataFrame) -> pd.DataFrame:
    """Return the series and windows whose items are all in the register, a row each: `_KEY`."""
    told = volumes[volumes["indicator"] == "publications"]
    whole = grouped(rows, _KEY).merge(told[[*_KEY, "point"]], on=_KEY)
    return whole.loc[whole["n"] == whole["point"], _KEY]


def _counted(rows: pd.DataFrame, whole: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of windows by month; a month without one names all rows of its window."""
    if whole.empty:
        return figures.none()
    key = _KEY
    rows = rows.assign(month=rows["date"].dt.month)
    rows = rows[rows["outlet"].isin(whole["outlet"].unique()) & rows["start"].isin(whole["start"].unique())]
    half = whole["end"].dt.month - whole["start"].dt.month == 5
    months = [
        _HALF[m] if is_half else _YEAR for m, is_half in zip(whole["start"].dt.month, half, strict=True)
    ]
    grid = whole.assign(month=[list(m) for m in months]).explode("month").astype({"month": int})
    counts = grouped(rows, [*key, "month"])
    searched = listed(rows, key).rename(columns={"origins": "searched"})
    told = grid.merge(counts, how="left").merge(listed(rows, [*key, "month"]), how="left").merge(searched)
    january = told["start"].to_numpy().astype("datetime64[Y]").astype("datetime64[M]")
    month = january + (told["month"].to_numpy() - 1)
    told = told.assign(
        indicator="publications",
        channel=told["outlet"].map(outlets["channel"]),
        start=month.astype("datetime64[us]"),
        end=((month + 1).astype("datetime64[D]") - 1).astype("datetime64[us]"),
        origins=[
            own if isinstance(own, list) else every
            for own, every in zip(told["origins"], told["searched"], strict=True)
        ],
    )
    return figures.finish(told, "volume", Bounded.exact(told["n"].fillna(0)))
