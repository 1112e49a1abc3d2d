"""The frame all metrics share: its key, its windows, its origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.schemas import TOTAL

WHAT = ["indicator", "outlet", "channel"]  # a series of the union
WINDOW = ["start", "end"]
SERIES = ["indicator", "organisation", "outlet", "channel"]
KEY = [*SERIES, *WINDOW]
COLUMNS = [*KEY, "base_start", "base_end", "value", "point", "low", "high", "qualifier", "origins"]


def kind(frame: pd.DataFrame) -> pd.Series[str]:
    """Name the kind of each row's window: year, half, open (no stated end) or other."""
    start, end = frame["start"], frame["end"]
    first = (start.dt.month == 1) & (start.dt.day == 1)
    june = (end.dt.month == 6) & (end.dt.day == 30)
    december = (end.dt.month == 12) & (end.dt.day == 31)
    july = (start.dt.month == 7) & (start.dt.day == 1)
    same = start.dt.year == end.dt.year
    kinds = np.select(
        [end.isna(), first & december & same, ((first & june) | (july & december)) & same],
        ["open", "year", "half"],
        default="other",
    )
    return pd.Series(kinds, index=frame.index, dtype=str)


def finish(
    frame: pd.DataFrame,
    bounds: Bounded,
    floor: float = 0.0,
    ceiling: float = np.inf,
    keep: Sequence[str] = (),
) -> pd.DataFrame:
    """Put computed bounds into a frame of figures and drop the rows of which nothing is known.

    Parameters
    ----------
    frame : DataFrame
        Columns of `KEY`, `origins` and, for comparisons, `base_start, base_end`.
    bounds : Bounded
        One element a row.
    floor, ceiling : float
        Least and greatest possible value.
    keep : sequence of str
        Further columns to keep.

    Returns
    -------
    DataFrame
        Columns as `COLUMNS`; `value` is the point, NaN where only bounds are known.
    """
    bounds = bounds.within(floor, ceiling)
    qualifiers = bounds.qualifiers(floor, ceiling)
    out = frame.assign(**bounds.columns(), value=bounds.value, qualifier=qualifiers)
    for column in ("base_start", "base_end"):
        if column not in out:
            out[column] = pd.NaT
    return out.loc[pd.notna(qualifiers), [*COLUMNS, *keep]].reset_index(drop=True)


def union(lists: Iterable[list[str]]) -> list[str]:
    """Join lists of origins, each origin once, in order."""
    return list(dict.fromkeys(origin for part in lists for origin in part))


def one_a_file(origins: Iterable[str]) -> list[str]:
    """Keep the first origin of each file: enough to name all that a number hangs on, where rows are many."""
    first: dict[str, str] = {}
    for origin in origins:
        first.setdefault(origin.rsplit("#", 1)[0], origin)
    return list(first.values())


def both(frame: pd.DataFrame, left: str = "origins", right: str = "origins_base") -> list[list[str]]:
    """Join two columns of origins row by row."""
    return [union(pair) for pair in zip(frame[left], frame[right], strict=True)]


def parts(figures: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
    """Rows of the member organisations only: not the union, the head office or districts."""
    return figures[figures["organisation"].isin(members)]


def totals(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of the whole union only."""
    return figures[figures["organisation"] == TOTAL]


def unmixed(figures: pd.DataFrame) -> pd.DataFrame:
    """Leave out items counted over several channels at once: each such figure mixes its own."""
    return figures[(figures["indicator"] != "publications") | (figures["channel"] != "")]


def year_later(base: pd.DataFrame) -> pd.DataFrame:
    """Move figures one year on, so that they meet the figures they are the base of."""
    year = pd.DateOffset(years=1)
    told = [*SERIES, "point", "low", "high", "origins", *(["parts"] if "parts" in base else [])]
    return base[told].assign(
        base_start=base["start"], base_end=base["end"],
        start=base["start"] + year, end=base["end"] + year,
    )  # fmt: skip


def paired(now: pd.DataFrame, base: pd.DataFrame, on: Sequence[str] = WINDOW) -> pd.DataFrame:
    """Put figures beside those of the same series that they are compared with.

    Parameters
    ----------
    now, base : DataFrame
        Figures; `base` with `base_start, base_end`. Of figures put together by `units.common_units`
        only those are paired that the two windows do not have apart.
    on : sequence of str
        Columns that meet, besides the series.

    Returns
    -------
    DataFrame
        The rows of `now` that have a base, with `point_base, low_base, high_base, origins_base`.
    """
    pairs = now.drop(columns=["base_start", "base_end"]).merge(
        base, on=[*SERIES, *on], suffixes=("", "_base")
    )
    if "parts" not in pairs:
        return pairs
    wanted = (pairs["parts"] != pairs["parts_base"]) | (pairs["parts"] == pairs["organisation"])
    return pairs[wanted].drop(columns=["parts", "parts_base"]).reset_index(drop=True)


def year_pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Pair each year with the year before, each half with the same half a year earlier."""
    closed = figures[kind(figures).isin(["year", "half"])]
    return paired(closed, year_later(closed))


def apart(figures: pd.DataFrame) -> pd.DataFrame:
    """Leave out windows of organisations that also count items over several channels at once.

    How such items are spread is not known, so nothing can be said of all.
    """
    mixed = figures[(figures["indicator"] == "publications") & (figures["channel"] == "")]
    key = ["organisation", *WINDOW]
    known = figures.merge(mixed[key].drop_duplicates(), on=key, how="left", indicator="_mixed")
    return figures[(known["_mixed"] == "left_only").to_numpy()]
