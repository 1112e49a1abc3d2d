"""Who rose, who fell: each organisation against the same window a year before."""

from __future__ import annotations

from typing import Any

from aqparat.charts.dots import Row, dots
from aqparat.charts.marks import Named
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, about, answer, less, shown, then_shown, titled
from aqparat.explore.pairs import Pair, pairs
from aqparat.metrics.facts import Fact


def moved(known: Known, channel: str = "") -> Answer:
    """Tell who surely has more than a year before, who less, and of whom the data do not say.

    Parameters
    ----------
    known : Known
    channel : str
        A place of `known.places`; the union's site by default.
    """
    place = known.place(channel)
    found = pairs(known, place, known.members)
    both = sorted(
        (p for p in found if p.is_whole), key=lambda p: (-p.difference, known.alphabet(p.organisation))
    )
    alone = sorted((p for p in found if not p.is_whole), key=lambda p: known.alphabet(p.organisation))
    base, now = known.period.year_earlier, known.period
    rows = [
        [
            known.name(p.organisation), then_shown(known, p.then, p.organisation, base.window),
            shown(known, p.now),
            str(known.language.change(p.growth)) if p.growth else "", known.label(f"ask.{p.course}"),
        ]
        for p in (*both, *alone)
    ]  # fmt: skip
    drawn = both
    if 2 * len(both) > MOST:
        far = sorted(both, key=lambda p: -abs(p.difference))[: MOST // 2]
        drawn = [p for p in both if p in far]

    def draw() -> Drawn:
        names = known.when(now), known.when(base)
        lines = [
            Row(
                known.name(p.organisation),
                Named(p.now, [known.name(p.organisation), names[0]]),
                Named(p.then, [known.name(p.organisation), names[1]]),
            )
            for p in drawn
        ]
        return dots(lines, known.renderer, names=names)

    courses: dict[str, Any] = {}
    courses |= {name: [p for p in both if p.course == name] for name in ("rose", "fell", "same", "unclear")}
    heads = ["organisation", "", "", "change", "course"]
    columns = [known.label(f"ask.{name}") if name else "" for name in heads]
    columns[1:3] = known.when(base), known.when(now)
    return answer(
        known, "moved", titled(known, "moved", *about(known, place)),
        [f for p in (*both, *alone) for f in (p.now, p.then, p.growth) if f],
        columns, rows, draw if drawn else None, less(known, len(rows), len(drawn)),
        both=both, base=base, members=known.members, **courses,
        most=_first(courses["rose"]), least=_first(courses["fell"][::-1]),
    )  # fmt: skip


def _first(ordered: list[Pair]) -> Pair | None:
    """Return the first, where its change is surely the greatest."""
    if not ordered:
        return None
    first, *others = ordered
    low, high = _change(first)
    sure = all(low > _change(p)[1] if low > 0 else high < _change(p)[0] for p in others)
    return first if sure else None


def _change(pair: Pair) -> tuple[float, float]:
    now, then = pair.now, pair.then
    assert isinstance(now, Fact)
    assert isinstance(then, Fact)
    return now.least - then.most, now.most - then.least
