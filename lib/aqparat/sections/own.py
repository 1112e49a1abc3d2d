"""An organisation's own report: its figures now and before, its work, its measures, what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from aqparat.data.register import INDICATOR
from aqparat.data.schemas import MEMBER_KINDS
from aqparat.metrics.facts import Fact
from aqparat.metrics.figures import ids
from aqparat.metrics.registry import METRICS
from aqparat.period import Period, Window
from aqparat.sections.activity import activity
from aqparat.sections.moves import Move, moves
from aqparat.sections.own_months import month_ids
from aqparat.sections.own_print import OwnPaper, own_print
from aqparat.sections.ranking import due
from aqparat.sections.report_data import TOTAL, Group, Measure, ReportData, by_window, kept
from aqparat.sections.reservations import noted
from aqparat.sections.site import site
from aqparat.sections.training import Lesson, training

WINDOWS = 5  # so many of its latest windows stand in the table


@dataclass(frozen=True)
class Line:
    """One figure of an organisation with what sets it among the others."""

    volume: Fact
    growth: Fact | None
    share: Fact | None
    rank: Fact | None
    rank_change: Fact | None
    due: int

    @property
    def is_placed(self) -> bool:
        """Whether its rank tells something: it lies within a third of all."""
        return self.rank is not None and 3 * (self.rank.most - self.rank.least) <= self.due


@dataclass(frozen=True)
class Series:
    """Figures of one series by window, and the latest window of them."""

    lines: dict[Window, Line]
    latest: Window

    @property
    def last(self) -> Line:
        """The latest of its figures."""
        return self.lines[self.latest]


@dataclass(frozen=True)
class Mention:
    """A total of a paper with which the organisation is named."""

    total: Fact


@dataclass(frozen=True)
class Own:
    """What is known of one organisation.

    `lines` are its figures of all windows, `series` those of the latest, without the subscriptions, which
    are `papers_by_year`. `missing` lists the indicators that its form asks for (`Tables.asked`) and of which
    it has no figure for the period: none that reaches into it, and none without a stated end handed in with
    it. `moves` says what is counted by other outlets or channels than before; `reservations` are the notes
    that leave open whether it is meant. `unlisted` are the outlets and channels that its complete register
    does not name, by window. `state` is that of the form it sent, where it sent no figures: blank
    (nothing in it), unread, "" where nothing came; None where figures came or nobody was asked.
    """

    organisation: str
    asked: bool
    outlet: str | None
    lines: list[Line]
    unlisted: list[Group]
    mentions: list[Mention]
    active: bool
    activated: bool
    lowest: list[Fact]
    rates: list[Fact]
    index: Fact | None
    index_rank: Fact | None
    papers: list[OwnPaper]
    lessons: list[Lesson]
    highlights: list[dict[str, Any]]
    plan: list[Measure]
    missing: list[str]
    is_late: bool
    state: str | None
    moves: list[Move]
    reservations: list[dict[str, Any]]
    period: Period

    @property
    def facts(self) -> list[Fact]:
        """The organisation's volumes as reported (for the chart of channels)."""
        return [line.volume for line in self.lines if line.volume.metric == "volume"]

    @property
    def site(self) -> Line | None:
        """Its items on the union's site: of the period, else of the latest window known."""
        here = [
            x for x in self.lines if x.volume.indicator == "publications" and x.volume.outlet == self.outlet
        ]
        now = [x for x in here if x.volume.window == self.period.window]
        return next(iter(now), None) or max(here, key=lambda x: _latest(x.volume.window), default=None)

    @property
    def site_is_current(self) -> bool:
        """Whether that figure is of the period, or counted in its year to a date not stated."""
        if self.site is None:
            return False
        window = self.site.volume.window
        return window == self.period.window or (window.is_open and window.start.year == self.period.year)

    @property
    def papers_by_year(self) -> dict[str, list[Line]]:
        """The copies it subscribes to by newspaper, the latest last."""
        papers: dict[str, list[Line]] = {}
        for line in sorted(self.lines, key=lambda x: _latest(x.volume.window)):
            if line.volume.indicator == "copies":
                papers.setdefault(line.volume.outlet, []).append(line)
        return papers

    @property
    def subscribed(self) -> list[Line]:
        """The latest figure of each newspaper that it subscribes to."""
        return [lines[-1] for paper, lines in self.papers_by_year.items() if paper]

    @property
    def windows(self) -> list[Window]:
        """The windows of its figures, the subscriptions apart: the latest, a year and its halves not both."""
        found = {x.volume.window for x in self.lines if x.volume.indicator != "copies"}
        years = {w.period.year for w in found if w.period and not w.period.is_half}
        halves = Counter(w.period.year for w in found if w.period and w.period.is_half)
        if self.period.is_half:
            doubled = {Period(year).window for year in years if halves[year] > 1} - {self.period.window}
        else:
            doubled = {w for w in found if w.period and w.period.is_half and w.period.year in years}
        return sorted(found - doubled, key=_latest)[-WINDOWS:]

    @property
    def series(self) -> list[Series]:
        """Its figures by series, in the order of the tables, of the latest windows."""
        windows, rows = self.windows, dict[tuple[str, ...], dict[Window, Line]]()
        for line in self.lines:
            fact = line.volume
            if fact.window in windows and fact.indicator != "copies":
                key = (fact.metric, fact.indicator, fact.outlet, fact.channel)
                rows.setdefault(key, {})[fact.window] = line
        return [Series(lines, max(lines, key=_latest)) for lines in rows.values()]

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is known of it."""
        own = (self.lines, self.mentions, self.papers, self.lessons, self.highlights)
        return not (any(own) or self.active or self.activated)


@kept
def own(data: ReportData, organisation: str) -> Own:
    """Return what is known of one organisation.

    Parameters
    ----------
    data : ReportData
    organisation : str
        Code.

    Returns
    -------
    Own
    """
    facts, tables = data.facts, data.tables
    volumes = facts.select("volume", organisation=organisation, indicator=data.reported_indicators)
    reported, unlisted = _reported(data, organisation), _unlisted(data, organisation)
    silent = [f for f in volumes if f.id in unlisted]
    apart = unlisted | month_ids(data, organisation)
    volumes = [f for f in volumes if f.id not in apart]
    listed = data.mentions
    named = set(listed.loc[listed["organisation"] == organisation, "total"])
    highlights = tables.current("highlights")
    highlights = highlights[
        (highlights["organisation"] == organisation)
        & ~highlights["topic"].isin(["active", "activated", "note"])
    ]
    status, now = activity(data), data.period.window
    union_site = site(data)
    shown = [metric.name for metric in METRICS.values() if metric.of_organisation]
    rates = [f for metric in shown for f in facts.select(metric, organisation=organisation)]
    rates = [f for f in rates if not unlisted.intersection(f.inputs)]  # no item is none of each thousand
    asked = tables.organisations.loc[organisation, "kind"] in MEMBER_KINDS
    return Own(
        organisation=organisation,
        asked=asked,
        outlet=union_site.outlet,
        lines=[_line(data, f) for f in [*volumes, *_channels(data, organisation)]],
        unlisted=by_window(silent),
        mentions=[
            Mention(f) for f in facts.select("volume", organisation=TOTAL, indicator="publications")
            if f.id in named
        ],
        active=organisation in status.active,
        activated=any(h["organisation"] == organisation for h in status.activated),
        lowest=[f for group in union_site.fewest for f in group.facts if f.organisation == organisation],
        rates=[f for f in data.current(rates) if f.indicator != "issues"],
        index=facts.one("activity_index", organisation=organisation, window=now),
        index_rank=facts.one("rank", indicator="activity", organisation=organisation, window=now),
        papers=[p for p in own_print(data).papers if p.publisher == organisation],
        lessons=[x for x in training(data).lessons if x.organisation == organisation],
        highlights=highlights.to_dict("records"),
        plan=data.plan(organisation),
        missing=[i for i in tables.asked if asked and i not in reported],
        is_late=organisation in status.late,
        state=status.state(organisation) if asked else None,
        period=data.period,
        reservations=noted(data, [organisation]),
        moves=[move for move in moves(data) if move.organisation == organisation],
    )  # fmt: skip


def _latest(window: Window) -> tuple[date, date]:
    return window.end or date(window.start.year, 12, 31), window.start


def _channels(data: ReportData, organisation: str) -> list[Fact]:
    """Return what is known of channels as a whole, where they are told in another way than before."""
    grown = {f.inputs[0] for f in data.facts.select("growth", organisation=organisation)}
    about = {"organisation": organisation, "indicator": data.reported_indicators}
    return [f for f in data.facts.select("channel_total", **about) if f.id in grown]


def _reported(data: ReportData, organisation: str) -> set[str]:
    """Return the indicators of which an organisation has a figure for the period."""
    rows, period = data.tables.observations, data.period
    current = set(data.tables.current("observations")["batch"])
    begun = rows["start"] <= pd.Timestamp(period.end)
    reached = rows["end"] >= pd.Timestamp(period.start)
    told = begun & (reached | (rows["end"].isna() & rows["batch"].isin(current)))
    indicators = rows[told].groupby("indicator")
    return {str(name) for name, part in indicators if organisation in data.tables.told(part)}


def _unlisted(data: ReportData, organisation: str) -> set[str]:
    """Return the ids of the noughts that follow from its register being complete."""
    rows = data.tables.observations
    own = rows["source"].eq(INDICATOR) & rows["value"].eq(0) & rows["organisation"].eq(organisation)
    return set(ids(rows[own], "volume")) if own.any() else set()


def _line(data: ReportData, volume: Fact) -> Line:
    about = {
        "organisation": volume.organisation,
        "indicator": volume.indicator,
        "outlet": volume.outlet,
        "channel": volume.channel,
        "window": volume.window,
    }
    growth, share, rank, rank_change = (
        data.facts.one(m, **about) for m in ("growth", "share", "rank", "rank_change")
    )
    count = len(due(data, volume.window))
    if count < 2:  # there is no place among others
        rank = rank_change = None
    return Line(volume, growth, share, rank, rank_change, count)
