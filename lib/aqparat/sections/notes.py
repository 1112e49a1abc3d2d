"""Notes: what is odd about the data of the period."""

from __future__ import annotations

from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.metrics.figures import ids
from aqparat.sections.findings import Finding
from aqparat.sections.moves import Move, moves
from aqparat.sections.newspapers import carried
from aqparat.sections.report_data import TOTAL, ReportData, kept
from aqparat.sections.site import site


@kept
def notes(data: ReportData) -> list[Finding]:
    """Return what is odd about the data and is found by rule; what a source alone shows is a highlight.

    Rules
    -----
    half_beside_years
        A half-year stands beside whole years for the same thing: there is no half to hold it against, and its
        own year is not known.
    open_end
        Counts whose end is not stated, where the period itself has no figure.
    same_value
        One organisation reports the same number for two outlets in one window, one of them in the data of the
        period.
    head_office_counted
        The head office is among those named with one total of a paper and not with the other, one of them
        brought by the period.
    counted_elsewhere
        Figures of one thing that are counted by other outlets or channels than before (`moves`).
    """
    volumes = data.facts.select("volume")
    found = [_half_beside_years(data), _open_end(data, volumes)]
    found += [*_same_values(data, volumes), *_head_office_counted(data), *_counted_elsewhere(data)]
    return [f for f in found if f]


def _half_beside_years(data: ReportData) -> Finding | None:
    known = site(data)
    if known.now is None or known.now_growth or not known.years or not data.period.is_half:
        return None
    if known.years[-1].window == data.period.whole_year.window:
        return None
    return Finding("half_beside_years", facts=[known.now], windows=[f.window for f in known.years])


def _open_end(data: ReportData, volumes: list[Fact]) -> Finding | None:
    running = [f for f in data.current(volumes) if f.window.is_open and f.indicator != "issues"]
    return Finding("open_end", facts=running, windows=[running[0].window]) if running else None


def _told_now(data: ReportData) -> set[str]:
    """Return the ids of the figures that the period itself has brought."""
    rows = data.tables.current("observations")
    return set(ids(rows, "volume")) if len(rows) else set()


def _same_values(data: ReportData, volumes: list[Fact]) -> list[Finding]:
    now = _told_now(data)
    groups: dict[tuple[Any, ...], list[Fact]] = {}
    for f in volumes:
        if f.organisation != TOTAL and f.indicator == "publications" and f.value and f.window.is_open:
            groups.setdefault((f.organisation, f.window, f.value, f.qualifier), []).append(f)
    return [
        Finding("same_value", [key[0]], same) for key, same in groups.items()
        if len(same) > 1 and any(f.id in now for f in same)
    ]  # fmt: skip


def _head_office_counted(data: ReportData) -> list[Finding]:
    now, found = _told_now(data), []
    for paper in carried(data):
        named = [c for c in paper.carried if c.named]
        with_it = [c for c in named if c.head_office]
        without = [c.window for c in named if not c.head_office]
        if with_it and without and any(c.items.id in now for c in named):
            found.append(
                Finding(
                    "head_office_counted",
                    [c.head_office for c in with_it if c.head_office][:1],
                    facts=[c.items for c in with_it],
                    windows=without,
                    outlets=[paper.outlet],
                )
            )
    return found


def _counted_elsewhere(data: ReportData) -> list[Finding]:
    """Put those together that moved alike."""
    alike: dict[Any, list[Move]] = {}
    for move in moves(data):
        alike.setdefault((move.indicator, tuple(move.before), tuple(move.now)), []).append(move)
    return [
        Finding("counted_elsewhere", [move.organisation for move in same], moves=same[:1])
        for same in alike.values()
    ]
