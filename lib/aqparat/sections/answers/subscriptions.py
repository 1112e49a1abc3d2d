"""How many copies are subscribed, and how they stand to the target."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from aqparat.metrics.facts import Fact
from aqparat.sections.ranking import Gap, United
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.subscription import Paper, subscription
from aqparat.sections.views import view

Reach = Literal["reached", "missed", "some", "unclear", "unknown"]
Course = Literal["grew", "fell", "same", "mixed", "unclear"]


@dataclass(frozen=True)
class Subscribed:
    """The subscription to one paper: copies, change, copies per 100 members, how many reach the target."""

    paper: Paper
    growth: Fact | None
    penetration: Fact | None
    on_target: Fact | None
    members: Fact | None
    target: float

    @property
    def copies(self) -> Fact:
        """The latest year's copies."""
        return self.paper.last

    @property
    def outlet(self) -> str:
        """Code of the paper."""
        return self.paper.outlet

    @property
    def gaps(self) -> dict[str, Gap]:
        """Whose figures the copies lack."""
        return self.paper.gaps

    @property
    def reach(self) -> Reach:
        """Whether the union as a whole reaches the target."""
        if self.penetration is None:
            return "unknown"
        if self.penetration.least >= self.target:
            return "reached"
        return "missed" if self.penetration.most < self.target else "unclear"


@dataclass(frozen=True)
class Subscriptions:
    """The subscription to the union's papers; `together` are copies of papers that were not told apart."""

    papers: list[Subscribed]
    together: Fact | None = None
    gaps: dict[str, Gap] = field(default_factory=dict)
    united: list[United] = field(default_factory=list)

    @property
    def course(self) -> Course | None:
        """Where the papers with a year before go; None where there are none."""
        told = [p.growth for p in self.papers if p.growth]
        if not told:
            return None
        if all(g.least > 0 for g in told):
            return "grew"
        if all(g.most < 0 for g in told):
            return "fell"
        if all(g.low == g.high == 0 for g in told):
            return "same"
        return "unclear" if any(g.least < 0 < g.most for g in told) else "mixed"

    @property
    def reach(self) -> Reach:
        """Whether every paper reaches the target, none does, or some do not."""
        told = {p.reach for p in self.papers}
        if len(told) == 1:
            return told.pop()
        return "some" if "missed" in told else "unclear"

    @property
    def target(self) -> float:
        """Copies per 100 members that each paper is to reach."""
        return self.papers[0].target

    @property
    def missed(self) -> list[Subscribed]:
        """The papers of which the union as a whole surely does not reach the target."""
        return [p for p in self.papers if p.reach == "missed"]


@view("summary")
def answer_subscriptions(data: ReportData) -> Subscriptions:
    """Return how many copies of each paper are subscribed, and how they stand to the target.

    When: always; without the target where the members are not known.
    """
    told = subscription(data)
    papers = [_subscribed(data, paper) for paper in told.papers]
    return Subscriptions(papers, told.together, told.gaps, told.united)


def _subscribed(data: ReportData, paper: Paper) -> Subscribed:
    facts, window = data.facts, paper.last.window
    return Subscribed(
        paper=paper,
        growth=next((g for g in paper.growth if g.window == window), None),
        penetration=paper.penetration,
        on_target=facts.one("on_target", indicator="copies", outlet=paper.outlet, window=window),
        members=facts.one("volume", indicator="organisations", organisation=TOTAL, window=window),
        target=float(data.settings["penetration"]["target"]),
    )
