"""Windows of time in frames: the half-year of a date, the middle of a window."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd


def half_years(dates: pd.Series[Any]) -> pd.DataFrame:
    """Return the half-year each date is in: its first and last day, `start` and `end`."""
    known = dates.dropna()
    year, first = known.dt.year, known.dt.month <= 6
    start = pd.to_datetime({"year": year, "month": first.map({True: 1, False: 7}), "day": 1})
    end = pd.to_datetime(
        {"year": year, "month": first.map({True: 6, False: 12}), "day": first.map({True: 30, False: 31})}
    )
    frame = pd.DataFrame({"start": start, "end": end}).reindex(dates.index)
    return frame.astype({"start": "datetime64[us]", "end": "datetime64[us]"})


def middle(start: pd.Timestamp, end: pd.Timestamp) -> pd.Timestamp:
    """Return the day in the middle of a window, as `Period.middle`."""
    return (start + (end - start) / 2).floor("D")


def middles(windows: pd.DataFrame, end: date) -> list[pd.Timestamp]:
    """Return the day in the middle of each window; one without an end is taken to end on a given day.

    Parameters
    ----------
    windows : DataFrame
        `start, end` (datetime, NaT = no stated end).
    end : date
    """
    ends = windows["end"].fillna(pd.Timestamp(end))
    return [middle(*window) for window in zip(windows["start"], ends, strict=True)]
