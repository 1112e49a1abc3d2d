"""The appendix: what each number of a report is, how it is made, and which raw rows it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from aqparat.data.schemas import TOTAL
from aqparat.legible import legible
from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.registry import metric
from aqparat.words import extent, inline
from aqparat.words.explanation import closure, explained
from aqparat.words.inline import Inline, capital, filled, joined, spoken
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer
from aqparat.words.sources import Source, sources

_NOTHING = Inline()
_BOUNDS = {  # how a number is known, and the label that says its bounds
    "exact": "exact",
    "between": "between",
    "at_least": "least",
    "at_most": "most",
    "unknown": "unbounded",
}
_LANGUAGE = "language_"  # of indicators that count the items in a language
_STEMS = ("_component", "_score")  # of indicators that are named after a component of the index
_UNWRITTEN = ("formula", "says_bounds")  # fields of an entry that its record does without
_RATES = ("_rate", "_penetration", "_training_reach")  # of indicators whose rates are meant


@dataclass(frozen=True)
class Entry:
    """One number of a report; its place in the appendix is that of the blocks that show it.

    Parameters
    ----------
    id : str
        The fact's.
    series : Inline
        What it is about but for whose it is: metric, indicator, place and time.
    value, bounds, period : Inline
    key, metric, formula : str
        Code of the metric, its name and its formula; bare text.
    sources : list of Source
        The raw rows of a counted fact.
    inputs : list of int
        Places, in the list of entries, of what a derived fact is computed from, in the order of its formula.
    own, own_bounds : Inline
        The formula with its own numbers, and the same for bounds that differ from the value.
    interval : Inline
        What chance may do.
    who : Inline
        The organisation; empty for the whole union.
    bare : Inline
        The value without the noun of its unit, where it has one.
    says_bounds : bool
        Whether the value says its bounds itself: "3–6 months", "at least 366".
    """

    id: str
    series: Inline
    value: Inline
    key: str
    metric: str
    formula: str
    bounds: Inline
    period: Inline
    sources: list[Source]
    inputs: list[int] = field(default_factory=list)
    own: Inline = _NOTHING
    own_bounds: Inline = _NOTHING
    interval: Inline = _NOTHING
    who: Inline = _NOTHING
    bare: Inline = _NOTHING
    says_bounds: bool = False

    @property
    def title(self) -> Inline:
        """What it is about."""
        return self.series + ": " + self.who if self.who else self.series

    @property
    def limits(self) -> Inline:
        """The bounds, where the value does not say them already."""
        return _NOTHING if self.says_bounds else self.bounds

    def record(self) -> dict[str, Any]:
        """Return the entry for JSON, without what it does not have; the formula stands once a metric."""
        parts = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _UNWRITTEN}
        parts["bounds"] = self.limits
        parts["sources"] = [asdict(source) for source in self.sources]
        told = {name: part for name, part in parts.items() if part}
        return {name: part.json() if isinstance(part, Inline) else part for name, part in told.items()}

    def labelled(self, labels: Mapping[str, str]) -> list[Inline]:
        """Return what there is to say, part by part, each with its label."""
        parts = ("value", "limits", "period", "metric", "formula", "own", "own_bounds", "interval")
        said = [
            (labels.get("bounds" if part == "limits" else part, ""), getattr(self, part)) for part in parts
        ]
        rows = "; ".join(" ".join(filter(None, (s.file, s.sheet, s.rows))) for s in self.sources)
        numbers = ", ".join(str(place + 1) for place in self.inputs)
        said += [(labels["sources"], rows), (labels["inputs"], numbers)]
        return [joined([f"{label}: " if label else "", words]) for label, words in said if words]


def entries(shown: Iterable[Fact], renderer: Renderer, facts: Facts | None = None) -> list[Entry]:
    """Tell of facts what they are.

    Parameters
    ----------
    shown : iterable of Fact
        In the order in which they are to stand.
    renderer : Renderer
    facts : Facts, optional
        Where their inputs are found; those are told of, too, after the facts shown.
    """
    known = facts or Facts([])
    told = list(closure(list(shown), known))
    places = {fact.id: place for place, fact in enumerate(told)}
    return [_entry(fact, known, places, renderer) for fact in told]


def title(fact: Fact, renderer: Renderer) -> Inline:
    """Return what a fact is about, and whose it is."""
    series, who = _series(fact, renderer), _who(fact, renderer)
    return series + ": " + who if who else series


def files(told: Iterable[Entry], digests: Mapping[str, str]) -> dict[str, str]:
    """Return the raw files that entries name, each once, with its SHA-256; those without one are left out."""
    names = sorted({source.file for entry in told for source in entry.sources})
    known = {legible(name): digest for name, digest in digests.items()}  # as sources have them
    return {name: known[name] for name in names if known.get(name)}


def _entry(fact: Fact, facts: Facts, places: Mapping[str, int], renderer: Renderer) -> Entry:
    language, why = renderer.language, explained(fact, facts, renderer)
    return Entry(
        id=fact.id,
        series=_series(fact, renderer),
        value=language.counted(fact),
        key=why.key,
        metric=why.name,
        formula=why.formula,
        bounds=_bounds(fact, language),
        period=_period(fact, language),
        sources=why.sources,
        inputs=[places[name] for name in why.inputs if name in places],
        own=why.own,
        own_bounds=why.bounds,
        interval=why.interval,
        who=_who(fact, renderer),
        bare=language.shown(fact) if language.noun(fact) else _NOTHING,
        says_bounds=language.says_bounds(fact),
    )


def _who(fact: Fact, renderer: Renderer) -> Inline:
    """Return the name of the organisation of a fact."""
    if fact.organisation == TOTAL:
        return _NOTHING
    return spoken(renderer.language.organisation(renderer.tables, fact.organisation), renderer.language.code)


def _series(fact: Fact, renderer: Renderer) -> Inline:
    """Return what a fact is about, but for its organisation: its metric, indicator, place and time."""
    language, tables = renderer.language, renderer.tables
    what = _indicator(fact, renderer)
    if metric(fact.metric).is_named:
        what = f"{language.label(f'metric_name.{fact.metric}')}: {what}"
    parts = [inline.text(capital(what))]
    if fact.outlet:
        parts.append(language.outlet(tables, fact.outlet))
    elif fact.channel:
        parts.append(inline.text(language.label(f"channel.{fact.channel}")))
    parts.append(language.window(fact.window, "short"))
    title = spoken(joined(parts, ", "), language.code)
    return title + " / " + language.window(fact.base, "short") if fact.base else title


def _indicator(fact: Fact, renderer: Renderer) -> str:
    """Return what a fact counts: an indicator, one of the program's own, a component of the index."""
    language, indicators = renderer.language, renderer.tables.indicators
    of_index = fact.metric in ("component", "score", "tally", "difference") or fact.indicator.endswith(_STEMS)
    if fact.indicator in indicators.index and not of_index:
        return language.name(indicators, fact.indicator)
    if fact.indicator.startswith(_LANGUAGE) and fact.indicator not in language.labels["counted"]:
        spoken_in = language.in_language(fact.indicator.removeprefix(_LANGUAGE))
        return language.label("counted.language", language=spoken_in)
    stem = fact.indicator
    for ending in (*_STEMS, *_RATES):
        stem = stem.removesuffix(ending)
    if stem in indicators.index and not of_index:
        return language.name(indicators, stem)
    for group in ("component", "counted", "activity") if of_index else ("counted", "activity"):
        if stem in language.labels[group]:
            return language.label(f"{group}.{stem}")
    return fact.indicator


def _bounds(fact: Fact, language: Language) -> Inline:
    """Return the two bounds of a fact."""
    known = extent.bounds(fact)
    if known.manner in ("exact", "unknown"):
        return inline.text(language.label(f"appendix.{_BOUNDS[known.manner]}"))
    numbers = [language.amount(number, fact) for number in known.numbers]
    text = language.label(f"appendix.{_BOUNDS[known.manner]}", low=numbers[0], high=numbers[-1])
    return inline.fact(text, fact)


def _period(fact: Fact, language: Language) -> Inline:
    """Return the window of a fact, and the one it is compared with."""
    if fact.base is None:
        return language.window(fact.window, "name")
    both = {"window": language.window(fact.window, "name"), "base": language.window(fact.base, "than")}
    return filled(language.label("appendix.compared"), **both)


__all__ = ["Entry", "Source", "entries", "files", "sources", "title"]
