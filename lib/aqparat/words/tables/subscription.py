"""The tables of subscriptions."""

from __future__ import annotations

from aqparat.sections.subscription import Subscription
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, change, table


@table
def copies(section: Subscription, renderer: Renderer) -> Rows:
    """Return copies of each newspaper by year, with growth."""
    language = renderer.language
    rows: list[list[Inline]] = []
    for paper in section.papers:
        growth = {g.window: g for g in paper.growth}
        for fact in paper.years:
            rows.append(
                [
                    language.outlet(renderer.tables, paper.outlet),
                    language.window(fact.window, "short"),
                    language.count(fact),
                    change(renderer, growth.get(fact.window)),
                ]
            )
    return [language.label(f"column.{c}") for c in ("outlet", "window", "copies", "growth")], rows


@table
def subscribers(section: Subscription, renderer: Renderer) -> Rows | None:
    """Return the copies of each member organisation, a column a newspaper; most of the first come first."""
    language = renderer.language
    ranked = [p.ranking for p in section.papers if p.ranking and p.ranking.reporting > 1]
    if not ranked:
        return None
    there = [code for r in ranked for code in r.organisations]
    codes = dict.fromkeys([*there, *(code for r in ranked for code in r.missing)])
    copies_of = [{f.organisation: language.count(f) for f in r.figures} for r in ranked]
    rows: list[list[Inline]] = [
        [language.organisation(renderer.tables, code), *(facts.get(code, NONE) for facts in copies_of)]
        for code in codes
    ]
    names = [str(language.outlet(renderer.tables, r.outlet)) for r in ranked]
    headings = [f"{n}, {language.window(r.window, 'short')}" for n, r in zip(names, ranked, strict=True)]
    return [language.label("column.organisation"), *headings], rows
