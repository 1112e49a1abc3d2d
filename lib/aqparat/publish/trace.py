"""Tracing a fact: what it is, and the raw rows it comes from, word for word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from aqparat.data import intake
from aqparat.data.intake import DataFolderError
from aqparat.data.prepare import Tables, load
from aqparat.metrics.collection import collect
from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish.edition import Edition, EditionError, editions
from aqparat.publish.rows import RawFiles
from aqparat.words import appendix, inline
from aqparat.words.appendix import Entry, spans
from aqparat.words.language import Language, UnknownLabelError, language
from aqparat.words.narrative import Narrator
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
    record : dict
        Its object in facts.json.
    tables : Tables
        Where its names are looked up.
    edition : Edition or None
        The published report it stands in; None if it was computed from the data.
    others : list of str
        Other periods whose published reports have the fact too.
    files : RawFiles
        The raw files as they are now.
    """

    record: dict[str, Any]
    tables: Tables
    edition: Edition | None
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
    EditionError
        If the report looked for is damaged.
    """
    known: dict[str, None] = {}
    found = []
    for edition in editions(out):
        if period in (None, Period.parse(edition.folder.name)):
            known.update(dict.fromkeys(record["id"] for record in edition.records))
            found += [(edition, record) for record in edition.records if record["id"] == fact_id]
    try:
        folder = intake.find(data)
    except DataFolderError:
        if not known:
            raise
        folder = None
    files = RawFiles(folder)
    if found:
        edition, record = found[0]
        others = [e.folder.name for e, _ in found[1:]]
        return Trace(record, names(edition, data), edition, others, files)
    for tables, records in _computed(folder, period) if folder else ():
        known.update(dict.fromkeys(records))
        if fact_id in records:
            return Trace(records[fact_id], tables, None, [], files)
    near = difflib.get_close_matches(fact_id, known, _NEAREST, 0.5)
    shown = ", ".join(near) or "–"
    raise UnknownFactError(f"No fact {fact_id!r}", "unknown_fact", found=fact_id, nearest=shown)


def names(edition: Edition, data: Path) -> Tables:
    """Give the tables that name what an edition is about: its own, else those of the data."""
    try:
        return edition.tables
    except EditionError:
        return load(edition.period, data)


def computed(period: Period, data: Path) -> tuple[Tables, dict[str, dict[str, Any]]]:
    """Compute the facts of a period from the data: the tables, and the objects of facts.json by id."""
    tables = load(period, data)
    return tables, {fact.id: fact.record(tables.files) for fact in collect(tables)}


def _computed(data: Path, period: Period | None) -> Iterator[tuple[Tables, dict[str, dict[str, Any]]]]:
    """Compute the facts of a period; of every batch, newest first, where none is named."""
    batches = [Period.parse(name) for name in reversed(intake.batches(data, Period(2099)))]
    for one in [period] if period else batches:
        yield computed(one, data)


def entry(record: dict[str, Any], narrator: Narrator) -> Entry:
    """Tell what a fact of facts.json is; where its codes are not known any more, by its id."""
    fact = Fact.read(record)
    try:
        return appendix.entries([fact], narrator)[0]
    except (KeyError, ValueError):  # a code that the tables or the language do not have
        value = "–" if fact.value is None else f"{fact.value:g}"
        low, high = ("" if b is None else f"{b:g}" for b in (fact.low, fact.high))
        window = f"{fact.window} / {fact.base}" if fact.base else str(fact.window)
        texts = [inline.text(t) for t in (fact.id, value, f"{low}–{high}", window)]
        return Entry(fact.id, texts[0], texts[1], "", fact.metric, "–", texts[2], texts[3], [])


def told(found: Trace, code: str) -> Iterator[str]:
    """Word a trace in a language, line by line; nothing in raw text commands the terminal."""
    words = language(code)
    about = entry(found.record, Narrator(found.tables, words))
    yield visible(found.record["id"])
    yield visible(str(about.title))
    yield ""
    lines = [
        (words.label("appendix.value"), about.value),
        (words.label("trace.unit"), _unit(found.record["unit"], words)),
        (words.label("appendix.bounds"), about.bounds),
        (words.label("appendix.metric"), about.metric),
        (words.label("appendix.formula"), about.formula),
        (words.label("appendix.period"), about.period),
        (words.label("trace.report"), _place(found, words)),
    ]
    width = max(len(head) for head, _ in lines)
    for head, text in lines:
        yield f"{head:<{width}}  {visible(str(text))}"
    yield from chain.from_iterable(_file(found, file, words) for file in _by_file(found.record["sources"]))


def _place(found: Trace, words: Language) -> str:
    if found.edition is None:
        return words.label("trace.computed")
    place = (found.edition.folder / "facts.json").as_posix()
    also = ", ".join(found.others)
    return f"{place} ({words.label('trace.also', periods=also)})" if also else place


def _by_file(sources: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Put sources together by file and sheet, rows rising."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for source in sorted(sources, key=lambda s: s["row"]):
        groups.setdefault((source["file"], source.get("sheet") or ""), []).append(source)
    return list(groups.values())


def _file(found: Trace, sources: list[dict[str, Any]], words: Language) -> Iterator[str]:
    """Tell of the rows of one file or sheet: whether it is the one published, then row by row."""
    first = sources[0]
    place = [visible(first["file"])]
    if first.get("sheet"):
        place.append(words.label("problem.sheet", sheet=visible(first["sheet"])))
    now = found.files.digest(first["file"])
    state = "gone" if not now else "same" if now == first["sha256"] else "changed"
    state = "now" if found.edition is None else state
    yield ""
    yield f"{', '.join(place)} – {words.label(f'trace.{state}')}"
    yield f"SHA-256 {visible(first['sha256'])}"
    for source in sources[:_MOST]:
        yield f"  {words.label('problem.row', row=source['row'])}"
        cells = found.files.row(source)
        if cells is None:
            yield f"    {words.label('trace.no_row')}"
        for head, text in cells or ():
            yield f"    {visible(head)}: {visible(text)}"
    left = [source["row"] for source in sources[_MOST:]]
    if left:
        yield f"  {words.label('trace.more', rows=spans(left))}"


def _unit(unit: str, words: Language) -> str:
    for group in ("trace.units", "package.unit"):
        try:
            return words.label(f"{group}.{unit}")
        except UnknownLabelError:
            continue
    return unit


__all__ = ["Trace", "UnknownFactError", "computed", "entry", "names", "told", "trace"]
