"""The scoreboard of all organisations."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.scoreboard import Score, Scoreboard
from aqparat.words import inline
from aqparat.words.extent import bounds, extent
from aqparat.words.inline import Inline, capital
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, narrow, table
from aqparat.words.writing import writing


@table
def scoreboard(section: Scoreboard, renderer: Renderer) -> Rows:
    """Return every organisation's figures, below each how it has changed in a year."""
    language, tables = renderer.language, renderer.tables
    rows: list[list[Inline]] = [
        [
            inline.reported(language.organisation(tables, row.organisation), row.organisation),
            *(_cell(row, name, section, renderer) for name in section.columns),
        ]
        for row in language.ordered(tables, section.rows)
    ]
    return [
        language.label("column.organisation"),
        *(_heading(c, section, renderer) for c in section.columns),
    ], rows


def _heading(column: str, section: Scoreboard, renderer: Renderer) -> str:
    """Head a column: by what it counts, and where, if all its figures are of one place."""
    language, headings = renderer.language, renderer.language.labels["scoreboard"]
    if column in headings:
        return str(headings[column])
    name, only = capital(language.name(renderer.tables.indicators, column)), section.place(column)
    return f"{name}: {language.where(renderer.tables, column, *only)}" if only and any(only) else name


def _cell(row: Score, column: str, section: Scoreboard, renderer: Renderer) -> Inline:
    figures = row.now.get(column)
    if not figures:
        return NONE
    usual = section.place(column) or ("", "")
    several = _of_windows(figures)
    told = [_told(f, renderer) if (f.outlet, f.channel) == usual else _placed(f, renderer) for f in several]
    if len({f.window for f in several}) > 1:
        told = [_dated(words, f, renderer) for words, f in zip(told, several, strict=True)]
    cell = inline.joined(told, ", ")
    change = row.changes.get(column)
    if change is None:
        return cell
    known = bounds(change) if extent(change).manner == "around" else None  # what reporting leaves open, alone
    below = renderer.language.told(change, known, writing(change)) if known else _told(change, renderer)
    return cell + " " + below.each(role="small")


def _of_windows(figures: list[Fact]) -> list[Fact]:
    """Return the latest figure of each place where those of its halves are the same; else all."""
    places: dict[tuple[str, str], list[Fact]] = {}
    for fact in figures:
        places.setdefault((fact.outlet, fact.channel), []).append(fact)
    same = all(len({(f.value, f.low, f.high) for f in own}) == 1 for own in places.values())
    return [max(own, key=lambda f: f.window.start) for own in places.values()] if same else figures


def _dated(words: Inline, fact: Fact, renderer: Renderer) -> Inline:
    """Return a figure with the time that it is of, in a cell of figures of several."""
    return words + " (" + renderer.language.window(fact.window, "short") + ")"


def _told(fact: Fact, renderer: Renderer) -> Inline:
    """Return a figure as its column has it: of a part of the members, of each thousand."""
    language = renderer.language
    return narrow(language.per_thousand(fact) if fact.unit == "fraction" else language.shown(fact))


def _placed(fact: Fact, renderer: Renderer) -> Inline:
    """Return a figure with the place that it is of, in a column of figures without one."""
    language = renderer.language
    where = language.where(renderer.tables, fact.indicator, fact.outlet, fact.channel)
    return language.count(fact) + " (" + (where or language.label("compare.no_place")) + ")"
