"""Attendance: how many took part in what the organisations held."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.metrics import figures
from aqparat.metrics.figures import BASE, COLUMNS, KEY, WINDOW
from aqparat.period import Period, Window

PARTICIPANTS = "_participants"  # ends the indicator of those who took part in a kind of activity


def days(start: Any, end: Any) -> Window | None:
    """Return the days an activity was held: one day where a single one is stated, None where none is.

    Parameters
    ----------
    start, end : Timestamp or NaT
        As the table of activities has them.
    """
    stated = [day.date() for day in (start, end) if pd.notna(day)]
    return Window(stated[0], stated[-1]) if stated else None


def attendance(activities: pd.DataFrame, period: Period, margin: float) -> pd.DataFrame:
    """Return the participants of activities by organisation, kind and days.

    Parameters
    ----------
    activities : DataFrame
        Prepared rows of one period.
    period : Period
        Its window stands for days that are not stated.
    margin : float
        What "about" leaves open, as in `Bounded.stated`.

    Returns
    -------
    DataFrame
        Figures of `<kind>_participants`, counted; activities of one kind on the same days are added up.
        They are no part of `trained`, which an organisation reports itself.
    """
    told = activities[activities["participants"].notna()]
    if told.empty:
        return told.reindex(columns=COLUMNS)
    windows = [days(*row) or period.window for row in told[WINDOW].itertuples(index=False)]
    stated = told["qualifier"].replace("", "exact")
    rows = told.assign(
        indicator=told["kind"] + PARTICIPANTS,
        outlet="",
        channel="",
        start=pd.to_datetime([w.start for w in windows]).astype("datetime64[us]"),
        end=pd.to_datetime([w.end for w in windows]).astype("datetime64[us]"),
        value=told["participants"],
        qualifier=stated,
        **Bounded.stated(told["participants"], stated, margin).columns(),
        inputs=[()] * len(told),
        **dict.fromkeys(("interval_low", "interval_high"), np.nan),
        **dict.fromkeys(BASE, pd.NaT),
    )
    rows = rows.assign(id=figures.ids(rows, "volume"))
    alone = ~rows["id"].duplicated(keep=False)
    return figures.stacked(rows[alone][COLUMNS], _added(rows[~alone]))


def _added(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up those on the same days; their raw rows are its own."""
    summed = figures.added(rows, KEY).assign(inputs=lambda found: [()] * len(found))
    return figures.finish(summed, "volume", Bounded.of(summed))
