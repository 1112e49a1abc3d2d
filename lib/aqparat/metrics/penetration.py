"""Penetration: newspaper copies subscribed per 100 members."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.metrics import figures


def members_by(volumes: pd.DataFrame, at: pd.DataFrame) -> pd.DataFrame:
    """Return for each figure the members last reported by its window's end.

    Parameters
    ----------
    volumes : DataFrame
        Figures, among them those of the indicator `members`.
    at : DataFrame
        Figures to find the members for.

    Returns
    -------
    DataFrame
        The rows of `at` that have members, with `id_base, point_base, low_base, high_base`;
        without these where there are none.
    """
    reported = volumes[volumes["indicator"] == "members"].dropna(subset=["end"])
    if reported.empty or at.empty:
        return at[:0]
    wanted = at.dropna(subset=["end"]).astype({"organisation": reported["organisation"].dtype})
    return pd.merge_asof(
        wanted.sort_values("end", kind="stable"),
        reported[["organisation", "end", "id", "point", "low", "high"]].sort_values("end", kind="stable"),
        on="end", by="organisation", suffixes=("", "_base"),
    ).dropna(subset=["low_base"])  # fmt: skip


def penetration(volumes: pd.DataFrame, members: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return copies per 100 members, 100 x/m, with m the members last reported by the window's end.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    members : DataFrame, optional
        Figures of members, where `volumes` has not all of them.

    Returns
    -------
    DataFrame
        Figures of the indicator `copies`; none for an organisation whose members are not reported.
        Inputs: copies, members.
    """
    pairs = members_by(volumes if members is None else members, volumes[volumes["indicator"] == "copies"])
    if pairs.empty:
        return figures.none()
    ratio = Bounded.of(pairs) * 100 / Bounded.of(pairs, "_base")
    return figures.finish(pairs, "penetration", ratio, inputs=figures.pair(pairs))
