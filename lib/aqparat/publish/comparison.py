"""A comparison in words: for the terminal, and as a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aqparat.data.schemas import TOTAL
from aqparat.disk import outside_raw, put
from aqparat.document.standalone import render
from aqparat.metrics.facts import Fact
from aqparat.publish.compare import Change, Comparison, Section, Side
from aqparat.publish.moved import counted_elsewhere
from aqparat.publish.trace import entry
from aqparat.runs import runs, worded
from aqparat.sections.moves import Move, Spot
from aqparat.words.inline import Inline
from aqparat.words.language import Language, UnknownLabelError
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.visible import visible

KINDS = ("changed", "added", "gone")
NONE = "–"
_LONG = 40  # changes; more are summed up
_MOST = 10  # that changed most


@dataclass(frozen=True)
class Line:
    """A change in words."""

    title: str
    before: str
    after: str
    direction: str
    rows: str


def show(comparison: Comparison, code: str, every: bool = False) -> None:
    """Print a comparison: tables on a terminal, lines of text elsewhere.

    Parameters
    ----------
    comparison : Comparison
    code : str
        Language.
    every : bool
        Prints all of a long one, too; else how much changed and what changed most.
    """
    words = language(code)
    sentences = sum(len(s.changes) for sections in comparison.prose.values() for s in sections)
    if every or sum(len(comparison.kind(kind)) for kind in KINDS) + sentences <= _LONG:
        _show(comparison, words)
        return
    for text in (*_head(comparison, words), *_summary(comparison, words)):
        print(visible(text))


def _summary(comparison: Comparison, words: Language) -> Iterator[str]:
    """Word how much changed, and what most."""
    counts = comparison.by_metric()
    if counts:
        yield from ("", words.label("compare.by_metric"))
    for name, count in counts.items():
        yield f"  {_metric(name, words)}: {_counts(count, words)}"
    for key, union in (("union_most", True), ("own_most", False)):
        largest = comparison.largest(union)[:_MOST]
        if largest:
            yield from ("", words.label(f"compare.{key}"))
        for change in largest:
            line = _line(change, comparison, words)
            yield f"  {line.title}: {line.before} → {line.after}"
    if unsure := comparison.unsure():
        yield from ("", words.label("compare.union_unsure"))
    for change in unsure:
        line = _line(change, comparison, words)
        yield f"  {line.title}: {line.before} → {line.after}"
    if not _is_published(comparison):
        yield from ("", words.label("compare.no_prose"))
    for code, sections in comparison.prose.items():
        yield from ("", f"{words.label('compare.prose')}: {language(code).label('page.name')}")
        if not sections:
            yield f"  {words.label('compare.same_prose')}"
        yield from (
            f"  {s.title}: {words.label('compare.sentences', count=len(s.changes))}" for s in sections
        )
    yield from ("", words.label("compare.all"))


def _counts(counts: Mapping[str, int], words: Language) -> str:
    """Word how many figures there are of each kind, of those kinds that there are."""
    told = (words.label(f"compare.counts.{kind}", count=words.number(n)) for kind, n in counts.items() if n)
    return ", ".join(told)


def _metric(name: str, words: Language) -> str:
    try:
        return words.label(f"metric_name.{name}")
    except UnknownLabelError:  # published by another version
        return name


def _show(comparison: Comparison, words: Language) -> None:
    console = Console()
    for text in _head(comparison, words):
        print(visible(text))
    for kind in KINDS:
        lines = [_line(change, comparison, words) for change in comparison.kind(kind)]
        if not lines:
            continue
        print(f"\n{words.label(f'compare.{kind}', count=len(lines))}")
        heads = _columns(comparison, kind, words)
        if console.is_terminal:
            table = Table(*map(escape, heads), box=SIMPLE_HEAD)
            for line in lines:
                table.add_row(*(escape(visible(cell)) for cell in _cells(line, kind)))
            console.print(table)
        else:
            for line in lines:
                title, *others = (visible(cell) for cell in _cells(line, kind))
                print(f"  {title}")
                print(
                    "".join(f"    {h}: {cell}\n" for h, cell in zip(heads[1:], others, strict=True)), end=""
                )
    for text in _prose(comparison, words):
        print(visible(text))


def write(comparison: Comparison, code: str, path: Path, data: Path) -> None:
    """Write a comparison as a page, outside the raw data: one file, no script, nothing fetched."""
    outside_raw(path, data)
    words = language(code)
    tables = []
    for kind in KINDS:
        lines = [_line(change, comparison, words) for change in comparison.kind(kind)]
        if lines:
            tables.append(
                {
                    "kind": kind,
                    "title": words.label(f"compare.{kind}", count=len(lines)),
                    "columns": _columns(comparison, kind, words),
                    "rows": [_cells(line, kind) for line in lines],
                }
            )
    title, *summary = _head(comparison, words)
    prose = {language(lang): sections for lang, sections in comparison.prose.items()}
    union = words.union(comparison.after.tables.union)
    page = render("comparison", [words], union=union, title=title, summary=summary, tables=tables,
                  prose=prose, published=_is_published(comparison))  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, page)


def _head(comparison: Comparison, words: Language) -> Iterator[str]:
    yield words.label("compare.title", before=comparison.before.name, after=comparison.after.name)
    counts = {kind: len(comparison.kind(kind)) for kind in (*KINDS, "same")}
    if any(counts[kind] for kind in KINDS):
        yield words.label("compare.summary", counts=_counts(counts, words))
    else:
        yield words.label("compare.none_changed", count=words.number(counts["same"]))
    if comparison.before.period != comparison.after.period:
        yield words.label("compare.paired")
    for side in (comparison.before, comparison.after):
        if side.published is None:
            yield words.label("compare.computed", period=str(side.period))
    moves = counted_elsewhere(comparison.before, comparison.after)
    if moves:
        yield words.label("compare.moved")
    for move in moves:
        yield _move(move, comparison, words)


def _move(move: Move, comparison: Comparison, words: Language) -> str:
    """Word what is counted by other outlets or channels than before."""
    tables, code = comparison.after.tables, move.indicator
    who = words.label("union")
    if move.organisation != TOTAL:
        who = str(words.organisation(tables, move.organisation))
    what = words.name(tables.indicators, code) if code in tables.indicators.index else code

    def named(spots: Sequence[Spot], side: Side) -> str:
        places = (
            str(words.outlet(side.tables, outlet)) if outlet
            else words.label(f"channel.{channel}") if channel
            else words.label("compare.no_place")
            for outlet, channel in spots
        )  # fmt: skip
        return ", ".join(places)

    return f"  {who}, {what}: {named(move.before, comparison.before)} → {named(move.now, comparison.after)}"


def _is_published(comparison: Comparison) -> bool:
    return comparison.before.published is not None and comparison.after.published is not None


def _prose(comparison: Comparison, words: Language) -> Iterator[str]:
    """Word the changes of the prose, a line a sentence."""
    if not _is_published(comparison):
        yield ""
        yield words.label("compare.no_prose")
    for code, sections in comparison.prose.items():
        yield ""
        yield f"{words.label('compare.prose')}: {language(code).label('page.name')}"
        if not sections:
            yield f"  {words.label('compare.same_prose')}"
        for section in sections:
            yield from _sentences(section)


def _sentences(section: Section) -> Iterator[str]:
    yield f"  {section.title}"
    for old, new in section.changes:
        yield from (f"    {mark} {text}" for mark, text in (("−", old), ("+", new)) if text)


def _columns(comparison: Comparison, kind: str, words: Language) -> list[str]:
    what, rows = words.label("column.what"), words.label("compare.rows")
    before, after = comparison.before.name, comparison.after.name
    if kind == "changed":
        return [what, before, after, words.label("compare.direction"), rows]
    return [what, after if kind == "added" else before, rows]


def _cells(line: Line, kind: str) -> list[str]:
    if kind == "changed":
        return [line.title, line.before, line.after, line.direction, line.rows]
    return [line.title, line.after if kind == "added" else line.before, line.rows]


def _line(change: Change, comparison: Comparison, words: Language) -> Line:
    """Word a change: what the fact is, both numbers with their bounds, the raw rows."""
    told = [
        entry(record, Renderer(side.tables, words)) if record else None
        for record, side in ((change.before, comparison.before), (change.after, comparison.after))
    ]
    before, after = told
    first = after or before
    assert first is not None
    title = str(first.title)
    if before and after and before.title != after.title:
        who = f", {before.who}" if before.who else ""
        title = f"{before.series} → {_window(change, words)}{who}"
    values = [f"{e.value}{_bounds(e.limits, words)}" if e else NONE for e in told]
    seen = values[0] != values[1]
    direction = words.label(f"compare.{change.direction if seen else 'rounded'}")
    return Line(title, values[0], values[1], direction, _rows(change, comparison, words))


def _window(change: Change, words: Language) -> str:
    """Name the windows of the second number, short."""
    assert change.after is not None
    fact = Fact.read(change.after)
    windows = [words.window(w, "short") for w in (fact.window, fact.base) if w]
    return " / ".join(map(str, windows))


def _bounds(bounds: Inline, words: Language) -> str:
    return "" if str(bounds) in ("", words.label("appendix.exact")) else f" ({bounds})"


def _rows(change: Change, comparison: Comparison, words: Language) -> str:
    """Name the raw rows that made a change: − gone, + added, in a file that was changed."""
    parts = []
    for file, sheet, gone, added, touched in change.rows(comparison.own_rows):
        place = f"{file}, {words.label('problem.sheet', sheet=sheet)}" if sheet else file
        told = [f"{mark} {_spanned(rows, words)}" for mark, rows in (("−", gone), ("+", added)) if rows]
        if touched:
            told.append(words.label("compare.touched", rows=_spanned(touched, words)))
        parts.append(f"{place}: {', '.join(told)}")
    return "; ".join(parts) or words.label("compare.no_rows")


def _spanned(rows: list[int], words: Language) -> str:
    return words.label(f"appendix.{'row' if len(rows) == 1 else 'rows'}", rows=worded(runs(rows)))


__all__ = ["KINDS", "show", "write"]
