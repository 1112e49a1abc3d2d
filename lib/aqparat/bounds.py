"""Numbers that carry their bounds: 60 "or more" stays that through every formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aqparat.settings import defaults

Numbers = npt.NDArray[np.float64]

_SAME = 1e-12  # of a number: facts are rounded to twelve digits
POINTED = ("exact", "about")  # the qualifiers whose stated value is also the best single number


@dataclass(frozen=True)
class Bounded:
    """A value, or an array of values, between a lower and an upper bound.

    One class serves a single number and the columns of a frame, so a formula is written once.

    Parameters
    ----------
    value : array of float
        The best single number; NaN where only bounds are known.
    low, high : array of float
        Bounds, inclusive; -inf/inf where unbounded, NaN where nothing is known.

    Examples
    --------
    >>> base = Bounded.stated(60, "more_than")
    >>> grown = Bounded.stated(156) / base - 1
    >>> round(float(grown.high), 3), float(grown.value)
    (1.557, nan)
    """

    value: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def exact(cls, value: npt.ArrayLike) -> Bounded:
        """Take a number as known exactly: [v, v]."""
        array = np.asarray(value, dtype=float)
        return cls(array, array, array)

    @classmethod
    def between(cls, low: npt.ArrayLike, high: npt.ArrayLike) -> Bounded:
        """Take what is known by its bounds alone; where they are the same, that is its value."""
        least, most = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        return cls(np.full_like(least, np.nan), least, most).settled()

    @classmethod
    def stated(cls, value: npt.ArrayLike, qualifier: Any = "exact", margin: float | None = None) -> Bounded:
        """Bounds of a count as a source words it (contract, section 2).

        Parameters
        ----------
        value : array of float
            The stated count; NaN = not reported.
        qualifier : str or array of str
            One of `aqparat.data.schemas.QUALIFIERS`.
        margin : float, optional
            Half-width of "about" as a fraction; the program's own `bounds.about` by default.

        Returns
        -------
        Bounded
            more_than 60 = [61, inf), at_least 60 = [60, inf), at_most 60 = [0, 60],
            less_than 60 = [0, 59], about N = [(1 - margin) N, (1 + margin) N].
        """
        margin = defaults()["bounds"]["about"] if margin is None else margin
        v = np.asarray(value, dtype=float)
        q = np.asarray(qualifier)
        low = np.select(
            [q == "more_than", q == "about", (q == "at_most") | (q == "less_than")],
            [np.floor(v) + 1, v * (1 - margin), np.zeros_like(v)],
            default=v,
        )
        high = np.select(
            [q == "less_than", q == "about", (q == "more_than") | (q == "at_least")],
            [np.ceil(v) - 1, v * (1 + margin), np.full_like(v, np.inf)],
            default=v,
        )
        missing = np.isnan(v)
        told = cls(
            np.where(np.isin(q, POINTED), v, np.nan),
            np.where(missing, np.nan, low),
            np.where(missing, np.nan, high),
        )
        return told.settled()

    @classmethod
    def of(cls, frame: Mapping[str, Any], suffix: str = "") -> Bounded:
        """Take the columns `point`, `low`, `high` (with a suffix) of a frame."""
        return cls(*(np.asarray(frame[c + suffix], dtype=float) for c in ("point", "low", "high")))

    def columns(self) -> dict[str, Numbers]:
        """Give the columns `point`, `low`, `high` back to a frame."""
        return {"point": self.value, "low": self.low, "high": self.high}

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Where at least bounds are known."""
        return ~(np.isnan(self.low) | np.isnan(self.high))

    def settled(self) -> Bounded:
        """Take what is known exactly for its value: "at most 0" of a count is 0, a part 0 of any whole is 0.

        Bounds that differ only in the last bits of a sum are the same.
        """
        with np.errstate(invalid="ignore"):
            same = np.isfinite(self.low) & (np.abs(self.high - self.low) <= _SAME * np.abs(self.low))
        return Bounded(np.where(same, self.low, self.value), self.low, np.where(same, self.low, self.high))

    def where(self, condition: npt.ArrayLike) -> Bounded:
        """Keep what meets the condition; the rest becomes unknown."""
        return Bounded(*(np.where(condition, x, np.nan) for x in (self.value, self.low, self.high)))

    def within(self, low: npt.ArrayLike, high: npt.ArrayLike) -> Bounded:
        """Cut the bounds to what is possible at all (a share lies within 0 and 1)."""
        return Bounded(self.value, np.maximum(self.low, low), np.minimum(self.high, high))

    def qualifiers(self, floor: float = 0.0, ceiling: float | Numbers = np.inf) -> npt.NDArray[np.object_]:
        """How a computed number is to be worded.

        Parameters
        ----------
        floor, ceiling : float
            The least and the greatest possible value (0 and inf for counts, -1 and inf for growth,
            0 and 1 for shares): a range that begins at the floor is worded "at most", one that
            ends at the ceiling "at least".

        Returns
        -------
        array of object
            exact, about (between two bounds), at_least, at_most; None where nothing is known.
        """
        out = np.full(np.shape(self.low), "about", dtype=object)
        out[np.asarray(self.low == self.high)] = "exact"
        bare = np.isnan(self.value)
        out[np.asarray(bare & (self.high >= ceiling))] = "at_least"
        out[np.asarray(bare & (self.low <= floor) & (self.high > floor))] = "at_most"
        vague = ~self.known | (bare & (self.low <= floor) & (self.high >= ceiling))
        out[np.asarray(vague)] = None
        return out

    def __add__(self, other: Bounded | float) -> Bounded:
        o = _bounded(other)
        return Bounded(self.value + o.value, self.low + o.low, self.high + o.high)

    def __sub__(self, other: Bounded | float) -> Bounded:
        o = _bounded(other)
        return Bounded(self.value - o.value, self.low - o.high, self.high - o.low)

    def __mul__(self, other: Bounded | float) -> Bounded:
        o = _bounded(other)
        corners = [_times(a, b) for a in (self.low, self.high) for b in (o.low, o.high)]
        return Bounded(self.value * o.value, np.minimum.reduce(corners), np.maximum.reduce(corners))

    def __truediv__(self, other: Bounded | float) -> Bounded:
        """Divide by something not negative; unknown where it is certainly zero."""
        o = _bounded(other)
        corners = [_over(a, b) for a in (self.low, self.high) for b in (o.low, o.high)]
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(o.value == 0, np.nan, self.value / o.value)
        return Bounded(value, np.minimum.reduce(corners), np.maximum.reduce(corners)).where(o.high > 0)

    def __pow__(self, exponent: npt.ArrayLike) -> Bounded:
        """Raise something not negative to a positive power."""
        return Bounded(*(np.power(x, exponent) for x in (self.value, self.low, self.high)))

    def sum(self) -> Bounded:
        """Sum over the array; unknown if any part is."""
        return Bounded(*(np.asarray(np.sum(x)) for x in (self.value, self.low, self.high)))


def _bounded(number: Bounded | float) -> Bounded:
    return number if isinstance(number, Bounded) else Bounded.exact(number)


def _times(a: Numbers, b: Numbers) -> Numbers:
    """Multiply with 0 · inf = 0: none of something unlimited is none."""
    with np.errstate(invalid="ignore"):
        return np.where((a == 0) & np.isinf(b) | np.isinf(a) & (b == 0), 0.0, a * b)


def _over(a: Numbers, b: Numbers) -> Numbers:
    """Divide with 0/0 = 0, inf/inf = inf and a/0 = ±inf, the limits that a bound needs."""
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = np.where(np.isinf(a) & np.isinf(b), np.inf, a / b)
        return np.where((a == 0) & (b == 0), 0.0, limit)
