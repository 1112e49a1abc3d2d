"""Who moved, how many did, and whose change made the union's: differences, ranks, contribution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data import membership
from aqparat.data.membership import units
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import BASE, WHAT, WINDOW
from aqparat.period import Window


def difference(measured: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Return a number now less the number a year earlier.

    Parameters
    ----------
    measured : DataFrame
        Figures of single organisations.
    organisations : DataFrame
        The reference table by code: an organisation has the number of its only predecessor before it.

    Returns
    -------
    DataFrame
        Figures with `base_start, base_end`: years against years, halves against the same half. Inputs:
        now, then.
    """
    pairs = figures.year_pairs(_renamed(measured, _new_names(organisations)))
    if pairs.empty:
        return figures.none()
    result = Bounded.of(pairs) - Bounded.of(pairs, "_base")
    return figures.finish(pairs, "difference", result, floor=-np.inf, inputs=figures.pair(pairs))


def _new_names(organisations: pd.DataFrame) -> pd.Series[str]:
    """Return the code that each organisation with a new name has since, by its code before."""
    told = units(organisations)
    return told[told["size"] == 1].set_index("organisation")["unit"]


def _renamed(measured: pd.DataFrame, names: pd.Series[str]) -> pd.DataFrame:
    """Add the figures of organisations that have a new name since, under that: `parts` is the old one."""
    under = measured[measured["organisation"].isin(names.index)]
    under = under.assign(parts=under["organisation"], organisation=under["organisation"].map(names))
    return figures.stacked(measured, under).drop_duplicates(figures.KEY)


def rank_change(ranks: pd.DataFrame, organisations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rank now less the rank a year earlier; negative is better.

    Parameters
    ----------
    ranks : DataFrame
        Figures as `rank` gives them.
    organisations : DataFrame, optional
        The reference table by code. With it an organisation has the rank of its only predecessor
        before it, and windows are compared only where the same organisations are ranked in both.

    Returns
    -------
    DataFrame
        Figures with `base_start, base_end`: years against years, halves against the same half. Inputs:
        the rank now, the rank then.
    """
    if organisations is None:
        pairs = figures.year_pairs(ranks)
    else:
        renamed = _new_names(organisations)
        pairs = figures.year_pairs(_renamed(ranks, renamed))
        pairs = pairs[_same_ranked(pairs, organisations, renamed.to_dict())]
    if pairs.empty:
        return figures.none()
    result = Bounded.of(pairs) - Bounded.of(pairs, "_base")
    return figures.finish(pairs, "rank_change", result, floor=-np.inf, inputs=figures.pair(pairs))


def _same_ranked(
    pairs: pd.DataFrame, organisations: pd.DataFrame, renamed: dict[str, str]
) -> npt.NDArray[np.bool_]:
    """Return where both windows have the same member organisations."""

    def ranked(start: pd.Timestamp, end: pd.Timestamp) -> frozenset[str]:
        codes = membership.members(organisations, Window(start.date(), end.date()))
        return frozenset(renamed.get(code, code) for code in codes)

    windows = pairs[[*WINDOW, *BASE]].drop_duplicates()
    same = [ranked(w.start, w.end) == ranked(w.base_start, w.base_end) for w in windows.itertuples()]
    known = windows.loc[same]
    found: npt.NDArray[np.bool_] = pd.MultiIndex.from_frame(pairs[known.columns]).isin(
        pd.MultiIndex.from_frame(known)
    )
    return found


def contribution(volumes: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
    """Return each organisation's part in the union's growth, (x₁ − x₀)/X₀.

    The parts sum to the union's growth where the same organisations reported in both windows.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them, or as `common_units` adds to them.
    members : Index of str
        Codes of all organisations that the union's total is made of: those that were members at any
        time, and the head office.

    Returns
    -------
    DataFrame
        Figures with `base_start, base_end`; as fractions of the union's total in the base window. Inputs:
        now, base, the union's base.
    """
    whole = figures.totals(volumes)[["id", *WHAT, *WINDOW, "point", "low", "high"]]
    whole = whole.rename(columns=dict(zip(WINDOW, BASE, strict=True)))
    pairs = figures.year_pairs(volumes)
    pairs = pairs[pairs["organisation"].isin(members)]
    if pairs.empty:
        return figures.none()
    pairs = pairs.merge(whole, on=[*WHAT, *BASE], suffixes=("", "_whole"))
    now, base, total = Bounded.of(pairs), Bounded.of(pairs, "_base"), Bounded.of(pairs, "_whole")
    possible = base.low <= total.high  # a part above its total is a fault of the data
    result = ((now - base) / total).where(possible)
    result = Bounded(np.where(result.value >= -1, result.value, np.nan), result.low, result.high)
    inputs = figures.pair(pairs, "id", "id_base", "id_whole")
    return figures.finish(pairs, "contribution", result, floor=-1.0, inputs=inputs)


def moved(volumes: pd.DataFrame, members: pd.Index[str], name: str) -> pd.DataFrame:
    """Return how many organisations have more, or less, than a year earlier.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `common_units` adds to them.
    members : Index of str
        Codes of those that were member organisations at any time.
    name : {"risen", "fallen"}
        Of the metric.

    Returns
    -------
    DataFrame
        Figures of the union with `base_start, base_end`, over those of which both are known. Inputs: now and
        base of each, one pair after the other, in the order of organisations.csv.

    Notes
    -----
    #{x₁ > x₀}: at least those whose bounds are above the base's, at most those whose may be.
    """
    order = {code: place for place, code in enumerate(members)}
    pairs = figures.year_pairs(volumes)
    pairs = pairs[pairs["organisation"].isin(members)]
    if pairs.empty:
        return figures.none()
    pairs = pairs.sort_values("organisation", key=lambda codes: codes.map(order), kind="stable")
    now, base = Bounded.of(pairs), Bounded.of(pairs, "_base")
    more, less = (now, base) if name == "risen" else (base, now)
    pairs = pairs.assign(sure=more.low > less.high, may=more.high > less.low)
    counts = pairs.groupby([*WHAT, *WINDOW, *BASE], as_index=False, sort=False).agg(
        low=("sure", "sum"), high=("may", "sum"), now=("id", list), base=("id_base", list)
    )
    counts = counts.assign(organisation=TOTAL)
    inputs = [
        [one for pair in zip(now_, base_, strict=True) for one in pair]
        for now_, base_ in zip(counts["now"], counts["base"], strict=True)
    ]
    return figures.finish(counts, name, Bounded.between(counts["low"], counts["high"]), inputs=inputs)
