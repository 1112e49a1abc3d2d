"""The table of the measures decided."""

from __future__ import annotations

from aqparat.sections.findings import Measures
from aqparat.sections.own import Own
from aqparat.sections.report_data import Measure
from aqparat.words import inline
from aqparat.words.inline import Inline, capitalised
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


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
