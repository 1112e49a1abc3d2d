"""Newspapers: what the papers carry of the union's work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.media import media
from aqparat.sections.ranking import Gap, gaps
from aqparat.sections.report_data import TOTAL, ReportData, by_window, kept, whole_years
from aqparat.sections.reservations import noted
from aqparat.sections.views import view


@dataclass(frozen=True)
class Carried:
    """What one paper carried in one window, and whom the source names with it.

    `head_office` is its code where its items are counted too; else empty.
    """

    items: Fact
    named: list[str]
    head_office: str
    count: Fact | None

    @property
    def window(self) -> Window:
        """The dates counted."""
        return self.items.window


def _is_part(window: Window) -> bool:
    """Whether a window is not a whole year."""
    return window.period is None or window.period.is_half


@dataclass(frozen=True)
class Coverage:
    """What one paper carried over the years.

    `limit` is given where the latest count cannot be compared and its base is a bound too; `gaps` are
    those of the counts that lack figures.
    """

    outlet: str
    carried: list[Carried]
    growth: list[Fact]
    limit: Fact | None
    gaps: dict[str, Gap]
    reservations: list[dict[str, Any]]
    highlights: list[dict[str, Any]]

    @property
    def channel(self) -> str:
        """Whether it is a newspaper or a magazine."""
        return self.last.items.channel

    @property
    def windows(self) -> list[Window]:
        """What it is counted over."""
        return [c.window for c in self.carried]

    @property
    def counted(self) -> list[Carried]:
        """The counts of which it is known how many organisations they name."""
        return [c for c in self.carried if c.count]

    @property
    def grown(self) -> Fact | None:
        """The change of the latest count."""
        return next((g for g in self.growth if g.window == self.last.window), None)

    @property
    def last(self) -> Carried:
        """The latest count: of the windows that begin last, the one that is not a whole year."""
        return max(self.carried, key=lambda c: (c.window.start.year, _is_part(c.window), c.window.start))

    @property
    def running(self) -> Carried | None:
        """The latest count whose last day is not stated."""
        return next((c for c in reversed(self.carried) if c.window.is_open), None)

    @property
    def earlier(self) -> Carried | None:
        """The count before the latest."""
        before = (c for c in reversed(self.carried) if c.window.start.year < self.last.window.start.year)
        return next(before, None)


@kept
def carried(data: ReportData) -> list[Coverage]:
    """Return what each newspaper carried, the one with most items first."""
    found, pages = [], data.highlights("legal_page")
    for outlet in data.outlets("newspaper", "magazine"):
        about = {"indicator": "publications", "organisation": TOTAL, "outlet": outlet}
        known = data.facts.select("volume", **about)
        now = data.current(known)
        volumes = [f for f in known if f in now or f in whole_years(known)]
        if not volumes:
            continue
        shown = {f.window for f in volumes}
        growth = [g for g in data.facts.select("growth", **about) if g.window in shown]
        found.append(
            Coverage(
                outlet=outlet,
                carried=[_carried(data, fact) for group in by_window(volumes) for fact in group.facts],
                growth=[g for g in growth if not g.window.is_open],
                limit=next((g for g in growth if g.window.is_open), None),
                gaps=gaps(data, volumes),
                reservations=_reservations(data, outlet, volumes),
                highlights=[h for h in pages if outlet in data.tables.outlets_named(h)],
            )
        )
    return sorted(found, key=lambda c: -c.last.items.least)


@view("newspapers", "sparse")
def carried_papers(data: ReportData) -> list[Coverage] | None:
    """Return what each newspaper carried over the years, with the organisations that the source names.

    When: what the organisations have in each channel is not compared.
    """
    return None if media(data) else carried(data)


def _reservations(data: ReportData, outlet: str, totals: list[Fact]) -> list[dict[str, Any]]:
    """Return the notes on a paper that leave open whom its totals name."""
    listed = data.mentions
    named = listed.loc[listed["total"].isin([t.id for t in totals]), "organisation"]
    return [n for n in noted(data, dict.fromkeys(named)) if outlet in data.tables.outlets_named(n)]


def _carried(data: ReportData, fact: Fact) -> Carried:
    listed = data.mentions
    codes = list(listed.loc[listed["total"] == fact.id, "organisation"])
    members, kinds = set(data.tables.members()), data.tables.organisations["kind"]
    count = data.facts.one("volume", indicator="organisations_named", outlet=fact.outlet, window=fact.window)
    return Carried(
        items=fact,
        named=[c for c in codes if c in members],
        head_office=next((c for c in codes if kinds[c] == "head_office"), ""),
        count=count,
    )
