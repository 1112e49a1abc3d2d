"""Items on the union's site against the size of organisations: who lies outside what chance explains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.funnel import Standing, standing
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.site import site
from aqparat.sections.views import is_full, view

SEEMING = 3  # so many are told that only look as if they were outside


@dataclass(frozen=True)
class Rate:
    """An organisation's items per 1000 members, and between which rates chance alone would leave it."""

    rate: Fact
    items: Fact
    members: Fact
    inner: Fact
    outer: Fact

    @property
    def organisation(self) -> str:
        """Its code."""
        return self.rate.organisation

    @cached_property
    def standing(self) -> Standing:
        """Where it lies to the inner limits."""
        return standing(self.rate, self.inner)

    @property
    def is_far(self) -> bool:
        """Whether it lies outside the outer limits too."""
        return standing(self.rate, self.outer) in (Standing.ABOVE, Standing.BELOW)

    @property
    def verdict(self) -> str:
        """Where it lies, as a label names it."""
        far = "far_" if self.standing in (Standing.ABOVE, Standing.BELOW) and self.is_far else ""
        return f"{far}{self.standing}"


@dataclass(frozen=True)
class Rates:
    """The items of all organisations set against their size.

    Parameters
    ----------
    window : Window
    rows : list of Rate
        The highest first.
    pooled : Fact
        The rate of all of them together.
    within : Fact or None
        How many lie within the inner limits.
    """

    window: Window
    rows: list[Rate]
    pooled: Fact
    within: Fact | None

    def _of(self, verdict: str) -> list[Fact]:
        return [row.rate for row in self.rows if row.verdict == verdict]

    @property
    def far_above(self) -> list[Fact]:
        """The rates above the outer limits."""
        return self._of("far_above")

    @property
    def above(self) -> list[Fact]:
        """The rates above the inner limits only."""
        return self._of("above")

    @property
    def below(self) -> list[Fact]:
        """The rates below the inner limits only."""
        return self._of("below")

    @property
    def far_below(self) -> list[Fact]:
        """The rates below the outer limits."""
        return self._of("far_below")

    @property
    def outside(self) -> list[Fact]:
        """All rates outside the inner limits."""
        return [*self.far_above, *self.above, *self.below, *self.far_below]

    @property
    def top(self) -> list[Fact]:
        """The highest rate above the limits; those of two that are alike."""
        above = [*self.far_above, *self.above]
        return [f for f in above if f.most >= max(g.least for g in above)]

    @property
    def bottom(self) -> list[Fact]:
        """The lowest rate below the limits; those of two that are alike."""
        below = [*self.below, *self.far_below]
        return [f for f in below if f.least <= min(g.most for g in below)]

    @property
    def seem_high(self) -> list[Fact]:
        """The rates within the limits that are higher than one that lies above its own."""
        least = min((f.least for f in (*self.far_above, *self.above)), default=float("inf"))
        return [r.rate for r in self.rows if r.standing == Standing.WITHIN and r.rate.least > least][:SEEMING]

    @property
    def seem_low(self) -> list[Fact]:
        """The rates within the limits that are lower than one that lies below its own."""
        most = max((f.most for f in (*self.far_below, *self.below)), default=-1.0)
        found = [r.rate for r in self.rows if r.standing == Standing.WITHIN and r.rate.most < most]
        return found[::-1][:SEEMING]


@view("site", "full")
def site_rates(data: ReportData) -> Rates | None:
    """Return items per 1,000 members against the number of members, with what chance explains (a funnel).

    When: items and members are known of as many, and their rates differ.
    """
    window, facts = data.period.window, data.facts
    about = {"indicator": "publications", "outlet": site(data).outlet, "window": window}
    pooled = facts.one("pooled_rate", organisation=TOTAL, **about)
    inner, outer = ({f.organisation: f for f in facts.select(m, **about)} for m in ("limit_95", "limit_998"))
    rates = [f for f in facts.select("rate", **about) if f.organisation in inner and f.organisation in outer]
    order = {code: place for place, code in enumerate(data.tables.organisations.index)}
    rates.sort(key=lambda f: (-(f.least if f.value is None else f.value), order[f.organisation]))
    differ = len({(f.low, f.high) for f in rates}) > 1
    if pooled is None or not differ or not is_full(data, {f.organisation for f in rates}, window):
        return None
    rows = [
        Rate(
            f,
            facts[f.inputs[0]],
            facts[f.inputs[1]],
            inner[f.organisation],
            outer[f.organisation],
        )
        for f in rates
    ]
    return Rates(window, rows, pooled, facts.one("within_95", organisation=TOTAL, **about))
