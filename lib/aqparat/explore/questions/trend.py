"""The union's trend: its figures by half-year and year, as far back as there are any."""

from __future__ import annotations

from aqparat.charts.marks import Named
from aqparat.charts.series import Year, series
from aqparat.data.schemas import TOTAL
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, less, shown, titled
from aqparat.metrics.facts import Fact
from aqparat.period import Period

YEARS = MOST // 3  # so many, with two halves and their sum each


def trend(known: Known, channel: str = "") -> Answer:
    """Tell how the union's figure has gone.

    Parameters
    ----------
    known : Known
    channel : str
        A place of `known.places`; the union's site by default.
    """
    place = known.place(channel)
    facts = known.data.facts.select("volume", organisation=TOTAL, **place.about)
    facts = [f for f in facts if f.window.period]
    halves = {f.window.period: f for f in facts if f.window.period and f.window.period.is_half}
    years = {f.window.period: f for f in facts if f.window.period and not f.window.period.is_half}
    growth = {f.window: f for f in known.history.select("growth", place, [TOTAL])}
    rows = [
        [
            known.when(f), shown(known, f),
            str(known.language.change(growth[f.window])) if f.window in growth else "",
        ]
        for f in facts
    ]  # fmt: skip
    told = sorted({period.year for period in (*halves, *years) if period})
    drawn = told[-YEARS:]

    def named(period: Period, fact: Fact | None) -> Named:
        return Named(fact, [str(known.language.window(period.window, "short"))])

    def draw() -> Drawn:
        lines = []
        for year in drawn:
            first, second, whole = Period(year, 1), Period(year, 2), Period(year)
            due = [p for p in (first, second) if halves and p.end <= known.period.end]
            own = {p: named(p, halves.get(p)) for p in due if p in halves or whole not in years}
            lines.append(
                Year(
                    str(year), own.get(first), own.get(second),
                    named(whole, years[whole]) if whole in years else None,
                )
            )  # fmt: skip
        return series(lines, known.renderer)

    last = [f for f in facts if f.window == known.period.window] or facts[-1:]
    compared = [growth[f.window] for f in facts if f.window in growth]
    marks = [f for f in facts if f.window.start.year in drawn]
    ordered = list(halves.values())
    return answer(
        known, "trend", titled(known, "trend", place.name(known.tables, known.language)),
        [*facts, *compared], [known.label(f"ask.{n}") for n in ("period", "value", "change")], rows,
        draw if drawn else None, less(known, len(rows), len(marks)),
        last=last[0] if last else None, growth=growth.get(last[0].window) if last else None,
        compared=compared, rises=[g for g in compared if g.least > 0],
        falls=[g for g in compared if g.most < 0],
        highest=_highest(ordered), halves=ordered, since=facts[0].window if facts else None,
    )  # fmt: skip


def _highest(facts: list[Fact]) -> Fact | None:
    """Return the half-year that is surely the highest of at least three."""
    ordered = sorted(facts, key=lambda f: -f.least)
    if len(ordered) < 3 or ordered[0].least <= max(f.most for f in ordered[1:]):
        return None
    return ordered[0]
