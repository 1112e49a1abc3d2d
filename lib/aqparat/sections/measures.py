"""Measures: what was decided last time and what has become of it, then what the figures point to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aqparat.metrics.facts import Fact
from aqparat.sections.findings import Finding, findings
from aqparat.sections.report_data import TOTAL, Measure, ReportData

MOST = 7  # findings told


@dataclass(frozen=True)
class Measures:
    """Measures decided, and the findings that point to one; findings are not decisions.

    `late` counts the measures due by the period's last day of which it has brought no word.
    """

    plan: list[Measure]
    findings: list[Finding]
    late: Fact | None = None

    @property
    def told(self) -> list[Measure]:
        """Those whose state is told, the overdue first, and those not yet due."""
        return told(self.plan)

    @property
    def silent(self) -> list[Measure]:
        """Those due of which the period has brought no word."""
        return silent(self.plan)

    @property
    def overdue(self) -> list[str]:
        """Codes of the organisations that report a measure as not ended though it is due."""
        return list(dict.fromkeys(m.organisation for m in self.told if m.overdue))

    @property
    def unheard(self) -> list[str]:
        """Codes of the organisations that have said nothing of a measure that is due."""
        return list(dict.fromkeys(m.organisation for m in self.silent))

    @property
    def awaited(self) -> list[str]:
        """Codes of the organisations that have said nothing of a measure that is not due yet."""
        return list(dict.fromkeys(m.organisation for m in self.told if not m.updated))


def measures(data: ReportData) -> Measures:
    """Return the measures decided and what the figures point to, seven findings at the most."""
    about = {"organisation": TOTAL, "window": data.period.window}
    late = data.facts.one("volume", indicator="measures_past_due", **about)
    return Measures(data.plan(), findings(data)[:MOST], late)


def told(plan: list[Measure]) -> list[Measure]:
    """Return the measures whose state is told and those not yet due: overdue, under way, planned, ended."""
    states = ("under_way", "planned", "done", "dropped")
    kept = [m for m in plan if m.updated or not m.past_due]
    return sorted(kept, key=lambda m: (not m.overdue, states.index(m.status), m.due or date.max))


def silent(plan: list[Measure]) -> list[Measure]:
    """Return the measures that are due and of which the period has brought no word, the latest first."""
    kept = [m for m in plan if m.past_due and not m.updated]
    return sorted(kept, key=lambda m: m.due or date.min, reverse=True)
