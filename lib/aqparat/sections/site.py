"""The union's own site: how much is published on it, who sends most and least, who sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from aqparat.metrics.facts import Fact
from aqparat.period import Period, Window
from aqparat.sections.ranking import Gap, Ranking, due, gaps, ranking, reporters
from aqparat.sections.report_data import (  # fmt: skip
    TOTAL,
    Group,
    Relation,
    ReportData,
    by_window,
    halves,
    kept,
    relation,
    whole_years,
)
from aqparat.sections.views import is_full

Earlier = Literal["unknown", "elsewhere", "none", "bound"]


@dataclass(frozen=True)
class Site:
    """What the figures say of the union's site, free of language.

    `ranking` ranks the organisations by their own figures, where some have filed them: in the period, or
    in that half of a year that most of them filed. `lowest` and `silent` are those that a source names
    lowest, and those of whom it says that they sent nothing; only the windows that it says it of count,
    and none that is ranked. `fewest` are all of whom is known in a window that they sent least or nothing.

    `outlet` is None for a union without a site of its own.

    Whole years and halves are kept apart: a half stands beside years only as its pace. `earlier` says
    what is known of the half a year before, where there is no growth on it; `then` is its number.

    A second half stands beside the first of its year, `first_half`, and with it makes `year`, whose growth
    is `year_growth`; what grew besides is in `growth`.
    """

    outlet: str | None
    years: list[Fact]
    halves: list[Fact]
    growth: list[Fact]
    now: Fact | None
    now_growth: Fact | None
    then: Fact | None
    first_half: Fact | None
    year: Fact | None
    year_growth: Fact | None
    earlier: Earlier
    pace: Fact | None
    last_year: Fact | None
    pace_relation: Relation | None
    ratio: Fact | None
    seasonality: Fact | None
    ranking: Ranking | None
    before: list[Fact]
    lowest: list[Group]
    silent: list[Group]
    zeros: list[Group]
    others_unknown: bool
    gaps: dict[str, Gap]
    highlights: list[dict[str, Any]]
    diagram: list[dict[str, Any]]

    @property
    def first(self) -> Fact | None:
        """The first whole year known."""
        return self.years[0] if self.years else None

    @property
    def is_open(self) -> bool:
        """Whether nothing tells a rise from a fall: no change on a year before, no ratio of days."""
        told = self.ratio is not None and (self.ratio.chance_least > 1 or self.ratio.chance_most < 1)
        return self.now_growth is None and not told

    @property
    def told(self) -> list[Window]:
        """The windows of which a source names some organisations."""
        return list(dict.fromkeys(group.window for group in [*self.silent, *self.lowest]))

    @property
    def fewest(self) -> list[Group]:
        """Those who sent least in each window: by a source, or by the figures of all who filed."""
        if self.ranking is None or not (few := [*self.ranking.none, *self.ranking.least]):
            return self.lowest
        return by_window([*(f for group in self.lowest for f in group.facts), *few])


def _whole(fact: Fact) -> bool:
    """Whether a window begins and ends with a year: a half's season, not a month's."""
    start, end = fact.window.start, fact.window.end
    return end is not None and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def _outlet(data: ReportData) -> str | None:
    """Return the union's site: of several the first that the latest figures are of; None if it has none."""
    codes = data.own_sites
    known = data.facts.select("volume", indicator="publications", outlet=set(codes))
    latest = max((f.window.start for f in known), default=None)
    latest_codes = {f.outlet for f in known if f.window.start == latest}
    return next((code for code in codes if code in latest_codes), next(iter(codes), None))


@kept
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
    then = facts.one("volume", organisation=TOTAL, window=period.year_earlier.window, **about)
    growth = facts.select("growth", organisation=TOTAL, **about)
    compared = next((g for g in growth if g.window == period.window), None)
    pace = facts.one("pace", organisation=TOTAL, window=period.window, **about) if period.is_half else None
    before = [f for f in whole_years(volumes) if f.window.start.year < period.year]
    last_year = before[-1] if before else None
    codes = set(data.tables.organisations.index)
    volumes_of = facts.select("volume", organisation=codes, **about)
    parts = [f for f in volumes_of if f.organisation in due(data, f.window)]
    named = data.extreme("lowest", organisation=codes, **about)
    ranked = _ranking(data, parts, named)
    told = [
        f for f in parts
        if (f in named or f.high == 0) and (not ranked or _is_near(data, f, ranked))
    ]  # fmt: skip
    zeros = [f for f in parts if f.high == 0]
    year = facts.one("volume", organisation=TOTAL, window=period.whole_year.window, **about)
    completes = period.half == 2
    year_growth = next((g for g in growth if completes and g.window == period.whole_year.window), None)
    return Site(
        outlet=outlet,
        years=whole_years(volumes),
        halves=halves(volumes),
        growth=[g for g in whole_years(growth) if g not in (compared, year_growth)],
        now=now,
        now_growth=compared,
        then=then,
        first_half=_half_before(facts.select("volume", organisation=TOTAL, **about), period),
        year=year if completes else None,
        year_growth=year_growth,
        earlier=_earlier(then, _elsewhere(data, outlet)),
        pace=pace,
        last_year=last_year,
        pace_relation=None if compared else relation(pace, last_year),
        ranking=ranked,
        before=[f for f in parts if ranked and f.window == _year_earlier(ranked.window)],
        lowest=by_window([f for f in told if f.high != 0]),
        silent=by_window([f for f in told if f.high == 0]),
        zeros=by_window(zeros),
        others_unknown=bool(told) and not _others(data, told),
        gaps=gaps(data, [now, then, *whole_years(volumes)]),
        ratio=facts.one("rate_ratio", organisation=TOTAL, window=period.window, **about),
        seasonality=next(
            (f for f in facts.select("seasonality", organisation=TOTAL, **about) if _whole(f)), None
        ),
        highlights=data.highlights("site"),
        diagram=data.highlights("site_growth"),
    )


def _ranking(data: ReportData, parts: list[Fact], named: list[Fact]) -> Ranking | None:
    """Rank by figures the window of the period that most organisations have filed figures of.

    Figures that a source names lowest are a choice of its own: of a window with no others, nobody knows
    who had most. A year is preferred to its halves, where as many have it, or so many that all can be
    compared.
    """
    period = data.period
    windows = [period.window, *([] if period.is_half else [Period(period.year, h).window for h in (1, 2)])]
    groups = [[f for f in parts if f.window == window] for window in windows]
    filed = [group for group in groups if sum(f not in named for f in group) > 1]
    fullest = max(filed, key=len, default=[])
    there = {f.organisation for f in groups[0]}
    if groups[0] in filed and is_full(data, there, period.window):
        fullest = groups[0]
    return ranking(data, fullest)


def _half_before(totals: list[Fact], period: Period) -> Fact | None:
    """Return the union's figure of the first half of the year, for a second half."""
    window = period.previous.window
    return next((f for f in totals if period.half == 2 and f.window == window), None)


def _is_near(data: ReportData, fact: Fact, ranked: Ranking) -> bool:
    """Whether a window is told beside a ranking: another one, of the report's year or the one before."""
    return fact.window != ranked.window and fact.window.start.year >= data.period.year - 1


def _others(data: ReportData, told: list[Fact]) -> bool:
    """Whether in a window of some figures other organisations have reported theirs."""
    known = {(f.organisation, f.window) for f in told}
    there = {(code, f.window) for f in told for code in reporters(data, f) if code in due(data, f.window)}
    return bool(there - known)


def _year_earlier(window: Window) -> Window | None:
    return window.period.year_earlier.window if window.period else None


def _elsewhere(data: ReportData, outlet: str | None) -> set[str]:
    """Return whose items a year before are counted otherwise: on another site, or none named."""
    rows, then = data.tables.observations, data.period.year_earlier
    sites = set(data.own_sites) - {outlet}
    same = rows["outlet"].isin(sites) | (rows["outlet"].eq("") & rows["channel"].eq("website"))
    days = rows["start"].eq(pd.Timestamp(then.start)) & rows["end"].eq(pd.Timestamp(then.end))
    return set(rows.loc[same & days & rows["indicator"].eq("publications"), "organisation"])


def _earlier(then: Fact | None, elsewhere: set[str]) -> Earlier:
    """Return what is known of the window a year before.

    Not the total: then nobody's figure, unless it is counted otherwise; that it was none.
    """
    if then is None:
        return "elsewhere" if elsewhere else "unknown"
    return "none" if then.high == 0 else "bound"
