"""What a report is about: which windows of which figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from aqparat.data.schemas import TOTAL
from aqparat.metrics.facts import Fact
from aqparat.period import Period, Window

_TOTALS = ("volume", "common_total")
_CHANGES = ("growth", "rate_ratio", "common_growth", "common_ratio")  # and whether chance may explain them


@dataclass(frozen=True)
class Scope:
    """What a report is about: the windows of its period and year, and those they are compared with.

    Parameters
    ----------
    period : Period
    """

    period: Period

    def about(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Return which rows' windows lie in the period, are its year, or began in its year without an end."""
        return _in(frame, self.period)

    def __call__(self, frame: pd.DataFrame, besides: Collection[str] = ()) -> pd.DataFrame:
        """Return what the report is about and is compared with, and the union's figures of all windows.

        Parameters
        ----------
        frame : DataFrame
            Figures.
        besides : collection of str
            Ids of further figures to keep.
        """
        wanted = self.about(frame) | _in(frame, self.period.year_earlier) | frame["organisation"].eq(TOTAL)
        return frame[wanted | frame["id"].isin(list(besides))].reset_index(drop=True)

    def holds(self, fact: Fact) -> bool:
        """Return whether a fact stands in facts.json for itself, not only as another's input."""
        period, window = self.period, fact.window
        year = period.whole_year
        if window == year.window or (window.is_open and year.start <= window.start <= period.end):
            return True
        if _within(window, period) and not _is_month(window):
            return True
        if window == period.year_earlier.window:
            of_site = fact.metric == "share" and fact.channel == "website"  # whose share has fallen is told
            return of_site or fact.metric in (*_TOTALS, "median")
        if fact.organisation != TOTAL:
            return False
        if _is_month(window) and fact.metric == "volume" and fact.indicator == "publications":
            return _within(window, period) or _within(window, period.year_earlier)
        if fact.metric in _CHANGES:
            return window.period is not None and not window.period.is_half
        return (fact.metric in _TOTALS and window.period is not None) or fact.metric in (
            "cagr",
            "seasonality",
        )


def _in(frame: pd.DataFrame, period: Period) -> pd.Series[bool]:
    year = period.whole_year
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    whole = (frame["start"] == pd.Timestamp(year.start)) & (frame["end"] == pd.Timestamp(year.end))
    inside = (frame["start"] >= first) & (frame["end"] <= last)
    opened = frame["end"].isna() & frame["start"].between(pd.Timestamp(year.start), last)
    return whole | inside | opened


def _within(window: Window, period: Period) -> bool:
    return window.end is not None and window.start in period and window.end in period


def _is_month(window: Window) -> bool:
    return window.end is not None and (window.end - window.start).days < 31
