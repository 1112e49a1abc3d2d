"""The frame all metrics share: its key, its windows, what each figure is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.data.origin import joined
from aqparat.data.schemas import KEY as KEY
from aqparat.data.schemas import SERIES as SERIES
from aqparat.data.schemas import TOTAL
from aqparat.data.schemas import WINDOW as WINDOW
from aqparat.period import Window

WHAT = ["indicator", "outlet", "channel"]  # a series of the union
BASE = ["base_start", "base_end"]
NUMBERS = ["value", "point", "low", "high", "interval_low", "interval_high"]
COLUMNS = ["id", *KEY, *BASE, *NUMBERS, "qualifier", "inputs", "origins"]
_PAIRED = ("id_base", "point_base", "low_base", "high_base")  # what `paired` adds


def kind(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the kind of each row's window: year, half, open (no stated end) or other."""
    start, end = (frame[c].to_numpy().astype("datetime64[D]") for c in WINDOW)
    year = start.astype("datetime64[Y]")
    january, next_year = year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]")
    july = (year.astype("datetime64[M]") + 6).astype("datetime64[D]")
    first, second = (start == january) & (end == july - 1), (start == july) & (end == next_year - 1)
    kinds = np.select(
        [np.isnat(end), (start == january) & (end == next_year - 1), first | second],
        ["open", "year", "half"],
        default="other",
    )
    return pd.Series(kinds, index=frame.index)


def none(*more: str) -> pd.DataFrame:
    """Return no figures: of a metric where there is nothing to compute it from.

    Parameters
    ----------
    *more : str
        Further columns: texts, or `..._base` of columns that figures have.
    """
    return _none(more).copy()


@cache
def _none(more: tuple[str, ...]) -> pd.DataFrame:
    dtypes = dict.fromkeys((*WINDOW, *BASE), "datetime64[us]") | dict.fromkeys(NUMBERS, "float")
    dtypes |= dict.fromkeys(("qualifier", "inputs", "origins"), "object")
    columns = (*COLUMNS, *more)
    return pd.DataFrame({c: pd.Series(dtype=dtypes.get(c.removesuffix("_base"), "str")) for c in columns})


def ids(frame: pd.DataFrame, metric: str) -> list[str]:
    """Return the id of each figure: metric, indicator, organisation, outlet or channel, window, base."""
    columns = [frame[c].tolist() for c in ("indicator", "organisation", "outlet", "channel")]
    named = [
        f"{metric}.{indicator}.{organisation}.{outlet or channel or 'any'}.{window}"
        for indicator, organisation, outlet, channel, window in zip(*columns, codes(frame), strict=True)
    ]
    if "base_start" not in frame or not frame["base_start"].notna().any():
        return named
    return [f"{i}.{base}" if base else i for i, base in zip(named, codes(frame, BASE), strict=True)]


def codes(frame: pd.DataFrame, columns: Sequence[str] = WINDOW) -> list[str]:
    """Return the code of each row's window, such as `2017H1`; "" where there is none."""
    starts, ends = (frame[c].to_numpy().astype("datetime64[D]").tolist() for c in columns)
    known: dict[tuple[Any, Any], str] = {}
    found = []
    for window in zip(starts, ends, strict=True):
        if window not in known:
            known[window] = Window(*window).code if window[0] is not None else ""
        found.append(known[window])
    return found


def windows(frame: pd.DataFrame) -> list[Window]:
    """Return the window of each row."""
    starts, ends = (frame[c].to_numpy().astype("datetime64[D]").tolist() for c in WINDOW)
    return [Window(*days) for days in zip(starts, ends, strict=True)]


def finish(
    frame: pd.DataFrame,
    metric: str,
    bounds: Bounded,
    floor: float = 0.0,
    ceiling: float | Numbers = np.inf,
    *,
    inputs: Iterable[Sequence[str]] | None = None,
    interval: tuple[Numbers, Numbers] | None = None,
    keep: Sequence[str] = (),
) -> pd.DataFrame:
    """Put computed bounds into a frame of figures and drop the rows of which nothing is known.

    Parameters
    ----------
    frame : DataFrame
        Columns of `KEY` and, for comparisons, `base_start, base_end`; of what is counted `origins`.
    metric : str
        Name of the metric, the first part of each id.
    bounds : Bounded
        One element a row.
    floor : float
        Least possible value.
    ceiling : float or array of float
        Greatest possible value.
    inputs : iterable of sequences of str, optional
        Ids of the figures that each is computed from, in the order of its formula: it is derived then and
        has no rows of its own. By default the columns `inputs` and `origins` of the frame stand.
    interval : pair of arrays, optional
        What chance may do.
    keep : sequence of str
        Further columns to keep.

    Returns
    -------
    DataFrame
        Columns as `COLUMNS`; `value` is the point, NaN where only bounds are known.
    """
    if not len(frame):
        return none(*keep)
    bounds = bounds.within(floor, ceiling).settled()
    qualifiers = bounds.qualifiers(floor, ceiling)
    low, high = interval if interval is not None else (np.nan, np.nan)
    nothing = _objects(((),) * len(frame), len(frame))
    if inputs is None:
        made_from = {c: frame[c].array if c in frame else nothing for c in ("inputs", "origins")}
    else:  # the rows a frame may still have are those of its first input
        made_from = {"inputs": _objects(map(tuple, inputs), len(frame)), "origins": nothing}
    columns: dict[str, Any] = {
        "id": ids(frame, metric),
        **{c: frame[c].array for c in KEY},
        **{c: frame[c].array if c in frame else pd.NaT for c in BASE},
        "value": bounds.value,
        **bounds.columns(),
        "interval_low": low,
        "interval_high": high,
        "qualifier": qualifiers,
        **made_from,
        **{c: frame[c].array for c in keep},
    }
    out = pd.DataFrame(columns)
    known = pd.notna(qualifiers)
    return out if known.all() else out[known].reset_index(drop=True)


def _objects(values: Iterable[Any], length: int) -> np.ndarray[Any, Any]:
    out = np.empty(length, dtype=object)
    for place, value in enumerate(values):
        out[place] = value
    return out


def pair(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """Return the ids in some columns, a tuple a row: `id` and `id_base` by default."""
    return list(zip(*(frame[c] for c in columns or ("id", "id_base")), strict=True))


def grouped(rows: pd.DataFrame, key: Sequence[str]) -> tuple[npt.NDArray[np.intp], list[list[int]]]:
    """Put rows with the same texts and days together; of small frames sooner than pandas.

    Returns
    -------
    numbers : array of int
        Of each row its group, from 0, as they first come.
    places : list of lists of int
        Of each group its rows.
    """
    found: dict[tuple[Any, ...], list[int]] = {}
    for place, values in enumerate(keys(rows, key)):
        found.setdefault(values, []).append(place)
    numbers = np.empty(len(rows), dtype=np.intp)
    for number, places in enumerate(found.values()):
        numbers[places] = number
    return numbers, list(found.values())


def keys(rows: pd.DataFrame, key: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Walk what rows have in some columns of texts or days; days are numbers."""
    return zip(*(_plain(rows[c]) for c in key), strict=True)


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Return texts or days as Python has them; days as numbers, which are quicker to compare."""
    values = column.to_numpy()
    if values.dtype.kind == "M":
        values = values.astype("datetime64[us]").astype("int64")
    return list(values.tolist())


def added(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return figures added up.

    Parameters
    ----------
    rows : DataFrame
        Figures, in the order in which a sum names its parts.
    key : sequence of str
        Columns that tell which of them belong together.

    Returns
    -------
    DataFrame
        A row a sum, the first of its parts with `point, low, high` added up (`point` NaN where a part has
        none), `size` (how many parts), `inputs` (their ids) and, where they have some, `origins`.
    """
    group, parts = grouped(rows, key)
    out = rows.iloc[[own[0] for own in parts]].reset_index(drop=True)
    for column in ("point", "low", "high"):
        out[column] = np.bincount(group, rows[column].to_numpy())
    names = rows["id"].tolist()
    out["size"] = [len(own) for own in parts]
    out["inputs"] = _objects((tuple(names[p] for p in own) for own in parts), len(parts))
    if "origins" in rows:
        lists = rows["origins"].tolist()
        out["origins"] = _objects((joined(lists[p] for p in own) for own in parts), len(parts))
    return out


def membership(figures: pd.DataFrame, members: pd.Index[str] | pd.DataFrame) -> pd.DataFrame:
    """Return the member organisations of each window of a frame of figures.

    Parameters
    ----------
    figures : DataFrame
        With `start, end`.
    members : Index of str or DataFrame
        Codes of the N member organisations, the same in every window; or `start, end, organisation`, a
        row a member of a window. In the order of organisations.csv. What this function has returned is
        returned as it is.

    Returns
    -------
    DataFrame
        `start, end, organisation, order` (of the members, from 0), `n` (N of the window).
    """
    if isinstance(members, pd.DataFrame):
        told = members
        if "n" in told:
            return told
    else:
        windows = figures[WINDOW].drop_duplicates()
        told = windows.merge(pd.DataFrame({"organisation": members}), how="cross")
    groups = told.groupby(WINDOW, dropna=False)["organisation"]
    return told.assign(order=groups.cumcount(), n=groups.transform("size"))


def among(figures: pd.DataFrame, members: pd.Index[str] | pd.DataFrame) -> pd.DataFrame:
    """Add `order` and `n` to each figure, as `membership` has them; unknown for who is no member then."""
    if isinstance(members, pd.DataFrame):
        told, key = membership(figures, members), ["organisation", *WINDOW]
        places = {values: place for place, values in enumerate(keys(told, key))}
        numbers = [places.get(values, -1) for values in keys(figures, key)]
        known = {c: np.append(told[c].to_numpy(dtype=float), np.nan)[numbers] for c in ("order", "n")}
        return figures.reset_index(drop=True).assign(**known)
    order = figures["organisation"].map({code: place for place, code in enumerate(members)}).astype(float)
    return figures.assign(order=order, n=order.where(order.isna(), len(members)))


def parts(figures: pd.DataFrame, members: pd.Index[str] | pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the organisations that were members in their window: not the union, not districts.

    Returns
    -------
    DataFrame
        With `order` and `n`, as `among` adds them where they are not there yet.
    """
    told = figures if "n" in figures else among(figures, members)
    return told[told["n"].notna()].reset_index(drop=True)


def totals(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of the whole union only."""
    return figures[figures["organisation"] == TOTAL]


def unmixed(figures: pd.DataFrame) -> pd.DataFrame:
    """Leave out items counted over several channels at once: each such figure mixes its own."""
    return figures[(figures["indicator"] != "publications") | (figures["channel"] != "")]


def year_later(base: pd.DataFrame) -> pd.DataFrame:
    """Move figures one year on, so that they meet the figures they are the base of."""
    year = pd.DateOffset(years=1)
    told = ["id", *SERIES, "point", "low", "high", *(["parts"] if "parts" in base else [])]
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
        The rows of `now` that have a base, with `id_base, point_base, low_base, high_base`.
    """
    if not np.isin(now[on[0]].to_numpy(), base[on[0]].to_numpy()).any():  # before all else is looked at
        return none(*_PAIRED)
    pairs = _beside(now.drop(columns=BASE), base, [*SERIES, *on])
    if "parts" not in pairs:
        return pairs
    wanted = (pairs["parts"] != pairs["parts_base"]) | (pairs["parts"] == pairs["organisation"])
    return pairs[wanted].drop(columns=["parts", "parts_base"]).reset_index(drop=True)


def _beside(now: pd.DataFrame, base: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Put rows beside those with the same key, as an inner merge does; of small frames sooner."""
    places: dict[tuple[Any, ...], list[int]] = {}
    for place, values in enumerate(keys(base, key)):
        places.setdefault(values, []).append(place)
    met = [(place, other) for place, values in enumerate(keys(now, key)) for other in places.get(values, ())]
    rows, others = now.iloc[[place for place, _ in met]], base.iloc[[other for _, other in met]]
    new = {f"{c}_base" if c in now else c: others[c].array for c in base if c not in key}
    return rows.reset_index(drop=True).assign(**new)


def year_pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Pair each year with the year before, each half with the same half a year earlier."""
    closed = figures[kind(figures).isin(["year", "half"])]
    months = closed["start"].to_numpy().astype("datetime64[M]")
    if not np.isin(months, months + 12).any():
        return none(*_PAIRED)
    return paired(closed, year_later(closed))


def stacked(*frames: pd.DataFrame) -> pd.DataFrame:
    """Put figures below each other, those that there are."""
    return pd.concat([f for f in frames if len(f)] or list(frames[:1]), ignore_index=True)
