"""The metrics of domain.md, section 3: pure functions on frames, all with bounds.

Every function takes and gives *figures*: frames with an `id`, the columns of `KEY` (what a figure is about),
`point, low, high` (see `bounds`), `inputs` (ids of the figures it is computed from) and, of what is
counted, `origins` (raw rows). `collection.collect` calls them all and gives the facts of a report.
"""

from aqparat.metrics.activity_class import activity_class
from aqparat.metrics.activity_index import (
    activity_index,
    components,
    index_rank,
    leave_one_out,
    scores,
    tally,
)
from aqparat.metrics.change import contribution, difference, rank_change
from aqparat.metrics.collection import collect
from aqparat.metrics.common_total import common_outlets, common_totals
from aqparat.metrics.completeness import completeness, filed
from aqparat.metrics.concentration import gini, hhi, share
from aqparat.metrics.coverage import coverage, named, present
from aqparat.metrics.evenness import evenness
from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.growth import cagr, growth, growth_of, pace
from aqparat.metrics.median import median
from aqparat.metrics.months import month_counts
from aqparat.metrics.on_target import on_target
from aqparat.metrics.penetration import penetration
from aqparat.metrics.pooled_rate import limits, pooled_rate
from aqparat.metrics.rank import rank
from aqparat.metrics.rate import rate, training_reach
from aqparat.metrics.rate_ratio import rate_ratio
from aqparat.metrics.reported import reported
from aqparat.metrics.rhythm import (
    active_months,
    calendar_months,
    issues,
    regularity,
    seasonality,
)
from aqparat.metrics.target import target
from aqparat.metrics.units import common_units
from aqparat.metrics.volume import channel_totals, volume

__all__ = [
    "Fact",
    "Facts",
    "active_months",
    "activity_class",
    "activity_index",
    "cagr",
    "calendar_months",
    "channel_totals",
    "collect",
    "common_outlets",
    "common_totals",
    "common_units",
    "completeness",
    "components",
    "contribution",
    "coverage",
    "difference",
    "evenness",
    "filed",
    "gini",
    "growth",
    "growth_of",
    "hhi",
    "index_rank",
    "issues",
    "leave_one_out",
    "limits",
    "median",
    "month_counts",
    "named",
    "on_target",
    "pace",
    "penetration",
    "pooled_rate",
    "present",
    "rank",
    "rank_change",
    "rate",
    "rate_ratio",
    "regularity",
    "reported",
    "scores",
    "seasonality",
    "share",
    "tally",
    "target",
    "training_reach",
    "volume",
]
