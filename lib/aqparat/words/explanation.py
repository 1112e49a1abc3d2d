"""A number explains itself: its formula, the formula with its own numbers, what it is computed from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import metric
from aqparat.words import inline
from aqparat.words.extent import chance
from aqparat.words.inline import Inline
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer
from aqparat.words.sources import Source, located
from aqparat.words.workings import Derived, Known, Side, working

_LIMITS = (-1.0, 0.0, 1.0)  # of changes, shares and indices
_BAND = 0.9  # from the 5 % to the 95 % quantile of the ranks that other weights give


@dataclass(frozen=True)
class Explanation:
    """What a fact is and how it came about, in one language.

    Parameters
    ----------
    key : str
        Its metric.
    name, formula : str
        Name of the metric and its formula in general, bare text.
    own : Inline
        The formula with its own numbers, each a part that leads to its fact: +19.7% = 4,746 ÷ 3,965 − 1.
        Empty for a counted fact, and where only bounds are known.
    bounds : Inline
        The same for the bounds that differ from the value.
    interval : Inline
        What chance, or other weights, may do; empty where the metric has no such interval.
    inputs : tuple of str
        Ids of the facts it is computed from, in the order of the formula.
    sources : list of Source
        The raw rows of a counted fact.
    """

    key: str
    name: str
    formula: str
    own: Inline
    bounds: Inline
    interval: Inline
    inputs: tuple[str, ...]
    sources: list[Source]


def explained(fact: Fact, facts: Known, renderer: Renderer) -> Explanation:
    """Explain a fact.

    Parameters
    ----------
    fact : Fact
    facts : Known
        Where its inputs are found. Of a fact with inputs that are not there, the formula has no numbers.
    renderer : Renderer
    """
    language, settings = renderer.language, renderer.tables.settings
    weights, target = settings["activity_index"]["weights"], settings["penetration"]["target"]
    derived = Derived(fact, facts, language, weights, target)
    told = bool(fact.inputs) and derived.is_whole
    return Explanation(
        key=fact.metric,
        name=language.label(f"metric_name.{fact.metric}"),
        formula=language.label(f"formula.{fact.metric}"),
        own=_own(derived) if told else Inline(),
        bounds=_bounds(derived) if told else Inline(),
        interval=_interval(fact, language, settings.at(metric(fact.metric).level)),
        inputs=fact.inputs,
        sources=located(fact.origins),
    )


def lines(explanation: Explanation) -> list[str]:
    """Return what an explanation says with its own numbers as plain lines, for the terminal."""
    return [str(text) for text in (explanation.own, explanation.bounds, explanation.interval) if text]


def closure(shown: list[Fact], facts: Known) -> Iterator[Fact]:
    """Return facts, then all they are computed from, each once: level by level, in the order of formulas."""
    seen = {fact.id for fact in shown}
    level = shown
    while level:
        yield from level
        names = dict.fromkeys(name for fact in level for name in fact.inputs)
        level = [facts[name] for name in names if name not in seen and name in facts]
        seen.update(fact.id for fact in level)


def _own(derived: Derived) -> Inline:
    """Work out the value; where only bounds of the inputs leave it as it is, as the bounds do."""
    known = derived.fact.value is not None and derived.fact.low == derived.fact.high
    sides: tuple[Side, ...] = ("value", "low", "high") if known else ("value",)
    return next((text for side in sides if (text := _side(derived, side))), Inline())


def _bounds(derived: Derived) -> Inline:
    """Work out the bounds that differ from the value; nothing where there is nothing to work out."""
    sides: list[tuple[str, Side]] = [("least", "low"), ("most", "high")]
    found = {
        key: derived.words(key, number=text)
        for key, side in sides
        if derived.bound(side) != derived.fact.value and (text := _side(derived, side))
    }
    return inline.joined(found.values(), "; ")


def _side(derived: Derived, side: Side) -> Inline | None:
    """Return `number = formula`; of a number cut to what is possible at all, that it is that limit."""
    value, work = derived.bound(side), working(derived, side)
    if value is None or work is None:
        return None
    shown = derived.language.amount(value, derived.fact)
    agrees = math.isclose(work.result, value, rel_tol=1e-6, abs_tol=1e-9)
    if agrees and work.text:
        if derived.fact.metric == "reported":  # its working is a sentence that has the number in it
            return work.text
        return inline.filled("{number} = {working}", number=shown, working=work.text)
    if value not in _LIMITS:
        return None
    is_most = side == "high" or (side == "value" and value < work.result)
    return derived.words("limit_high" if is_most else "limit_low", number=shown)


def _interval(fact: Fact, language: Language, level: float) -> Inline:
    known = chance(fact)
    if known.manner == "unknown":
        return Inline()
    numbers = [language.amount(number, fact) for number in known.numbers]
    low, high = numbers[0], numbers[-1]
    key = {"at_least": "least", "at_most": "most"}.get(known.manner, "between")
    one = low == high and key == "between"
    within = low if one else language.label(f"appendix.{key}", low=low, high=high)
    cause = metric(fact.metric).interval or "chance"
    part = level if cause == "chance" else _BAND
    percent = language.level(part)
    return inline.text(language.label(f"explanation.{cause}", range=within, level=percent))


__all__ = ["Explanation", "closure", "explained", "lines"]
