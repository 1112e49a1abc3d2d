"""A number of a fact in words: as its metric and its unit ask."""

from __future__ import annotations

import math

from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import metric
from aqparat.words import inline
from aqparat.words.inline import Inline
from aqparat.words.language import Language, shown_number


def amount(number: float, fact: Fact, language: Language) -> str:
    """Return a number in the unit of a fact, with as many decimals as tell something."""
    known = metric(fact.metric)
    if fact.unit == "fraction":
        return language.percentage(number, signed=known.signed)
    sign = "+" if known.signed and number > 0 else ""
    decimals = known.decimals
    if decimals > 1 and 0 < abs(number) < 0.1:  # two digits that tell something
        decimals = max(decimals, min(1 - math.floor(math.log10(abs(number))), 6))
    return sign + language.number(number, decimals)


def value(fact: Fact, language: Language) -> Inline:
    """Return a fact with its bounds, as it stands in tables."""
    known = metric(fact.metric)
    if fact.unit == "rank" and not known.signed:
        return language.rank(fact)
    if fact.unit == "fraction":
        return inline.fact(language.changed(fact), fact) if known.signed else language.percent(fact)
    if known.decimals or known.signed:
        bound = language.bound(fact) if fact.value is None else ""
        return inline.fact(bound + amount(shown_number(fact), fact, language), fact)
    return language.count(fact)


__all__ = ["amount", "value"]
