"""The organisations, each in short."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.sections.activity import activity
from aqparat.sections.overview import overview
from aqparat.sections.own_print import OwnPaper, own_print
from aqparat.sections.report_data import ReportData
from aqparat.sections.training import Lesson, training

TOLD = ("publications", "copies", "broadcasts", "videos", "members", "trained")  # that sections tell of
LISTED = ("active", "activated")  # topics that only list an organisation
GENERAL = ("note", *LISTED)


@dataclass(frozen=True)
class Portrait:
    """One organisation in short: all that is known of its own work.

    `others` are the figures of indicators that no section tells of; neither in these nor in `told` are those
    that stand in a table of all organisations.
    """

    organisation: str
    facts: list[Fact]
    told: list[Fact]
    others: list[Fact]
    shares: list[Fact]
    papers: list[OwnPaper]
    lessons: list[Lesson]
    highlights: list[dict[str, Any]]
    active: bool

    def of(self, indicator: str) -> list[Fact]:
        """Return the facts of one indicator that are told."""
        return [f for f in self.told if f.indicator == indicator]


@cache
def portraits(data: ReportData) -> list[Portrait]:
    """Portray the organisations of whose own work more than a place in a list is known.

    That is: something told in words, an activity, or a paper of their own. Where many have filed, their
    figures and activities stand in tables, and only what these do not show is told.
    """
    codes = {
        *(h["organisation"] for h in data.highlights(*_topics(data))),
        *(x.organisation for x in _lessons(data)),
        *(p.publisher for p in own_print(data).papers),
    } - data.head_office
    return [_portrait(data, str(code)) for code in data.tables.organisations.index if code in codes]


def _portrait(data: ReportData, code: str) -> Portrait:
    shown, others = overview(data), data.reported_indicators.difference(TOLD)
    own = [f for f in data.current(data.facts.select("volume", organisation=code)) if f.indicator != "issues"]
    some = [f for f in own if f.high != 0]
    return Portrait(
        organisation=code,
        facts=some,
        told=[f for f in some if not shown.shows(f)],
        others=[f for f in own if f.indicator in others and not shown.shows(f)],
        shares=data.current(data.facts.select("share", organisation=code, indicator="copies")),
        papers=[p for p in own_print(data).papers if p.publisher == code],
        lessons=[x for x in _lessons(data) if x.organisation == code],
        highlights=data.highlights(*_topics(data), organisation=code),
        active=code in activity(data).active,
    )


def _lessons(data: ReportData) -> list[Lesson]:
    """Return the activities that no table shows."""
    return [] if overview(data).columns else training(data).lessons


def broadest(data: ReportData) -> Portrait | None:
    """Return the portrait of who is known by most channels; of several, of the one with most items."""
    codes = {*data.tables.members(), *(p.organisation for p in portraits(data))}
    items = data.current(data.facts.select("volume", indicator="publications", organisation=codes))
    here = [f for f in items if f.window == data.period.window]
    return _broadest(data, here, 2) or _broadest(data, items, 1)


def _broadest(data: ReportData, items: list[Fact], least: int) -> Portrait | None:
    by_code: dict[str, list[Fact]] = {}
    for fact in items:
        by_code.setdefault(fact.organisation, []).extend([fact] if fact.high != 0 else [])
    order = [str(c) for c in data.tables.organisations.index if len(by_code.get(str(c), [])) >= least]
    found = max(order, key=lambda c: (len(by_code[c]), sum(f.least for f in by_code[c])), default=None)
    return _portrait(data, found) if found else None


def _topics(data: ReportData) -> list[str]:
    return [t for t in data.tables.current("highlights")["topic"].unique() if t not in GENERAL]
