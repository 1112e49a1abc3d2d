"""How a derived number is worked out: the right side of its formula, with its own numbers.

A formula that is signs only is the same in every language and stands here beside its function; words stand in
`labels.toml` (`[explanation]`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from statistics import median
from typing import Literal, Protocol

from aqparat.metrics.activity_class import CLASSES
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.words import inline
from aqparat.words.inline import Inline
from aqparat.words.language import Language

Side = Literal["value", "low", "high"]
_WRITTEN_OUT = 7  # parts of a sum that stand in its formula; of more, only how many they are


class Known(Protocol):
    """Facts by their ids: `Facts`, or a mapping."""

    def __contains__(self, fact_id: object, /) -> bool: ...

    def __getitem__(self, fact_id: str, /) -> Fact: ...


@dataclass(frozen=True)
class Working:
    """The right side of a formula.

    Parameters
    ----------
    text : Inline
        With its numbers; empty where one of them is unbounded, so that there is nothing to work out.
    result : float
        What the numbers give. It differs from the fact where that is cut to what is possible at all.
    """

    text: Inline
    result: float


@dataclass(frozen=True)
class Derived:
    """A derived fact with what it is derived from.

    Parameters
    ----------
    fact : Fact
    facts : Known
        Where its inputs are, and theirs.
    language : Language
    weights : mapping of str to float
        Of the components of the activity index.
    target : float, optional
        Of copies per 100 members.
    """

    fact: Fact
    facts: Known
    language: Language
    weights: Mapping[str, float]
    target: float | None = None

    @cached_property
    def inputs(self) -> list[Fact]:
        """The facts it is computed from."""
        return [self.facts[name] for name in self.fact.inputs]

    @property
    def is_whole(self) -> bool:
        """Whether all that its working needs is known."""
        near = all(name in self.facts for name in self.fact.inputs)
        return near and all(
            name in self.facts for one in self.inputs if one.metric == "reported" for name in one.inputs
        )

    def bound(self, side: Side) -> float | None:
        """Return one of the fact's numbers."""
        return number(self.fact, side)

    def figures(self, reported: Fact) -> list[Fact]:
        """Return the figures that a `reported` fact counts."""
        return [self.facts[name] for name in reported.inputs[1:]]

    def members(self, reported: Fact) -> Fact:
        """Return how many there could be."""
        return self.facts[reported.inputs[0]]

    def part(self, fact: Fact, shown: float | None = None) -> Inline:
        """Return a number of a fact, its value by default, as a part that leads to it."""
        value = fact.value if shown is None else shown
        return inline.fact("–" if value is None else self.language.amount(value, fact), fact)

    def short(self, value: float, most: int = 3) -> str:
        """Return a number that is no fact with no more decimals than it needs."""
        decimals = next(d for d in range(most + 1) if math.isclose(round(value, d), round(value, most)))
        return self.language.number(value, decimals)

    def words(self, key: str, **values: Inline | str) -> Inline:
        """Fill a label of `[explanation]`."""
        return inline.filled(self.language.label(f"explanation.{key}"), **values)


def number(fact: Fact, side: Side) -> float | None:
    """Return the value or a bound of a fact."""
    return {"value": fact.value, "low": fact.low, "high": fact.high}[side]


def working(derived: Derived, side: Side) -> Working | None:
    """Work a number of a fact out again, so that it can be followed.

    Returns
    -------
    Working or None
        None where its metric has no such formula, or its numbers are not known.
    """
    metric = derived.fact.metric
    if metric in _FORMULAS:
        return _formula(derived, side, *_FORMULAS[metric])
    if metric == "rank" and len(derived.inputs) > 1 and derived.inputs[0].metric == "activity_index":
        return _index_rank(derived, side)
    return _WORDED[metric](derived, side) if metric in _WORDED else None


# Formulas of two or three numbers: what is written, and what it gives

_QUOTIENT = ("{a} ÷ {b}", lambda a, b: a / b)
_BY_DAY = (
    "({a} ÷ {days}) ÷ ({b} ÷ {base_days})",
    lambda a, b, days, base_days: (a / days) / (b / base_days),
)
_FORMULAS: dict[str, tuple[str, Callable[..., float]]] = {
    "growth": ("{a} ÷ {b} − 1", lambda a, b: a / b - 1),
    "common_growth": ("{a} ÷ {b} − 1", lambda a, b: a / b - 1),
    "cagr": ("({a} ÷ {b})^(1 ÷ {years}) − 1", lambda a, b, years: (a / b) ** (1 / years) - 1),
    "share": _QUOTIENT,
    "coverage": _QUOTIENT,
    "completeness": _QUOTIENT,
    "regularity": _QUOTIENT,
    "training_reach": _QUOTIENT,
    "penetration": ("100 · {a} ÷ {b}", lambda a, b: 100 * a / b),
    "rate": ("1000 · {a} ÷ {b}", lambda a, b: 1000 * a / b),
    "rate_ratio": _BY_DAY,
    "common_ratio": _BY_DAY,
    "rank_change": ("{a} − {b}", lambda a, b: a - b),
    "difference": ("{a} − {b}", lambda a, b: a - b),
    "contribution": ("({a} − {b}) ÷ {c}", lambda a, b, c: (a - b) / c),
}


def _formula(d: Derived, side: Side, pattern: str, function: Callable[..., float]) -> Working | None:
    more = _durations(d.fact)
    if side == "value":
        known = [fact.value for fact in d.inputs if fact.value is not None]
        if len(known) < len(d.inputs):
            return None
        picked = [[value] for value in known]
    else:
        picked = [[fact.low or 0.0, math.inf if fact.high is None else fact.high] for fact in d.inputs]
    found: list[tuple[float, tuple[float, ...]]] = []
    for numbers in product(*picked):
        try:
            found.append((function(*numbers, **more), numbers))
        except ZeroDivisionError:
            found.append((math.inf, numbers))
    found = [one for one in found if not math.isnan(one[0])]
    if not found:
        return None
    result, numbers = (max if side == "high" else min)(found, key=lambda one: one[0])
    if not all(map(math.isfinite, (result, *numbers))):
        return Working(Inline(), result)
    parts = {name: d.part(f, n) for name, f, n in zip("abc", d.inputs, numbers, strict=False)}
    written = {name: d.language.number(n) for name, n in more.items()}
    return Working(inline.filled(pattern, **parts, **written), result)


def _durations(fact: Fact) -> dict[str, int]:
    """Return the lengths of time that are in the formula of a fact."""
    if fact.base is None:
        return {}
    if fact.metric == "cagr":
        return {"years": fact.window.start.year - fact.base.start.year}
    if fact.metric not in ("rate_ratio", "common_ratio"):
        return {}
    return {"days": _days(fact.window), "base_days": _days(fact.base)}


def _days(window: Window) -> int:
    """Return the days of a window; of one without an end none."""
    return (window.end - window.start).days + 1 if window.end else 0


# Metrics over many numbers


def _sum(d: Derived, side: Side) -> Working | None:
    numbers = [number(fact, side) for fact in d.inputs]
    if side == "low":
        numbers = [n or 0.0 for n in numbers]
    known = [n for n in numbers if n is not None]
    if len(known) < len(numbers):
        return None
    if len(known) > _WRITTEN_OUT:
        return Working(d.words("sum", count=d.language.number(len(known))), sum(known))
    parts = [d.part(fact, n) for fact, n in zip(d.inputs, known, strict=True)]
    return Working(inline.joined(parts, " + "), sum(known))


def _pooled(d: Derived, side: Side) -> Working | None:
    half = len(d.inputs) // 2
    other: Side = {"value": "value", "low": "high", "high": "low"}[side]  # type: ignore[assignment]
    items = [number(fact, side) for fact in d.inputs[:half]]
    members = [number(fact, other) for fact in d.inputs[half:]]
    x, m = (sum(n for n in numbers if n is not None) for numbers in (items, members))
    if None in (*items, *members) or not m:
        return None
    return Working(inline.text(f"1000 · {d.language.number(x)} ÷ {d.language.number(m)}"), 1000 * x / m)


def _same(d: Derived, side: Side) -> Working | None:
    bound = number(d.inputs[0], side)
    return None if bound is None else Working(d.part(d.inputs[0], bound), bound)


def _class(d: Derived, side: Side) -> Working | None:
    index = number(d.inputs[0], side)
    if index is None:
        return None
    step = d.language.number(100 / CLASSES)
    text = inline.filled("⌈{index} ÷ {step}⌉", index=d.part(d.inputs[0], index), step=step)
    return Working(text, max(math.ceil(round(index * CLASSES / 100, 9)), 1))


def _median(d: Derived, side: Side) -> Working | None:
    figures = [fact for fact in d.figures(d.inputs[0]) if fact.value is not None]
    if side != "value" or not figures:
        return None
    ordered = sorted(figures, key=lambda fact: fact.value or 0.0)
    reported, least, greatest = d.part(d.inputs[0]), d.part(ordered[0]), d.part(ordered[-1])
    words = d.words("median", reported=reported, least=least, greatest=greatest)
    return Working(words, median(fact.value or 0.0 for fact in ordered))


def _on_target(d: Derived, side: Side) -> Working | None:
    if side == "high" or d.target is None:
        return None
    count = sum(fact.least >= d.target for fact in d.figures(d.inputs[0]))
    numbers = {"count": d.language.number(count), "target": d.short(d.target)}
    return Working(d.words("on_target", reported=d.part(d.inputs[0]), **numbers), count)


def _moved(d: Derived, side: Side) -> Working | None:
    """Count those that have more, or less, than in the base window: surely, or perhaps."""
    pairs = list(zip(d.inputs[::2], d.inputs[1::2], strict=True))
    if d.fact.metric == "fallen":
        pairs = [(base, now) for now, base in pairs]
    sure = sum(more.least > less.most for more, less in pairs)
    may = sum(more.most > less.least for more, less in pairs)
    return _compared(d, side, sure, may, len(pairs))


def _within(d: Derived, side: Side) -> Working | None:
    """Count those whose rate lies within their limits: surely, or perhaps."""
    pairs = list(zip(d.inputs[::2], d.inputs[1::2], strict=True))
    sure = sum(
        limit.chance_least <= rate.least and rate.most <= limit.chance_most and limit.low == limit.high
        for rate, limit in pairs
    )
    may = sum(not (rate.least > limit.chance_most or rate.most < limit.chance_least) for rate, limit in pairs)
    return _compared(d, side, sure, may, len(pairs))


def _compared(d: Derived, side: Side, sure: int, may: int, of: int) -> Working | None:
    if side == "value" and sure != may:
        return None
    count = may if side == "high" else sure
    numbers = {"count": d.language.number(count), "compared": d.language.number(of)}
    return Working(d.words("compared", **numbers), count)


def _reported(d: Derived, side: Side) -> Working | None:
    if side != "value":
        return None
    count = len(d.inputs) - 1
    words = d.words("reported", reported=d.language.number(count), members=d.part(d.inputs[0]))
    return Working(words, count)


def _rank(d: Derived, side: Side) -> Working | None:
    own, reported = d.inputs[:2]
    others = [fact for fact in d.figures(reported) if fact.id != own.id]
    surely = sum(fact.least > own.most for fact in others)
    possibly = sum(fact.most > own.least for fact in others)
    if side == "value":
        words = d.words(
            "rank",
            ahead=d.language.number(surely),
            reported=d.part(reported),
            members=d.part(d.members(reported)),
        )
        return Working(words, 1 + surely)
    if side == "low":
        return Working(d.words("rank_low", ahead=d.language.number(surely)), 1 + surely)
    silent = int(d.fact.most) - 1 - possibly if d.fact.high is not None else 0
    key = "rank_silent" if silent > 0 else "rank_high"
    words = d.words(key, ahead=d.language.number(possibly), silent=d.language.number(silent))
    return Working(words, 1 + possibly + max(silent, 0))


def _index_rank(d: Derived, side: Side) -> Working | None:
    """Tell of a rank by the index, which its inputs give only by way of every other index."""
    rank = d.bound(side)
    if rank is None:
        return None
    key = {"value": "rank_index", "low": "rank_low", "high": "rank_high"}[side]
    return Working(d.words(key, ahead=d.language.number(rank - 1)), rank)


def _hhi(d: Derived, side: Side) -> Working | None:
    total, reported = d.inputs[:2]
    figures = d.figures(reported)
    of: Side = {"value": "value", "low": "high", "high": "low"}[side]  # type: ignore[assignment]
    whole, numbers = number(total, of), [number(fact, side) for fact in figures]
    known = [n for n in numbers if n is not None]
    if not whole or len(known) < len(numbers) or not known:
        return None
    squares = math.fsum((n / whole) ** 2 for n in known)
    shown = {"total": d.part(total, whole), "count": d.part(reported)}
    rest = 0.0
    if side == "high" and len(known) < d.members(reported).most:
        rest = max(total.most - sum(max(fact.least, 0.0) for fact in figures), 0.0)
    if not math.isfinite(rest):
        return Working(Inline(), math.inf)
    if rest:
        words = d.words("hhi_rest", rest=d.language.number(rest), **shown)
        return Working(words, squares + (rest / whole) ** 2)
    return Working(d.words("hhi", **shown), squares)


def _gini(d: Derived, side: Side) -> Working | None:
    figures = sorted((f for f in d.figures(d.inputs[0]) if f.value is not None), key=lambda f: f.value or 0)
    x, n = [fact.value or 0.0 for fact in figures], len(figures)
    if side != "value" or not sum(x):
        return None
    words = d.words(
        "gini",
        count=d.part(d.members(d.inputs[0]), float(n)),
        sum=d.language.number(sum(x)),
        least=d.part(figures[0]),
        greatest=d.part(figures[-1]),
    )
    return Working(words, sum((2 * i - n - 1) * v for i, v in enumerate(x, 1)) / (n * sum(x)))


def _evenness(d: Derived, side: Side) -> Working | None:
    x = [fact.value for fact in d.inputs if fact.value is not None]
    if side != "value" or len(x) < len(d.inputs) or not sum(x):
        return None
    words = d.words(
        "evenness",
        count=d.language.number(len(x)),
        sum=d.language.number(sum(x)),
        figures=inline.joined(map(d.part, d.inputs), "; "),
    )
    shares = [v / sum(x) for v in x if v]
    return Working(words, -math.fsum(p * math.log(p) for p in shares) / math.log(len(x)))


def _pace(d: Derived, side: Side) -> Working | None:
    half, *past = d.inputs
    own, pace = number(half, side), d.bound(side)
    if own is None or pace is None:
        return None
    if not own or not pace:  # none is none, whatever the share
        return Working(d.part(half, own), own)
    share = own / pace
    text = inline.filled("{half} ÷ {share}", half=d.part(half, own), share=d.short(share))
    if side != "value":
        return Working(text, pace)
    if not past:
        return Working(d.words("pace_assumed", working=text), pace)
    pairs = list(zip(past[::2], past[1::2], strict=True))
    shares = [a.value / b.value for a, b in pairs if a.value is not None and b.value]
    words = d.words("pace_mean", working=text, shares=_quotients(d, pairs))
    return Working(words, own / (sum(shares) / len(shares)) if sum(shares) else math.inf)


def _seasonality(d: Derived, side: Side) -> Working | None:
    pairs = list(zip(d.inputs[::2], d.inputs[1::2], strict=True))
    months = 12 if 0 < _days(d.inputs[0].window) <= 31 else 1
    shares = [months * a.value / b.value for a, b in pairs if a.value is not None and b.value]
    if len(shares) < len(pairs):
        return None
    if side == "value":
        words = d.words("mean", shares=_quotients(d, pairs, months))
        return Working(words if len(pairs) > 1 else _quotients(d, pairs, months), sum(shares) / len(shares))
    extreme = (min if side == "low" else max)(range(len(pairs)), key=shares.__getitem__)
    return Working(_quotients(d, [pairs[extreme]], months), shares[extreme])


def _quotients(d: Derived, pairs: Iterable[tuple[Fact, Fact]], months: int = 1) -> Inline:
    pattern = "{a} ÷ {b}" if months == 1 else f"{months} · {{a}} ÷ {{b}}"
    return inline.joined((inline.filled(pattern, a=d.part(a), b=d.part(b)) for a, b in pairs), "; ")


def _score(d: Derived, side: Side) -> Working | None:
    own, reported = d.inputs[:2]
    others = [fact for fact in d.figures(reported) if fact.id != own.id]
    count, silent = len(others) + 1, 0
    mine: float | None
    if side == "value":
        mine = own.value
        theirs = [fact.value for fact in others if fact.value is not None]
        count = len(theirs) + 1
    else:
        mine = own.least if side == "low" else own.most
        theirs = [fact.most if side == "low" else fact.least for fact in others]
        members = int(d.members(reported).most)
        silent, count = (members - count if side == "high" else 0), members
    if mine is None:
        return None
    below, equal = sum(x < mine for x in theirs) + silent, sum(x == mine for x in theirs)
    numbers = {"below": below, "equal": equal, "count": count}
    written = {name: d.language.number(n) for name, n in numbers.items()}
    text = inline.filled("100 · ({below} + {equal} ÷ 2 + ½) ÷ {count}", **written)
    return Working(text, 100 * (below + equal / 2 + 0.5) / count)


def _index(d: Derived, side: Side) -> Working | None:
    return _weighted(d, side, d.inputs)


def _leave_one_out(d: Derived, side: Side) -> Working | None:
    if side == "value":
        return None
    known = [score for score in d.inputs if score.value is not None]
    ways = [_weighted(d, "value", [s for s in known if s is not left]) for left in known]
    found = [way for way in ways if way]
    return (min if side == "low" else max)(found, key=lambda way: way.result) if found else None


def _weighted(d: Derived, side: Side, scores: list[Fact]) -> Working | None:
    """Work out a weighted mean of scores: of those with a value; of bounds over all the weight."""
    if not scores or any(score.indicator not in d.weights for score in scores):
        return None
    one = min(d.weights.values())  # equal weights are written as a plain mean
    unit = one if math.isclose(one, max(d.weights.values())) and one else 1.0
    known = [(d.weights[s.indicator] / unit, s, n) for s in scores if (n := number(s, side)) is not None]
    if not known:
        return None
    observed = sum(weight for weight, _, _ in known)
    whole = observed if side == "value" else sum(d.weights.values()) / unit
    terms = [_times(d, weight, d.part(score, n)) for weight, score, n in known]
    total = sum(weight * n for weight, _, n in known)
    if side == "high" and whole - observed > 1e-9:
        terms.append(_times(d, whole - observed, inline.text(d.language.number(100))))
        total += 100 * (whole - observed)
    text = inline.filled("({terms}) ÷ {whole}", terms=inline.joined(terms, " + "), whole=d.short(whole))
    return Working(text, total / whole)


def _times(d: Derived, weight: float, shown: Inline) -> Inline:
    if math.isclose(weight, 1):
        return shown
    return inline.filled("{weight} · {shown}", weight=d.short(weight), shown=shown)


_WORDED: dict[str, Callable[[Derived, Side], Working | None]] = {
    "volume": _sum,
    "channel_total": _sum,
    "common_total": _sum,
    "component": _sum,
    "tally": _sum,
    "pooled_rate": _pooled,
    "activity_class": _class,
    "limit_95": _same,
    "limit_998": _same,
    "reported": _reported,
    "median": _median,
    "median_rate": _median,
    "median_penetration": _median,
    "median_training_reach": _median,
    "on_target": _on_target,
    "risen": _moved,
    "fallen": _moved,
    "within_95": _within,
    "rank": _rank,
    "hhi": _hhi,
    "gini": _gini,
    "evenness": _evenness,
    "pace": _pace,
    "seasonality": _seasonality,
    "score": _score,
    "activity_index": _index,
    "leave_one_out": _leave_one_out,
}


__all__ = ["Derived", "Known", "Side", "Working", "number", "working"]
