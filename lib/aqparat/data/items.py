"""Item rows counted: from the register of publications to observations."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pandas as pd

from aqparat.bounds import Bounded

KEY = ["indicator", "organisation", "outlet", "channel", "start", "end"]  # what one figure is about


def half_years(dates: pd.Series[Any]) -> pd.DataFrame:
    """Give the half-year each date is in: its first and last day, `start` and `end`."""
    known = dates.dropna()
    year, first = known.dt.year, known.dt.month <= 6
    start = pd.to_datetime({"year": year, "month": first.map({True: 1, False: 7}), "day": 1})
    end = pd.to_datetime(
        {"year": year, "month": first.map({True: 6, False: 12}), "day": first.map({True: 30, False: 31})}
    )
    frame = pd.DataFrame({"start": start, "end": end}).reindex(dates.index)
    return frame.astype({"start": "datetime64[us]", "end": "datetime64[us]"})


def count_items(publications: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Count item rows to half-yearly observations of `publications`.

    Parameters
    ----------
    publications : DataFrame
        Prepared item rows.
    outlets : DataFrame
        Outlets by code.

    Returns
    -------
    DataFrame
        Observations, exact, with the origins of the rows counted.
    """
    windows = half_years(publications["date"])
    counted = (
        publications.assign(**{c: windows[c] for c in windows})
        .groupby(["organisation", "outlet", "start", "end"], as_index=False)
        .agg(value=("title", "size"), origins=("origins", _joined), batch=("batch", "max"))
        .astype({"start": "datetime64[us]", "end": "datetime64[us]"})
    )
    counted = counted.assign(
        indicator="publications",
        value=counted["value"].astype(float),
        qualifier="exact",
        named=[[] for _ in range(len(counted))],
        channel="",
        extreme="",
        source="publications",
    )
    return counted.pipe(bound, margin=0.0).pipe(fill_channel, outlets)


def _joined(lists: pd.Series[Any]) -> list[str]:
    return list(chain.from_iterable(lists))


def bound(observations: pd.DataFrame, margin: float) -> pd.DataFrame:
    """Add the bounds of stated values: `point`, `low`, `high`; `margin` as in `Bounded.stated`."""
    bounds = Bounded.stated(observations["value"], observations["qualifier"], margin)
    return observations.assign(**bounds.columns())


def fill_channel(observations: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Give each observation the channel of its outlet, where it names one."""
    by_outlet = observations["outlet"].map(outlets["channel"])
    return observations.assign(channel=by_outlet.fillna(observations["channel"]).astype(str))
