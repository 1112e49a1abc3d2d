"""Change over time: growth, pace, compound annual growth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.metrics import figures
from aqparat.metrics.figures import SERIES


def change(now: Bounded, base: Bounded) -> Bounded:
    """Relative change x₁/x₀ − 1 with bounds [L₁/U₀ − 1, U₁/L₀ − 1] (domain, section 3).

    Parameters
    ----------
    now, base : Bounded
        Counts, same shape. A base that is zero or unknown gives unknown.

    Returns
    -------
    Bounded
        As a fraction: 0.197 is 19.7 %. At least -1.
    """
    return now / base - 1


def growth(volumes: pd.DataFrame) -> pd.DataFrame:
    """Compare each year with the year before, each half with the same half a year earlier.

    A count with no stated end is not compared with a year: its length is unknown. Only where the
    base is a bound too ("more than 60") the limit of the two numbers as they stand is given, without
    a value: it shows that not even the numbers tell a growth.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, or as `common_units` adds to them.

    Returns
    -------
    DataFrame
        Figures with `base_start, base_end`; as fractions.
    """
    kinds = figures.kind(volumes)
    running = volumes[kinds == "open"]
    running = running.assign(span=running["start"] + pd.offsets.YearEnd(0))
    unlimited = figures.year_later(volumes[(kinds == "year") & np.isinf(volumes["high"])])
    limits = figures.paired(running, unlimited.rename(columns={"end": "span"}), on=["start", "span"])
    parts = [_compare(figures.year_pairs(volumes)), _compare(limits)]
    return pd.concat(parts, ignore_index=True)


def _compare(pairs: pd.DataFrame) -> pd.DataFrame:
    result = change(Bounded.of(pairs), Bounded.of(pairs, "_base"))
    return figures.finish(pairs.assign(origins=figures.both(pairs)), result, floor=-1.0)


def pace(volumes: pd.DataFrame, settings: Mapping[str, float]) -> pd.DataFrame:
    """Project a half-year to a year: x/s, s = the half's share of a year.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, of what adds up over time.
    settings : mapping
        `half_share, half_share_low, half_share_high`: the share where no past year tells it, and
        the bounds that fewer than two past years are widened to.

    Returns
    -------
    DataFrame
        Figures, the same windows as the halves; a projection, never an actual. None for a half whose
        year is known.
    """
    kinds = figures.kind(volumes)
    plain = volumes.drop(columns=["base_start", "base_end"]).assign(year=volumes["start"].dt.year)
    halves = plain[kinds == "half"].assign(half=lambda d: d["start"].dt.month)
    years = plain[kinds == "year"][[*SERIES, "year", "point", "low", "high", "origins"]]
    known = halves.merge(years, on=[*SERIES, "year"], suffixes=("", "_base"))
    part = (Bounded.of(known) / Bounded.of(known, "_base")).within(0, 1)
    past = known.assign(share=part.value, share_low=part.low, share_high=part.high)
    projected = halves.merge(years[[*SERIES, "year"]], on=[*SERIES, "year"], how="left", indicator="_year")
    projected = projected[projected["_year"] == "left_only"].drop(columns="_year")
    rows = [_share(half, past, settings) for _, half in projected.iterrows()]
    if not rows:
        return halves.iloc[:0].reindex(columns=figures.COLUMNS)
    share = pd.DataFrame(rows, index=projected.index)
    origins = [figures.union(o) for o in zip(projected["origins"], share["origins"], strict=True)]
    return figures.finish(projected.assign(origins=origins), Bounded.of(projected) / Bounded.of(share))


def _share(half: pd.Series, past: pd.DataFrame, settings: Mapping[str, float]) -> dict[str, object]:
    """Give the share of a year that this half has had in past years, or the setting."""
    same = (past[[*SERIES, "half"]] == half[[*SERIES, "half"]]).all(axis=1) & (past["year"] < half["year"])
    seen = past[same & (past["share_high"] > 0)]
    low, high = settings["half_share_low"], settings["half_share_high"]
    if seen.empty:
        return {"point": settings["half_share"], "low": low, "high": high, "origins": []}
    few = len(seen) < 2  # one year shows a share but not how far it varies
    return {
        "point": seen["share"].mean(skipna=False),
        "low": min(seen["share_low"].min(), low) if few else seen["share_low"].min(),
        "high": max(seen["share_high"].max(), high) if few else seen["share_high"].max(),
        "origins": figures.union([*seen["origins"], *seen["origins_base"]]),
    }


def cagr(volumes: pd.DataFrame) -> pd.DataFrame:
    """Compound annual growth from the first to the last whole year, (x₁/x₀)^(1/n) − 1, n ≥ 2.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.

    Returns
    -------
    DataFrame
        One figure a series with whole years at least two years apart; as fractions.
    """
    years = volumes[figures.kind(volumes) == "year"].sort_values("start")
    years = years.drop(columns=["base_start", "base_end"])
    ends = years.groupby(SERIES)
    pairs = ends.tail(1).merge(ends.head(1), on=SERIES, suffixes=("", "_base"))
    n = pairs["start"].dt.year - pairs["start_base"].dt.year
    pairs, n = pairs[n > 1], n[n > 1]
    ratio = Bounded.of(pairs) / Bounded.of(pairs, "_base")
    renamed = pairs.rename(columns={"start_base": "base_start", "end_base": "base_end"})
    return figures.finish(
        renamed.assign(origins=figures.both(pairs)),
        ratio ** (1 / n.to_numpy(dtype=float)) - 1,
        floor=-1.0,
    )
