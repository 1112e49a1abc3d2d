"""Figures that are other ones than at first publication, since the raw data were corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aqparat.data.precedence import Precedence
from aqparat.metrics.facts import Fact, order_of
from aqparat.metrics.registry import metric
from aqparat.sections.report_data import ReportData


@dataclass(frozen=True)
class Revision:
    """One figure as first published, and as it is now (None: nothing is known of it any more)."""

    before: Fact
    now: Fact | None


def revisions(data: ReportData) -> list[Revision]:
    """Return the revised figures, those handed in before those computed from them."""
    order = Precedence.of(data.tables)
    known = {fact.id: fact for fact in data.facts}
    found = [
        Revision(Fact.read({**entry, **entry["before"]}), known.get(entry["id"])) for entry in data.revisions
    ]
    return sorted(found, key=lambda r: place(r.before, order))


def place(before: Fact, order: Precedence) -> tuple[Any, ...]:
    """Return what a revised figure is put in order by: counts first, then as metrics are told."""
    return before.metric != "volume", metric(before.metric).place, before.metric, order_of(before, order)
