"""Charts of the union's site."""

from __future__ import annotations

from typing import Any

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.charts.dots import Line, Row, dots
from aqparat.charts.funnel import Place, funnel
from aqparat.charts.lettering import shorten
from aqparat.charts.marks import Drawing, Named, headings
from aqparat.charts.months import Month, months
from aqparat.charts.series import Year, series
from aqparat.charts.style import chart
from aqparat.metrics.facts import Fact
from aqparat.palette import ACCENT, MAIN, PALE
from aqparat.sections.site import Site
from aqparat.sections.site_halves import Halves
from aqparat.sections.site_members import Sender, Senders
from aqparat.sections.site_months import Months
from aqparat.sections.site_rates import Rates
from aqparat.words.extent import alike
from aqparat.words.renderer import Renderer


@chart
def site_halves(section: Halves, renderer: Renderer) -> Drawing:
    """Draw the halves of every year, their sums, and the estimate of a year that is not over."""
    language = renderer.language

    def named(fact: Fact | None, name: str = "") -> Named | None:
        told = name or (shorten(language.window(fact.window, "short")) if fact else "")
        return Named(fact, [told]) if fact else None

    whole = {f.window.start.year: f for f in section.years}
    first = min([*whole, *(f.window.start.year for f in section.halves)])
    projection = language.label("chart.projection")
    years = []
    for year in range(first, section.period.year + 1):
        pace = section.pace if year == section.period.year else None
        estimate = Named(pace, [f"{year}, {projection}"]) if pace else None
        halves = [named(section.half(year, half)) for half in (1, 2)]
        years.append(Year(str(year), halves[0], halves[1], named(whole.get(year)), estimate))
    figure, marks = series(years, renderer)
    return Drawing(figure, marks, headings(renderer, "window"))


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
        facts = language.ordered(
            renderer.tables, sorted(groups[window], key=lambda f: f.least), size=lambda f: f.least
        )
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
    language, tables = renderer.language, renderer.tables
    ordered = language.ordered(tables, ranked.figures, size=alike)
    names = [shorten(language.organisation(tables, f.organisation)) for f in ordered]
    bars = [Bar(n, f, [n, when], [n, when]) for n, f in zip(names, ordered, strict=True)]
    figure, marks = panels([Panel(bars)], renderer)
    return Drawing(figure, marks, headings(renderer, "organisation", "window"), {"ranked": ranked})


@chart
def site_members(section: Senders, renderer: Renderer) -> Drawing:
    """Draw what every organisation sent, against the same window a year ago, and their median."""
    language = renderer.language
    when = shorten(language.window(section.window, "short"))
    before = shorten(language.window(section.base, "short")) if section.base else ""
    rows = []
    ordered = language.ordered(renderer.tables, section.rows, size=lambda s: (alike(s.now), alike(s.then)))
    for sender in ordered:
        name = _name(sender, renderer)
        silent = sender.now is not None and sender.now.high == 0
        rows.append(
            Row(
                name,
                Named(sender.now, [name, when]),
                Named(sender.then, [name, before]) if sender.then else None,
                note=language.label("chart.silent") if silent else "",
            )
        )
    lines = []
    if section.median:
        text = language.label("chart.median", number=str(language.shown(section.median)))
        lines.append(Line(Named(section.median, [shorten(language.label("chart.middle")), when]), text))
    names = (when, before) if section.base else None
    figure, marks = dots(rows, renderer, lines=lines, names=names)
    return Drawing(figure, marks, headings(renderer, "organisation", "window"))


def _name(sender: Sender, renderer: Renderer) -> str:
    """Return the name of an organisation; of one that was split those it was split into."""
    language = renderer.language
    codes = sender.parts or (sender.organisation,)
    return shorten(", ".join(str(language.organisation(renderer.tables, code)) for code in codes))


@chart
def site_rates(section: Rates, renderer: Renderer) -> Drawing:
    """Draw items per 1,000 members against members, within the limits of what chance explains."""
    language, tables = renderer.language, renderer.tables
    places = []
    for row in section.rows:
        name = shorten(language.organisation(tables, row.organisation))
        verdict = language.label(f"funnel.{row.verdict}")
        rate = Named(row.rate, [name], f"({verdict})", [name, verdict])
        places.append(Place(name, rate, row.members, (row.inner, row.outer)))
    union = language.label("union")
    pooled = Named(section.pooled, [shorten(union)], row=[shorten(union), ""])
    levels = [tables.settings["funnel"][name] for name in ("inner", "outer")]
    figure, marks = funnel(
        places,
        pooled,
        renderer,
        union=language.label("funnel.union", number=str(language.shown(section.pooled))),
        up=language.label("funnel.up"),
        across=language.label("funnel.across"),
        levels=(levels[0], levels[1]),
    )
    return Drawing(figure, marks, headings(renderer, "organisation", "state"))


@chart
def site_months(section: Months, renderer: Renderer) -> Drawing:
    """Draw the items of each month against the same month a year ago."""
    language = renderer.language

    def named(fact: Fact) -> Named:
        return Named(fact, [shorten(language.window(fact.window, "short"))])

    shown = [
        Month(
            shorten(language.window(row.now.window, "brief")),
            named(row.now),
            named(row.then) if row.then else None,
        )
        for row in section.rows
    ]
    names = None
    if section.base:
        now, then = (shorten(language.window(w, "short")) for w in (section.window, section.base))
        names = (now, then)
    figure, marks = months(shown, renderer, names=names)
    return Drawing(figure, marks, headings(renderer, "window"))
