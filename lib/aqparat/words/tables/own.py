"""The tables of an organisation's own report."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.own import WINDOWS, Line, Own
from aqparat.words import inline
from aqparat.words.inline import Inline, capital, capitalised
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, NOTHING, Rows, change, table


@table
def own_figures(section: Own, renderer: Renderer) -> Rows | None:
    """Return an organisation's figures, a column a window, with change and rank of the latest."""
    language, windows = renderer.language, section.windows
    if not windows:
        return None
    rows: list[list[Inline]] = [
        [
            _what(series.last.volume, renderer),
            *(_told(series.lines.get(window), renderer) for window in windows),
            change(renderer, series.last.growth),
            _rank(series.last, renderer),
        ]
        for series in section.series
    ]
    headings = [str(language.window(window, "short")) for window in windows]
    last = [language.label(f"column.{c}") for c in ("growth", "rank")]
    return [language.label("column.what"), *headings, *last], rows


@table
def own_copies(section: Own, renderer: Renderer) -> Rows | None:
    """Return the copies an organisation subscribes to, a column a year; of the latest also the place."""
    language, papers = renderer.language, section.papers_by_year
    if not papers:
        return None
    windows = sorted({x.volume.window for lines in papers.values() for x in lines}, key=lambda w: w.start)
    windows = windows[-WINDOWS:]
    rates = {(f.outlet, f.window): f for f in section.rates if f.metric == "penetration"}
    rows = []
    for lines in papers.values():
        by_window, last = {x.volume.window: x for x in lines}, lines[-1]
        per_member = rates.get((last.volume.outlet, last.volume.window))
        rows.append(
            [
                capitalised(language.where(renderer.tables, "copies", last.volume.outlet, "newspaper")),
                *(_told(by_window.get(window), renderer) for window in windows),
                change(renderer, last.growth),
                language.shown(per_member) if per_member else NONE,
                language.percent(last.share) if last.share else NONE,
                _rank(last, renderer),
            ]
        )
    headings = [str(language.window(window, "short")) for window in windows]
    last_columns = [language.label(f"column.{c}") for c in ("growth", "per_hundred", "share", "rank")]
    return [language.label("column.outlet"), *headings, *last_columns], rows


@table
def own_rates(section: Own, renderer: Renderer) -> Rows | None:
    """Return what an organisation does for each member, and how regularly."""
    language = renderer.language
    rates = [f for f in section.rates if f.metric != "penetration"]
    rows: list[list[Inline]] = [
        [
            _what(fact, renderer),
            inline.text(capital(language.label(f"rate_unit.{fact.metric}")))
            if fact.metric in language.labels["rate_unit"]
            else inline.text(capital(language.label(f"metric_name.{fact.metric}"))),
            _rate(fact, renderer),
        ]
        for fact in rates
    ]
    return [language.label(f"column.{c}") for c in ("what", "measured", "value")], rows


def _what(fact: Fact, renderer: Renderer) -> Inline:
    """Return where something was counted, and what."""
    language, tables = renderer.language, renderer.tables
    what = inline.text(language.name(tables.indicators, fact.indicator))
    where = language.where(tables, fact.indicator, fact.outlet, fact.channel)
    return capitalised(where + ": " + what if where else what)


def _told(line: Line | None, renderer: Renderer) -> Inline:
    if line is None:
        return NOTHING
    told = renderer.language.count(line.volume)
    if renderer.each_year(line.volume):
        return told + " (" + renderer.language.label("report.each_year") + ")"
    return told


def _rank(line: Line, renderer: Renderer) -> Inline:
    """Return the rank where the figures leave it open little enough to tell something."""
    return renderer.language.shown(line.rank) if line.rank and line.is_placed else NONE


def _rate(fact: Fact, renderer: Renderer) -> Inline:
    """Return a rate; of months with an item how many of how many."""
    language = renderer.language
    if fact.metric == "regularity" and all(i in renderer.facts for i in fact.inputs):
        part, whole = (language.count(renderer.facts[i]) for i in fact.inputs)
        return inline.filled(language.label("part_of"), part=part, whole=whole)
    return language.percent(fact) if fact.unit == "fraction" else language.shown(fact)
