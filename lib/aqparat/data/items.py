"""Item rows counted: from the register of publications to observations."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.windows import half_years
from aqparat.runs import ranges, runs


def count_items(publications: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Return item rows counted to half-yearly observations of `publications`.

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
    if publications.empty:
        return pd.DataFrame()
    key = ["organisation", "outlet", "start", "end"]
    windows = half_years(publications["date"])
    rows = publications.assign(**{c: windows[c] for c in windows})
    counted = (
        rows.groupby(key, as_index=False)
        .agg(value=("title", "size"), batch=("batch", "max"))
        .merge(listed(rows, key), on=key)
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


def listed(items: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the origins of item rows by key, an origin a file with its rows as ranges.

    Parameters
    ----------
    items : DataFrame
        Item rows with `place` and `row`.
    key : list of str
        Columns.

    Returns
    -------
    DataFrame
        `key` and `origins` (list of str).
    """
    by_file = items.groupby([*key, "place"], observed=True)["row"].agg(_ranges).reset_index()
    by_file = by_file.assign(origins=by_file["place"].astype(str) + by_file["row"])
    return by_file.groupby(key, as_index=False)["origins"].agg(list)


def _ranges(rows: pd.Series[int]) -> str:
    return ranges(runs(rows))


def bound(observations: pd.DataFrame, margin: float) -> pd.DataFrame:
    """Return observations with their bounds `point`, `low`, `high`; `margin` as in `Bounded.stated`."""
    bounds = Bounded.stated(observations["value"], observations["qualifier"], margin)
    return observations.assign(**bounds.columns())


def fill_channel(observations: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Return each observation the channel of its outlet, where it names one."""
    by_outlet = observations["outlet"].map(outlets["channel"])
    return observations.assign(channel=by_outlet.fillna(observations["channel"]).astype(str))
