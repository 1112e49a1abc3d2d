"""The formulas of facts that stand among others: ranks, scores, the index and its rank."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aqparat.publish.evaluate.formulas import Formula, Result
from aqparat.publish.evaluate.graph import (
    SERIES,
    TOTAL,
    VOLUMES,
    WHERE,
    WINDOW,
    Graph,
    Record,
    UnfitError,
    is_of,
    need,
    same,
    within,
)
from aqparat.publish.evaluate.number import Interval, Number

_NEAR = 1e-9  # indices this near are the same: their last digits are rounded away
_ABOUT = ("organisation", *WHERE, *WINDOW)
_BAND = (0.05, 0.95)


@dataclass(frozen=True)
class Place:
    """An organisation in the index: its index, its rank, and the ranks that other weights give it."""

    index: Number
    drawn: npt.NDArray[np.float64] | None


def rank(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the best and the worst place among those that reported and those that did not."""
    if inputs and inputs[0]["metric"] == "activity_index":
        return _index_rank(record, inputs, graph)
    need(len(inputs) in (2, 3))
    own, told = inputs[:2]
    n, figures = graph.standing(told)
    need(same(own, record, *SERIES, *WINDOW), own["id"] in [f["id"] for f in figures])
    need(same(told, record, "indicator", *WHERE, *WINDOW))
    x = Number.of(own)
    others = [Number.of(f) for f in figures if f["id"] != own["id"]]
    silent: float = n - len(figures)
    if len(inputs) == 3:
        total = inputs[2]
        need(is_of(total, VOLUMES, organisation=TOTAL), same(total, told, *SERIES, *WINDOW))
        rest = Number.of(total).high - math.fsum(o.low for o in (x, *others))
        if math.isfinite(rest):
            silent = min(silent, max(rest, 0) // (math.floor(x.low) + 1))
    return Result(_placed(x, others, silent, n))


def score(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the part of the organisations with less, ties half, of 100; silent ones may be anywhere.

    Its value is its place among those known by a value; of one that alone is known so there is none.
    """
    need(len(inputs) == 2)
    own, told = inputs
    n, figures = graph.standing(told)
    need(is_of(own, "component"), same(own, record, *SERIES, *WINDOW), within(told, record))
    need(told["indicator"] == f"{record['indicator']}_component", own["id"] in [f["id"] for f in figures])
    x = Number.of(own)
    others = [Number.of(f) for f in figures if f["id"] != own["id"]]
    points = [o.point for o in others if o.point is not None]
    point = None
    if x.point is not None and points:
        behind = math.fsum(_ahead(x.point, p) for p in points) + 0.5
        point = 100 * behind / (len(points) + 1)
    low = 100 * (math.fsum(_ahead(x.low, o.high) for o in others) + 0.5) / n
    high = 100 * (math.fsum(_ahead(x.high, o.low) for o in others) + 0.5 + n - len(figures)) / n
    return Result(Number(None if point is None else min(max(point, low), high), low, high))


def activity_index(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the weighted mean of the scores; what is not observed lies between 0 and 100."""
    return Result(_index(_scores(record, inputs, graph), graph))


def leave_one_out(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the least and the greatest index with one of its components left out."""
    known = {k: s.point for k, s in _scores(record, inputs, graph).items() if s.point is not None}
    weights = graph.weights
    found = []
    for without in weights:
        left = {k: v for k, v in known.items() if k != without}
        weight = math.fsum(weights[k] for k in left)
        if weight > 0:
            found.append(math.fsum(weights[k] * v for k, v in left.items()) / weight)
    need(len(found) > 0)
    return Result(Number(None, min(found), max(found)))


def activity_class(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give which fifth of 0 to 100 the index lies in; an edge belongs to the lower one."""
    need(len(inputs) == 1)
    index = inputs[0]
    need(is_of(index, "activity_index"), same(index, record, *SERIES, *WINDOW))
    x = Number.of(index)
    point = None if x.point is None else _fifth(x.point)
    return Result(Number(point, _fifth(x.low), _fifth(x.high)))


def median(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the middle of the member organisations; silent ones may be below all the others or above."""
    n, figures = _standing_for(record, inputs, record["metric"].removeprefix("median").lstrip("_"), graph)
    parts, silent = [Number.of(f) for f in figures], n - len(figures)
    low = statistics.median([*(p.low for p in parts), *[0.0] * silent])
    high = statistics.median([*(p.high for p in parts), *[math.inf] * silent])
    points = [p.point for p in parts if p.point is not None]
    known = len(points) == len(parts) and math.isfinite(high)
    return Result(Number(statistics.median(points) if known else None, low, high))


def on_target(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Count those that reach the target; silent ones may or may not."""
    n, figures = _standing_for(record, inputs, "penetration", graph)
    target = graph.number("penetration.target")
    parts = [Number.of(f) for f in figures]
    surely = float(sum(p.low >= target for p in parts))
    possibly = float(sum(p.high >= target for p in parts) + n - len(parts))
    return Result(Number(surely if surely == possibly else None, surely, possibly))


def _standing_for(
    record: Record, inputs: Sequence[Record], kind: str, graph: Graph
) -> tuple[int, list[Record]]:
    """Read N and the figures of a kind that a fact of the union is about: rates of one sort, or volumes."""
    need(len(inputs) == 1, record["organisation"] == TOTAL)
    told = inputs[0]
    n, figures = graph.standing(told)
    need(same(told, record, "organisation", *WHERE, *WINDOW))
    need(told["indicator"] == record["indicator"] + (f"_{kind}" if kind else ""))
    return n, figures


def _fifth(x: float) -> float:
    return float(next((n for n in range(1, 5) if x <= 20 * n + _NEAR), 5))


def _ahead(x: float, y: float) -> float:
    return 1.0 if y < x else 0.5 if y == x else 0.0


def _placed(own: Number, others: Iterable[Number], silent: float, n: int, near: float = 0.0) -> Number:
    """Give the range of a rank among others, some of them silent."""
    told = list(others)
    best = float(1 + sum(o.low > own.high + near for o in told))
    worst = min(1 + sum(o.high > own.low + near for o in told) + silent, float(n))
    return Number(best if best == worst else None, best, worst)


def _scores(record: Record, inputs: Sequence[Record], graph: Graph) -> dict[str, Number]:
    """Read the scores an index is made of, in the order of the weights."""
    names = [i["indicator"] for i in inputs]
    need(len(names) > 0, names == [name for name in graph.weights if name in names])
    need(*(is_of(i, "score") and same(i, record, *_ABOUT) for i in inputs))
    need({i["id"] for i in inputs} == graph.scores("score", record))
    return {i["indicator"]: Number.of(i) for i in inputs}


def _index(scores: Mapping[str, Number], graph: Graph) -> Number:
    weights = graph.weights
    whole = math.fsum(weights.values())
    known = {k: s.point for k, s in scores.items() if s.point is not None}
    weight = math.fsum(weights[k] for k in known)
    low = math.fsum(weights[k] * s.low for k, s in scores.items()) / whole
    high = math.fsum(w * (scores[k].high if k in scores else 100) for k, w in weights.items()) / whole
    point = None
    if weight > 0 and weight >= graph.number("activity_index.least_weight") * whole - _NEAR:
        point = math.fsum(weights[k] * v for k, v in known.items()) / weight
        point = min(max(point, low), high)  # a part without a value may be surely more, or less
    return Number(point, low, high)


def _index_rank(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the place by the index; in the interval, the places that other weights give."""
    own, *told = inputs
    need(same(own, record, *SERIES, *WINDOW), len(told) > 0, *(within(t, record) for t in told))
    key = tuple(t["id"] for t in told)
    if key not in graph.kept:
        graph.kept[key] = _places(told, graph)
    n, places = graph.kept[key]
    need(record["organisation"] in places)
    x = Number.of(own)
    ranked = {whose: p.index for whose, p in places.items() if p.index.point is not None}
    others = [index for whose, index in ranked.items() if whose != record["organisation"]]
    range_ = _placed(x, others, n - len(ranked), n, _NEAR)
    if x.point is None:
        return Result(Number(None, range_.low, range_.high))
    value = 1.0 + sum(o.point > x.point + _NEAR for o in others if o.point is not None)
    return Result(Number(value, range_.low, range_.high), _band(value, record["organisation"], places))


def _band(value: float, organisation: str, places: Mapping[str, Place]) -> Interval | None:
    """Give the 5 % and 95 % quantiles of the ranks drawn, widened to the rank itself."""
    own = places[organisation].drawn
    if own is None:
        return None
    drawn = np.array([p.drawn for p in places.values() if p.drawn is not None])
    ranks = np.sort(1 + (drawn > own + _NEAR).sum(axis=0))
    low, high = (float(ranks[math.ceil(q * len(ranks) - _NEAR) - 1]) for q in _BAND)
    return min(low, value), max(high, value)


def _places(told: Sequence[Record], graph: Graph) -> tuple[int, dict[str, Place]]:
    """Give N, and every organisation that has a score, with its index and the indices drawn."""
    weights = graph.weights
    names = [t["indicator"].removesuffix("_score") for t in told]
    need(names == [name for name in weights if name in names])
    need({t["id"] for t in told} == graph.scores("reported", told[0]))
    scores: dict[str, dict[str, Number]] = {}
    numbers = set()
    for name, one in zip(names, told, strict=True):
        n, figures = graph.standing(one)
        need(*(is_of(f, "score", indicator=name) for f in figures))
        numbers.add(n)
        for figure in figures:
            scores.setdefault(figure["organisation"], {})[name] = Number.of(figure)
    need(len(numbers) == 1)
    draws = _draws(list(weights.values()), graph)
    return numbers.pop(), {whose: _place(own, draws, graph) for whose, own in scores.items()}


def _place(scores: Mapping[str, Number], draws: npt.NDArray[np.float64], graph: Graph) -> Place:
    index = _index(scores, graph)
    if index.point is None:
        return Place(index, None)
    points = [scores[k].point if k in scores else None for k in graph.weights]
    seen = np.array([p is not None for p in points])
    values = np.array([p for p in points if p is not None])
    return Place(index, draws[:, seen] @ values / draws[:, seen].sum(axis=1))


def _draws(weights: Sequence[float], graph: Graph) -> npt.NDArray[np.float64]:
    seed, size = (int(graph.number(f"activity_index.{name}")) for name in ("seed", "draws"))
    alpha = np.array(weights) * len(weights) / math.fsum(weights)
    try:
        return np.random.default_rng(seed).dirichlet(alpha, size)
    except ValueError as error:  # weights or a seed that nothing can be drawn by
        raise UnfitError("activity_index.weights") from error


STANDING: dict[str, Formula] = {
    "rank": rank, "score": score, "activity_index": activity_index, "leave_one_out": leave_one_out,
    "activity_class": activity_class, "on_target": on_target, "median": median, "median_rate": median,
    "median_penetration": median, "median_training_reach": median,
}  # fmt: skip


__all__ = ["STANDING"]
