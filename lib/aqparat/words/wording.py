"""How a language words facts: every one with its bound, whatever filter asks for it.

The base class has what all languages share; a language gives the words before a number (`bounds`) or, where
it puts endings on one, the whole `phrase`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from babel.numbers import format_decimal

from aqparat.words import inline
from aqparat.words.extent import Extent, Manner, bounds, chance, extent, margin
from aqparat.words.inline import Inline, filled
from aqparat.words.writing import Writing, metric, writing

if TYPE_CHECKING:
    from aqparat.metrics.facts import Fact

MINUS, NBSP = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)  # a report writes the same numbers in many places
def _written(value: float, decimals: int, code: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, pattern, locale=code))


def _shown(fact: Fact) -> Extent:
    """Return how the number of a fact is known, as it is shown."""
    return extent(fact, open_sided=fact.unit != "rank")


class Wording(ABC):
    """Numbers and facts in one language."""

    code: str
    labels: dict[str, Any]
    bounds: ClassVar[dict[str, str]]  # manner to the words before a number

    @abstractmethod
    def label(self, key: str, **values: Any) -> str:
        """Return a label by its dotted key, its placeholders filled."""

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with this language's groups and decimal sign."""
        rounded = round(value, decimals)
        return (MINUS if rounded < 0 else "") + _written(abs(rounded), decimals, self.code)

    def told(self, fact: Fact, known: Extent, written: Writing, case: str | None = None) -> Inline:
        """Return a fact in words: its numbers in the manner in which they are known."""
        if known.manner == "unknown":
            return self.phrase(fact, "unknown", self.label("number.unknown"), case)
        alone = len(known.numbers) == 1
        numbers = [self.digits(number, written, alone) for number in known.numbers]
        if alone:
            return self.phrase(fact, known.manner, self.with_unit(numbers[0], written), case)
        within = self.between(numbers[-2], numbers[-1], written)
        if known.manner == "around":
            number = self.with_unit(numbers[0], written)
            return inline.fact(number if number == within else f"{number} ({within})", fact)
        return self.phrase(fact, "between", within, case)

    def digits(self, number: float, written: Writing, alone: bool = True) -> str:
        """Return a number without its unit."""
        decimals, scaled = written.decimals(number, alone), number * written.scale
        plus = "+" if written.signed and round(scaled, decimals) > 0 else ""
        return plus + self.number(scaled, decimals)

    def with_unit(self, digits: str, written: Writing) -> str:
        """Return the digits of a number with the unit that belongs to them: 19.7%."""
        return self.label(written.unit, number=digits) if written.unit else digits

    def between(self, low: str, high: str, written: Writing) -> str:
        """Return two bounds with their unit, said once where no signs stand before them."""
        if low == high:
            return self.with_unit(low, written)
        if written.signed or low.startswith(MINUS):
            return f"{self.with_unit(low, written)} … {self.with_unit(high, written)}"
        return self.with_unit(f"{low}–{high}", written)

    def phrase(self, fact: Fact, manner: Manner, number: str, case: str | None = None) -> Inline:
        """Return a number, or two, with the words for the manner in which it is known.

        Parameters
        ----------
        fact : Fact
        manner : str
            Of `Extent`.
        number : str
            As it is written.
        case : str, optional
            For languages that put endings on a number.
        """
        before = self.bounds.get(manner, "")
        return inline.fact(f"{before} {number}" if before else number, fact)

    def amount(self, number: float, fact: Fact) -> str:
        """Return any number in the unit of a fact: one of its bounds, or one that its formula has."""
        written = writing(fact)
        return self.with_unit(self.digits(number, written), written)

    def shown(self, fact: Fact, case: str | None = None) -> Inline:
        """Return a fact as its metric and its unit ask: 306, +19.7%, at most 0.89, 1–8, 85.5 (61.9–89.5)."""
        return self.told(fact, _shown(fact), writing(fact), case)

    def says_bounds(self, fact: Fact) -> bool:
        """Return whether a fact as it is shown says both its bounds: "3–6", "at least 366", "5 (4–6)".

        Of "at most 6.3%" nobody need be told that it is not below 0.
        """
        known, both, written = _shown(fact), bounds(fact), writing(fact)
        if known.manner in ("at_least", "at_most") and both.manner == "between":
            low, high = both.numbers  # one of which may be where all such numbers begin or end
            if known.manner == "at_least" and fact.unit == "fraction" and high == 1:
                both = Extent("at_least", (low,))
            elif known.manner == "at_most" and low == 0:
                both = Extent("at_most", (high,))
        if both.manner == "exact" or known.manner not in (both.manner, "around"):
            return False  # that a number is exact is no bound, and is told
        alone, numbers = len(known.numbers) == 1, known.numbers[-len(both.numbers) :] if both.numbers else ()
        said = [self.digits(number, written, alone) for number in numbers]
        return said == [self.digits(number, written) for number in both.numbers]

    def count(self, fact: Fact, case: str | None = None) -> Inline:
        """Return a count: 306, more than 60, about 10,000, 510–765.

        Parameters
        ----------
        fact : Fact
        case : str, optional
            For languages that put endings on a number.
        """
        return self.shown(fact, case)

    def counted(self, fact: Fact) -> Inline:
        """Return a fact with the noun of its unit, where the language has one: 306 items, 4,746 copies."""
        noun = self.noun(fact)
        return self.shown(fact) + " " + noun if noun else self.shown(fact)

    def noun(self, fact: Fact) -> Inline:
        """Return the noun of a fact's unit in the form that its number asks for; empty if there is none."""
        forms = self.labels["noun"].get(fact.unit)
        if not forms or not metric(fact.metric).is_counted or extent(fact).manner == "unknown":
            return Inline()
        return self.plural(fact, *str(forms).split(" | "))

    @abstractmethod
    def plural(self, fact: Fact | int, *forms: str) -> Inline:
        """Return the form of a noun that the number of a fact, or a number of things found, asks for."""

    def percent(self, fact: Fact, case: str | None = None) -> Inline:
        """Return a fraction, or how far something has fallen, without its sign: 19.7%, at most 30.0%."""
        return self.told(fact, extent(fact).size, replace(writing(fact), signed=False), case)

    def change(self, fact: Fact) -> Inline:
        """Return a change with its sign: +19.7%, at most +155.7%, −10.0% … +25.0%."""
        return self.told(fact, extent(fact), replace(writing(fact), signed=True))

    def points(self, fact: Fact) -> Inline:
        """Return a change with its sign and without its unit, which is said beside it: +5.5."""
        return self.told(fact, extent(fact), replace(writing(fact), signed=True, unit=""))

    def per_thousand(self, fact: Fact) -> Inline:
        """Return a part of the members, or how far it has changed, as so many of each thousand: 6.3."""
        signed = metric(fact.metric).signed
        return self.told(fact, extent(fact), Writing(places=1, scale=1000, signed=signed))

    def likely(self, fact: Fact) -> Inline:
        """Return what chance, or other weights, may do to a number: 1.07–1.43; empty if nothing is known."""
        known = chance(fact)
        return Inline() if known.manner == "unknown" else self.told(fact, known, writing(fact))

    def interval(self, fact: Fact, level: float) -> Inline:
        """Return what chance may do to a number, with the level: 95% interval 1.07–1.43; else empty."""
        likely = self.likely(fact)
        if not likely:
            return likely
        percent = self.level(level)
        return filled(self.label("number.interval"), level=percent, range=likely)

    def swing(self, ratio: Fact, level: float) -> Inline:
        """Return what chance may do to a change, by the ratio of its counts: 95% interval −8.3% … +33.4%."""
        known = chance(ratio)
        written = Writing(1, 100, True, "number.percent")
        moved = Extent(known.manner, tuple(number - 1 for number in known.numbers))
        percent = self.level(level)
        return filled(self.label("number.interval"), level=percent, range=self.told(ratio, moved, written))

    def level(self, level: float) -> str:
        """Return how much lies within an interval: 95%, 99.8%."""
        percent = round(level * 100, 3)
        return self.label(
            "number.percent", number=self.number(percent, 0 if percent == round(percent) else 1)
        )

    def within(self, fact: Fact) -> Inline:
        """Return, in brackets, what stands around a number that is told by its value: (9,500–10,500).

        Of shares of items, what chance may do; empty where there is nothing more to say.
        """
        by_chance = metric(fact.metric).interval == "chance" and fact.unit == "fraction"
        known = chance(fact) if by_chance else margin(fact)
        if known.manner == "unknown":
            return Inline()
        told = self.told(fact, known, writing(fact))
        return "(" + (filled(self.label("chart.chance"), range=told) if by_chance else told) + ")"

    @abstractmethod
    def place(self, fact: Fact) -> Inline:
        """Return a rank, or the range of ranks that the figures leave open."""
