"""The tables of an organisation's own report."""

from __future__ import annotations

from aqparat.sections.own import Own
from aqparat.words import inline
from aqparat.words.inline import Inline, capitalised
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, change, table


@table
def own_figures(section: Own, renderer: Renderer) -> Rows:
    """Return an organisation's figures with change, share and rank."""
    language, tables = renderer.language, renderer.tables
    rows: list[list[Inline]] = []
    for line in section.lines:
        fact = line.volume
        what = inline.text(language.name(tables.indicators, fact.indicator))
        where = language.where(tables, fact.indicator, fact.outlet, fact.channel)
        if where:
            what = where + ": " + what
        rows.append(
            [
                capitalised(what),
                inline.text(language.label("report.each_year"))
                if renderer.each_year(fact)
                else language.window(fact.window, "short"),
                language.count(fact),
                change(renderer, line.growth),
                language.percent(line.share) if line.share else NONE,
                language.shown(line.rank) if line.rank else NONE,
            ]
        )
    columns = ("what", "window", "value", "growth", "share", "rank")
    return [language.label(f"column.{c}") for c in columns], rows
