"""Windows of time in frames: the half-year and the year of a date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def half_years(dates: pd.Series[Any]) -> pd.DataFrame:
    """Return the half-year each date is in: its first and last day, `start` and `end`."""
    return _windows(dates, 6)


def years(dates: pd.Series[Any]) -> pd.DataFrame:
    """Return the year each date is in: its first and last day, `start` and `end`."""
    return _windows(dates, 12)


def _windows(dates: pd.Series[Any], length: int) -> pd.DataFrame:
    """Return windows of some months, the first of which begins with a year."""
    numbers, days = pd.factorize(dates)  # a few days stand in row after row; -1 is none
    months = days.to_numpy().astype("datetime64[M]").astype("int64")
    first = (months // length * length).astype("datetime64[M]")
    start = first.astype("datetime64[us]")
    end = (first + length).astype("datetime64[us]") - np.timedelta64(1, "D")
    none = np.datetime64("NaT")
    return pd.DataFrame(
        {"start": np.append(start, none)[numbers], "end": np.append(end, none)[numbers]}, index=dates.index
    )
