"""Tracing a fact: what it is, what it is computed from, and the raw rows all comes from, word for word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from aqparat.data.prepare import Tables
from aqparat.data.reading.files import DataFolderError, batches, find
from aqparat.data.store import load
from aqparat.metrics.collection import collect
from aqparat.metrics.facts import Fact
from aqparat.moment import at_one_moment
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish.lineage import Record, Records, tree
from aqparat.publish.place import bring_back
from aqparat.publish.published_report import PublishedReport, PublishedReportError, normal, published_reports
from aqparat.publish.rows import RawFiles
from aqparat.runs import merged, read, runs, without, worded
from aqparat.words import appendix, explanation, inline
from aqparat.words.appendix import Entry
from aqparat.words.explanation import explained
from aqparat.words.language import Language, UnknownLabelError
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.visible import visible

_MOST = 50  # rows that are printed word for word
_NEAREST = 5


class UnknownFactError(AqparatError):
    """No published report has the fact, nor can it be computed from the data."""


@dataclass(frozen=True)
class Trace:
    """A fact found.

    Parameters
    ----------
    record : mapping
        Its object in facts.json, as `published_report.checked_records` gives it.
    records : mapping
        All facts it stands among, by id.
    published : mapping
        The raw files they were made from, to SHA-256.
    tables : Tables
        Where names are looked up.
    place : Path or None
        The facts.json it stands in; None if it was computed from the data.
    others : list of str
        Other periods whose published reports have the fact too.
    files : RawFiles
        The raw files as they are now.
    """

    record: Record
    records: Records
    published: Mapping[str, str]
    tables: Tables
    place: Path | None
    others: list[str]
    files: RawFiles


def trace(fact_id: str, data: Path, out: Path, period: Period | None = None) -> Trace:
    """Find a fact in the published reports, else compute it from the data.

    Parameters
    ----------
    fact_id : str
    data, out : Path
        The data folder and the folder of reports.
    period : Period, optional
        Of the report to look in; by default the latest that has the fact.

    Raises
    ------
    UnknownFactError
        With the nearest ids there are.
    PublishedReportError
        If the report looked for is damaged.
    """
    bring_back(out)
    known, found, tables = at_one_moment(lambda: _published(fact_id, data, out, period), out)
    try:
        folder = find(data)
    except DataFolderError:
        if not known:
            raise
        folder = None
    files = RawFiles(folder)
    if tables:
        published, holder = found[0]
        records = {record["id"]: record for record in holder.records}
        others = list(dict.fromkeys(e.folder.name for e, _ in found if e is not published))
        place = holder.folder / "facts.json"
        return Trace(records[fact_id], records, published.files, tables, place, others, files)
    for tables, records in _computed(folder, period) if folder else ():
        known.update(dict.fromkeys(records))
        if fact_id in records:
            return Trace(records[fact_id], records, tables.files, tables, None, [], files)
    near = difflib.get_close_matches(fact_id, known, _NEAREST, 0.5)
    shown = ", ".join(near) or "–"
    raise UnknownFactError(f"No fact {fact_id!r}", "unknown_fact", found=fact_id, nearest=shown)


def _published(
    fact_id: str, data: Path, out: Path, period: Period | None
) -> tuple[dict[str, None], list[tuple[PublishedReport, PublishedReport]], Tables | None]:
    """Look a fact up in the published reports.

    Returns
    -------
    dict, list, Tables or None
        Ids of all facts there; reports that have the fact, each with the one in it that has, and the names of
        the first.
    """
    known: dict[str, None] = {}
    found: list[tuple[PublishedReport, PublishedReport]] = []
    for published in published_reports(out):
        if period in (None, Period.parse(published.folder.name)):
            for each in (published, *published.own):
                ids = dict.fromkeys(record["id"] for record in each.records)
                known.update(ids)
                found += [(published, each)] if fact_id in ids else []
    return known, found, names(found[0][0], data) if found else None


def names(published: PublishedReport, data: Path) -> Tables:
    """Return the tables that name what a published report is about: its own, else those of the data."""
    try:
        return published.tables
    except PublishedReportError:
        return load(published.period, data)


def computed(period: Period, data: Path) -> tuple[Tables, dict[str, dict[str, Any]]]:
    """Compute the facts of a period from the data: the tables, and the objects of facts.json by id."""
    tables = load(period, data)
    return tables, {fact.id: normal(fact.record()) for fact in collect(tables)}


def _computed(data: Path, period: Period | None) -> Iterator[tuple[Tables, dict[str, dict[str, Any]]]]:
    """Compute the facts of a period; of every batch, newest first, where none is named."""
    every = [Period.parse(name) for name in reversed(batches(data, Period(2099)))]
    for one in [period] if period else every:
        yield computed(one, data)


def entry(record: Mapping[str, Any], renderer: Renderer) -> Entry:
    """Tell what a fact of facts.json is; where its codes are not known any more, by its id."""
    fact = Fact.read(record)
    try:
        return appendix.entries([fact], renderer)[0]
    except (KeyError, ValueError):  # a code that the tables or the language do not have
        value = "–" if fact.value is None else f"{fact.value:g}"
        low, high = ("" if b is None else f"{b:g}" for b in (fact.low, fact.high))
        window = f"{fact.window} / {fact.base}" if fact.base else str(fact.window)
        texts = [inline.text(t) for t in (fact.id, value, f"{low}–{high}", window)]
        return Entry(fact.id, texts[0], texts[1], "", fact.metric, "–", texts[2], texts[3], [])


def told(found: Trace, code: str) -> Iterator[str]:
    """Word a trace in a language, line by line; nothing in raw text commands the terminal."""
    words = language(code)
    renderer = Renderer(found.tables, words)
    about, branches = entry(found.record, renderer), _Branches(found, words, renderer)
    yield visible(found.record["id"])
    yield visible(str(about.title))
    yield ""
    lines = [
        (words.label("appendix.value"), str(about.value)),
        (words.label("trace.unit"), _unit(found.record["unit"], words)),
        (words.label("appendix.bounds"), str(about.bounds)),
        (words.label("appendix.metric"), about.metric),
        (words.label("appendix.formula"), about.formula),
        *(("", text) for text in branches.workings(found.record)),
        (words.label("appendix.period"), str(about.period)),
        (words.label("trace.report"), _place(found, words)),
    ]
    width = max(len(head) for head, _ in lines)
    for head, text in lines:
        yield f"{head:<{width}}  {visible(text)}"
    yield ""
    yield from branches.lines()


class _Read:
    """Facts by id, read from their objects when they are asked for."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._records

    def __getitem__(self, fact_id: str) -> Fact:
        return Fact.read(self._records[fact_id])


@dataclass
class _Branches:
    """What a fact is computed from, line by line; each fact, each file's hash and each row is told once."""

    found: Trace
    words: Language
    renderer: Renderer
    rows: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[str]:
        """Word the tree; of a fact that stands in raw rows, these."""
        yield from self._sources(self.found.record)
        for depth, record, again in tree(self.found.record, self.found.records):
            space = "  " * (depth - 1)
            told = self._input(record, again)
            yield from (space + line for line in told)

    def workings(self, record: Record) -> list[str]:
        """Word the formula of a fact with its own numbers; nothing of a counted one."""
        try:
            return explanation.lines(explained(Fact.read(record), _Read(self.found.records), self.renderer))
        except (KeyError, ValueError):  # a metric or a code that is not known any more
            return []

    def _input(self, record: Record, again: bool) -> Iterator[str]:
        about = entry(record, self.renderer)
        bounds = str(about.limits)
        bounds = "" if bounds in ("", self.words.label("appendix.exact")) else f" ({bounds})"
        line = f"{visible(str(about.title))}: {visible(str(about.value) + bounds)}"
        if again:
            yield f"{line} – {self.words.label('trace.above')}"
            return
        yield line
        yield f"  {visible(about.id)}"
        if "inputs" in record:
            yield f"  {self.words.label('appendix.formula')}: {visible(about.formula)}"
        yield from (f"  {visible(text)}" for text in self.workings(record))
        yield from (f"  {line}" for line in self._sources(record))

    def _sources(self, record: Record) -> Iterator[str]:
        for source in record.get("sources", ()):
            yield from self._source(source["file"], source.get("sheet") or "", source["rows"])

    def _source(self, file: str, sheet: str, rows: str) -> Iterator[str]:
        """Tell of the rows of one file or sheet: whether it is the one published, then row by row."""
        words, then, now = self.words, self.found.published.get(file, ""), self.found.files.digest(file)
        state = "gone" if not now else "same" if now == then else "changed"
        state = "now" if self.found.place is None else state
        place = [visible(file)] + [words.label("problem.sheet", sheet=visible(sheet))] * bool(sheet)
        yield f"{', '.join(place)} – {words.label(f'trace.{state}')}"
        if file not in self.hashes:
            self.hashes.add(file)
            yield f"SHA-256 {visible(then)}"
        own, known = merged(read(rows)), self.rows.setdefault((file, sheet), set())
        fresh = without(own, known)
        told = [row for row in sorted(known) if any(first <= row <= last for first, last in own)]
        shown = list(islice((row for first, last in fresh for row in range(first, last + 1)), _MOST))
        for row in shown:
            known.add(row)
            yield from self._row(file, sheet, row)
        if told:
            yield f"  {words.label('trace.rows_above', rows=worded(runs(told)))}"
        if more := without(fresh, shown):
            yield f"  {words.label('trace.more', rows=worded(more))}"

    def _row(self, file: str, sheet: str, row: int) -> Iterator[str]:
        yield f"  {self.words.label('problem.row', row=row)}"
        cells = self.found.files.row(file, sheet, row)
        if cells is None:
            yield f"    {self.words.label('trace.no_row')}"
        for head, text in cells or ():
            yield f"    {visible(head)}: {visible(text)}"


def _place(found: Trace, words: Language) -> str:
    if found.place is None:
        return words.label("trace.computed")
    also = ", ".join(found.others)
    place = found.place.as_posix()
    return f"{place} ({words.label('trace.also', periods=also)})" if also else place


def _unit(unit: str, words: Language) -> str:
    for group in ("trace.units", "package.unit"):
        try:
            return words.label(f"{group}.{unit}")
        except UnknownLabelError:
            continue
    return unit


__all__ = ["Trace", "UnknownFactError", "computed", "entry", "names", "told", "trace"]
