"""The appendix: what each number of a report is, how it is made, and which raw rows it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aqparat.data.schemas import TOTAL
from aqparat.legible import legible
from aqparat.metrics.facts import Fact
from aqparat.words import inline
from aqparat.words.inline import Inline, capital, filled, joined, spoken
from aqparat.words.language import Language, shown
from aqparat.words.narrative import Narrator

_SIGNED = {"growth", "contribution", "cagr"}
_DECIMALS = {"index": 3, "ratio": 2, "items per 1000 members": 2, "copies per 100 members": 2}


@dataclass(frozen=True)
class Source:
    """Rows of one raw file.

    Parameters
    ----------
    file : str
        Below the data folder.
    sheet : str
        Empty where the file has none.
    rows : str
        As a person counts them: `2, 5–9`.
    sha256 : str
    """

    file: str
    sheet: str
    rows: str
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One number of a report; its place in the appendix is that of the blocks that show it.

    Parameters
    ----------
    id : str
        The fact's.
    title, value, bounds, period : Inline
    metric, formula : str
        Bare text.
    sources : list of Source
    """

    id: str
    title: Inline
    value: Inline
    metric: str
    formula: str
    bounds: Inline
    period: Inline
    sources: list[Source]


def entries(facts: Iterable[Fact], narrator: Narrator) -> list[Entry]:
    """Tell of facts what they are, in the order given."""
    language = narrator.language
    return [
        Entry(
            id=fact.id,
            title=_title(fact, narrator),
            value=_value(fact, language),
            metric=language.label(f"metric_name.{fact.metric}"),
            formula=language.label(f"formula.{fact.metric}"),
            bounds=_bounds(fact, language),
            period=_period(fact, language),
            sources=sources(fact.record(narrator.tables.files)["sources"]),
        )
        for fact in facts
    ]


def sources(records: list[dict[str, Any]]) -> list[Source]:
    """Put the raw rows of a fact together by file and sheet, as facts.json has them."""

    def place(record: dict[str, Any]) -> tuple[str, str, str]:
        return record["file"], record.get("sheet") or "", record["sha256"]

    return [
        Source(legible(file), legible(sheet), spans(sorted({r["row"] for r in rows})), sha256)
        for (file, sheet, sha256), rows in groupby(sorted(records, key=place), key=place)
    ]


def spans(rows: list[int]) -> str:
    """Write rising numbers with runs drawn together: 2, 5–9."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _title(fact: Fact, narrator: Narrator) -> Inline:
    """Say in words what a fact is about: its metric, indicator, organisation, place and time."""
    language, tables = narrator.language, narrator.tables
    known = fact.indicator in tables.indicators.index  # else one that the program counts itself
    what = language.name(tables.indicators, fact.indicator) if known else fact.indicator
    if fact.metric not in ("volume", "activity_index"):  # these say no more than the indicator
        what = f"{language.label(f'metric_name.{fact.metric}')}: {what}"
    parts = [inline.text(capital(what))]
    if fact.organisation != TOTAL:
        parts.append(language.organisation(tables, fact.organisation))
    if fact.outlet:
        parts.append(language.outlet(tables, fact.outlet))
    elif fact.channel:
        parts.append(inline.text(language.label(f"channel.{fact.channel}")))
    parts.append(language.window(fact.window, "short"))
    title = spoken(joined(parts, ", "), language.code)
    return title + " / " + language.window(fact.base, "short") if fact.base else title


def _value(fact: Fact, language: Language) -> Inline:
    """Word a fact with its bounds, as it stands in tables."""
    if fact.metric == "rank":
        return language.rank(fact)
    if fact.metric == "rank_change":
        return inline.fact(language.bound(fact) + _amount(shown(fact), fact, language), fact)
    if fact.metric in _SIGNED:
        return inline.fact(language.changed(fact), fact)
    if fact.unit == "fraction":
        return language.percent(fact)
    if fact.unit in _DECIMALS:
        bound = language.bound(fact) if fact.value is None else ""
        return inline.fact(bound + _amount(shown(fact), fact, language), fact)
    return language.count(fact)


def _bounds(fact: Fact, language: Language) -> Inline:
    """Word the two bounds of a fact."""
    low, high = (None if b is None else _amount(b, fact, language) for b in (fact.low, fact.high))
    if low is not None and low == high:
        return inline.text(language.label("appendix.exact"))
    key = "between" if low and high else "least" if low else "most" if high else "unbounded"
    text = language.label(f"appendix.{key}", low=low, high=high)
    return inline.fact(text, fact) if low or high else inline.text(text)


def _amount(number: float, fact: Fact, language: Language) -> str:
    """Write a number in the unit of a fact, with as many decimals as tell something."""
    if fact.unit == "fraction":
        return language.percentage(number, signed=fact.metric in _SIGNED)
    if fact.metric == "rank_change" and number > 0:
        return "+" + language.number(number)
    decimals = 1 if fact.metric == "activity_index" else _DECIMALS.get(fact.unit, 0)
    return language.number(number, decimals)


def _period(fact: Fact, language: Language) -> Inline:
    """Word the window of a fact, and the one it is compared with."""
    if fact.base is None:
        return language.window(fact.window, "name")
    both = {"window": language.window(fact.window, "name"), "base": language.window(fact.base, "than")}
    return filled(language.label("appendix.compared"), **both)
