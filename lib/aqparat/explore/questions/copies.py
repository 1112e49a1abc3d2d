"""Copies per 100 members against the target."""

from __future__ import annotations

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.charts.dots import Line, Row, dots
from aqparat.charts.marks import Named
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, in_order, less, shown, titled
from aqparat.period import Window


def copies(known: Known, paper: str = "") -> Answer:
    """Tell who reaches the target of copies per 100 members; where members are not known, who takes how many.

    Parameters
    ----------
    known : Known
    paper : str
        A place of `known.papers`; that with most copies by default.
    """
    if not known.papers:
        return answer(
            known, "copies", titled(known, "copies", known.when(known.period)), [], [], [], paper=None
        )
    place = known.paper(paper)
    taken = {c: f for c, f in known.current(place).items() if c in known.members}
    per = {c: f for c, f in known.current(place, "penetration").items() if c in known.members}
    target = float(known.tables.settings["penetration"]["target"])
    codes = in_order(known, per or taken, known.members)
    rows = [[known.name(c), shown(known, per.get(c)), shown(known, taken.get(c))] for c in codes]
    drawn = [c for c in codes if c in (per or taken)][: MOST - 1]
    aim = known.language.number(target, 0 if target == int(target) else 1)
    name = known.language.name(known.tables.outlets, place.outlet) if place.outlet else known.named(place)

    def draw() -> Drawn:
        if not per:
            bars = [Bar(known.name(c), taken[c], [known.name(c), known.when(taken[c])], []) for c in drawn]
            return panels([Panel(bars)], known.renderer)
        lines = [Row(known.name(c), Named(per[c], [known.name(c), name])) for c in drawn]
        text = known.label("chart.target", number=aim)
        return dots(lines, known.renderer, lines=[Line(target, text)])

    union = known.total(place, "penetration")
    window = _window(known, [*per.values(), *taken.values()])
    columns = [known.label(f"column.{n}") for n in ("organisation", "per_hundred", "copies")]
    return answer(
        known, "copies", titled(known, "copies", name, str(known.language.window(window, "name"))),
        [f for c in codes for f in (per.get(c), taken.get(c)) if f] + ([union] if union else []),
        columns, rows, draw if drawn else None, less(known, len(per or taken), len(drawn)),
        paper=place.outlet, target=target, union=union, members=known.members, per=per, taken=taken,
        reached=[c for c in codes if c in per and per[c].least >= target],
        missed=[c for c in codes if c in per and per[c].most < target],
        unclear=[c for c in codes if c in per and per[c].least < target <= per[c].most],
        unknown=[c for c in codes if c not in per],
        reach="" if union is None else "yes" if union.least >= target else "no" * (union.most < target),
        total=known.total(place),
    )  # fmt: skip


def _window(known: Known, facts: list) -> Window:  # type: ignore[type-arg]
    """Return the window that most of the figures are of."""
    windows = [f.window for f in facts]
    return max(windows, key=windows.count, default=known.period.window)
