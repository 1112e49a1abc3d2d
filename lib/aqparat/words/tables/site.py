"""The tables of the union's site."""

from __future__ import annotations

from aqparat.sections.site import Site
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, NOTHING, Rows, table


@table
def site_lowest(section: Site, renderer: Renderer) -> Rows | None:
    """Return who sent least or nothing by what a source names, a column a window."""
    if section.ranking:
        return None
    language = renderer.language
    facts = [f for group in [*section.silent, *section.lowest] for f in group.facts]
    windows = sorted({f.window for f in facts}, key=lambda w: (w.start, w.code))
    told = {f.organisation for f in facts}
    codes = [c for c in renderer.tables.organisations.index if c in told]  # the same in every language
    by_place = {(f.organisation, f.window): language.count(f) for f in facts}
    rows: list[list[Inline]] = [
        [language.organisation(renderer.tables, c), *(by_place.get((c, w), NOTHING) for w in windows)]
        for c in codes
    ]
    headings = [str(language.window(w, "short")) for w in windows]
    return [language.label("column.organisation"), *headings], rows


@table
def site_ranking(section: Site, renderer: Renderer) -> Rows | None:
    """Return the items of every member organisation, the greatest first, and its rank; then who is silent."""
    ranked, language = section.ranking, renderer.language
    if ranked is None:
        return None
    now = {f.organisation: f for f in ranked.figures}
    then = {f.organisation: f for f in section.before}
    shown = [then, now] if then else [now]
    rows: list[list[Inline]] = [
        [
            language.organisation(renderer.tables, code),
            *(language.count(facts[code]) if code in facts else NONE for facts in shown),
            language.shown(ranked.ranks[code]) if code in ranked.ranks else NONE,
        ]
        for code in [*ranked.organisations, *ranked.missing]
    ]
    windows = [f.window for f in (*section.before[:1], ranked.figures[0])]
    named = [str(language.window(w, "short")) for w in windows]
    return [language.label("column.organisation"), *named, language.label("column.rank")], rows
