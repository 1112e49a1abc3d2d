"""The tables of what most organisations have filed."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.overview import Overview
from aqparat.sections.ranking import Ranking
from aqparat.words import inline
from aqparat.words.inline import Inline, capital
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


@table
def figures_by_organisation(section: Overview, renderer: Renderer) -> Rows | None:
    """Return the other figures of every member organisation, a column an indicator."""
    return _overview(section.others, section, renderer)


def _overview(columns: list[Ranking], section: Overview, renderer: Renderer) -> Rows | None:
    if not columns:
        return None
    language, tables = renderer.language, renderer.tables
    by_column = [{f.organisation: language.count(f) for f in column.figures} for column in columns]
    for facts, column in zip(by_column, columns, strict=True):
        first = next(c for c in columns if c.indicator == column.indicator)
        for code in column.missing if column is first else []:
            apart = [f for f in section.apart if (f.indicator, f.organisation) == (column.indicator, code)]
            if apart:
                facts[code] = inline.joined((_placed(f, renderer) for f in apart), ", ")
    rows: list[list[Inline]] = [
        [language.organisation(tables, code), *(facts.get(code, NONE) for facts in by_column)]
        for code in section.organisations
    ]
    return [language.label("column.organisation"), *(_series(c, renderer) for c in columns)], rows


def _placed(fact: Fact, renderer: Renderer) -> Inline:
    """Return a figure with the place that it is of, in a column of figures without one."""
    language = renderer.language
    where = language.where(renderer.tables, fact.indicator, fact.outlet, fact.channel)
    return language.count(fact) + " (" + (where or language.label("compare.no_place")) + ")"


def _series(column: Ranking, renderer: Renderer) -> str:
    """Head a column: items by where they were published, other figures by what they count."""
    language, tables = renderer.language, renderer.tables
    where = str(language.where(tables, column.indicator, column.outlet, column.channel))
    if column.indicator == "publications":
        named = where
    else:
        indicator = language.name(tables.indicators, column.indicator)
        named = f"{indicator}: {where}" if where else indicator
    when = "" if column.window == tables.period.window else f", {language.window(column.window, 'short')}"
    return capital(named) + when
