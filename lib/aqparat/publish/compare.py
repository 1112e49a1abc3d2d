"""Comparing two periods, or two published folders: facts that came, went or changed; prose that changed.

Facts of two periods are held together by what they mean: the same metric of the same thing, in a
window that lies to its period as the other does. So a half stands beside the half, the year before
beside the year before.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from aqparat.choices import LANGUAGES
from aqparat.data.precedence import Precedence
from aqparat.data.prepare import Tables
from aqparat.data.reading.files import batch_of, find
from aqparat.data.schemas import TOTAL
from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import metric
from aqparat.moment import at_one_moment
from aqparat.period import Period, PeriodError, Window
from aqparat.publish.lineage import Place, Record, leaves, own_rows, places
from aqparat.publish.place import bring_back
from aqparat.publish.published_report import PublishedReport, figure
from aqparat.publish.trace import computed, names
from aqparat.words.inline import Inline

_SENTENCE = re.compile(r"(?<=\S\S[.!?…])\s+(?=[«“\"]?[A-ZА-ЯЁӘІҢҒҮҰҚӨҺ])")
_MOVING = "□"  # in the place of numbers and times
_ENDING = re.compile(rf"(?<={_MOVING})-\w+")  # that Kazakh puts on them


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    Parameters
    ----------
    name : str
        As it was asked for.
    period : Period
    records : dict of str to dict
        The objects of facts.json by id.
    tables : Tables
        Where names are looked up.
    published : PublishedReport or None
        The published folder; None if the facts were computed from the data.
    """

    name: str
    period: Period
    records: dict[str, dict[str, Any]]
    tables: Tables
    published: PublishedReport | None

    @classmethod
    def of(cls, name: str, data: Path, out: Path) -> Side:
        """Read a period (published in `out`, else computed) or a published folder.

        Raises
        ------
        AqparatError
            If it is neither, or damaged; if nothing was handed in for the period.
        """
        try:
            period = Period.parse(name)
        except PeriodError:
            published = PublishedReport(Path(name))
        else:
            if not (out / str(period) / "manifest.json").is_file():
                batch_of(find(data), period)
                tables, records = computed(period, data)
                return cls(name, period, records, tables, None)
            published = PublishedReport(out / str(period))
        records = {record["id"]: record for record in published.records}
        return cls(name, published.period, records, names(published, data), published)

    @property
    def files(self) -> Mapping[str, str]:
        """The raw files that the facts come from, to SHA-256."""
        return self.published.files if self.published else self.tables.files


@dataclass(frozen=True)
class Change:
    """A fact on both sides; None where a side does not have it. The sides tell what it comes from."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None
    sides: tuple[Side, Side]

    @property
    def kind(self) -> str:
        """One of `added, gone, changed, same`."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "gone"
        return "same" if figure(self.before) == figure(self.after) else "changed"

    @property
    def direction(self) -> str:
        """Whether the second number is surely `more` or `less` than the first; else `unclear`."""
        if self.before is None or self.after is None:
            return "unclear"
        before, after = Fact.read(self.before), Fact.read(self.after)
        if after.least > before.most:
            return "more"
        return "less" if after.most < before.least else "unclear"

    @property
    def size(self) -> float:
        """How far apart two counts lie: the difference of their square roots.

        It is the same for the same surprise, whatever the size of the counts (Bartlett, 1936); 0 where they
        may be the same, or are no counts.
        """
        if self.direction == "unclear" or self.before is None or self.after is None:
            return 0
        values = self.before["value"], self.after["value"]
        if self.after["metric"] != "volume" or None in values:
            return 0
        return abs(math.sqrt(values[1]) - math.sqrt(values[0]))

    def rows(
        self, own: Mapping[Place, set[int]]
    ) -> Iterator[tuple[str, str, list[int], list[int], list[int]]]:
        """Say which raw rows made a change: file, sheet, rows gone, rows added, rows of a changed file.

        Of a fact that is computed, they are those of the facts it comes from that have changed. Rows that
        are the same in the same file are left out; of a changed file, those known to be other ones (`own`)
        are named, else all that the fact comes from.
        """
        before, after = (places(found.values()) for found in self._leaves())
        none = np.array([], dtype=np.int64)
        for file, sheet in sorted({*before, *after}):
            old, new = (side.get((file, sheet), none) for side in (before, after))
            was, now = (side.files.get(file, "") for side in self.sides)
            gone, added = np.setdiff1d(old, new), np.setdiff1d(new, old)
            touched = np.intersect1d(old, new).tolist() if was != now else []
            if len(gone) or len(added) or touched:
                known = own.get((file, sheet), set())
                named = [row for row in touched if row in known] or touched
                yield file, sheet, gone.tolist(), added.tolist(), named

    def _leaves(self) -> tuple[dict[str, Record], dict[str, Record]]:
        """Return the facts in raw rows that each side's comes from: those that have changed, if any has."""
        before, after = (
            leaves(record, side.records) if record else {}
            for record, side in zip((self.before, self.after), self.sides, strict=True)
        )
        changed = {i for i in {*before, *after} if figure(before.get(i)) != figure(after.get(i))}
        if changed:
            before, after = ({i: f for i, f in side.items() if i in changed} for side in (before, after))
        return before, after


@dataclass(frozen=True)
class Section:
    """What changed in a section's prose: sentences gone and new, in pairs where one replaced another."""

    name: str
    title: str
    changes: list[tuple[str, str]]


class Comparison:
    """What differs between two sides."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before, self.after = before, after

    @cached_property
    def changes(self) -> list[Change]:
        """Every fact of both sides, those of the union and of simple metrics first."""
        both = (self.before, self.after)
        sides = [{_key(r, side): r for r in side.records.values()} for side in both]
        pairs = [Change(sides[0].get(key), sides[1].get(key), both) for key in {*sides[0], *sides[1]}]
        precedence = Precedence.of(self.after.tables)
        return sorted(pairs, key=lambda change: _order(change, precedence))

    @cached_property
    def own_rows(self) -> dict[tuple[str, str], set[int]]:
        """Raw rows known to be other ones, by file and sheet."""
        return own_rows(self.before.records, self.after.records)

    def kind(self, name: str) -> list[Change]:
        """Return the changes of a kind."""
        return [change for change in self.changes if change.kind == name]

    def by_metric(self) -> dict[str, dict[str, int]]:
        """Count the changes of each kind by metric, in the order of the registry."""
        counts: dict[str, dict[str, int]] = {}
        for change in self.changes:
            if change.kind != "same":
                name = (change.after or change.before or {})["metric"]
                told = counts.setdefault(name, dict.fromkeys(("changed", "added", "gone"), 0))
                told[change.kind] += 1
        return counts

    def largest(self, union: bool) -> list[Change]:
        """Return the counts that changed, the most changed first: the union's totals, or all others."""
        changed = [(change, change.after) for change in self.changes if change.size and change.after]
        found = [change for change, after in changed if (after["organisation"] == TOTAL) == union]
        return sorted(found, key=lambda change: -change.size)

    def unsure(self) -> list[Change]:
        """Return the union's totals that changed but are known only within bounds, before or after."""
        changed = [c for c in self.kind("changed") if c.after and c.after["metric"] == "volume"]
        return [c for c in changed if not c.size and c.after and c.after["organisation"] == TOTAL]

    @cached_property
    def prose(self) -> dict[str, list[Section]]:
        """What changed in the prose, by language; only languages in which both sides are published.

        Between two periods numbers and times always differ: there a sentence that only has others of
        them counts as the same.
        """
        before, after = self.before.published, self.after.published
        if before is None or after is None:
            return {}
        found = {}
        for code in LANGUAGES:
            outlines = [published.outline(code) for published in (before, after)]
            if None not in outlines:
                sections = [{s.name: s for s in outline.sections} for outline in outlines]
                names = list(dict.fromkeys([*sections[1], *sections[0]]))
                pairs = [(sections[0].get(name), sections[1].get(name)) for name in names]
                changed = [self._section(*pair) for pair in pairs]
                found[code] = [section for section in changed if section.changes]
        return found

    def _section(self, before: Any, after: Any) -> Section:
        moving = self.before.period != self.after.period
        old, new = (_sentences(section) if section else [] for section in (before, after))
        keys = ([_still(s) if moving else str(s) for s in sentences] for sentences in (old, new))
        changes: list[tuple[str, str]] = []
        matcher = difflib.SequenceMatcher(None, next(keys), next(keys), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                gone, come = list(map(str, old[a:b])), list(map(str, new[c:d]))
                length = max(len(gone), len(come))
                padded = [side + [""] * (length - len(side)) for side in (gone, come)]
                changes += zip(*padded, strict=True)
        shown = after or before
        return Section(shown.name, shown.text, changes)


def compare(before: str, after: str, data: Path, out: Path) -> Comparison:
    """Compare two periods or two published folders.

    Parameters
    ----------
    before, after : str
        A period such as `2017H1`, or the path of a published folder.
    data, out : Path
        The data folder and the folder of reports, where periods are looked for.

    Raises
    ------
    AqparatError
        If one of them is not there, is damaged, or its data are not in order.
    """

    def read() -> Comparison:
        found = Comparison(Side.of(before, data, out), Side.of(after, data, out))
        _ = found.prose  # which stands in the reports, too
        return found

    folders = [_folder(name, out) for name in (before, after)]
    bring_back(*(folder.parent for folder in folders))
    return at_one_moment(read, *folders)


def _folder(name: str, out: Path) -> Path:
    """Return where the report of a period stands, or the folder named."""
    try:
        return out / str(Period.parse(name))
    except PeriodError:
        return Path(name)


def _key(record: dict[str, Any], side: Side) -> tuple[Any, ...]:
    """Say what a fact is about, its windows counted from the period of its report."""
    fact = Fact.read(record)
    windows = [_relative(w, side.period) if w else None for w in (fact.window, fact.base)]
    about = (fact.metric, fact.indicator, fact.organisation, fact.outlet, fact.channel)
    measure = fact.id.split(".")[3:4] if fact.metric == "target" else []  # several may have one indicator
    return (*about, *measure, *windows)


def _relative(window: Window, period: Period) -> tuple[Any, ...]:
    """Place a window by the period: years from its year, halves from its half, else months from its start."""
    own = window.period
    if own is not None and own.half is None:
        return ("year", own.year - period.year)
    if own is not None:
        return ("half", _months(own.start, period.start) // 6)
    if window.end is None:
        return ("open", window.start.year - period.year, window.start.month, window.start.day)
    days = (window.end - window.start).days if window.start.day != 1 else -1
    ends = (_months(window.end, period.start), days)
    return ("dates", _months(window.start, period.start), window.start.day, *ends)


def _months(day: Any, start: Any) -> int:
    return int((day.year - start.year) * 12 + day.month - start.month)


def _order(change: Change, precedence: Precedence) -> tuple[Any, ...]:
    record = change.after or change.before or {}
    series = (record[name] or "" for name in ("indicator", "organisation", "outlet", "channel"))
    when = (record[name] or "" for name in ("start", "end", "base_start", "base_end"))
    head = metric(record["metric"]).place, record["organisation"] != TOTAL, record["metric"]
    return *head, *precedence.series(*series), *when, record["id"]


def _sentences(section: Any) -> list[Inline]:
    """Return the sentences of a section: of prose, titles and notes of figures and tables."""
    texts: list[Any] = []
    for block in section.blocks:
        if block["kind"] in ("prose", "answer"):
            texts += [item for passage in block["passages"] for item in passage["items"]]
        elif block["kind"] == "markdown":
            texts += [[line] for line in block["text"].splitlines()]
        else:
            texts += [block.get("title", []), block.get("note", [])]
    return [sentence for text in texts for sentence in _parted(Inline.read(text))]


def _parted(words: Inline) -> Iterator[Inline]:
    """Part a text into its sentences."""
    begun = 0
    for match in _SENTENCE.finditer(str(words)):
        yield words.cut(begun, match.start())
        begun = match.end()
    if words:
        yield words.cut(begun, len(str(words)))


def _still(words: Inline) -> str:
    """Return a sentence without what differs from period to period: numbers and times."""
    return _ENDING.sub("", words.masked(_MOVING))


__all__ = ["Change", "Comparison", "Section", "Side", "compare"]
