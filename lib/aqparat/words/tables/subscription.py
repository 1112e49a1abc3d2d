"""The tables of subscriptions."""

from __future__ import annotations

from aqparat.sections.subscription import Paper, Subscribers, Subscription
from aqparat.words.extent import alike
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, NOTHING, Rows, change, table


@table
def copies(section: Subscription, renderer: Renderer) -> Rows:
    """Return copies by year, a row a year, with the growth of each newspaper beside its copies."""
    language = renderer.language
    windows = sorted({f.window for p in section.papers for f in p.years}, key=lambda w: w.start)
    several = [p for p in section.papers if p.growth]
    columns = [language.label("column.window")]
    for paper in section.papers:
        columns += [_name(paper, renderer)]
        columns += [_named("column.growth", paper, renderer)] if paper in several else []
    rows: list[list[Inline]] = []
    for window in windows:
        row = [language.window(window, "short")]
        for paper in section.papers:
            fact = next((f for f in paper.years if f.window == window), None)
            grown = next((g for g in paper.growth if g.window == window), None)
            row.append(language.count(fact) if fact else NOTHING)
            if paper in several:
                row.append(change(renderer, grown) if fact else NOTHING)
        rows.append(row)
    return columns, rows


@table
def subscribers(section: Subscribers, renderer: Renderer) -> Rows:
    """Return the copies of each member organisation, a newspaper beside the other.

    Where a picture shows the copies per 100 members, they do not stand here once more.
    """
    language = renderer.language
    columns = [language.label("column.organisation")]
    for paper, growth in zip(section.papers, section.growth, strict=True):
        columns.append(f"{_name(paper, renderer)}, {language.window(paper.last.window, 'short')}")
        columns += [_named("column.growth", paper, renderer)] if growth else []
    rows: list[list[Inline]] = []
    first = section.penetration[0] or section.copies[0]
    codes = language.ordered(
        renderer.tables, section.organisations, code=str, size=lambda code: alike(first.get(code))
    )
    for code in codes:
        row = [language.organisation(renderer.tables, code)]
        for own, growth in zip(section.copies, section.growth, strict=True):
            row.append(language.count(own[code]) if code in own else NONE)
            if growth:
                row.append(change(renderer, growth.get(code)))
        rows.append(row)
    return columns, rows


def _name(paper: Paper, renderer: Renderer) -> str:
    return str(renderer.language.outlet(renderer.tables, paper.outlet))


def _named(label: str, paper: Paper, renderer: Renderer) -> str:
    return f"{renderer.language.label(label)}, {_name(paper, renderer)}"
