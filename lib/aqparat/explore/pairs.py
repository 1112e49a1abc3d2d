"""A figure of now beside that of the same window a year before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aqparat.explore.known import Known
from aqparat.explore.making import size
from aqparat.explore.place import Place
from aqparat.metrics.facts import Fact


@dataclass(frozen=True)
class Pair:
    """What an organisation has of a place now and had a year before; None is not reported.

    Parameters
    ----------
    organisation : str
    place : Place
    now, then, growth : Fact or None
    """

    organisation: str
    place: Place
    now: Fact | None
    then: Fact | None
    growth: Fact | None = None

    @property
    def is_whole(self) -> bool:
        """Whether both are known."""
        return self.now is not None and self.then is not None

    @property
    def difference(self) -> float:
        """By how much it is put in order."""
        return size(self.now) - size(self.then) if self.now and self.then else 0.0

    @property
    def course(self) -> str:
        """Which way it surely went: rose, fell, same; unclear within its bounds; else alone."""
        if self.now is None or self.then is None:
            return "alone"
        if self.now.least > self.then.most:
            return "rose"
        if self.now.most < self.then.least:
            return "fell"
        certain = self.now.low == self.now.high == self.then.low == self.then.high
        return "same" if certain else "unclear"


def pairs(known: Known, place: Place, organisations: Iterable[str], metric: str = "volume") -> list[Pair]:
    """Return the figures of some organisations in the period and a year before, a pair for each that has any.

    A figure counted over a year, or without a stated end, is paired with that of the year before only where
    the source tells the same of both.
    """
    codes = list(organisations)
    now = {c: f for c, f in known.current(place, metric).items() if c in codes}
    windows = {f.window.code: f.window for f in now.values()} | {str(known.period): known.period.window}
    earlier = {code: str(w.period.year_earlier) for code, w in windows.items() if w.period is not None}
    before = known.history.select(metric, place, codes, set(earlier.values()))
    then = {(f.organisation, f.window.code): f for f in before}
    grown = known.history.select("growth", place, codes, set(earlier)) if metric == "volume" else []
    growth = {(f.organisation, f.window.code): f for f in grown}
    found = []
    for code in codes:
        window = now[code].window.code if code in now else str(known.period)
        past = then.get((code, earlier.get(window, "")))
        if code in now or past:
            found.append(Pair(code, place, now.get(code), past, growth.get((code, window))))
    return found
