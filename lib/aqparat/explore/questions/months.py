"""Months: items on the union's own site in each month, beside the same months a year before."""

from __future__ import annotations

from aqparat.charts.marks import Named
from aqparat.charts.months import Month
from aqparat.charts.months import months as drawn_months
from aqparat.data.schemas import TOTAL
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import Drawn, answer, less, shown, titled
from aqparat.metrics.collection import facts_of
from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import METRICS

MOST = 15  # months of a picture, two marks each


def months(known: Known, organisation: str = "") -> Answer:
    """Tell in which months most and fewest items came out.

    Parameters
    ----------
    known : Known
    organisation : str
        Code; the whole union by default.
    """
    code = known.organisation(organisation) if organisation else TOTAL
    every = _counted(known, code)
    now = [f for f in every if known.period.start <= f.window.start <= known.period.end]
    before = {(f.window.start.year, f.window.start.month): f for f in every}
    then = {f.id: before.get((f.window.start.year - 1, f.window.start.month)) for f in now}
    rows = [
        [str(known.language.window(f.window, "name")), shown(known, f), shown(known, t) if t else ""]
        for f in now
        for t in [then[f.id]]
    ]
    drawn = now[:MOST]

    def named(fact: Fact) -> Named:
        return Named(fact, [str(known.language.window(fact.window, "short"))])

    def draw() -> Drawn:
        told = []
        for fact in drawn:
            past = then[fact.id]
            label = str(known.language.window(fact.window, "brief"))
            told.append(Month(label, named(fact), named(past) if past else None))
        names = known.when(known.period), known.when(known.period.year_earlier)
        return drawn_months(told, known.renderer, names=names if any(then.values()) else None)

    most, least = max((f.least for f in now), default=0), min((f.most for f in now), default=0)
    when = str(known.language.window(known.period.window, "name"))
    return answer(
        known, "months", titled(known, "months", known.name(code), when),
        [f for n in now for f in (n, then[n.id]) if f],
        [known.label(f"ask.{n}") for n in ("month", "now", "before")], rows,
        draw if drawn else None, less(known, len(rows), len(drawn)),
        now=now, organisation=code, is_union=code == TOTAL, level=most == least,
        most=[f for f in now if f.most >= most], least=[f for f in now if f.least <= least],
        more=[f for f in now if (t := then[f.id]) and f.least > t.most],
        fewer=[f for f in now if (t := then[f.id]) and f.most < t.least],
        compared=[f for f in now if then[f.id]],
    )  # fmt: skip


def _counted(known: Known, code: str) -> list[Fact]:
    """Return the items of each month of the period and of the same a year before, on the first own site."""
    frame = known.history.period_months
    frame = frame[frame["organisation"] == code]
    outlets = [o for o in known.data.own_sites if o in set(frame["outlet"])]
    if not outlets:
        return []
    frame = frame[frame["outlet"] == outlets[0]]
    found = facts_of(METRICS["volume"], frame, known.history.units_of)
    return sorted(found, key=lambda f: f.window.start)
