"""The total on the union's site over all periods: the halves of each year told apart, the years as sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import Site, site
from aqparat.sections.views import view

Finding = Literal["both_more", "both_fewer", "apart", "two", "most", "fewest", "between", "none"]


@dataclass(frozen=True)
class Halves:
    """The union's total over all periods.

    Parameters
    ----------
    period : Period
    halves, years : list of Fact
        Earliest first. Years of which the halves are not known have only their own number.
    pace : Fact or None
        The estimate of the year of a first half.
    """

    period: Period
    halves: list[Fact]
    years: list[Fact]
    pace: Fact | None

    def half(self, year: int, half: int) -> Fact | None:
        """Return the figure of a half-year."""
        window = Period(year, half).window
        return next((f for f in self.halves if f.window == window), None)

    @property
    def own(self) -> list[Fact]:
        """The halves of the year of the report."""
        return [f for f in self.halves if f.window.start.year == self.period.year]

    @property
    def least(self) -> Fact:
        """The half with fewest items, the latest of several."""
        return min(reversed(self.halves), key=lambda f: f.least)

    @property
    def most(self) -> Fact:
        """The half with most items, the latest of several."""
        return max(reversed(self.halves), key=lambda f: f.least)

    @property
    def ahead(self) -> list[Fact]:
        """The halves of the year with surely more than the same half a year earlier."""
        return [f for f in self.own if (b := self._before(f)) and f.least > b.most]

    @property
    def behind(self) -> list[Fact]:
        """The halves of the year with surely fewer."""
        return [f for f in self.own if (b := self._before(f)) and f.most < b.least]

    @property
    def finding(self) -> Finding:
        """What the picture shows of the period: what its title says.

        Of a year that is over, how its halves stand to those of the year before; of a first half, whether it
        has most or fewest of all halves; else between which numbers the halves lie.
        """
        if self.period.half != 1 and len(self.own) == 2:
            for found, halves in (("both_more", self.ahead), ("both_fewer", self.behind)):
                if len(halves) == 2:
                    return found  # type: ignore[return-value]  # it is a finding
            if self.ahead and self.behind:
                return "apart"
            if len(self.halves) == 2:
                return "two"
        now = self.half(self.period.year, self.period.half or 2)
        others = [f for f in self.halves if f is not now]
        if now and len(others) > 1:
            if now.least > max(f.most for f in others):
                return "most"
            if now.most < min(f.least for f in others):
                return "fewest"
        return "between" if all(f.low == f.high for f in self.halves) else "none"

    def _before(self, fact: Fact) -> Fact | None:
        year, month = fact.window.start.year, fact.window.start.month
        return self.half(year - 1, 1 if month == 1 else 2)


@view("site", "any")
def site_halves(data: ReportData) -> Halves | None:
    """Return the union's total by half-year, with the years as sums and the estimate of this year.

    When: at least two half-years are known and differ.
    """
    union_site, period = site(data), data.period
    halves = [f for f in union_site.halves if f.window.start <= period.end]
    if len({(f.low, f.high) for f in halves}) < 2:
        return None
    years = [f for f in union_site.years if f.window.start <= period.end]
    return Halves(period, halves, years, union_site.pace)


@view("site", "sparse")
def site_years(data: ReportData) -> Site | None:
    """Return the union's total by whole year, and apart from them the half with its estimate.

    When: there is no `site_halves`.
    """
    return None if site_halves(data) else site(data)
