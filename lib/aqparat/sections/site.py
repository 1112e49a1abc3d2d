"""The union's own site: how much is published on it, who sends least, who sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from aqparat.data.prepare import own_sites
from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import (
    FIRST,
    TOTAL,
    Group,
    Relation,
    ReportData,
    by_window,
    halves,
    relation,
    whole_years,
)  # fmt: skip


@dataclass(frozen=True)
class Site:
    """What the figures say of the union's site, free of language.

    `silent` are those with a zero that the section tells, `zeros` all of them; `lowest` those that the
    source names so, or that had least of all, and sent something.

    `outlet` is None for a union without a site of its own.

    Whole years and halves are kept apart: a half stands beside years only as its pace.
    """

    outlet: str | None
    years: list[Fact]
    halves: list[Fact]
    growth: list[Fact]
    now: Fact | None
    now_growth: Fact | None
    pace: Fact | None
    last_year: Fact | None
    pace_relation: Relation | None
    ratio: Fact | None
    seasonality: Fact | None
    pushed: list[Fact]
    lowest: list[Group]
    silent: list[Group]
    zeros: list[Group]
    all_reported: bool
    highlights: list[dict[str, Any]]
    diagram: list[dict[str, Any]]

    @property
    def first(self) -> Fact | None:
        """The first whole year known."""
        return self.years[0] if self.years else None


def _whole(fact: Fact) -> bool:
    """Whether a window begins and ends with a year: a half's season, not a month's."""
    start, end = fact.window.start, fact.window.end
    return end is not None and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def _outlet(data: ReportData) -> str | None:
    """Return the union's site: of several the first that the latest figures are of; None if it has none."""
    codes = own_sites(data.tables.outlets)
    known = data.facts.select("volume", indicator="publications", outlet=set(codes))
    latest = max((f.window.start for f in known), default=None)
    latest_codes = {f.outlet for f in known if f.window.start == latest}
    return next((code for code in codes if code in latest_codes), next(iter(codes), None))


@cache
def site(data: ReportData) -> Site:
    """Return what is known of the union's site.

    Parameters
    ----------
    data : ReportData

    Returns
    -------
    Site
    """
    facts, period, outlet = data.facts, data.period, _outlet(data)
    about = {"indicator": "publications", "outlet": outlet}
    volumes = facts.select("volume", organisation=TOTAL, **about)
    now = facts.one("volume", organisation=TOTAL, window=period.window, **about)
    growth = facts.select("growth", organisation=TOTAL, **about)
    pace = facts.one("pace", organisation=TOTAL, window=period.window, **about) if period.is_half else None
    before = [f for f in whole_years(volumes) if f.window.start.year < period.year]
    last_year = before[-1] if before else None
    members = set(data.tables.members())
    parts = facts.select("volume", organisation=members, **about)
    here = [f for f in parts if f.window == period.window]
    named = [f for f in data.extreme("lowest", organisation=members, **about) if f.high != 0]
    all_reported = len(here) >= len(members)
    if all_reported and not any(f.window == period.window for f in named):
        some = sorted((f for f in here if f.high != 0), key=lambda f: f.least)
        named += [f for f in some if f.least <= some[min(FIRST, len(some)) - 1].least]
    silent = [f for f in parts if f.high == 0 and (f.window == period.window or not all_reported)]
    pushed = facts.select("contribution", organisation=members, window=period.window, **about)
    return Site(
        outlet=outlet,
        years=whole_years(volumes),
        halves=halves(volumes),
        growth=whole_years(growth),
        now=now,
        now_growth=next((g for g in growth if g.window == period.window), None),
        pace=pace,
        last_year=last_year,
        pace_relation=relation(pace, last_year),
        lowest=by_window(named),
        silent=by_window(silent),
        zeros=by_window([f for f in parts if f.high == 0]),
        ratio=facts.one("rate_ratio", organisation=TOTAL, window=period.window, **about),
        seasonality=next(
            (f for f in facts.select("seasonality", organisation=TOTAL, **about) if _whole(f)), None
        ),
        pushed=sorted((f for f in pushed if f.value), key=lambda f: -abs(f.value or 0))[:FIRST],
        all_reported=all_reported,
        highlights=data.highlights("site"),
        diagram=data.highlights("site_growth"),
    )
