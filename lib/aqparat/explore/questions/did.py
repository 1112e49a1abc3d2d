"""What an organisation did: its figures, its activities, its measures, what else was reported of it."""

from __future__ import annotations

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Cell, Drawn, answer, less, shown, size, titled
from aqparat.explore.place import SEEN, Place, places
from aqparat.period import Window
from aqparat.sections.own import own
from aqparat.sections.report_data import Measure
from aqparat.sections.training import Lesson
from aqparat.words.inline import capital, dated, joined


def did(known: Known, organisation: str = "") -> Answer:
    """Tell what an organisation did in the period.

    Parameters
    ----------
    known : Known
    organisation : str
        Code; the first member by default.
    """
    code = known.organisation(organisation)
    section = own(known.data, code)
    figures = []
    for place in places(known.tables, known.tables.reportable):
        fact = known.current(place).get(code)
        if fact:
            figures.append((place, fact))
    rows: list[list[Cell]] = [
        [known.label("ask.a_figure"), known.named(p), known.when(f), shown(known, f)] for p, f in figures
    ]
    rows += [_lesson(known, lesson) for lesson in section.lessons]
    rows += [_measure(known, measure) for measure in section.plan]
    rows += [
        [known.label("ask.a_highlight"), str(dated(row[f"text_{known.language.code}"])), "", ""]
        for row in section.highlights
    ]
    seen = [(p, f) for p, f in figures if p.indicator in SEEN]
    seen.sort(key=lambda pair: -size(pair[1]))
    drawn = seen[:MOST]

    def draw() -> Drawn:
        bars = [Bar(known.named(p), f, [known.named(p), known.when(f)], []) for p, f in drawn]
        return panels([Panel(bars)], known.renderer)

    counted = [f for x in section.lessons for f in [x.per_year, *x.participants] if f]
    aims = [f for m in section.plan for f in [m.target, *m.now] if f]
    origins = [o for x in section.lessons for o in x.origins]
    origins += [o for m in section.plan for o in m.text.get("origins", ())]
    origins += [o for h in section.highlights for o in h.get("origins", ())]
    when = str(known.language.window(known.period.window, "name"))
    some = [(p, f) for p, f in seen if f.high != 0]
    return answer(
        known, "did", titled(known, "did", known.name(code), when),
        [*(f for _, f in figures), *counted, *aims],
        [known.label(f"ask.{n}") for n in ("kind", "what", "when", "number")], rows,
        draw if drawn else None, less(known, len(seen), len(drawn)), origins,
        organisation=code, some=[f for _, f in some],
        places=[known.named(p) if p != Place("videos") else "" for p, _ in some],
        nothing=[known.named(p) for p, f in seen if f.high == 0], figures_known=[f for _, f in figures],
        lessons=section.lessons, plan=section.plan, highlights=section.highlights,
        overdue=[m for m in section.plan if m.overdue], done=[m for m in section.plan if m.status == "done"],
    )  # fmt: skip


def _lesson(known: Known, lesson: Lesson) -> list[Cell]:
    language = known.language
    often = f"{language.times(lesson.per_year)}" if lesson.per_year else ""
    if often:
        often = known.label("training.per_year", number=often)
    number = "; ".join(str(language.counted(f)) for f in lesson.participants)
    days = "; ".join(_day(known, window) for window in lesson.windows)
    what = capital(known.label(f"activity.{lesson.kind}"))
    partners = ", ".join(lesson.partners)
    if partners:
        what += " (" + known.label("training.partners", partners=partners) + ")"
    return [known.label("ask.an_activity"), what, "; ".join(filter(None, [days, often])), number]


def _day(known: Known, window: Window) -> str:
    language = known.language
    return str(language.day(window.start) if window.start == window.end else language.window(window, "short"))


def _measure(known: Known, measure: Measure) -> list[Cell]:
    language = known.language
    text = str(dated(measure.text[f"text_{language.code}"]))
    if measure.target is not None:
        what = language.name(known.tables.indicators, measure.target.indicator)
        goal = str(language.counted(measure.target))
        text += " " + known.label("status.target", indicator=what, target=goal)
    due = str(language.day(measure.due)) if measure.due else ""
    state = known.label(f"status.{measure.status}" if measure.updated else "status.not_updated")
    if measure.overdue:
        state = known.label("status.overdue", state=state)
    told = joined([state, ". ", dated(measure.note)]) if measure.note else state
    return [known.label("ask.a_measure"), text, due, told]
