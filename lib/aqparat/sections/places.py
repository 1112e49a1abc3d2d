"""Who is named where: for the map of organisations."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from aqparat.metrics.facts import Fact
from aqparat.metrics.figures import ids
from aqparat.sections.activity import activity
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import site
from aqparat.sections.standing import classes
from aqparat.sections.views import view


@dataclass(frozen=True)
class Places:
    """Who is named where: for the map of organisations."""

    members: list[str]
    active: list[str]
    papers: dict[str, list[str]]
    lowest: list[str]
    unmentioned: list[str]
    unclear: list[str]
    facts: list[Fact]

    @property
    def tells_apart(self) -> bool:
        """Whether the tiles are not all alike."""
        lists = [self.active, self.unmentioned, self.lowest, *self.papers.values()]
        return any({*named} & {*self.members} not in ({*self.members}, set()) for named in lists)

    @property
    def absent(self) -> list[str]:
        """The unmentioned that no note may mean."""
        return [code for code in self.unmentioned if code not in self.unclear]


@view("activity", "sparse")
def places(data: ReportData) -> Places | None:
    """Return which organisation is named in which list of the period's data, for the map.

    When: the activity index of few is known, and the data tell some organisations from others.
    """
    if classes(data):
        return None
    status, members = activity(data), list(data.tables.members())
    listed = data.mentions_in(data.tables.current("observations"))
    papers = listed[listed["organisation"].isin(members) & listed["outlet"].ne("")]
    named = papers.groupby("outlet")["organisation"].agg(set)
    least = _least(data)
    found = Places(
        members=members,
        active=status.active,
        papers={
            o: [code for code in members if code in named[o]] for o in data.tables.outlets.index if o in named
        },
        lowest=list(dict.fromkeys(f.organisation for f in least)),
        unmentioned=status.unmentioned,
        unclear=status.unclear,
        facts=[*_named(data, papers), *least],
    )
    return found if found.tells_apart else None


def _least(data: ReportData) -> list[Fact]:
    """Return the figures of those who sent least to the site, by what was handed in for the period.

    Where the organisations filed figures, these decide; else what a source of the period names lowest.
    """
    union_site, rows = site(data), data.tables.current("observations")
    if union_site.ranking:
        ranked = union_site.ranking.window
        return [f for group in union_site.fewest if group.window == ranked for f in group.facts]
    named = set(ids(rows[rows["extreme"] == "lowest"], "volume"))
    return [f for group in union_site.lowest for f in group.facts if f.id in named]


def _named(data: ReportData, listed: pd.DataFrame) -> list[Fact]:
    """Return how many organisations are named with each total that names them in the period's data."""
    totals = {data.facts[t].window: t for t in listed["total"].unique() if t in data.facts}
    counts = data.facts.select("volume", indicator="organisations_named", window=set(totals))
    return [f for f in counts if f.outlet in set(listed["outlet"])]
