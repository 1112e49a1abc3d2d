"""Where an organisation stands among all, by what it does for each member."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import ReportData
from aqparat.sections.views import is_full, view

QUARTER = 25.0  # of the percentile ranks, at each end
LEAST = 4  # organisations: of fewer not one makes a quarter


@dataclass(frozen=True)
class Rate:
    """A rate of an organisation beside the same rate of all others.

    Parameters
    ----------
    kind : str
        A component of the activity index.
    own : Fact or None
        None where it is not known.
    others : list of Fact
        Of the other member organisations, the lowest first.
    score : Fact or None
        Percentile rank of the own one, 0 to 100.
    """

    kind: str
    own: Fact | None
    others: list[Fact]
    score: Fact | None

    @property
    def quarter(self) -> str:
        """Where it surely lies: in the upper quarter of all, the lower, between; "" where that is open."""
        if self.score is None:
            return ""
        if self.score.least >= 100 - QUARTER:
            return "upper"
        if self.score.most <= QUARTER:
            return "lower"
        return "middle" if self.score.least > QUARTER and self.score.most < 100 - QUARTER else ""


@dataclass(frozen=True)
class Standing:
    """What an organisation does for each member, beside all others."""

    organisation: str
    rates: list[Rate]

    @property
    def own(self) -> list[Fact]:
        """The rates of its own that are known."""
        return [rate.own for rate in self.rates if rate.own]

    def lying(self, quarter: str) -> list[Rate]:
        """Return the rates that surely lie in a quarter: upper, lower, or between."""
        return [rate for rate in self.rates if rate.quarter == quarter]


@view("own_place", "full")
def own_place(data: ReportData, organisation: str) -> Standing | None:
    """Return where the organisation stands among all on each rate of the activity index.

    When: it is a member organisation, at least one rate of its own is known, and of that kind the rates of
    enough others, which are not all the same; and there are four or more.
    """
    facts, window = data.facts, data.period.window
    rates = []
    for kind in data.settings["activity_index"]["weights"]:
        all_ = facts.select("component", indicator=kind, window=window)
        if not is_full(data, {f.organisation for f in all_}, window) or len({f.value for f in all_}) < 2:
            continue
        if len(all_) < LEAST:
            continue
        own = next((f for f in all_ if f.organisation == organisation), None)
        others = sorted((f for f in all_ if f is not own), key=lambda f: f.least)
        score = facts.one("score", indicator=kind, organisation=organisation, window=window)
        rates.append(Rate(kind, own, others, score))
    return Standing(organisation, rates) if any(rate.own for rate in rates) else None
