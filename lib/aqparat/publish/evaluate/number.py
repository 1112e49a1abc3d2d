"""Numbers between two bounds, and the intervals of chance: arithmetic of the evaluator's own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

Interval = tuple[float, float]
_POINTED = ("exact", "about")  # qualifiers whose value is the best single number, not a bound


@dataclass(frozen=True)
class Number:
    """A number between bounds; `point` is None where only they are known, a bound infinite where none is."""

    point: float | None
    low: float
    high: float

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Number:
        """Take the number of an object of facts.json as something to compute with."""
        low, high = record["low"], record["high"]
        point = record["value"] if record["qualifier"] in _POINTED else low if low == high else None
        return cls(point, -math.inf if low is None else low, math.inf if high is None else high)

    @property
    def exact(self) -> bool:
        """Whether both bounds are the number itself."""
        return self.point is not None and self.low == self.high

    def over(self, base: Number) -> Number:
        """Divide by something that is not negative; nothing is known of a division by nothing."""
        point = None
        if self.point is not None and base.point is not None and base.point > 0:
            point = self.point / base.point
        low = _quotient(self.low, base.high if self.low >= 0 else base.low)
        high = _quotient(self.high, base.low if self.high >= 0 else base.high)
        return Number(point, low, high)

    def minus(self, other: Number) -> Number:
        """Subtract."""
        known = self.point is not None and other.point is not None
        point = self.point - other.point if known else None  # type: ignore[operator]
        return Number(point, self.low - other.high, self.high - other.low)

    def times(self, factor: float) -> Number:
        """Multiply with a number above 0."""
        point = None if self.point is None else self.point * factor
        return Number(point, self.low * factor, self.high * factor)

    def within(self, low: float, high: float = math.inf) -> Number:
        """Cut the bounds to what is possible at all."""
        return Number(self.point, max(self.low, low), min(self.high, high))


def total(numbers: Iterable[Number]) -> Number:
    """Add up; only a sum of bounds where one of them is no single number."""
    parts = list(numbers)
    points = [n.point for n in parts if n.point is not None]
    point = math.fsum(points) if len(points) == len(parts) else None
    return Number(point, math.fsum(n.low for n in parts), math.fsum(n.high for n in parts))


def part(of: Number, whole: Number) -> Number:
    """Give the part of a whole: from 0 to 1, and no single number where it would be more than the whole."""
    ratio = of.over(whole).within(0, 1)
    above = ratio.point is not None and ratio.point > 1
    return Number(None, ratio.low, ratio.high) if above else ratio


def wilson(x: Number, n: Number, level: float) -> Interval:
    """Give Wilson's interval of x of n: the proportions p with (x/n − p)² ≤ z² p(1 − p)/n."""
    low = 0.0 if x.low <= 0 else _wilson(x.low, n.high, level)[0]
    high = 1.0 if x.high >= n.low else _wilson(x.high, n.low, level)[1]
    return low, high


def garwood(x: Number, m: Number, level: float) -> Interval:
    """Give Garwood's interval of a count, exact for Poisson, over what it is counted per."""
    tail = (1 - level) / 2
    low = 0.0 if x.low <= 0 else float(stats.chi2.ppf(tail, 2 * x.low)) / 2
    high = math.inf if math.isinf(x.high) else float(stats.chi2.isf(tail, 2 * x.high + 2)) / 2
    return _quotient(low, m.high), _quotient(high, m.low)


def control(expected: float, part: float) -> float:
    """Give Spiegelhalter's exact control limit of a Poisson count, 0 where it would lie below."""
    if expected <= 0 or math.isinf(expected):
        return max(expected, 0.0)
    poisson = stats.poisson(expected)
    r = float(poisson.ppf(part))
    return max(r - (float(poisson.cdf(r)) - part) / float(poisson.pmf(r)), 0.0)


def odds(x: float, n: float, level: float) -> Interval:
    """Give the exact interval (Clopper and Pearson) of the odds of x of n."""
    tail = (1 - level) / 2
    low = 0.0 if x == 0 else float(stats.beta.ppf(tail, x, n - x + 1))
    high = 1.0 if x == n else float(stats.beta.isf(tail, x + 1, n - x))
    return low / (1 - low), math.inf if high == 1 else high / (1 - high)


def _wilson(x: float, n: float, level: float) -> Interval:
    if math.isinf(n):
        return 0.0, 1.0
    square = float(stats.chi2.isf(1 - level, 1)) / n
    share = min(x / n, 1.0)
    low, high = sorted(np.roots([1 + square, -(2 * share + square), share**2]).real)
    return float(low), float(high)


def _quotient(a: float, b: float) -> float:
    if a == 0:
        return 0.0
    return math.copysign(math.inf, a) if b == 0 else a / b


__all__ = ["Interval", "Number", "control", "garwood", "odds", "part", "total", "wilson"]
