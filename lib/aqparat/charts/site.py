"""Charts of the union's site."""

from __future__ import annotations

from typing import Any

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.charts.lettering import shorten
from aqparat.charts.marks import Drawing, headings
from aqparat.charts.style import ACCENT, MAIN, PALE, chart
from aqparat.sections.site import Site
from aqparat.words.renderer import Renderer


@chart
def site_periods(section: Site, renderer: Renderer) -> Drawing | None:
    """Draw items on the site by whole year, and apart from them the half with its pace."""
    language = renderer.language
    shown = section.years + ([section.now] if section.now and section.now not in section.years else [])
    if len(shown) < 2:
        return None
    bars = []
    for fact in shown:
        label = shorten(language.window(fact.window, "short"))
        half = bool(fact.window.period and fact.window.period.is_half)
        bars.append(Bar(label, fact, [label], [label], PALE if half else MAIN))
    if section.pace:
        label = language.label("chart.projection")
        bars.append(Bar(shorten(label), section.pace, [bars[-1].label, label], [shorten(label)], PALE))
    parted = len(section.years) if len(bars) > len(section.years) else None
    figure, marks = panels([Panel(bars, parted=parted)], renderer)
    return Drawing(figure, marks, headings(renderer, "window"))


@chart
def site_lowest(section: Site, renderer: Renderer) -> Drawing | None:
    """Draw who sent least or nothing by what a source names, a panel a window, on one scale."""
    language = renderer.language
    groups: dict[Any, list[Any]] = {}
    for group in [*section.silent, *section.lowest]:
        seen = groups.setdefault(group.window, [])
        seen += [f for f in group.facts if f not in seen]
    if section.ranking or not groups:
        return None
    windows = sorted(groups, key=lambda w: (w.start, w.code))
    shown, told = [], []
    for window in windows:
        when = shorten(language.window(window, "short"))
        facts = sorted(groups[window], key=lambda f: f.least)
        names = [shorten(language.organisation(renderer.tables, f.organisation)) for f in facts]
        bars = [Bar(n, f, [n, when], [n, when], ACCENT) for n, f in zip(names, facts, strict=True)]
        shown.append(Panel(bars, when))
        told.append({"window": window, "facts": facts})
    figure, marks = panels(shown, renderer)
    return Drawing(figure, marks, headings(renderer, "organisation", "window"), {"groups": told})


@chart
def site_ranking(section: Site, renderer: Renderer) -> Drawing | None:
    """Draw the items of every organisation that reported them, the greatest first."""
    ranked = section.ranking
    if ranked is None:
        return None
    when = shorten(renderer.language.window(ranked.window, "short"))
    names = [shorten(renderer.language.organisation(renderer.tables, c)) for c in ranked.organisations]
    bars = [Bar(n, f, [n, when], [n, when]) for n, f in zip(names, ranked.figures, strict=True)]
    figure, marks = panels([Panel(bars)], renderer)
    return Drawing(figure, marks, headings(renderer, "organisation", "window"), {"ranked": ranked})
