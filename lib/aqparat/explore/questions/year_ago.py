"""One organisation against itself a year before."""

from __future__ import annotations

from aqparat.charts.dots import Row, dots
from aqparat.charts.marks import Named
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, less, shown, size, titled
from aqparat.explore.pairs import Pair, pairs
from aqparat.explore.place import SEEN, places


def year_ago(known: Known, organisation: str = "") -> Answer:
    """Tell what an organisation has more of than a year before, and what less.

    The picture has what appears in outlets and channels, counted alike; the table has all figures.

    Parameters
    ----------
    known : Known
    organisation : str
        Code; the first member by default.
    """
    code = known.organisation(organisation)
    every = places(known.tables, known.tables.reportable)
    found = [pair for place in every for pair in pairs(known, place, [code])]
    whole = [p for p in found if p.is_whole]
    ordered = [*whole, *(p for p in found if not p.is_whole)]
    rows = [
        [
            _named(known, p), shown(known, p.then), shown(known, p.now),
            str(known.language.change(p.growth)) if p.growth else "", known.label(f"ask.{p.course}"),
        ]
        for p in ordered
    ]  # fmt: skip
    drawn = sorted((p for p in whole if p.place.indicator in SEEN), key=lambda p: -_most(p))[: MOST // 2]
    base, now = known.period.year_earlier, known.period

    def draw() -> Drawn:
        names = known.when(now), known.when(base)
        lines = []
        for pair in drawn:
            name = known.named(pair.place)
            now_, then = Named(pair.now, [name, names[0]]), Named(pair.then, [name, names[1]])
            lines.append(Row(name, now_, then))
        return dots(lines, known.renderer, names=names)

    courses = {name: [p for p in whole if p.course == name] for name in ("rose", "fell", "same", "unclear")}
    columns = [known.label(f"ask.{n}") for n in ("figure", "before", "now", "change", "course")]
    when = str(known.language.window(now.window, "name"))
    return answer(
        known, "year_ago", titled(known, "year_ago", known.name(code), when),
        [f for p in ordered for f in (p.now, p.then, p.growth) if f], columns, rows,
        draw if drawn else None, less(known, len(rows), len(drawn)),
        organisation=code, every=ordered, whole=whole, base=base,
        **{name: [known.named(p.place) for p in own] for name, own in courses.items()},
    )  # fmt: skip


def _most(pair: Pair) -> float:
    return max(size(fact) for fact in (pair.now, pair.then) if fact)


def _named(known: Known, pair: Pair) -> str:
    fact = pair.now or pair.then
    name = known.named(pair.place)
    if fact is None or fact.window in (known.period.window, known.period.year_earlier.window):
        return name
    return f"{name} ({known.when(fact)})"
