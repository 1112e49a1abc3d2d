"""The tables of the union's site."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import TOTAL
from aqparat.sections.site import Site
from aqparat.sections.site_members import Sender, Senders
from aqparat.sections.site_rates import Rates
from aqparat.words.extent import alike
from aqparat.words.inline import Inline, text
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, NOTHING, Rows, folded, table


@table
def site_lowest(section: Site, renderer: Renderer) -> Rows | None:
    """Return who sent least or nothing by what a source names, a column a window."""
    if section.ranking:
        return None
    language = renderer.language
    facts = [f for group in [*section.silent, *section.lowest] for f in group.facts]
    windows = sorted({f.window for f in facts}, key=lambda w: (w.start, w.code))
    told = {f.organisation for f in facts}
    codes = language.ordered(renderer.tables, told, code=str)
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
    ordered = language.ordered(renderer.tables, ranked.figures, size=alike)
    silent = language.ordered(renderer.tables, ranked.missing, code=str)
    rows: list[list[Inline]] = [
        [
            language.organisation(renderer.tables, code),
            *(language.count(facts[code]) if code in facts else NONE for facts in shown),
            language.shown(ranked.ranks[code]) if code in ranked.ranks else NONE,
        ]
        for code in [*(f.organisation for f in ordered), *silent]
    ]
    windows = [f.window for f in (*section.before[:1], ranked.figures[0])]
    named = [str(language.window(w, "short")) for w in windows]
    return [language.label("column.organisation"), *named, language.label("column.rank")], rows


@folded
def site_members(section: Senders, renderer: Renderer) -> Rows:
    """Return what every organisation sent, a year ago and now, and what it added to the growth; the total."""
    language, compared = renderer.language, section.base is not None
    total = Sender(TOTAL, section.now, section.then, section.growth)
    rows: list[list[Inline]] = []
    ordered = language.ordered(renderer.tables, section.rows, size=lambda s: (alike(s.now), alike(s.then)))
    for sender in [*ordered, *section.head, total]:
        numbers = [_count(sender.now, renderer)]
        if compared:
            added = language.points(sender.contribution) if sender.contribution else NONE
            numbers = [_count(sender.then, renderer), *numbers, added]
        rows.append([_named(sender, renderer), *numbers])
    windows = [w for w in (section.base, section.window) if w]
    headings = [str(language.window(w, "short")) for w in windows]
    more = [language.label("column.contribution")] if compared else []
    return [language.label("column.organisation"), *headings, *more], rows


def _named(sender: Sender, renderer: Renderer) -> Inline:
    if sender.organisation == TOTAL:
        return text(renderer.language.label("column.total"))
    if not sender.parts:
        return renderer.language.organisation(renderer.tables, sender.organisation)
    return renderer.language.organisations(renderer.tables, sender.parts)


def _count(fact: Fact | None, renderer: Renderer) -> Inline:
    return renderer.language.count(fact) if fact else NONE


@folded
def site_rates(section: Rates, renderer: Renderer) -> Rows:
    """Return the members of every organisation, its items for 1,000 of them, and what chance explains."""
    language = renderer.language
    rows: list[list[Inline]] = [
        [
            language.organisation(renderer.tables, row.organisation),
            language.count(row.items),
            language.count(row.members),
            language.shown(row.rate),
            language.likely(row.inner),
        ]
        for row in language.ordered(renderer.tables, section.rows, size=lambda row: alike(row.rate))
    ]
    names = ("organisation", "items", "members", "rate", "expected")
    return [language.label(f"column.{name}") for name in names], rows
