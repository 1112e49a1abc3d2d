"""The tables of the measures decided: those of which something is told, and those due without a word."""

from __future__ import annotations

from aqparat.sections.measures import Measures, silent, told
from aqparat.sections.own import Own
from aqparat.sections.report_data import Measure
from aqparat.words import inline
from aqparat.words.inline import Inline, capitalised
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


@table
def plan(section: Measures | Own, renderer: Renderer) -> Rows:
    """Return the measures: who, what, how far, until when, in what state last time and now; overdue first.

    A column that would be the same in every row, or empty, gives way: the figures reached, the state before.
    """
    language, measures = renderer.language, told(section.plan)
    reached, known = any(m.now for m in measures), any(m.before for m in measures)
    rows: list[list[Inline]] = []
    for measure in measures:
        before = language.label(f"status.{measure.before}" if measure.before else "status.new")
        rows.append(
            [
                _whose(measure, renderer),
                _measure(measure, renderer),
                *([_reached(measure, renderer)] if reached else []),
                language.day(measure.due) if measure.due else NONE,
                *([inline.text(before)] if known else []),
                _state(measure, language),
            ]
        )
    columns = ["organisation", "measure", *(["figure_now"] if reached else []), "due"]
    columns += ["state_before", "state_now"] if known else ["state_now"]
    return [language.label(f"column.{c}") for c in columns], rows


@table
def unheard(section: Measures | Own, renderer: Renderer) -> Rows:
    """Return the measures due of which the period has brought no word: alike ones in one row."""
    language = renderer.language
    alike: dict[tuple[str, str], list[Measure]] = {}
    for measure in silent(section.plan):
        alike.setdefault((measure.organisation, str(_measure(measure, renderer))), []).append(measure)
    rows = [
        [
            _whose(same[0], renderer),
            _measure(same[0], renderer),
            inline.joined((language.day(m.due) for m in same if m.due), "; "),
        ]
        for same in alike.values()
    ]
    return [language.label(f"column.{c}") for c in ("organisation", "measure", "due_days")], rows


def _whose(measure: Measure, renderer: Renderer) -> Inline:
    return capitalised(renderer.language.organisation(renderer.tables, measure.organisation))


def _measure(measure: Measure, renderer: Renderer) -> Inline:
    """Return what is to be done, and to what number it is to bring which indicator."""
    language, row = renderer.language, measure.text
    text = inline.dated(row[f"text_{language.code}"])
    if measure.target is None:
        return text
    what = language.name(renderer.tables.indicators, measure.target.indicator)
    goal = language.label("status.target")
    return text + " " + inline.filled(goal, indicator=what, target=language.counted(measure.target))


def _reached(measure: Measure, renderer: Renderer) -> Inline:
    """Return the latest figures of what a measure is to change, with their places; else a dash."""
    language, tables, numbers = renderer.language, renderer.tables, []
    for fact in measure.now:
        place = language.where(tables, fact.indicator, fact.outlet, fact.channel)
        numbers.append(place + "\u00a0" + language.count(fact) if place else language.count(fact))
    return inline.joined(numbers, "; ") if numbers else NONE


def _state(measure: Measure, language: Language) -> Inline:
    """Return the state of a measure now; where the period has brought no word on it, that."""
    state = language.label(f"status.{measure.status}" if measure.updated else "status.not_updated")
    if measure.overdue:
        state = language.label("status.overdue", state=state)
    return inline.text(state) + ". " + _noted(measure.note, language) if measure.note else inline.text(state)


def _noted(note: str, language: Language) -> Inline:
    """Return what has been done, which is told in one language; in another one it says in which it stands."""
    words, own = inline.dated(note), inline.origin(note)
    if own in ("", language.code):
        return words
    return words.each(lang=own) + f" ({language.in_language(own)})"
