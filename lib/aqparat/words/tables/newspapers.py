"""The tables of items in newspapers."""

from __future__ import annotations

from aqparat.sections.newspapers import Coverage
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


@table
def carried(section: list[Coverage], renderer: Renderer) -> Rows:
    """Return what each newspaper carried, with the organisations named."""
    language = renderer.language
    rows: list[list[Inline]] = [
        [
            language.outlet(renderer.tables, coverage.outlet),
            language.window(x.window, "short"),
            language.count(x.items),
            language.organisations(renderer.tables, x.named) if x.named else NONE,
        ]
        for coverage in section
        for x in coverage.carried
    ]
    return [language.label(f"column.{c}") for c in ("outlet", "window", "items", "named")], rows
