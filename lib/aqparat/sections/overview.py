"""The overview: what most organisations have filed, a series a column of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aqparat.data.prepare import own_sites
from aqparat.metrics.facts import Fact
from aqparat.sections.ranking import Ranking, due, rankings
from aqparat.sections.report_data import ReportData

MANY = 7  # so many alike are a table


@dataclass(frozen=True)
class Overview:
    """Series that many member organisations have figures of in the report's period, or in its year.

    Parameters
    ----------
    organisations : list of str
        Codes of the member organisations, in the order of organisations.csv.
    items : list of Ranking
        What was published where; but for the union's own site, which has a table in its section.
    others : list of Ranking
        All other figures, but for the copies subscribed, which have one too.
    elsewhere : list of Ranking
        Those that have tables of their own.
    apart : list of Fact
        Figures of the indicators in `others`, of organisations that have none in their columns, since they
        say of another place or channel what the others say without one.
    """

    organisations: list[str]
    items: list[Ranking]
    others: list[Ranking]
    elsewhere: list[Ranking]
    apart: list[Fact]

    @property
    def columns(self) -> list[Ranking]:
        """The series of its tables."""
        return [*self.items, *self.others]

    def shows(self, fact: Fact) -> bool:
        """Return whether a figure stands in a table of the report."""
        series = _series(fact)
        shown = (_series(r.figures[0]) for r in (*self.columns, *self.elsewhere))
        return fact in self.apart or any(series == s for s in shown)


@cache
def overview(data: ReportData) -> Overview:
    """Return the series that at least seven member organisations have a figure of."""
    members = due(data, data.period.window)
    own = data.current(
        data.facts.select("volume", organisation=set(members), indicator=data.reported_indicators)
    )
    closed = [f for f in own if not f.window.is_open]
    indicators = {code: place for place, code in enumerate(data.tables.indicators.index)}
    outlets = {code: place for place, code in enumerate(data.tables.outlets.index)}
    many = [r for r in rankings(data, closed, []) if r.reporting >= MANY]
    many.sort(key=lambda r: (indicators[r.indicator], outlets.get(r.outlet, len(outlets)), r.channel))
    sites = set(own_sites(data.tables.outlets))
    elsewhere = [r for r in many if r.indicator == "copies" or (r.indicator, r.outlet in sites) == _SITE]
    items = [r for r in many if r.indicator == "publications" and r not in elsewhere]
    others = [r for r in many if r.indicator != "publications" and r not in elsewhere]
    there = {(r.indicator, code) for r in others for code in r.organisations}
    counted = {r.indicator for r in others}
    apart = [f for f in closed if f.indicator in counted and (f.indicator, f.organisation) not in there]
    return Overview(list(members), items, others, elsewhere, apart)


_SITE = ("publications", True)


def _series(fact: Fact) -> tuple[object, ...]:
    return fact.indicator, fact.outlet, fact.channel, fact.window
