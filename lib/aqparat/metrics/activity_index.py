"""Activity index: one place for an organisation among the others, and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.metrics import figures
from aqparat.metrics.figures import KEY, WINDOW

COMPONENTS = {  # name: metric, indicator, channel ("" = all)
    "site": ("rate", "publications", "website"),
    "newspapers": ("rate", "publications", "newspaper"),
    "copies": ("penetration", "copies", ""),
    "broadcasts": ("rate", "broadcasts", ""),
    "training": ("training_reach", "trained", ""),
}
INDEX = "activity"  # the indicator that stands for all of these together


def components(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the rates that the index is made of, summed over outlets.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Figures of `rate`, `penetration` and `training_reach`, each of single organisations.

    Returns
    -------
    DataFrame
        Figures whose indicator is a key of `COMPONENTS`. Copies of a year stand for its halves too:
        they are subscribed, not sent out, over a time.
    """
    chosen = []
    for name, (metric, indicator, channel) in COMPONENTS.items():
        rows = frames[metric]
        wanted = (rows["indicator"] == indicator) & (not channel or rows["channel"] == channel)
        chosen.append(rows[wanted].assign(indicator=name))
    rates = pd.concat([c for c in chosen if len(c)] or chosen[:1], ignore_index=True)
    copies = rates[(rates["indicator"] == "copies") & (figures.kind(rates) == "year")]
    june = copies["start"] + pd.DateOffset(months=6)
    halves = [copies.assign(end=june - pd.Timedelta(days=1)), copies.assign(start=june)]
    rates = pd.concat([rates, *halves], ignore_index=True).drop_duplicates(KEY)
    rates = rates.assign(outlet="", channel="")
    summed = rates.groupby(KEY, as_index=False).agg(
        point=("point", lambda x: x.sum(skipna=False)), origins=("origins", figures.union)
    )
    return figures.finish(summed, Bounded.exact(summed["point"]))


def activity_index(
    rates: pd.DataFrame, members: pd.Index[str], weights: Mapping[str, float], least_weight: float = 0.6
) -> pd.DataFrame:
    """Give the weighted mean of an organisation's percentile ranks, Σ w · rank, 0–100.

    A percentile rank is that of the organisations with less, ties half, among those with the
    component; one that a single organisation has is no rank and counts as not observed. The weights
    of what is observed are scaled to one.

    Parameters
    ----------
    rates : DataFrame
        Figures as `components` gives them.
    members : Index of str
        Codes of the N member organisations.
    weights : mapping of str to float
        Weight of each component.
    least_weight : float
        Part of the weight that must be observed for an index.

    Returns
    -------
    DataFrame
        Figures of the indicator `activity`: the bounds are the least and greatest index with one of
        the components left out. `origins` are the organisation's own rows and, of all that it is ranked
        among, one of each file.
    """
    found, scores = _scores(rates, members, weights, least_weight)
    published = np.array(list(weights.values()), dtype=float)
    value = _index(scores, published[None, :])[:, 0]
    without = _index(scores, _leaving_out(published))
    low, high = np.fmin.reduce(without, axis=1), np.fmax.reduce(without, axis=1)
    return figures.finish(found, Bounded(value, np.fmin(low, value), np.fmax(high, value)), ceiling=100.0)


def leave_one_out(
    rates: pd.DataFrame, members: pd.Index[str], weights: Mapping[str, float], least_weight: float = 0.6
) -> pd.DataFrame:
    """Give the activity index without each of its components.

    Parameters
    ----------
    rates, members, weights, least_weight
        As for `activity_index`.

    Returns
    -------
    DataFrame
        `organisation, start, end, without` (the component), `value`; NaN where nothing is left.
    """
    found, scores = _scores(rates, members, weights, least_weight)
    without = _index(scores, _leaving_out(np.array(list(weights.values()), dtype=float)))
    key = ["organisation", *WINDOW]
    wide = pd.concat([found[key], pd.DataFrame(without, columns=list(weights))], axis=1)
    return wide.melt(id_vars=key, var_name="without", value_name="value")


def index_rank(
    rates: pd.DataFrame,
    members: pd.Index[str],
    weights: Mapping[str, float],
    least_weight: float = 0.6,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Rank the organisations by the activity index, with the band of ranks that other weights give.

    The weights are drawn from a Dirichlet distribution with the published ones as its mean; equal
    ones are drawn evenly from all there can be.

    Parameters
    ----------
    rates, members, weights, least_weight
        As for `activity_index`.
    draws : int
        Number of draws.
    seed : int
        Of NumPy's generator, the same for every window.

    Returns
    -------
    DataFrame
        Figures of the indicator `activity`: the rank (1 = most, ties the better one), its bounds the
        5 % and 95 % quantiles of the drawn ranks, widened to the rank itself.
    """
    found, scores = _scores(rates, members, weights, least_weight)
    published = np.array(list(weights.values()), dtype=float)
    drawn = np.random.default_rng(seed).dirichlet(published / published.mean(), size=draws)
    index = _index(scores, np.vstack([published, drawn]))
    value, low, high = (np.full(len(found), np.nan) for _ in range(3))
    for rows in found.groupby(WINDOW).indices.values():
        ranks = _ranks(index[rows])
        value[rows] = ranks[:, 0]
        band = np.quantile(ranks[:, 1:], [0.05, 0.95], axis=1, method="inverted_cdf")
        low[rows], high[rows] = np.minimum(band[0], ranks[:, 0]), np.maximum(band[1], ranks[:, 0])
    return figures.finish(found, Bounded(value, low, high), floor=1.0)


def _scores(
    rates: pd.DataFrame, members: pd.Index[str], weights: Mapping[str, float], least_weight: float
) -> tuple[pd.DataFrame, Numbers]:
    """Percentile ranks: who has an index (rows of `KEY` and origins), by component (NaN = not observed)."""
    rows = figures.parts(rates, members)
    rows = rows[rows["indicator"].isin(list(weights))]
    among = rows.groupby(["indicator", *WINDOW])["point"]
    n = among.transform("size")
    rows = rows.assign(score=100 * (among.rank(method="average") - 0.5) / n)[n > 1]
    key = ["organisation", *WINDOW]
    wide = rows.pivot_table(index=key, columns="indicator", values="score").reindex(columns=list(weights))
    scores = wide.to_numpy(dtype=float)
    total = sum(weights.values())
    enough = ~np.isnan(scores) @ np.array(list(weights.values())) >= least_weight * total - 1e-9
    own = rows.groupby(key)["origins"].agg(figures.union).reindex(wide.index)
    others = rows.groupby(WINDOW)["origins"].agg(lambda lists: figures.one_a_file(figures.union(lists)))
    origins = [figures.union([mine, others[start, end]]) for (_, start, end), mine in own.items()]
    found = wide.index.to_frame(index=False).assign(indicator=INDEX, outlet="", channel="", origins=origins)
    return found[enough].reset_index(drop=True), scores[enough]


def _index(scores: Numbers, weights: Numbers) -> Numbers:
    """Weighted means: organisations × components, weightings × components → organisations × weightings."""
    seen = ~np.isnan(scores)
    with np.errstate(invalid="ignore"):
        return (np.where(seen, scores, 0.0) @ weights.T) / (seen @ weights.T)


def _leaving_out(weights: Numbers) -> Numbers:
    """One weighting a component, that component's weight zero."""
    return weights * (1 - np.eye(len(weights)))


def _ranks(index: Numbers) -> Numbers:
    """Competition ranks in each column, 1 = most; rounded, so that ties do not hang on the last bit."""
    rounded = np.round(index, 9)
    ahead: Numbers = (rounded[None, :, :] > rounded[:, None, :]).sum(axis=1) + 1.0
    return ahead
