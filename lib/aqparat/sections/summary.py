"""The summary: the key figures and the most telling findings of all sections."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.evidence import Evidence
from aqparat.sections.newspapers import Coverage, Paper, carried, subscription
from aqparat.sections.organisations import Activity, activity
from aqparat.sections.site import Site, site


@dataclass(frozen=True)
class KeyFigure:
    """A figure for the head of the report: what is counted where, and its change if comparable."""

    fact: Fact
    change: Fact | None = None


@dataclass(frozen=True)
class Summary:
    """What the head of the report is made from."""

    site: Site
    papers: list[Paper]
    carried: list[Coverage]
    activity: Activity
    figures: list[KeyFigure]


def summary(evidence: Evidence) -> Summary:
    """Gather the key figures: the site now, copies of each paper, items each paper carried."""
    union_site, papers, coverage = site(evidence), subscription(evidence).papers, carried(evidence)
    figures = [KeyFigure(union_site.now, union_site.now_growth)] if union_site.now else []
    figures += [
        KeyFigure(p.last, next((g for g in p.growth if g.window == p.last.window), None)) for p in papers
    ]
    figures += [
        KeyFigure(c.last.items, next((g for g in c.growth if g.window == c.last.window), None))
        for c in coverage
    ]
    return Summary(union_site, papers, coverage, activity(evidence), figures)
