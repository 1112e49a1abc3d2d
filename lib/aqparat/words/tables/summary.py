"""The tables of the summary."""

from __future__ import annotations

from aqparat.sections.summary import Summary
from aqparat.words import inline
from aqparat.words.inline import Inline, capitalised
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import Rows, change, table


@table
def key_figures(section: Summary, renderer: Renderer) -> Rows:
    """Return the key figures: what, when, how many, change."""
    language, tables = renderer.language, renderer.tables
    rows: list[list[Inline]] = []
    for figure in section.figures:
        fact = figure.fact
        indicator = inline.text(language.name(tables.indicators, fact.indicator))
        what = language.outlet(tables, fact.outlet) + ": " + indicator
        rows.append(
            [
                capitalised(what),
                language.window(fact.window, "short"),
                language.count(fact),
                change(renderer, figure.change),
            ]
        )
    return [language.label(f"column.{c}") for c in ("what", "window", "value", "growth")], rows
