"""What of a fact is said: its number with its bound, and what a template may ask of it.

This is the one place where numbers are taken from a fact to be worded. Filters get an `Extent`, whose numbers
come with the manner in which they are known; templates get answers (`TESTS`) and no number at all (`SECRET`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aqparat.metrics.facts import Fact


Manner = Literal[
    "exact", "about", "more_than", "less_than", "at_least", "at_most", "between", "around", "unknown"
]
SECRET = frozenset({
    "value", "low", "high", "least", "most", "interval_low", "interval_high", "chance_least", "chance_most",
    "qualifier", "record",
})  # fmt: skip
COUNTS = ("volume", "target", "common_total")  # told as they were reported, or between two such
_STATED = ("more_than", "less_than", "at_least", "at_most")
_TURNED: dict[Manner, Manner] = {
    "more_than": "less_than",
    "less_than": "more_than",
    "at_least": "at_most",
    "at_most": "at_least",
}
_MEASURED = ("index", "rank", "class")  # units of numbers that are told with what is possible around them


@dataclass(frozen=True)
class Extent:
    """How a number is known.

    Parameters
    ----------
    manner : str
        exact; about, more than, less than, at least, at most; between two numbers; around: a number and what
        else is possible; unknown.
    numbers : tuple of float
        One number; two, `between`; three, `around`: the number, then the two bounds; none, `unknown`.
    """

    manner: Manner
    numbers: tuple[float, ...] = ()

    @property
    def size(self) -> Extent:
        """How far something has fallen, where it surely has; else the same."""
        if self.manner in ("unknown", "around", "at_least", "more_than") or max(self.numbers) >= 0:
            return self
        numbers = tuple(sorted(-number for number in self.numbers))
        return Extent(_TURNED.get(self.manner, self.manner), numbers)

    @property
    def last(self) -> float | None:
        """The number that a noun stands after, to agree with; None where there is none."""
        if self.manner == "around":
            return self.numbers[0]
        return self.numbers[-1] if self.numbers else None


def extent(fact: Fact, *, open_sided: bool = True) -> Extent:
    """Return how the number of a fact is known.

    Parameters
    ----------
    fact : Fact
    open_sided : bool
        Whether a range that begins or ends where all numbers do is told by its other bound: "8th place or
        better" rather than 1–8.
    """
    low, high, value = fact.low, fact.high, fact.value
    if low is not None and low == high:
        return Extent("exact", (low,))
    if value is not None:
        return _valued(fact, value)
    known = _range(low, high)
    if open_sided and known.manner == "between" and fact.qualifier in ("at_least", "at_most"):
        least = fact.qualifier == "at_least"
        known = Extent("at_least", known.numbers[:1]) if least else Extent("at_most", known.numbers[1:])
    return _whole(known) if fact.metric in COUNTS else known


def _whole(known: Extent) -> Extent:
    """Return a bound of a count as a whole number that is still one: nobody is half a person."""
    if known.manner == "at_least":
        return Extent("at_least", tuple(map(math.floor, known.numbers)))
    return Extent("at_most", tuple(map(math.ceil, known.numbers))) if known.manner == "at_most" else known


def _valued(fact: Fact, value: float) -> Extent:
    """Return how a number is known that has a value: as its source says, or within computed bounds."""
    for manner in _STATED:
        if fact.qualifier == manner:
            return Extent(manner, (value,))  # type: ignore[arg-type]  # they are manners
    known = bounds(fact)
    if known.manner == "unknown":
        return Extent("exact" if fact.qualifier == "exact" else "about", (value,))
    if fact.metric in ("volume", "tally"):
        return Extent("about", (value,))
    if known.manner == "between" and fact.unit in _MEASURED:
        return Extent("around", (value, *known.numbers))
    return known


def margin(fact: Fact) -> Extent:
    """Return the bounds of a number that is told by its value alone ("about 10,000"); else unknown."""
    if extent(fact).manner == "about" and fact.low is not None and fact.high is not None:
        return Extent("between", (fact.low, fact.high))
    return Extent("unknown")


def chance(fact: Fact) -> Extent:
    """Return what chance, or other weights, may do to a number."""
    return _range(fact.interval_low, fact.interval_high)


def bounds(fact: Fact) -> Extent:
    """Return the two bounds of a number, whatever its value is."""
    return _range(fact.low, fact.high)


def _range(low: float | None, high: float | None) -> Extent:
    if low is not None and high is not None:
        return Extent("exact", (low,)) if low == high else Extent("between", (low, high))
    if low is not None:
        return Extent("at_least", (low,))
    return Extent("at_most", (high,)) if high is not None else Extent("unknown")


def straddles(ratio: Fact) -> bool:
    """Return whether a ratio may, by chance, be one of no change at all."""
    return ratio.chance_least <= 1 <= ratio.chance_most


def has_place(indicator: str, outlet: str, channel: str) -> bool:
    """Return whether a place can be named: items of no outlet or channel appeared in the media, no others."""
    return bool(outlet or channel or indicator == "publications")


# What a template may ask: answers, no numbers

TESTS: dict[str, Callable[[Fact], bool]] = {
    "certain": lambda fact: extent(fact).manner == "exact",
    "single": lambda fact: fact.low == fact.high == 1,
    "placed": lambda fact: has_place(fact.indicator, fact.outlet, fact.channel),
    "named": lambda fact: bool(fact.outlet or fact.channel),  # where it is counted
    "none_at_all": lambda fact: fact.high == 0,
    "positive": lambda fact: fact.least > 0,
    "negative": lambda fact: fact.most < 0,
    "unchanged": lambda fact: fact.low == fact.high == 0,
    "surely_more": lambda fact: fact.chance_least > 1,  # of a ratio, chance considered
    "surely_less": lambda fact: fact.chance_most < 1,
    "stated_more": lambda fact: extent(fact).manner == "more_than",
    "open_above": lambda fact: math.isinf(fact.most),
}


__all__ = [
    "COUNTS",
    "SECRET",
    "TESTS",
    "Extent",
    "Manner",
    "bounds",
    "chance",
    "extent",
    "has_place",
    "margin",
    "straddles",
]


def alike(fact: Fact | None) -> object:
    """Return what facts of a list have in common of which none is greater; None for one that is not known."""
    return None if fact is None else (fact.window, fact.value, fact.low, fact.high)
