"""Subscription: how many copies of each newspaper are subscribed, and who takes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.sections.ranking import Gap, Ranking, due, gaps, ranking
from aqparat.sections.report_data import TOTAL, ReportData, whole_years


@dataclass(frozen=True)
class Leader:
    """The organisation that surely takes more copies of a paper than any other that reported."""

    organisation: str
    copies: Fact
    share: Fact | None
    rank: Fact | None
    reporting: int


@dataclass(frozen=True)
class Paper:
    """Subscription to one newspaper; `gaps` are those of the union's totals that lack figures."""

    outlet: str
    years: list[Fact]
    growth: list[Fact]
    cagr: Fact | None
    ranking: Ranking | None
    leader: Leader | None
    penetration: Fact | None
    gaps: dict[str, Gap]

    @property
    def last(self) -> Fact:
        """The latest year's copies."""
        return self.years[-1]


@dataclass(frozen=True)
class Subscription:
    """Subscription to all newspapers, the largest first."""

    papers: list[Paper]
    highlights: list[dict[str, Any]]


@cache
def subscription(data: ReportData) -> Subscription:
    """Return the subscription to each newspaper."""
    papers = []
    for outlet in data.outlets("newspaper", "magazine"):
        about = {"indicator": "copies", "organisation": TOTAL, "outlet": outlet}
        years = whole_years(data.facts.select("volume", **about))
        if years:
            papers.append(_paper(data, outlet, years))
    papers.sort(key=lambda p: -p.last.least)
    return Subscription(papers, data.highlights("subscription"))


def _paper(data: ReportData, outlet: str, years: list[Fact]) -> Paper:
    facts = data.facts
    about = {"indicator": "copies", "outlet": outlet}
    union = {"organisation": TOTAL, **about}
    window = years[-1].window
    members = set(due(data, window))
    ranked = ranking(data, facts.select("volume", window=window, organisation=members, **about))
    return Paper(
        outlet=outlet,
        years=years,
        growth=facts.select("growth", **union),
        cagr=facts.one("cagr", **union),
        ranking=ranked,
        leader=_leader(data, ranked) if ranked else None,
        penetration=facts.one("penetration", window=window, **union),
        gaps=gaps(data, years),
    )


def _leader(data: ReportData, ranked: Ranking) -> Leader | None:
    """Return who leads by the figure itself: a share may be no more than a bound."""
    first, *others = ranked.figures
    if first.least <= max((f.most for f in others), default=0):
        return None
    about = {"organisation": first.organisation, "window": first.window, "outlet": first.outlet}
    return Leader(
        organisation=first.organisation,
        copies=first,
        share=data.facts.one("share", indicator="copies", **about),
        rank=data.facts.one("rank", indicator="copies", **about),
        reporting=ranked.reporting,
    )
