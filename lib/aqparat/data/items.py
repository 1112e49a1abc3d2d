"""Item rows counted: from the register of publications to observations."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.windows import half_years
from aqparat.runs import ranges_of


def count_items(items: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Return item rows counted to half-yearly observations of `publications`.

    Parameters
    ----------
    items : DataFrame
        Items of the register.
    outlets : DataFrame
        Outlets by code.

    Returns
    -------
    DataFrame
        Observations, exact, with the origins of the rows counted.
    """
    if items.empty:
        return pd.DataFrame()
    key = ["organisation", "outlet", "start", "end"]
    rows = items.assign(**_half_years(items["date"]))
    handed = (
        grouped(rows, [*key, "batch"])
        .groupby(key, as_index=False)
        .agg(value=("n", "sum"), batch=("batch", "max"))
    )
    counted = handed.merge(listed(rows, key), on=key)
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


def by_half_year(items: pd.DataFrame) -> pd.DataFrame:
    """Return how many items there are by organisation, outlet and half-year: `n`."""
    return grouped(items.assign(**_half_years(items["date"])), ["organisation", "outlet", "start", "end"])


def _half_years(dates: pd.Series[Any]) -> dict[str, pd.Categorical]:
    """Return the half-year each date is in, as categories: there are few, and so they are counted sooner."""
    numbers, days = pd.factorize(dates)
    found = {}
    for name, column in half_years(pd.Series(days)).items():
        codes, different = pd.factorize(column, sort=True)
        found[str(name)] = pd.Categorical.from_codes(np.append(codes, -1)[numbers], different)
    return found


def grouped(items: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return how many items there are by key, in its order: `key` and `n`; one without a day is in none."""
    numbers, groups = _numbered(items, key)
    return groups.assign(n=np.bincount(numbers[numbers >= 0], minlength=len(groups)))


def listed(items: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the origins of items by key, an origin a file with its rows as ranges.

    Parameters
    ----------
    items : DataFrame
        Items with `place` and `row`.
    key : list of str
        Columns.

    Returns
    -------
    DataFrame
        `key` and `origins` (list of str).
    """
    numbers, groups = _numbered(items, [*key, "place"])
    ranges = ranges_of(numbers, items["row"].to_numpy(), len(groups))
    by_file = groups.assign(origins=groups["place"] + pd.Series(ranges, groups.index, dtype=str))
    return by_file.groupby(key, as_index=False)["origins"].agg(list)


def _numbered(items: pd.DataFrame, key: list[str]) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """Return the group that each item is in, -1 for none, and the groups in the order of the key."""
    numbers, missing = np.zeros(len(items), dtype=np.int64), np.zeros(len(items), dtype=bool)
    values, sizes = [], []
    for name in key:
        codes, different = _factorized(items[name])
        numbers = numbers * len(different) + codes
        missing |= codes < 0
        values.append(different)
        sizes.append(len(different))
    numbers[missing] = -1
    found, numbers = _compacted(numbers, int(np.prod(sizes)))
    places = np.unravel_index(found, sizes) if len(found) else [found] * len(key)
    told = {name: held.take(at) for name, held, at in zip(key, values, places, strict=True)}
    return numbers, pd.DataFrame(told).reset_index(drop=True)


def _factorized(column: pd.Series[Any]) -> tuple[npt.NDArray[np.int64], pd.Index[Any]]:
    """Return the number of each value of a column among the different ones, in their order; -1 for none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        different = column.cat.categories
        named = different if different.dtype.kind == "M" else different.astype(str)
        return column.cat.codes.to_numpy().astype(np.int64), pd.Index(named)
    codes, different = pd.factorize(column, sort=True)
    return codes.astype(np.int64), pd.Index(different)


_DENSE = 1 << 22  # numbers of groups up to which a table of all of them takes less than sorting them


def _compacted(
    numbers: npt.NDArray[np.int64], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the numbers there are, rising, and the place of each among them; -1 stays."""
    known = numbers[numbers >= 0]
    if not len(known):
        return known, numbers
    if size > _DENSE:
        found = np.unique(known)
        return found, np.where(numbers < 0, -1, np.searchsorted(found, numbers))
    there = np.bincount(known, minlength=size) > 0
    return np.flatnonzero(there), np.where(numbers < 0, -1, (np.cumsum(there) - 1)[numbers])


def bound(observations: pd.DataFrame, margin: float) -> pd.DataFrame:
    """Return observations with their bounds `point`, `low`, `high`; `margin` as in `Bounded.stated`."""
    bounds = Bounded.stated(observations["value"], observations["qualifier"], margin)
    return observations.assign(**bounds.columns())


def fill_channel(observations: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """Return each observation the channel of its outlet, where it names one."""
    by_outlet = observations["outlet"].map(outlets["channel"])
    return observations.assign(channel=by_outlet.astype(object).fillna(observations["channel"]).astype(str))
