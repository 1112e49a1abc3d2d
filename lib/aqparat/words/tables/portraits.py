"""What no other table tells of organisations."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.portraits import Portrait
from aqparat.words import inline
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import Rows, table

FEW = 3  # so many are told in words


@table
def other_figures(section: list[Portrait], renderer: Renderer) -> Rows | None:
    """Return the figures that no section above has, where those of more than three organisations are left."""
    if len(section) <= FEW:
        return None
    language, tables = renderer.language, renderer.tables
    rows: list[list[Inline]] = []
    for portrait in language.ordered(tables, section):
        words = [_told(f, renderer) for f in portrait.facts]
        words += [inline.dated(h[f"text_{language.code}"]) for h in portrait.highlights]
        what = inline.capitalised(inline.joined(words, "; "))
        rows.append([language.organisation(tables, portrait.organisation), what])
    return [language.label("column.organisation"), language.label("column.what")], rows


def _told(fact: Fact, renderer: Renderer) -> Inline:
    """Return what a figure counts, where and when, then the figure; of items the place, then how many."""
    language, tables = renderer.language, renderer.tables
    where = language.where(tables, fact.indicator, fact.outlet, fact.channel)
    items = fact.indicator == "publications"
    named = [] if items else [language.name(tables.indicators, fact.indicator)]
    when = [language.window(fact.window, "short")] if fact.window != tables.period.window else []
    number = language.counted(fact) if items else language.count(fact)
    return inline.joined([*named, *([where] if where else []), *when], ", ") + ": " + number
