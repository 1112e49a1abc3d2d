"""Subscription: how many copies of each newspaper are subscribed, and who takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.sections.ranking import Gap, Ranking, United, due, gaps, ranking, united
from aqparat.sections.report_data import TOTAL, ReportData, kept, whole_years
from aqparat.sections.views import is_full, view

FEW = 5  # so many whose copies fell are called by name


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
    """Subscription to one newspaper or magazine.

    `on_target` is how many organisations reach the copies per 100 members aimed at; `gaps` are those of the
    union's totals that lack figures.
    """

    outlet: str
    years: list[Fact]
    growth: list[Fact]
    cagr: Fact | None
    ranking: Ranking | None
    leader: Leader | None
    penetration: Fact | None
    on_target: Fact | None
    gaps: dict[str, Gap]

    @property
    def last(self) -> Fact:
        """The latest year's copies."""
        return self.years[-1]

    @property
    def channel(self) -> str:
        """Whether it is a newspaper or a magazine."""
        return self.last.channel

    @property
    def grown(self) -> Fact | None:
        """The change of the latest year on the one before."""
        return next((g for g in self.growth if g.window == self.last.window), None)


@dataclass(frozen=True)
class Subscription:
    """Subscription to all newspapers, the largest first.

    `together` is the latest year's copies of papers that were not told apart; `gaps` are those of it.
    `united` are the period's organisations that stand as one in the largest paper's latest year.
    """

    papers: list[Paper]
    highlights: list[dict[str, Any]]
    together: Fact | None = None
    gaps: dict[str, Gap] = field(default_factory=dict)
    united: list[United] = field(default_factory=list)

    @property
    def alone(self) -> list[list[Paper]]:
        """The papers of which one organisation's copies are known, an organisation's together."""
        return _by_leader(p for p in self.papers if p.leader and p.leader.reporting == 1)

    @property
    def led(self) -> list[list[Paper]]:
        """The papers of which several organisations' copies are known and one surely leads, its together."""
        return _by_leader(p for p in self.papers if p.leader and p.leader.reporting > 1)

    @property
    def ranked(self) -> list[Paper]:
        """The papers of which several organisations' copies are known."""
        return [p for p in self.papers if p.ranking and p.ranking.reporting > 1]


@kept
def subscription(data: ReportData) -> Subscription:
    """Return the subscription to each newspaper."""
    papers = []
    for outlet in data.outlets("newspaper", "magazine"):
        about = {"indicator": "copies", "organisation": TOTAL, "outlet": outlet}
        years = whole_years(data.facts.select("volume", **about))
        if years:
            papers.append(_paper(data, outlet, years))
    papers.sort(key=lambda p: -p.last.least)
    whole = data.facts.select("volume", indicator="copies", organisation=TOTAL, outlet="", channel="")
    together = next(iter(data.recent(whole_years(whole))), None)
    one = united(data, papers[0].last.window) if papers else []
    return Subscription(papers, data.highlights("subscription"), together, gaps(data, [together]), one)


def _by_leader(papers: Iterable[Paper]) -> list[list[Paper]]:
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        if paper.leader:
            found.setdefault(paper.leader.organisation, []).append(paper)
    return list(found.values())


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
        on_target=facts.one("on_target", window=window, **union),
        gaps=gaps(data, years),
    )


def _leader(data: ReportData, ranked: Ranking) -> Leader | None:
    """Return who leads by the figure itself: a share may be no more than a bound."""
    first, *others = ranked.figures
    if first.least <= max((f.most for f in others), default=0):
        return None
    about = {"organisation": first.organisation, "window": first.window, "outlet": first.outlet}
    share = data.facts.one("share", indicator="copies", **about)
    is_lone = len(due(data, first.window)) == 1  # no place among others, and no part where it has all
    return Leader(
        organisation=first.organisation,
        copies=first,
        share=None if is_lone and share and share.low == 1 else share,
        rank=None if is_lone else data.facts.one("rank", indicator="copies", **about),
        reporting=ranked.reporting,
    )


@view("subscription")
def copies_by_year(data: ReportData) -> Subscription | None:
    """Return the copies of each newspaper by year.

    When: they are known of two years at least, and not the same in all.
    """
    known = subscription(data)
    years = {f.window for paper in known.papers for f in paper.years}
    numbers = {(f.low, f.high) for paper in known.papers for f in paper.years}
    return known if len(years) > 1 and len(numbers) > 1 else None


@dataclass(frozen=True)
class Subscribers:
    """What every member organisation takes of the papers.

    Parameters
    ----------
    papers : list of Paper
        Those of which nearly all organisations' copies are known.
    organisations : list of str
        Codes: by copies per 100 members of the first paper where these are known, else by its copies; those
        without figures last.
    copies, growth, penetration : list of dict of str to Fact
        Of each paper by organisation: copies, change on a year before, copies per 100 members.
    target : float
        Copies per 100 members aimed at.
    """

    papers: list[Paper]
    organisations: list[str]
    copies: list[dict[str, Fact]]
    growth: list[dict[str, Fact]]
    penetration: list[dict[str, Fact]]
    target: float

    @property
    def fallen(self) -> list[Fallen]:
        """Whose copies surely fell, for each paper of which anybody's did."""
        found = [
            Fallen(paper, sorted((g for g in growth.values() if g.most < 0), key=lambda g: g.most))
            for paper, growth in zip(self.papers, self.growth, strict=True)
        ]
        return [f for f in found if f.growth]


@dataclass(frozen=True)
class Fallen:
    """Whose copies of a paper surely fell, the steepest first."""

    paper: Paper
    growth: list[Fact]

    @property
    def named(self) -> list[Fact]:
        """Those called by name: all, or of many the first."""
        return self.growth if self.whole else self.growth[: FEW - 2]

    @property
    def whole(self) -> bool:
        """Whether all are called by name."""
        return len(self.growth) <= FEW


@view("subscription", "full")
def subscribers(data: ReportData) -> Subscribers | None:
    """Return what every member organisation subscribes to, and how it has changed.

    When: the copies of one paper at least are known of nearly all.
    """
    papers = [
        p
        for p in subscription(data).papers
        if p.ranking and is_full(data, p.ranking.organisations, p.ranking.window)
    ]
    if not papers:
        return None
    members = due(data, papers[0].last.window)
    copies = [_of_members(data, "volume", p, members) for p in papers]
    penetration = [_of_members(data, "penetration", p, members) for p in papers]
    first = penetration[0] or copies[0]
    return Subscribers(
        papers=papers,
        organisations=sorted(members, key=lambda code: -first[code].least if code in first else 1),
        copies=copies,
        growth=[_of_members(data, "growth", p, members) for p in papers],
        penetration=penetration,
        target=data.settings["penetration"]["target"],
    )


def _of_members(data: ReportData, metric: str, paper: Paper, members: Iterable[str]) -> dict[str, Fact]:
    """Return the facts of a metric about the latest copies of a paper, by organisation."""
    about = {"indicator": "copies", "outlet": paper.outlet, "window": paper.last.window}
    return {f.organisation: f for f in data.facts.select(metric, organisation=set(members), **about)}


@view("subscription", "full")
def penetrations(data: ReportData) -> Subscribers | None:
    """Return everyone's copies per 100 members against the target, both papers in one picture.

    When: the members of nearly all are known too, there are two or more, and not all take as many for their
    size.
    """
    found = subscribers(data)
    if found is None:
        return None
    known = found.penetration[0]
    differ = len({f.value for facts in found.penetration for f in facts.values()}) > 1
    differ = differ and len(found.organisations) > 1
    return found if differ and is_full(data, known, found.papers[0].last.window) else None


@view("subscription", "sparse")
def led_papers(data: ReportData) -> Subscription | None:
    """Return the part of the union's copies that the leading organisation takes.

    When: the copies of few of several organisations are known, and one of them surely leads.
    """
    known = subscription(data)
    several = len(due(data, data.period.window)) > 1
    return known if several and not subscribers(data) and any(p.leader for p in known.papers) else None
