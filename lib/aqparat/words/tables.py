"""Tables of the report: what a section holds, in rows and columns of inline text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.findings import Measures
from aqparat.sections.newspapers import Coverage, Subscription
from aqparat.sections.organisations import Activity
from aqparat.sections.overview import Overview
from aqparat.sections.own import Own
from aqparat.sections.ranking import Ranking
from aqparat.sections.report_data import Measure
from aqparat.sections.revisions import Revision
from aqparat.sections.site import Site
from aqparat.sections.summary import Summary
from aqparat.sections.training import Lesson, Training
from aqparat.words import inline
from aqparat.words.appendix import entries
from aqparat.words.inline import Inline, capital, capitalised, spoken
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer

NONE = inline.text("–")
NOTHING = Inline()
Rows = tuple[list[str], list[list[Inline]]]  # headings, rows of cells


@dataclass(frozen=True)
class Table:
    """A table ready to be shown; the first cell of each row heads it.

    Parameters
    ----------
    name : str
        Name of the function that made it.
    title, note : Inline
    columns : sequence of str
        Headings, bare text.
    numeric : sequence of bool
        Which columns hold numbers, set to the right.
    rows : sequence of sequence of Inline
    """

    name: str
    title: Inline
    note: Inline
    columns: Sequence[str]
    numeric: Sequence[bool]
    rows: Sequence[Sequence[Inline]]

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order."""
        return inline.joined([self.title, *(cell for row in self.rows for cell in row), self.note]).facts


def table(
    rows_of: Callable[[Any, Renderer], Rows | None],
) -> Callable[[Any, Renderer], Table | None]:
    """Make a table function of one that gives headings and rows: add title, note and alignment."""

    def made(section: Any, renderer: Renderer) -> Table | None:
        given = rows_of(section, renderer)
        if given is None or not given[1]:
            return None
        columns, rows = given
        name = rows_of.__name__
        cells = [cell for row in rows for cell in row]
        signs = {"dashes": NONE in cells, "blanks": NOTHING in cells}  # what a note has to explain
        words = renderer.blocks(f"tables/{name}", {"section": section, **signs})
        numeric = [i > 0 and all(_is_number(row[i]) for row in rows) for i in range(len(columns))]
        told = [[spoken(cell, renderer.language.code) for cell in row] for row in rows]
        return Table(name, words["title"], words["note"], columns, numeric, told)

    made.__name__, made.__doc__ = rows_of.__name__, rows_of.__doc__
    return made


def _is_number(cell: Inline) -> bool:
    """Return whether a cell holds a number of this report or of one before, or nothing."""
    return cell in (NOTHING, NONE) or cell.is_number


def _change(renderer: Renderer, fact: Fact | None) -> Inline:
    return renderer.language.change(fact) if fact else NONE


def _band(renderer: Renderer, fact: Fact | None) -> Inline:
    return renderer.language.likely(fact) or NONE if fact else NONE


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
                _change(renderer, figure.change),
            ]
        )
    return [language.label(f"column.{c}") for c in ("what", "window", "value", "growth")], rows


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
                    _change(renderer, growth.get(fact.window)),
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


@table
def items_by_organisation(section: Overview, renderer: Renderer) -> Rows | None:
    """Return the items of every member organisation, a column an outlet or a channel."""
    return _overview(section.items, section, renderer)


@table
def figures_by_organisation(section: Overview, renderer: Renderer) -> Rows | None:
    """Return the other figures of every member organisation, a column an indicator."""
    return _overview(section.others, section, renderer)


def _overview(columns: list[Ranking], section: Overview, renderer: Renderer) -> Rows | None:
    if not columns:
        return None
    language, tables = renderer.language, renderer.tables
    by_column = [{f.organisation: language.count(f) for f in column.figures} for column in columns]
    for facts, column in zip(by_column, columns, strict=True):
        first = next(c for c in columns if c.indicator == column.indicator)
        for code in column.missing if column is first else []:
            apart = [f for f in section.apart if (f.indicator, f.organisation) == (column.indicator, code)]
            if apart:
                facts[code] = inline.joined((_placed(f, renderer) for f in apart), ", ")
    rows: list[list[Inline]] = [
        [language.organisation(tables, code), *(facts.get(code, NONE) for facts in by_column)]
        for code in section.organisations
    ]
    return [language.label("column.organisation"), *(_series(c, renderer) for c in columns)], rows


def _placed(fact: Fact, renderer: Renderer) -> Inline:
    """Return a figure with the place that it is of, in a column of figures without one."""
    language = renderer.language
    where = language.where(renderer.tables, fact.indicator, fact.outlet, fact.channel)
    return language.count(fact) + " (" + (where or language.label("compare.no_place")) + ")"


def _series(column: Ranking, renderer: Renderer) -> str:
    """Head a column: items by where they were published, other figures by what they count."""
    language, tables = renderer.language, renderer.tables
    where = str(language.where(tables, column.indicator, column.outlet, column.channel))
    if column.indicator == "publications":
        named = where
    else:
        indicator = language.name(tables.indicators, column.indicator)
        named = f"{indicator}: {where}" if where else indicator
    when = "" if column.window == tables.period.window else f", {language.window(column.window, 'short')}"
    return capital(named) + when


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


@table
def plan(section: Measures | Own, renderer: Renderer) -> Rows:
    """Return the measures decided: who, what, until when, in what state last time and now."""
    language = renderer.language
    rows: list[list[Inline]] = []
    for measure in section.plan:
        before = language.label(f"status.{measure.before}" if measure.before else "status.new")
        rows.append(
            [
                capitalised(language.organisation(renderer.tables, measure.organisation)),
                _measure(measure, renderer),
                language.day(measure.due) if measure.due else NONE,
                inline.text(before),
                _state(measure, language),
            ]
        )
    columns = ("organisation", "measure", "due", "state_before", "state_now")
    return [language.label(f"column.{c}") for c in columns], rows


def _measure(measure: Measure, renderer: Renderer) -> Inline:
    """Return what is to be done, and to what number it is to bring which indicator."""
    language, row = renderer.language, measure.text
    text = inline.dated(row[f"text_{language.code}"])
    if measure.target is None:
        return text
    what = language.name(renderer.tables.indicators, measure.target.indicator)
    told = language.label("status.target")
    return text + " " + inline.filled(told, indicator=what, target=language.counted(measure.target))


def _state(measure: Measure, language: Language) -> Inline:
    """Return the state of a measure now; where the period has brought no word on it, that."""
    state = language.label(f"status.{measure.status}" if measure.updated else "status.not_updated")
    if measure.past_due:
        state = language.label("status.overdue" if measure.overdue else "status.past_due", state=state)
    return inline.text(state) + ". " + inline.dated(measure.note) if measure.note else inline.text(state)


@table
def index(section: Activity, renderer: Renderer) -> Rows:
    """Return the activity index and its rank, with what reporting leaves open and what other weights do."""
    language = renderer.language

    def told(fact: Fact | None) -> Inline:
        return language.shown(fact) if fact else NONE

    rows = [
        [
            language.organisation(renderer.tables, fact.organisation),
            told(fact),
            told(section.left_out.get(fact.organisation)),
            told(section.ranks.get(fact.organisation)),
            _band(renderer, section.ranks.get(fact.organisation)),
        ]
        for fact in section.index
    ]
    columns = ("organisation", "index", "left_out", "rank", "band")
    return [language.label(f"column.{c}") for c in columns], rows


@table
def activities(section: Training | Own, renderer: Renderer) -> Rows:
    """Return what was held: who, what, when, how often, for how many, with whom; no column without a word."""
    language, tables = renderer.language, renderer.tables
    cells = [
        {
            "organisation": language.organisation(tables, lesson.organisation),
            "kind": _kind(lesson, renderer),
            "days": inline.joined([_days(window, language) for window in lesson.windows], "; ") or NONE,
            "per_year": language.count(lesson.per_year) if lesson.per_year else NONE,
            "participants": inline.joined(map(language.count, lesson.participants), "; ") or NONE,
            "partner": inline.joined(map(inline.dated, lesson.partners), "; ") or NONE,
        }
        for lesson in section.lessons
    ]
    shown = [name for name in cells[0] if any(row[name] != NONE for row in cells)] if cells else []
    if isinstance(section, Own):
        shown = [name for name in shown if name != "organisation"]
    headings = [language.label(f"column.{name}") for name in shown]
    return headings, [[row[name] for name in shown] for row in cells]


def _kind(lesson: Lesson, renderer: Renderer) -> Inline:
    """Return what was held: in the plural where a line stands for several rows."""
    language, indicators = renderer.language, renderer.tables.indicators
    several = lesson.several and lesson.kind in indicators.index
    name = language.name(indicators, lesson.kind) if several else language.label(f"activity.{lesson.kind}")
    return capitalised(inline.text(name))


def _days(window: Window, language: Language) -> Inline:
    return language.day(window.start) if window.start == window.end else language.window(window, "short")


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
                _change(renderer, line.growth),
                language.percent(line.share) if line.share else NONE,
                language.shown(line.rank) if line.rank else NONE,
            ]
        )
    columns = ("what", "window", "value", "growth", "share", "rank")
    return [language.label(f"column.{c}") for c in columns], rows


@table
def revised(section: list[Revision], renderer: Renderer) -> Rows:
    """Return revised figures: what, as first published, now."""
    language = renderer.language

    def title(fact: Fact) -> Inline:
        return entries([replace(fact, origins=())], renderer)[0].title

    # The number of old is no fact of this report any more: it stands as bare text.
    rows: list[list[Inline]] = [
        [
            title(revision.before),
            inline.cited(str(language.counted(revision.before))),
            language.counted(revision.now) if revision.now else NONE,
        ]
        for revision in section
    ]
    return [language.label(f"column.{c}") for c in ("what", "published", "revised")], rows


_OF_UNION = (
    key_figures, revised, site_lowest, site_ranking, copies, subscribers, carried, index, activities, plan,
    items_by_organisation, figures_by_organisation,
)  # fmt: skip
TABLES = {f.__name__: f for f in (*_OF_UNION, own_figures)}
