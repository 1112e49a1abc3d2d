"""The pooled rate of the member organisations, and the limits of chance around it (a funnel)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WHAT, WINDOW
from aqparat.metrics.penetration import members_by


def pooled_rate(
    volumes: pd.DataFrame,
    people: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    indicators: Collection[str],
) -> pd.DataFrame:
    """Return items per 1000 members over the member organisations of which both are known, 1000 Σx/Σm.

    Not the union's items by the union's members: those have items of the head office, and members of
    organisations whose items nobody knows.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    people : DataFrame
        Figures of members; those last reported by the window's end count.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    indicators : collection of str
        Whose rates are pooled, each outlet by itself.

    Returns
    -------
    DataFrame
        Figures of the union. Inputs: the items of each organisation, then the members of each, both in the
        order of organisations.csv.
    """
    counted = volumes[volumes["indicator"].isin(list(indicators)) & volumes["outlet"].ne("")]
    if counted.empty or people.empty:
        return figures.none()
    pairs = members_by(people, figures.parts(counted, members)).sort_values("order", kind="stable")
    sums = {f"{c}{s}": (f"{c}{s}", "sum") for c in ("low", "high") for s in ("", "_base")}
    grouped = pairs.groupby([*WHAT, *WINDOW], as_index=False).agg(
        point=("point", _whole), point_base=("point_base", _whole), own=("id", list), of=("id_base", list),
        **sums,
    )  # fmt: skip
    rate = Bounded.of(grouped) * 1000 / Bounded.of(grouped, "_base")
    inputs = [(*own, *of) for own, of in zip(grouped["own"], grouped["of"], strict=True)]
    return figures.finish(grouped.assign(organisation=TOTAL), "pooled_rate", rate, inputs=inputs)


def _whole(points: pd.Series[float]) -> float:
    return float(points.sum(skipna=False))


def limits(
    pooled: pd.DataFrame,
    people: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    outlets: Collection[str],
    level: float,
    name: str,
) -> pd.DataFrame:
    """Return between which rates chance alone would leave an organisation of its size.

    Parameters
    ----------
    pooled : DataFrame
        Figures as `pooled_rate` gives them.
    people : DataFrame
        Figures of members; those last reported by the window's end count.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    outlets : collection of str
        Those whose limits are wanted.
    level : float
        Such as 0.95: so much lies between them, if all have the pooled rate.
    name : str
        Of the metric.

    Returns
    -------
    DataFrame
        Figures of the member organisations: the pooled rate, its interval the limits for that many members.
        Where bounds are open, the widest: who is outside is so surely. Inputs: pooled rate, members.

    Notes
    -----
    D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine
    24, 1185-1202; appendix A.1.
    """
    wanted = pooled[pooled["outlet"].isin(list(outlets))].drop(columns="organisation")
    if wanted.empty:
        return figures.none()
    told = figures.membership(wanted, members).drop(columns="n")
    rows = members_by(people, wanted.merge(told, on=WINDOW))
    size = rows["low_base"].to_numpy(dtype=float) / 1000  # the fewer, the wider
    rate = Bounded.of(rows)
    with np.errstate(invalid="ignore"):  # of nobody: 0 / 0
        low = np.where(size > 0, control(rate.low * size, (1 - level) / 2) / size, 0.0)
        high = np.where(size > 0, control(rate.high * size, (1 + level) / 2) / size, np.inf)
    interval = np.minimum(low, rate.low), np.maximum(high, rate.high)
    return figures.finish(rows, name, rate, inputs=figures.pair(rows), interval=interval)


def control(expected: Numbers, part: float) -> Numbers:
    """Return the exact control limit of a Poisson count, vectorised; inf stays inf.

    Parameters
    ----------
    expected : array of float
        Counts that the pooled rate would give.
    part : float
        Of the distribution below the limit: 0.025, 0.975.

    Returns
    -------
    array of float
        r − α, not below 0: r is the least count with P(R ≤ r) ≥ part, and α = (P(R ≤ r) − part) / P(R = r)
        goes from it to the next lower count as far as P(R ≤ r) exceeds the part.
    """
    from aqparat.metrics.special import pdtr, pdtrik  # here: facts that are kept need not wait for it

    mean = np.where(np.isfinite(expected) & (expected > 0), expected, 1.0)
    count = np.ceil(pdtrik(part, mean))
    before = np.where(count > 0, pdtr(np.maximum(count - 1, 0), mean), 0.0)
    reached = pdtr(count, mean)
    limit = np.maximum(count - (reached - part) / (reached - before), 0.0)
    return np.where(np.isinf(expected), np.inf, np.where(expected > 0, limit, 0.0))
