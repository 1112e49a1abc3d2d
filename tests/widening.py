"""What the rule does not hold for that less knowledge only widens bounds (domain.md, section 3), and why."""

from __future__ import annotations

from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.plan import PLAN

EXEMPT = {
    "pace": "leans on past years and on settings",
    "seasonality": "leans on past years",
    "reported": "counts the figures that are there",
    "listed": "counts the rows that are there",
    "within_95": "counts those whose rate is known",
    "risen": "is of those of whom both figures are known",
    "fallen": "is of those of whom both figures are known",
    "pooled_rate": "is of those of whom both items and members are known",
    "limit_95": "lies around the pooled rate",
    "limit_998": "lies around the pooled rate",
    "completeness": "counts who has handed anything in",
    "leave_one_out": "tells what other components make of the value, not what reporting leaves open",
}
EXEMPT_INDICATORS = {
    "organisations_filed": "counts who has handed anything in",
    "organisations_on_time": "counts the forms that are there",
    "organisations_named": "counts whom a source names",
    **dict.fromkeys(PLAN, "counts the rows of measures that are there"),
}


def is_exempt(fact: Fact) -> bool:
    return fact.metric in EXEMPT or fact.indicator in EXEMPT_INDICATORS


def rests_on_other_members(fact: Fact, before: Facts, after: Facts) -> bool:
    """Tell whether the members of another window stand in: the last reported are carried forward.

    A rate is by the members last reported. Without their row the members of an earlier window are those:
    another number, not a wider one.
    """
    return any(
        _members(after[name]) != _members(before[name]) for name in after.behind([fact.id]) if name in before
    )


def _members(fact: Fact) -> set[str]:
    return {name for name in fact.inputs if name.startswith("volume.members.")}
