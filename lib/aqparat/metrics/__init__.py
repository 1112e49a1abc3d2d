"""The metrics of domain.md, section 3: pure functions on frames, all with bounds.

Every function takes and gives *figures*: frames with the columns of `KEY` (what a figure is about),
`point, low, high` (see `bounds`) and `origins` (raw rows it comes from). `collection.collect` calls them
all and gives the facts of a report.
"""

from aqparat.metrics.activity_index import activity_index, components, index_rank, leave_one_out
from aqparat.metrics.change import contribution, rank_change
from aqparat.metrics.collection import collect
from aqparat.metrics.completeness import completeness
from aqparat.metrics.concentration import gini, hhi, share
from aqparat.metrics.coverage import coverage, named
from aqparat.metrics.evenness import evenness
from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.growth import cagr, growth, pace
from aqparat.metrics.penetration import penetration
from aqparat.metrics.rank import rank
from aqparat.metrics.rate import rate, training_reach
from aqparat.metrics.rate_ratio import rate_ratio
from aqparat.metrics.rhythm import issues, months, regularity, seasonality
from aqparat.metrics.units import common_units
from aqparat.metrics.volume import volume

__all__ = [
    "Fact",
    "Facts",
    "activity_index",
    "cagr",
    "collect",
    "common_units",
    "completeness",
    "components",
    "contribution",
    "coverage",
    "evenness",
    "gini",
    "growth",
    "hhi",
    "index_rank",
    "issues",
    "leave_one_out",
    "months",
    "named",
    "pace",
    "penetration",
    "rank",
    "rank_change",
    "rate",
    "rate_ratio",
    "regularity",
    "seasonality",
    "share",
    "training_reach",
    "volume",
]
