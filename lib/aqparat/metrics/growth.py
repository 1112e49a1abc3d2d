"""Change over time: growth, pace, compound annual growth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.metrics import figures
from aqparat.metrics.figures import SERIES


def growth_of(totals: pd.DataFrame, name: str) -> pd.DataFrame:
    """Compare sums over the same outlets with those of a year before.

    Parameters
    ----------
    totals : DataFrame
        Figures as `common_totals` gives them.
    name : str
        Of the metric.

    Returns
    -------
    DataFrame
        As `growth` gives them. Inputs: now, base.
    """
    return _compare(figures.year_pairs(totals), name)


def growth(volumes: pd.DataFrame, totals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Compare each year with the year before, each half with the same half a year earlier.

    What names outlets in one window and none in the other is compared as the channel as a whole.

    A count with no stated end is not compared with a year: its length is unknown. Only where the
    base is a bound too ("more than 60") the limit of the two numbers as they stand is given, without
    a value: it shows that not even the numbers tell a growth.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, or as `common_units` adds to them.
    totals : DataFrame, optional
        Figures as `channel_totals` gives them.

    Returns
    -------
    DataFrame
        Figures with `base_start, base_end`; as fractions. Inputs: now, base.

    Notes
    -----
    x₁/x₀ − 1 with the bounds [L₁/U₀ − 1, U₁/L₀ − 1] (domain, section 3).
    """
    kinds = figures.kind(volumes)
    running = volumes[kinds == "open"]
    running = running.assign(span=running["start"] + pd.offsets.YearEnd(0))
    unlimited = figures.year_later(volumes[(kinds == "year") & np.isinf(volumes["high"])])
    limits = figures.paired(running, unlimited.rename(columns={"end": "span"}), on=["start", "span"])
    series = figures.year_pairs(volumes)
    if totals is None or totals.empty:
        return figures.stacked(*map(_compare, (series, limits)))
    channels = _channel_pairs(volumes, totals)
    known = np.isin(figures.ids(series, "growth"), figures.ids(channels, "growth"))
    series = series[~known]
    return figures.stacked(*map(_compare, (series, channels, limits)))


def _channel_pairs(volumes: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Pair channels as a whole where a side is a total of outlets: a figure without one is a part there."""
    wholes = volumes[volumes["outlet"] == ""]
    keys = [*SERIES, *figures.WINDOW]
    merged = wholes[keys].merge(totals[keys].drop_duplicates(), on=keys, how="left", indicator="_total")
    wholes = wholes[(merged["_total"] == "left_only").to_numpy()]
    pairs = figures.year_pairs(figures.stacked(wholes[figures.COLUMNS], totals[figures.COLUMNS]))
    of_totals = pairs["id"].isin(totals["id"]) | pairs["id_base"].isin(totals["id"])
    return pairs[of_totals]


def change(now: Bounded, base: Bounded) -> Bounded:
    """Relative change x₁/x₀ − 1; a base that is zero or unknown gives unknown."""
    return now / base - 1


def _compare(pairs: pd.DataFrame, name: str = "growth") -> pd.DataFrame:
    if pairs.empty:
        return figures.none()
    result = change(Bounded.of(pairs), Bounded.of(pairs, "_base"))
    return figures.finish(pairs, name, result, floor=-1.0, inputs=figures.pair(pairs))


def pace(volumes: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Project a half-year to a year: x/s, s = the half's share of a year.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, of what adds up over time.
    settings : mapping
        `years`: how many past years tell the share; `half_share, half_share_low, half_share_high`: the
        share where no past year tells it, and the bounds that a range is widened to that rests on
        fewer than two past years or has no width.

    Returns
    -------
    DataFrame
        Figures, the same windows as the halves; a projection, never an actual and never exact. None for
        a half whose year is known. A past year tells a share only where it and its half are bounded above:
        else any part of it would do. Inputs: the half, then half and year of each past year.
    """
    kinds = figures.kind(volumes)
    plain = volumes.drop(columns=figures.BASE).assign(
        year=volumes["start"].dt.year, half=volumes["start"].dt.month
    )
    halves = plain[kinds == "half"]
    years = plain[kinds == "year"][[*SERIES, "year", "id", "point", "low", "high"]]
    known = halves.merge(years, on=[*SERIES, "year"], suffixes=("", "_base"))
    part = (Bounded.of(known) / Bounded.of(known, "_base")).within(0, 1)
    past = known.assign(share=part.value, share_low=part.low, share_high=part.high)
    closed = np.isfinite(past["high"]) & np.isfinite(past["high_base"])
    past = past[closed & (past["share_high"] > 0)]
    projected = halves.merge(years[[*SERIES, "year"]], on=[*SERIES, "year"], how="left", indicator="_year")
    projected = projected[projected["_year"] == "left_only"].drop(columns="_year")
    seen = dict(iter(past.sort_values("year").groupby([*SERIES, "half"])))
    keys = projected[[*SERIES, "half"]].itertuples(index=False)
    shares = [
        _share(year, seen.get(key), settings) for key, year in zip(keys, projected["year"], strict=True)
    ]
    told = pd.DataFrame(shares, columns=["point", "low", "high", "used"])
    inputs = [(own, *used) for own, used in zip(projected["id"], told["used"], strict=True)]
    result = Bounded.of(projected) / Bounded.of(told)
    made = figures.finish(projected, "pace", result, inputs=inputs)
    return made.assign(qualifier=made["qualifier"].replace("exact", "about"))


def _share(
    year: int, past: pd.DataFrame | None, settings: Mapping[str, Any]
) -> tuple[float, float, float, list[str]]:
    """Return the share of a year that a half has had in the last past years, or the setting."""
    low, high = settings["half_share_low"], settings["half_share_high"]
    seen = None if past is None else past[past["year"].between(year - settings["years"], year - 1)]
    if seen is None or seen.empty:
        return settings["half_share"], low, high, []
    least, most = seen["share_low"].min(), seen["share_high"].max()
    if len(seen) < 2 or least == most:  # one year shows a share but not how far it varies
        least, most = min(least, low), max(most, high)
    used = [i for pair in zip(seen["id"], seen["id_base"], strict=True) for i in pair]
    return seen["share"].mean(skipna=False), least, most, used


def cagr(volumes: pd.DataFrame) -> pd.DataFrame:
    """Compound annual growth from the first to the last whole year, (x₁/x₀)^(1/n) − 1, n ≥ 2.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.

    Returns
    -------
    DataFrame
        One figure a series with whole years at least two years apart; as fractions. Inputs: now, base.
    """
    years = volumes[figures.kind(volumes) == "year"].sort_values("start")
    ends = years.drop(columns=figures.BASE).groupby(SERIES)
    pairs = ends.tail(1).merge(ends.head(1), on=SERIES, suffixes=("", "_base"))
    n = pairs["start"].dt.year - pairs["start_base"].dt.year
    pairs, n = pairs[n > 1], n[n > 1]
    ratio = Bounded.of(pairs) / Bounded.of(pairs, "_base")
    renamed = pairs.rename(columns={"start_base": "base_start", "end_base": "base_end"})
    result = ratio ** (1 / n.to_numpy(dtype=float)) - 1
    return figures.finish(renamed, "cagr", result, floor=-1.0, inputs=figures.pair(pairs))
