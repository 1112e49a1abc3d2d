"""The table of what was held."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.own import Own
from aqparat.sections.training import Lesson, Reach, Reached, Training
from aqparat.words import inline
from aqparat.words.extent import alike
from aqparat.words.inline import Inline, capitalised
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


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
        for lesson in language.ordered(tables, section.lessons)
    ]
    shown = [name for name in cells[0] if any(row[name] != NONE for row in cells)] if cells else []
    if isinstance(section, Own):
        shown = [name for name in shown if name != "organisation"]
    headings = [language.label(f"column.{name}") for name in shown]
    return headings, [[row[name] for name in shown] for row in cells]


@table
def training(section: Reach, renderer: Renderer) -> Rows:
    """Return what every organisation held, how many it trained, and how many that is of 1,000 members."""
    language = renderer.language
    rows: list[list[Inline]] = []
    ordered = language.ordered(
        renderer.tables, section.rows, size=lambda row: (alike(row.reach), not row.trained)
    )
    for row in ordered:
        cells = [language.organisation(renderer.tables, row.organisation)]
        if section.tells_lessons:
            cells.append(inline.joined((_held(x, row, renderer) for x in row.lessons), "; ") or NONE)
        cells.append(language.count(row.trained) if row.trained else NONE)
        cells.append(language.per_thousand(row.reach) if row.reach else NONE)
        rows.append(cells)
    shown = ["organisation", *(["held"] if section.tells_lessons else []), "trained", "per_thousand"]
    return [language.label(f"column.{name}") for name in shown], rows


def _held(lesson: Lesson, row: Reached, renderer: Renderer) -> Inline:
    """Return what was held; in brackets how often a year, or on which days, for how many, with whom."""
    language = renderer.language
    more = [_days(window, language) for window in lesson.windows if not lesson.per_year]
    if lesson.per_year:
        often = language.times(lesson.per_year)
        more.append(inline.filled(language.label("training.per_year"), number=often))
    more += [language.counted(f) for f in lesson.participants if not _same(f, row.trained)]
    if lesson.partners:
        partners = inline.joined(map(inline.dated, lesson.partners), ", ")
        more.append(inline.filled(language.label("training.partners"), partners=partners))
    kind = _kind(lesson, renderer)
    return kind + " (" + inline.joined(more, ", ") + ")" if more else kind


def _same(fact: Fact, other: Fact | None) -> bool:
    """Return whether a number stands beside already."""
    return other is not None and (fact.value, fact.low, fact.high) == (other.value, other.low, other.high)


def _kind(lesson: Lesson, renderer: Renderer) -> Inline:
    """Return what was held: in the plural where a line stands for several rows."""
    language, indicators = renderer.language, renderer.tables.indicators
    several = lesson.several and lesson.kind in indicators.index
    name = language.name(indicators, lesson.kind) if several else language.label(f"activity.{lesson.kind}")
    return capitalised(inline.text(name))


def _days(window: Window, language: Language) -> Inline:
    return language.day(window.start) if window.start == window.end else language.window(window, "short")
