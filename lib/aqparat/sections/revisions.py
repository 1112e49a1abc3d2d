"""Figures that are other ones than at first publication, since the raw data were corrected."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import ReportData


@dataclass(frozen=True)
class Revision:
    """One figure as first published, and as it is now (None: nothing is known of it any more)."""

    before: Fact
    now: Fact | None


def revisions(data: ReportData) -> list[Revision]:
    """Return the revised figures, those handed in before those computed from them."""
    known = {fact.id: fact for fact in data.facts}
    found = [
        Revision(Fact.read({**entry, **entry["before"]}), known.get(entry["id"])) for entry in data.revisions
    ]
    return sorted(found, key=lambda r: (r.before.metric != "volume", r.before.id))
