"""What has become of the measures decided last time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import Measure, ReportData
from aqparat.sections.views import view


@dataclass(frozen=True)
class Outcome:
    """The measures decided before, by their state now.

    Parameters
    ----------
    counts : dict of str to Fact
        How many, by state: before, done, under_way, planned, dropped, unreported; and since, of those
        decided in the period. Empty where there are none at all.
    overdue, past_due : list of str
        Whose measures are reported as not ended though due; of whose nothing is reported, though due.
    """

    counts: dict[str, Fact]
    overdue: list[str]
    past_due: list[str]

    @property
    def before(self) -> Fact | None:
        """How many were decided before; None where none was."""
        return self._some("before")

    @property
    def since(self) -> Fact | None:
        """How many were decided in the period; None where none was."""
        return self._some("since")

    @property
    def states(self) -> list[tuple[str, Fact]]:
        """The states that some of the measures decided before are in, with how many they are."""
        names = ("done", "under_way", "planned", "dropped", "unreported")
        return [(name, fact) for name in names if (fact := self._some(name))]

    @property
    def unheard(self) -> bool:
        """Whether nothing has been said of any measure decided before."""
        return [name for name, _ in self.states] == ["unreported"]

    def _some(self, name: str) -> Fact | None:
        fact = self.counts.get(name)
        return fact if fact and fact.least > 0 else None


@view("summary")
def answer_measures(data: ReportData) -> Outcome:
    """Return what has become of the measures decided before, and whose are overdue.

    When: always; where none was decided, that none was.
    """
    plan, window = data.plan(), data.period.window
    counts = {
        f.indicator.removeprefix("measures_"): f
        for f in data.facts.select("volume", window=window)
        if f.indicator.startswith("measures_")
    }
    return Outcome(
        counts=counts,
        overdue=_whose(m for m in plan if m.overdue),
        past_due=_whose(m for m in plan if m.past_due and not m.updated),
    )


def _whose(plan: Iterable[Measure]) -> list[str]:
    return list(dict.fromkeys(m.organisation for m in plan))
