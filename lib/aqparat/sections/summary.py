"""The summary: the key figures and the most telling findings of all sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.sections.activity import activity
from aqparat.sections.newspapers import Coverage, carried
from aqparat.sections.ranking import Gap, gaps
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import Site, site
from aqparat.sections.subscription import Paper, subscription

UNTOLD = 0.25  # score of a change that cannot be told: it calls for better data


@dataclass(frozen=True)
class KeyFigure:
    """A figure for the head of the report: what is counted where, and its change if comparable."""

    fact: Fact
    change: Fact | None = None


@dataclass(frozen=True)
class Headline:
    """A finding for the summary: what kind it is, what it is about, and how much it tells (0 to 1)."""

    kind: str
    subject: Any
    score: float


@dataclass(frozen=True)
class Summary:
    """What the head of the report is made from; `headlines` in the order of the sections."""

    figures: list[KeyFigure]
    headlines: list[Headline]
    gaps: dict[str, Gap]


def summary(data: ReportData) -> Summary:
    """Return the key figures and the three to five most telling findings.

    Rule
    ----
    Each finding scores between 0 and 1: a change (or a pace against the last year) its relative size,
    cut at 1; silence and overdue measures the part of the organisations or measures concerned; a
    change that cannot be told 0.25. The `findings.most` highest are told, in the order of the report.
    """
    union_site, papers, coverage = site(data), subscription(data).papers, carried(data)
    found = [
        *_site(union_site),
        *(Headline("paper", p, _size(p.growth[-1] if p.growth else None)) for p in papers),
        *(Headline("limit", c, UNTOLD) for c in coverage if c.limit and c.last.window.is_open),
        *_people(data, union_site),
    ]
    most = sorted(found, key=lambda h: -h.score)[: data.settings["findings"]["most"]]
    figures = _figures(union_site, papers, coverage)
    return Summary(figures, [h for h in found if h in most], gaps(data, [f.fact for f in figures]))


def _figures(union_site: Site, papers: list[Paper], coverage: list[Coverage]) -> list[KeyFigure]:
    figures = [KeyFigure(union_site.now, union_site.now_growth)] if union_site.now else []
    figures += [KeyFigure(p.last, _at(p.growth, p.last)) for p in papers]
    return figures + [KeyFigure(c.last.items, _at(c.growth, c.last.items)) for c in coverage]


def _at(growth: list[Fact], fact: Fact) -> Fact | None:
    return next((g for g in growth if g.window == fact.window), None)


def _site(union_site: Site) -> list[Headline]:
    if union_site.now is None:
        return []
    score = _size(union_site.now_growth)
    if union_site.now_growth is None and union_site.pace and union_site.pace.value and union_site.last_year:
        base = union_site.last_year.value
        sure = union_site.pace_relation in ("above", "below")
        score = min(abs(union_site.pace.value / base - 1), 1.0) if base and sure else UNTOLD
    return [Headline("site", union_site, score)]


def _people(data: ReportData, union_site: Site) -> list[Headline]:
    status, n = activity(data), len(data.tables.members())
    ranked = union_site.ranking
    zero = [f for g in union_site.silent for f in g.facts] + (ranked.none if ranked else [])
    silent = [f.organisation for f in zero if f.window == data.period.window]
    plan = data.plan()
    late = [m for m in plan if m.overdue]
    found = []
    if status.unmentioned:
        found.append(Headline("unmentioned", status, len(status.unmentioned) / n))
    if silent:
        found.append(Headline("silent", silent, len(silent) / n))
    if late:
        who = list(dict.fromkeys(m.organisation for m in late))
        found.append(Headline("overdue", who, len(late) / len(plan)))
    return found


def _size(growth: Fact | None) -> float:
    """Score a change by its surely known size."""
    if growth is None:
        return UNTOLD
    if growth.least <= 0 <= growth.most and growth.least != growth.most:
        return UNTOLD  # up or down is not known
    return min(abs(growth.least), abs(growth.most), 1.0)
