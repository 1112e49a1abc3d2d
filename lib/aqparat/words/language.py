"""A language: its labels and the way it writes numbers, dates, names and bounds.

The base class holds what Babel knows for every language; a subclass (`kk.py`) adds the grammar.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

import pandas as pd
from babel import Locale
from babel.numbers import format_decimal
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from aqparat.data import titles
from aqparat.data.prepare import Tables
from aqparat.legible import drawable, legible
from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import metric
from aqparat.period import Period, Window
from aqparat.problem import Problem
from aqparat.texts import texts
from aqparat.words import hyphens, inline
from aqparat.words.inline import Inline, capitalised
from aqparat.words.prose import Draft
from aqparat.words.visible import visible

_NUMBERED = re.compile(r"(.*\S) (\d+)")
MINUS, NBSP = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)  # a report writes the same numbers in many places
def _written(value: float, decimals: int, code: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, pattern, locale=code))


class UnknownLabelError(KeyError):
    """A label is asked for that the locale file does not have."""


class Language(ABC):
    """Labels, numbers, dates and names in one language.

    Parameters
    ----------
    code : str
        `kk`, `ru` or `en`.
    """

    bounds: ClassVar[dict[str, str]]  # qualifier to the words before a number
    onsets: ClassVar[frozenset[str]] = frozenset()  # consonants that begin a syllable together

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = Locale(code)
        self._names: dict[int, tuple[pd.DataFrame, dict[str, str]]] = {}
        self.labels = texts("labels", code)
        self._formats = SandboxedEnvironment(undefined=StrictUndefined)

    # Labels

    def label(self, key: str, **values: Any) -> str:
        """Return a label of the locale file by its dotted key, its placeholders filled.

        Raises
        ------
        UnknownLabelError
            If the file has no such key.
        """
        found: Any = self.labels
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise UnknownLabelError(f"{self.code}.toml has no label {key!r}")
            found = found[part]
        return str(found).format(**values) if values else str(found)

    def problem(self, problem: Problem) -> str:
        """Return a problem: place, what was found, what was expected, what to do."""
        place = [problem.file]
        if problem.sheet:
            place.append(self.label("problem.sheet", sheet=problem.sheet))
        if problem.row:
            place.append(self.label("problem.row", row=problem.row))
        if problem.column:
            if problem.file.endswith(".toml"):
                place.append(self.label("problem.key", name=problem.column))
            else:
                place.append(self.label("problem.column", column=self._heading(problem)))
        hint = self.label("problem.nearest", value=visible(problem.nearest)) if problem.nearest else ""
        told = [visible(", ".join(place)) + ":", self.fault(problem), hint]
        return " ".join(filter(None, told))

    def fault(self, problem: Problem) -> str:
        """Return what is wrong without its place and what was perhaps meant."""
        template = self._formats.from_string(self.label(f"problems.{problem.code}"))
        return visible(template.render(found=problem.found, expected=problem.expected, column=problem.column))

    def _heading(self, problem: Problem) -> str:
        """Return the name of a column: in a workbook, whose headings are titles, by its title too."""
        column = problem.column or ""
        if not problem.sheet or column not in titles.columns():
            return column
        title = titles.column(column, self.code)
        return title if title.casefold() == column else f"{title}, {column}"

    # Numbers

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with this language's groups and decimal sign."""
        rounded = round(value, decimals)
        return (MINUS if rounded < 0 else "") + _written(abs(rounded), decimals, self.code)

    def percentage(self, fraction: float, signed: bool = False) -> str:
        """Return a fraction as a percentage with one decimal: 0.197 as 19,7%."""
        text = self.label("number.percent", number=self.number(fraction * 100, 1))
        return "+" + text if signed and round(fraction * 100, 1) > 0 else text

    # Names

    def name(self, table: pd.DataFrame, code: str) -> str:
        """Return the name of an organisation, outlet or indicator, as charts too can draw it."""
        known = self._names.get(id(table))
        if known is None:  # the table is kept beside its names, so that no other can take its place
            known = table, table[f"name_{self.code}"].map(lambda name: drawable(legible(str(name)))).to_dict()
            self._names[id(table)] = known
        return known[1][code]

    def union(self, names: Mapping[str, str]) -> str:
        """Return the name of the union, from its names by language; empty where the data name none."""
        return drawable(legible(names.get(self.code, "")))

    def outlet(self, tables: Tables, code: str) -> Inline:
        """Return the name of an outlet in running text."""
        return inline.text(self.name(tables.outlets, code))

    def joined(self, texts: Iterable[Inline | str]) -> Inline:
        """Return a list joined as in running text."""
        *first, last = [*texts] or [""]
        return inline.joined([inline.joined(first, ", "), last], f" {self.joined_ending()} " if first else "")

    @abstractmethod
    def joined_ending(self) -> str:
        """Return the word before the last of a list."""

    def syllables(self, word: str) -> list[str]:
        """Part a word where it may be broken over two lines."""
        return hyphens.syllables(word, self.onsets)

    def sort_key(self, text: str) -> Any:
        """Return the key of this language's alphabetical order."""
        return text.casefold()

    # What a subclass adds

    @abstractmethod
    def day(self, day: date) -> Inline:
        """Return a date in running text."""

    @abstractmethod
    def window(self, window: Window, form: str = "in") -> Inline:
        """Return a window of time in the form a sentence needs."""

    @abstractmethod
    def organisation(self, tables: Tables, code: str, form: str = "name") -> Inline:
        """Return the name of an organisation, in full or short, in the form a sentence needs."""

    def filters(self, tables: Tables) -> dict[str, Any]:
        """Return the filters that the narrative templates use."""
        return {
            "count": self.count,
            "percent": self.percent,
            "change": lambda f: inline.fact(self.changed(f), f),
            "day": self.day,
            "window": lambda w, form="in": self.window(w.window if isinstance(w, Period) else w, form),
            "org": lambda code, form="name": self.organisation(tables, code, form),
            "orgs": lambda codes, form="name": self.organisations(tables, codes, form),
            "indicator": lambda code: inline.text(self.name(tables.indicators, code)),
            "outlet": lambda code: self.outlet(tables, code),
            "text": lambda row: inline.dated(row[f"text_{self.code}"]),
            "label": lambda key, prefix: inline.text(self.label(f"{prefix}.{key}")),
            "joined": self.joined,
            "cap": lambda words: words.capitalised() if isinstance(words, Draft) else capitalised(words),
            "number": lambda f, decimals=0: inline.fact(self.number(shown_number(f), decimals), f),
            "place": self.place,
            "problem": lambda p: inline.found(self.problem(p)),
            "found": lambda number: inline.found(str(number)),
            "within": self.within,
        }

    def sources(self, tables: Tables, origins: Iterable[str]) -> Inline:
        """Return where raw rows come from, as they say; numbered parts of one source together."""
        settings = tables.settings["sources"]
        listed = dict(zip(settings["numbered"], settings[self.code], strict=False))
        cited: dict[str, list[str]] = {}
        for source in tables.sources(origins):
            name, number = _numbered(source, listed)
            cited.setdefault(name, []).extend([number] if number else [])
        return inline.cited("; ".join(self._cited(listed.get(name, name), cited[name]) for name in cited))

    def _cited(self, name: str, numbers: Iterable[str]) -> str:
        """Return a source with the numbers of its parts, each once, in their order."""
        parts = sorted(set(numbers), key=int)
        written = str(self.joined(parts))
        if "{numbers}" in name:
            one, _, several = name.partition(" / ")
            pattern = several if "{numbers}" in several and len(parts) > 1 else one
            return pattern.replace("{numbers}", written)
        return f"{name} {written}" if written else name

    def organisations(self, tables: Tables, codes: Iterable[str], form: str = "name") -> Inline:
        """Return organisations in alphabetical order."""
        names = [self.organisation(tables, code, form) for code in codes]
        return self.joined(sorted(names, key=lambda n: self.sort_key(str(n))))

    def is_range(self, fact: Fact) -> bool:
        """Return whether a fact is to be shown as a range: computed, with two bounds that differ."""
        stated = fact.metric == "volume" and fact.value is not None
        between = fact.low is not None and fact.high is not None and fact.low != fact.high
        return fact.qualifier == "about" and between and not stated

    def range(self, fact: Fact) -> str:
        """Return the two bounds of a fact: 510–765."""
        return self.spread(fact.low, fact.high)

    def spread(self, low: float | None, high: float | None, decimals: int = 0) -> str:
        """Return two bounds that are known: 510–765; one number where they are the same."""
        assert low is not None
        assert high is not None
        if low == high:
            return self.number(low, decimals)
        return f"{self.number(low, decimals)}–{self.number(high, decimals)}"

    def within(self, fact: Fact) -> str:
        """Return the bounds of a number that is shown by its value: (24–28); empty where it says them."""
        by_chance = metric(fact.metric).interval == "chance" and fact.unit == "fraction"
        if by_chance and fact.interval_low is not None and fact.interval_high is not None:
            chance = f"{self.number(fact.interval_low * 100, 1)}–{self.percentage(fact.interval_high)}"
            return f"({self.label('chart.chance', range=chance)})"
        if fact.qualifier != "about" or fact.value is None or fact.low is None or fact.high is None:
            return ""
        return "" if self.is_range(fact) else f"({self.range(fact)})"

    def count(self, fact: Fact, case: str | None = None) -> Inline:
        """Return a count with its bounds: 306, more than 60, about 10,000, 510–765.

        Parameters
        ----------
        fact : Fact
        case : str, optional
            For languages that put endings on a number.
        """
        if self.is_range(fact):
            return inline.fact(self.range(fact), fact)
        return inline.fact(self.bound(fact) + self.number(shown_number(fact)), fact)

    def percent(self, fact: Fact, case: str | None = None) -> Inline:
        """Return a fraction without its sign: 19.7%, at most 30.0%, 20.0–30.0%."""
        return inline.fact(self.bounded_percentage(fact), fact)

    def changed(self, fact: Fact) -> str:
        """Return a change with its sign: +19.7%, at most +155.7%, −10.0% … +25.0%."""
        prefix = self.bound(fact) if fact.value is None else ""
        return self.bounded_change(fact) or prefix + self.percentage(shown_number(fact), signed=True)

    def bound(self, fact: Fact) -> str:
        """Return the words before a number that is a bound, with a space; empty for others."""
        word = self.bounds.get(fact.qualifier, "")
        return f"{word} " if word else ""

    def bounded_percentage(self, fact: Fact) -> str:
        """Return a fraction without its sign; by its bounds where it has no value."""
        if fact.value is not None:
            return self.percentage(abs(fact.value))
        if fact.qualifier == "about" and fact.low is not None and fact.high is not None:
            return f"{self.number(fact.low * 100, 1)}–{self.percentage(fact.high)}"
        return self.bound(fact) + self.percentage(abs(shown_number(fact)))

    def bounded_change(self, fact: Fact) -> str:
        """Return a change that is only known between two bounds; empty for others."""
        if fact.qualifier != "about" or fact.value is not None or fact.low is None or fact.high is None:
            return ""
        return f"{self.percentage(fact.low, True)} … {self.percentage(fact.high, True)}"

    def rank(self, fact: Fact) -> Inline:
        """Return a rank for a table: 1, or the range of ranks that the figures leave open, 1–8."""
        if fact.value is not None or fact.low is None or fact.high is None:
            return inline.fact(self.number(shown_number(fact)), fact)
        return inline.fact(self.range(fact), fact)

    @abstractmethod
    def place(self, fact: Fact) -> Inline:
        """Return a rank, or the range of ranks that the figures leave open."""


def _numbered(source: str, listed: Iterable[str]) -> tuple[str, str]:
    """Return a source and the number of its part; of one that is not listed the number that it ends in."""
    for name in listed:
        if match := re.match(rf"{re.escape(name)} (\d+)", source):
            return name, match[1]
    match = _NUMBERED.fullmatch(source)
    return (match[1], match[2]) if match else (source, "")


def shown_number(fact: Fact) -> float:
    """Return the number that stands for a fact: its value, or the one bound that is known."""
    for number in (fact.value, fact.low if fact.qualifier == "at_least" else fact.high, fact.low):
        if number is not None:
            return number
    raise ValueError(f"nothing is known of {fact.id}")
