"""Activity index: one place for an organisation among the others, and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.data.prepare import own_sites
from aqparat.metrics import figures
from aqparat.metrics.figures import KEY, WINDOW
from aqparat.metrics.rank import places_of

INDEX = "activity"  # the indicator that stands for all components together
TOGETHER = ("", "")  # outlet and channel of a figure that names neither
_PLACE = ["organisation", *WINDOW]


@dataclass(frozen=True)
class Component:
    """A part of the index: the rates it adds up, each an outlet or a channel as a whole.

    It is closed on purpose: what counts is what everybody is asked for, so that a figure more or less of a
    local paper moves nobody.

    Parameters
    ----------
    name : str
    metric, indicator : str
        Of the rates.
    outlets, channels : sequence of str
        The outlets; the channels as a whole (figures that name no outlet). Neither: the figure that names
        neither.
    together : bool
        Whether a figure that names neither stands for all its places, where they are not all told apart.
    """

    name: str
    metric: str
    indicator: str
    outlets: Sequence[str] = ()
    channels: Sequence[str] = ()
    together: bool = False

    @property
    def series(self) -> list[tuple[str, str]]:
        """Outlet and channel of each figure it adds up, in their order; none where it names no place."""
        places = [*((outlet, "") for outlet in self.outlets), *(("", channel) for channel in self.channels)]
        return places or ([TOGETHER] if self.metric == "training_reach" else [])


def chosen(outlets: pd.DataFrame, papers: Sequence[str]) -> list[Component]:
    """Return the components: the union's own site, the subscribed papers, television and radio, training.

    Parameters
    ----------
    outlets : DataFrame
        Outlets by code, with `channel, level`.
    papers : sequence of str
        The papers that the union subscribes to.
    """
    return [
        Component("site", "rate", "publications", tuple(own_sites(outlets))),
        Component("newspapers", "rate", "publications", tuple(papers)),
        Component("copies", "penetration", "copies", tuple(papers)),
        Component("broadcasts", "rate", "broadcasts", (), ("television", "radio"), together=True),
        Component("training", "training_reach", "trained"),
    ]


def components(
    frames: Mapping[str, pd.DataFrame],
    wanted: Sequence[Component],
    window: pd.DataFrame,
    made: str = "component",
) -> pd.DataFrame:
    """Return the rates that the index is made of, each the sum over its series.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Figures of `rate`, `penetration` and `training_reach`, each of single organisations.
    wanted : sequence of Component
    window : DataFrame
        `start, end` of the windows asked for. Copies of a year stand for its halves too: they are
        subscribed, not sent out, over a time.
    made : str
        What the metric of the sums is called.

    Returns
    -------
    DataFrame
        Figures of that metric, whose indicator is the component's name; a lower bound where
        one of its series is not reported. Inputs: the rates.
    """
    if not any(map(len, frames.values())):
        return figures.none()
    asked = pd.DataFrame(
        [
            (c.metric, c.indicator, *place, c.name, order, len(c.series), place == TOGETHER)
            for c in wanted
            for order, place in enumerate([*c.series, *([TOGETHER] if c.together else [])])
        ],
        columns=["metric", "indicator", "outlet", "of", "name", "order", "due", "whole"],
    )
    known = [
        (_spread(rows, window) if metric == "penetration" else rows).assign(metric=metric)
        for metric, rows in frames.items()
        if metric in set(asked["metric"])
    ]
    rates = figures.stacked(*known).merge(window, on=WINDOW)
    rates = rates.assign(of=rates["channel"].where(rates["outlet"] == "", ""))
    rates = rates.merge(asked, on=["metric", "indicator", "outlet", "of"]).pipe(_once)
    if rates.empty:
        return figures.none()
    rates = rates.assign(indicator=rates["name"], outlet="", channel="").sort_values("order", kind="stable")
    summed = figures.added(rates.drop(columns="origins"), KEY)
    partly = summed["size"] < summed["due"]
    bounds = Bounded(
        summed["point"].mask(partly).to_numpy(),
        summed["low"].to_numpy(),
        summed["high"].mask(partly, np.inf).to_numpy(),
    )
    return figures.finish(summed, made, bounds)


def tally(volumes: pd.DataFrame, wanted: Sequence[Component], window: pd.DataFrame) -> pd.DataFrame:
    """Return what was counted in all places of a component of rates together.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    wanted : sequence of Component
        Those made of rates are taken.
    window : DataFrame
        `start, end` of the windows asked for.

    Returns
    -------
    DataFrame
        Figures of the metric `tally`, whose indicator is the component's name; a lower bound where one of
        its series is not reported. Inputs: the volumes.
    """
    rated = [replace(c, metric="volume") for c in wanted if c.metric == "rate"]
    return components({"volume": volumes}, rated, window, "tally")


def _once(rates: pd.DataFrame) -> pd.DataFrame:
    """Leave each component its places told apart where all of them are, else the figure of all together."""
    key = [rates[c] for c in ("name", *_PLACE)]
    apart = ~rates["whole"]
    every = apart.groupby(key).transform("sum") == rates["due"]
    any_whole = rates["whole"].groupby(key).transform("any")
    told = rates.assign(due=rates["due"].where(apart))  # one for all of them lacks none
    return told[(apart & (every | ~any_whole)) | (rates["whole"] & ~every)]


def _spread(copies: pd.DataFrame, window: pd.DataFrame) -> pd.DataFrame:
    """Let the copies of a year stand for the windows within it."""
    year = window.assign(year=window["start"].dt.year)
    rows = copies[figures.kind(copies) == "year"].assign(year=lambda r: r["start"].dt.year)
    return rows.drop(columns=WINDOW).merge(year, on="year").drop(columns="year")


def scores(
    found: pd.DataFrame, reported: pd.DataFrame, members: pd.Index[str] | pd.DataFrame
) -> pd.DataFrame:
    """Return the percentile rank of each component, 0–100: those with less, ties half, among the N.

    One that a single organisation has is no rank and has no score. Who did not report can have had less or
    more: that is in the bounds; the value is the rank among those that reported exactly, moved into the
    bounds: of the others some surely have less, or more.

    Parameters
    ----------
    found : DataFrame
        Figures as `components` gives them.
    reported : DataFrame
        Figures as `reported` gives them, of the components.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).

    Returns
    -------
    DataFrame
        Figures of the metric `score`. Inputs: the component, reported.
    """
    rows = figures.parts(found, members)
    base = reported.assign(indicator=reported["indicator"].str.removesuffix("_component"))
    rows = rows.merge(base[["id", "indicator", *WINDOW]], on=["indicator", *WINDOW], suffixes=("", "_base"))
    value, low, high = (np.full(len(rows), np.nan) for _ in range(3))
    for places in rows.groupby(["indicator", *WINDOW]).indices.values():
        group = rows.iloc[places]
        told, n = len(group), group["n"].iloc[0]
        if told < 2:
            continue
        point = group["point"].to_numpy()
        exact = (~np.isnan(point)).sum()
        value[places] = 100 * _below(point, point) / exact if exact > 1 else np.nan
        low[places] = 100 * _below(group["low"].to_numpy(), group["high"].to_numpy()) / n
        high[places] = 100 * (_below(group["high"].to_numpy(), group["low"].to_numpy()) + n - told) / n
    value = np.clip(np.where(np.isnan(rows["point"]), np.nan, value), low, high)
    inputs = figures.pair(rows)
    return figures.finish(rows, "score", Bounded(value, low, high), ceiling=100.0, inputs=inputs)


def _below(own: Numbers, other: Numbers) -> Numbers:
    """Return for each how many of the others are below it, equal ones half; itself counts as a half."""
    less = (other[None, :] < own[:, None]).astype(float)
    less += 0.5 * (other[None, :] == own[:, None])
    np.fill_diagonal(less, 0.5)
    counted: Numbers = less.sum(axis=1)
    return counted


@dataclass(frozen=True)
class Scored:
    """The scores of organisations side by side: rows of `organisation, start, end`, a column a component."""

    key: pd.DataFrame
    inputs: list[tuple[str, ...]]
    value: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, frame: pd.DataFrame, weights: Mapping[str, float], least_weight: float) -> Scored:
        """Put scores side by side, of those that have enough of the weight."""
        names = list(weights)
        frame = frame[frame["indicator"].isin(names)]
        row, key = pd.factorize(pd.MultiIndex.from_frame(frame[_PLACE]), sort=True)
        column = frame["indicator"].map({name: n for n, name in enumerate(names)}).to_numpy(dtype=int)
        wide = np.full((3, len(key), len(names)), np.nan)
        for part, name in enumerate(("point", "low", "high")):
            wide[part, row, column] = frame[name].to_numpy()
        ids = np.full((len(key), len(names)), None, dtype=object)
        ids[row, column] = frame["id"].to_numpy(dtype=object)
        enough = ~np.isnan(wide[0]) @ _normed(weights) >= least_weight - 1e-9
        inputs = [tuple(i for i in own if i is not None) for own in ids[enough]]
        told = pd.DataFrame(list(key[enough]), columns=_PLACE).astype(dict.fromkeys(WINDOW, "datetime64[us]"))
        return cls(told, inputs, *wide[:, enough])

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as the beginning of a frame of figures."""
        return self.key.assign(indicator=INDEX, outlet="", channel="")

    def index(self, weights: Mapping[str, float]) -> Bounded:
        """Return the index: of what has a value, within its bounds; a part without a score is open."""
        share = _normed(weights)
        low = np.where(np.isnan(self.low), 0.0, self.low) @ share
        high = np.where(np.isnan(self.high), 100.0, self.high) @ share
        return Bounded(np.clip(_weighted(self.value, share[None, :])[:, 0], low, high), low, high)


def activity_index(frame: pd.DataFrame, weights: Mapping[str, float], least_weight: float) -> pd.DataFrame:
    """Return the weighted mean of an organisation's percentile ranks, Σ w · score, 0–100.

    Parameters
    ----------
    frame : DataFrame
        Figures as `scores` gives them.
    weights : mapping of str to float
        Weight of each component.
    least_weight : float
        Part of the weight that must have a value for an index.

    Returns
    -------
    DataFrame
        Figures of the indicator `activity`: the value of what has one, its weights scaled to one, moved
        into the bounds where a part without a value is surely more, or less; the bounds leave a part that is
        not observed anywhere between 0 and 100. Inputs: the scores in the order of the weights.
    """
    scored = Scored.of(frame, weights, least_weight)
    return figures.finish(
        scored.frame, "activity_index", scored.index(weights), ceiling=100.0, inputs=scored.inputs
    )


def leave_one_out(frame: pd.DataFrame, weights: Mapping[str, float], least_weight: float) -> pd.DataFrame:
    """Return the least and the greatest index with one of the components left out.

    Parameters
    ----------
    frame, weights, least_weight
        As for `activity_index`.

    Returns
    -------
    DataFrame
        Figures of the indicator `activity`, of bounds only. Inputs: the scores.
    """
    scored = Scored.of(frame, weights, least_weight)
    share = _normed(weights)
    without = _weighted(scored.value, share * (1 - np.eye(len(share))))
    low, high = np.fmin.reduce(without, axis=1), np.fmax.reduce(without, axis=1)
    bounds = Bounded(np.full(len(low), np.nan), low, high)
    return figures.finish(scored.frame, "leave_one_out", bounds, ceiling=100.0, inputs=scored.inputs)


def index_rank(
    index: pd.DataFrame,
    frame: pd.DataFrame,
    reported: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    weights: Mapping[str, float],
    least_weight: float,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Rank the organisations by the activity index, with the band of ranks that other weights give.

    The weights are drawn from a Dirichlet distribution with the published ones as its mean; equal
    ones are drawn evenly from all there can be.

    Parameters
    ----------
    index, frame : DataFrame
        Figures as `activity_index` and `scores` give them.
    reported : DataFrame
        Figures as `reported` gives them, of the scores.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    weights, least_weight
        As for `activity_index`.
    draws : int
        Number of draws.
    seed : int
        Of NumPy's generator, the same for every window.

    Returns
    -------
    DataFrame
        Figures of the indicator `activity`: the rank among those with an index (1 = most, ties the better
        one); its bounds are open for those without; its interval is the 5 % and 95 % quantile of the
        drawn ranks, widened to the rank itself. Inputs: the index, the reported scores in the order of the
        weights.
    """
    scored = Scored.of(frame, weights, least_weight)
    published = np.array(list(weights.values()), dtype=float)
    drawn = np.random.default_rng(seed).dirichlet(published / published.mean(), size=draws)
    bounds = scored.index(weights)
    drawn_index = np.column_stack([bounds.value, _weighted(scored.value, drawn)])
    rows = scored.frame.merge(index[["id", *_PLACE]], on=_PLACE, how="left")
    n = figures.membership(rows, members).drop_duplicates(WINDOW)[[*WINDOW, "n"]]
    rows = rows.merge(n, on=WINDOW, how="left")
    value, low, high, least, most = (np.full(len(rows), np.nan) for _ in range(5))
    for places in rows.groupby(WINDOW).indices.values():
        ranks = _ranks(drawn_index[places])
        value[places] = ranks[:, 0]
        best, worst = places_of(np.round(bounds.low[places], 9), np.round(bounds.high[places], 9))
        size = rows["n"].to_numpy()[places]
        low[places], high[places] = best, np.minimum(worst + size - len(places), size)
        band = np.quantile(ranks[:, 1:], [0.05, 0.95], axis=1, method="inverted_cdf")
        least[places], most[places] = np.minimum(band[0], ranks[:, 0]), np.maximum(band[1], ranks[:, 0])
    of_scores = _by_window(reported, list(weights))
    inputs = [
        (own, *of_scores.get((start, end), ()))
        for own, start, end in zip(rows["id"], rows["start"], rows["end"], strict=True)
    ]
    rows = rows.drop(columns="id")
    return figures.finish(
        rows, "rank", Bounded(value, low, high), floor=1.0, inputs=inputs, interval=(least, most)
    )


def _by_window(reported: pd.DataFrame, names: list[str]) -> dict[tuple[object, object], tuple[str, ...]]:
    """Return the ids of the reported scores of each window, in the order of the weights."""
    order = {f"{name}_score": n for n, name in enumerate(names)}
    rows = reported[reported["indicator"].isin(list(order))]
    rows = rows.assign(order=rows["indicator"].map(order)).sort_values("order")
    return {window: tuple(part["id"]) for window, part in rows.groupby(WINDOW)}


def _normed(weights: Mapping[str, float]) -> npt.NDArray[np.float64]:
    published = np.array(list(weights.values()), dtype=float)
    return published / published.sum()


def _weighted(values: Numbers, weights: Numbers) -> Numbers:
    """Weighted means of what is there: organisations × components, weightings × components."""
    seen = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return (np.where(seen, values, 0.0) @ weights.T) / (seen @ weights.T)


def _ranks(index: Numbers) -> Numbers:
    """Competition ranks in each column, 1 = most; rounded, so that ties do not hang on the last bit."""
    rounded = np.round(index, 9)
    ahead: Numbers = (rounded[None, :, :] > rounded[:, None, :]).sum(axis=1) + 1.0
    return ahead
