"""A language: its labels and the way it writes dates and names; numbers and facts as `wording` has them.

The base class holds what Babel knows for every language; a subclass (`kk.py`) adds the grammar.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from babel import Locale
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from aqparat.choices import LANGUAGES
from aqparat.data import titles
from aqparat.data.schemas import is_date
from aqparat.legible import drawable, legible
from aqparat.period import Period, Window
from aqparat.problem import Problem
from aqparat.texts import texts
from aqparat.words import hyphens, inline
from aqparat.words.extent import alike, has_place
from aqparat.words.inline import Inline, capitalised
from aqparat.words.prose import Draft
from aqparat.words.quotes import nested
from aqparat.words.visible import visible
from aqparat.words.wording import Wording
from aqparat.words.writing import metric

if TYPE_CHECKING:
    import pandas as pd

    from aqparat.data.prepare import Tables
    from aqparat.metrics.facts import Fact

T = TypeVar("T")
_ALPHABET = str.maketrans("ё", "е", '«»“”„"')  # ё is sorted as е
_SOURCES = 6  # so many are named below a chart or a table
_OF_COLUMNS = ("missing_column", "unknown_column", "no_heading", "guessed_heading")  # expect columns
_OF_DAYS = (
    "after_period",
    "before_period",
    "end_before_start",
    "organisation_not_in_force",
    "outlet_not_in_force",
)
_OF_LISTS = ("unknown_organisation", "unknown_outlet", "unknown_indicator")  # expect codes of a table
_OF_SUCCESSION = ("successor_besides", "successor_left_out")  # name two organisations
_OF_CHOICES = ("not_choice", "not_code")  # expect codes that a form offers by name
_OF_FORMS = ("filed_twice", "form_corrected")  # expect files, each with its day
_LONG = re.compile(r"[^\W\d_]{14,}")  # a word that may not fit into the column of a card
_SIDE = 3  # letters at least on each side of a hyphen
_NUMBERED = re.compile(r"(.*\S) (\d+)")


class UnknownLabelError(KeyError):
    """A label is asked for that the locale file does not have."""


class Language(Wording):
    """Labels, numbers, dates and names in one language.

    Parameters
    ----------
    code : str
        `kk`, `ru` or `en`.
    """

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
        return nested(str(found).format(**values)) if values else str(found)

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
                place.append(self.label("problem.column", column=self._heading(problem, problem.column)))
        told = [visible(", ".join(place)) + ":", self.fault(problem), self.hint(problem)]
        return " ".join(filter(None, told))

    def hint(self, problem: Problem) -> str:
        """Return what was perhaps meant; nothing where that is not known."""
        near = problem.nearest
        if not near:
            return ""
        if problem.code in _OF_CHOICES:
            near = self._choice(problem, near)
        elif is_date(near):
            near = self.label("problem.day", day=date.fromisoformat(near))
        return self.label("problem.nearest", value=visible(near))

    def fault(
        self, problem: Problem, found: Callable[[str], str] = str, expected: Callable[[str], str] = str
    ) -> str:
        """Return what is wrong without its place and what was perhaps meant.

        Parameters
        ----------
        problem : Problem
        found, expected : callable
            Cut what was found, and what was expected, where it is long.
        """
        template = self._formats.from_string(self.label(f"problems.{problem.code}"))
        told = self._expected(problem)
        if "expected" in told:
            told["expected"] = expected(str(told["expected"]))
        text = None if problem.found is None else found(problem.found)
        return nested(visible(template.render(found=text, column=problem.column, **told)))

    def _expected(self, problem: Problem) -> dict[str, object]:
        """Return what was expected, as the message of a problem has it."""
        expected = problem.expected
        if problem.code == "no_such_day":
            last = date.fromisoformat(expected)
            month = self.window(Window(last.replace(day=1), last), "in_month")
            return {"month": str(month), "year": last.year, "days": last.day}
        if problem.code in _OF_DAYS:
            return {"expected": self._days(expected)}
        if problem.code in _OF_FORMS:
            names, days = expected.split("/")[::2], expected.split("/")[1::2]  # no name of a file has a slash
            told = (f"{name} ({self._days(day) or '–'})" for name, day in zip(names, days, strict=True))
            return {"expected": ", ".join(told)}
        if problem.code in _OF_LISTS:
            codes, at = expected.split(", "), LANGUAGES.index(self.code)
            names = [called[at] for called in problem.names] or [""] * len(codes)
            told = (f"{code} ({name})" if name else code for code, name in zip(codes, names, strict=True))
            return {"expected": ", ".join(told), "listed": self._places(problem)}
        if problem.code in _OF_SUCCESSION:
            own = LANGUAGES.index(self.code)
            who = dict(zip(("predecessor", "successor", "member"), problem.names, strict=True))
            return {"expected": expected, **{role: names[own] for role, names in who.items()}}
        if problem.code == "guessed_value" and is_date(expected):
            return {"expected": self._days(expected)}
        if problem.code in _OF_COLUMNS:
            expected = ", ".join(self._title(name) for name in expected.split(", "))
        elif problem.code in _OF_CHOICES:
            expected = ", ".join(self._choice(problem, value) for value in expected.split(", "))
        return {"expected": expected}

    def _places(self, problem: Problem) -> str:
        """Return where all that is allowed stands: files, with their sheets."""
        return ", ".join(
            f"{file} ({self.label('problem.sheet', sheet=sheet)})" if sheet else file
            for file, sheet in problem.listed
        )

    def _days(self, days: str) -> str:
        """Return a day, or from which to which, in words."""
        first, _, last = days.partition("/")
        form = "between" if first and last else "since" if first else "until"
        told = {
            name: str(self.day(date.fromisoformat(day)))
            for name, day in (("first", first), ("last", last))
            if day
        }
        return self.label(f"problem.days.{form}", **told) if "/" in days else told.get("first", "")

    def _choice(self, problem: Problem, value: str) -> str:
        """Return a value to choose as the list of a form has it; its code where the file writes codes."""
        values = problem.expected.split(", ")
        named = titles.named(problem.column, values) if problem.heading and problem.column else {}
        return named[value][self.code] if value in named else value

    def _title(self, column: str) -> str:
        """Return what a column of a table is called."""
        return titles.column(column, self.code) if column in titles.columns() else column

    def _heading(self, problem: Problem, column: str) -> str:
        """Return what the file calls a column; of one that it lacks the title, and the code."""
        if problem.heading or problem.code != "missing_column":
            return problem.heading or column
        title = self._title(column)
        return title if title.casefold() == column else f"{title}, {column}"

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

    def in_language(self, code: str) -> str:
        """Return in what language something is written: in Kazakh; of one not known here its code."""
        return self.label("number.in_language", language=self.language_name(code))

    def language_name(self, code: str) -> str:
        """Return the name of a language by its code (ISO 639); the code itself where it is not known."""
        return str(self.locale.languages.get(code.replace("-", "_"), code))

    def where(self, tables: Tables, indicator: str, outlet: str, channel: str) -> Inline:
        """Return the name of a figure's place: the outlet, else the channel; empty if it has none.

        Items of which neither is stated appeared in the media; other figures need not have a place at all.
        """
        if not has_place(indicator, outlet, channel):
            return Inline()
        if outlet:
            return self.outlet(tables, outlet)
        return inline.text(self.label(f"channel.{channel or 'unnamed'}"))

    def channel(self, tables: Tables, fact: Fact) -> Inline:
        """Return the name of a figure's channel, as it stands beside others: a paper, radio, social media."""
        where = self.where(tables, fact.indicator, fact.outlet, fact.channel)
        if fact.indicator == "publications" and fact.channel in ("television", "radio") and not fact.outlet:
            return where + ": " + inline.text(self.name(tables.indicators, fact.indicator))
        return where or inline.text(self.label("channel.on_air"))

    def at(self, tables: Tables, fact: Fact) -> Inline:
        """Return where a fact's items appeared: in a paper, on a website, on television.

        Empty where a figure has no place.
        """
        if not has_place(fact.indicator, fact.outlet, fact.channel):
            return Inline()
        if not fact.outlet:
            return inline.text(self.label(f"channel_at.{fact.channel or 'unnamed'}"))
        channel = str(tables.outlets.loc[fact.outlet, "channel"])
        return self.in_outlet(self.outlet(tables, fact.outlet), channel)

    def in_outlet(self, name: Inline, channel: str) -> Inline:
        """Return where an outlet carries something, by its name as it is shown and its channel."""
        return inline.filled(self.label(f"at_outlet.{channel}"), outlet=name)

    def syllables(self, word: str) -> list[str]:
        """Part a word where it may be broken over two lines."""
        return hyphens.syllables(word, self.onsets)

    def softened(self, words: str) -> str:
        """Let the long words of a narrow place be broken with a hyphen, three letters or more on a side."""

        def soft(word: re.Match[str]) -> str:
            parts = self.syllables(word[0])
            while len(parts[0]) < _SIDE:  # all are longer together
                parts[:2] = [parts[0] + parts[1]]
            while len(parts[-1]) < _SIDE:
                parts[-2:] = [parts[-2] + parts[-1]]
            return "\u00ad".join(parts)

        return _LONG.sub(soft, words)

    def sort_key(self, text: str) -> Any:
        """Return the key of this language's alphabetical order; quotation marks are passed over."""
        return text.casefold().translate(_ALPHABET)

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
            "counted": self.counted,
            "percent": self.percent,
            "change": self.change,
            "points": self.points,
            "per_thousand": self.per_thousand,
            "value": self.shown,
            "day": self.day,
            "window": lambda w, form="in": self.window(w.window if isinstance(w, Period) else w, form),
            "org": lambda code, form="name": self.organisation(tables, code, form),
            "by_name": lambda items: self.ordered(tables, items, code=_whose),
            "by_size": lambda facts: self.ordered(tables, facts, size=alike),
            "orgs": lambda codes, form="name": self.organisations(tables, codes, form),
            "indicator": lambda code: inline.text(self.name(tables.indicators, code)),
            "outlet": lambda code: self.outlet(tables, code),
            "at": lambda fact: self.at(tables, fact),
            "where": lambda fact: self.where(tables, fact.indicator, fact.outlet, fact.channel),
            "in_language": lambda fact: inline.text(self.in_language(fact.indicator.split("_", 1)[1])),
            "text": lambda row: inline.dated(row[f"text_{self.code}"]),
            "label": lambda key, prefix: inline.text(self.label(f"{prefix}.{key}")),
            "joined": self.joined,
            "cap": lambda words: words.capitalised() if isinstance(words, Draft) else capitalised(words),
            "place": self.place,
            "problem": lambda p: inline.found(self.problem(p)),
            "found": lambda number: inline.found(str(number)),
            "within": self.within,
            "likely": self.likely,
            "interval": lambda fact: self.interval(fact, tables.settings.at(metric(fact.metric).level)),
            "swing": lambda ratio: self.swing(ratio, tables.settings["interval"]["level"]),
            "chosen": lambda number: inline.found(self.number(number, 0 if number == int(number) else 2)),
            "plural": self.plural,
            "level": lambda fact: inline.text(self.level(tables.settings.at(metric(fact.metric).level))),
            "beyond": lambda fact: inline.text(self.level(1 - tables.settings.at(metric(fact.metric).level))),
            "times": self.times,
        }

    def times(self, fact: Fact) -> Inline:
        """Return how often something is: 4 times."""
        return self.count(fact) + " " + self.plural(fact, *self.label("training.times").split(" | "))

    def sources(self, tables: Tables, origins: Iterable[str]) -> Inline:
        """Return where raw rows come from, as they say; forms, and numbered parts of one source, together."""
        settings = tables.settings["sources"]
        listed = dict(zip(settings["numbered"], settings[self.code], strict=False))
        sources = list(tables.sources(origins))
        forms = [code for code in map(titles.form_of, sources) if code in tables.organisations.index]
        cited: dict[str, list[str]] = {}
        for source in (s for s in sources if titles.form_of(s) not in forms):
            if (
                source in tables.files
            ):  # rows that do not say where they are from: the appendix names the file
                source = self.label("source.files")
            elif source == "publications":  # counted from the items listed one by one
                source = self.label("source.register")
            name, number = _numbered(source, listed)
            cited.setdefault(name, []).extend([number] if number else [])
        written = [self._cited(listed.get(name, name), cited[name]) for name in cited]
        if forms:
            written.insert(0, self._forms(tables, forms))
        if len(written) > _SOURCES + 1:  # each number's own are in the appendix
            more = self.label("source.more", number=len(written) - _SOURCES)
            written = [*written[:_SOURCES], more]
        return inline.cited("; ".join(written))

    def _forms(self, tables: Tables, codes: list[str]) -> str:
        """Return the forms of these organisations: by their names, or how many where they are many."""
        if len(codes) > _SOURCES:
            return self.label("source.forms_many", number=len(codes))
        names = str(self.organisations(tables, codes))
        one, several = (
            self.label("source.form", organisations=names),
            self.label("source.forms", organisations=names),
        )
        return one if len(codes) == 1 else several

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

    def ordered(
        self,
        tables: Tables,
        items: Iterable[T],
        code: Callable[[T], str] = attrgetter("organisation"),
        size: Callable[[T], Any] | None = None,
    ) -> list[T]:
        """Put what is told of organisations in the alphabetical order of their names.

        Parameters
        ----------
        tables : Tables
        items : iterable
        code : callable, optional
            Gives the code of an item's organisation.
        size : callable, optional
            What the items are in the order of already: only those that are alike in it change places.
        """

        def name(item: T) -> Any:
            return self.sort_key(str(self.organisation(tables, code(item))))

        if size is None:
            return sorted(items, key=name)
        return [item for _, alike in groupby(items, key=size) for item in sorted(alike, key=name)]


def _whose(item: Any) -> str:
    """Return the code of the organisation that a row, or a pair that begins with it, is about."""
    if isinstance(item, tuple):
        return str(item[0])
    return str(item["organisation"] if isinstance(item, Mapping) else item.organisation)


def _numbered(source: str, listed: Iterable[str]) -> tuple[str, str]:
    """Return a source and the number of its part; of one that is not listed the number that it ends in."""
    for name in listed:
        if match := re.match(rf"{re.escape(name)} (\d+)", source):
            return name, match[1]
    match = _NUMBERED.fullmatch(source)
    return (match[1], match[2]) if match else (source, "")
