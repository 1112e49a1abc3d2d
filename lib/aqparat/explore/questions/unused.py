"""Unused channels: where nobody, or hardly anybody, has something."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.data.schemas import CHANNELS
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Cell, Drawn, answer, less, titled
from aqparat.explore.place import Place
from aqparat.metrics.facts import Fact


@dataclass(frozen=True)
class Use:
    """Which member organisations have something in a place, nothing, or did not tell; `present`: how many."""

    place: Place
    some: list[str]
    none: list[str]
    untold: list[str]
    present: Fact | None
    figures: list[Fact]

    @property
    def is_unused(self) -> bool:
        """Whether all who have told, and somebody has, say that there was nothing."""
        return not self.some and bool(self.none)


def unused(known: Known) -> Answer:
    """Tell for each outlet and channel how many organisations use it, do not use it, or have not told."""
    found = sorted((_use(known, place) for place in known.places), key=lambda u: (len(u.some), -len(u.none)))
    found = [use for use in found if use.some or use.none]
    rows: list[list[Cell]] = [
        [known.named(u.place), *(len(x) for x in (u.some, u.none, u.untold))] for u in found
    ]
    told_of = {place.channel for place in known.places} | {
        str(known.tables.outlets.loc[place.outlet, "channel"]) for place in known.places if place.outlet
    }
    untold = [known.label(f"channel.{channel}") for channel in CHANNELS if channel not in told_of]
    bars = sorted((u for u in found if u.present), key=lambda u: (-len(u.some), len(u.none)))
    drawn = bars[-MOST:]

    def draw() -> Drawn:
        when = str(known.language.window(known.period.window, "short"))
        lines = [
            Bar(known.named(u.place), u.present, [known.named(u.place), when], []) for u in drawn if u.present
        ]
        return panels([Panel(lines)], known.renderer)

    columns = [known.label(f"ask.{name}") for name in ("channel", "using", "not_using", "not_told")]
    when = str(known.language.window(known.period.window, "name"))
    return answer(
        known, "unused", titled(known, "unused", when),
        [f for u in found for f in ([u.present] if u.present else []) + u.figures], columns, rows,
        draw if drawn else None, less(known, len(rows), len(drawn)),
        unused=[known.named(u.place) for u in found if u.is_unused and not u.untold],
        perhaps=[known.named(u.place) for u in found if u.is_unused and u.untold],
        untold=untold, used=[u for u in found if u.some],
        narrow=_narrow(known, found), members=known.members,
    )  # fmt: skip


def _use(known: Known, place: Place) -> Use:
    now = {c: f for c, f in known.current(place).items() if c in known.members}
    windows = {f.window for f in now.values()}
    about = {"window": next(iter(windows)), **place.about} if len(windows) == 1 else None
    some = {c for c, f in now.items() if f.least > 0} | known.mentioned(place)
    none = [c for c, f in now.items() if f.high == 0 and c not in some]
    return Use(
        place,
        some=[c for c in known.members if c in some],
        none=none,
        untold=[c for c in known.members if c not in some and c not in none],
        present=known.data.facts.one("present", **about) if about else None,
        figures=list(now.values()),
    )


def _narrow(known: Known, found: list[Use]) -> list[str]:
    """Return of the channels used those that surely fewest organisations use."""
    used = [u for u in found if u.some]
    if len(used) < 2:
        return []
    least = min(len(u.some) + len(u.untold) for u in used)
    sure = [u for u in used if len(u.some) + len(u.untold) == least]
    others = [u for u in used if u not in sure]
    if not others or least >= min(len(u.some) for u in others):
        return []
    return [known.named(u.place) for u in sure]
