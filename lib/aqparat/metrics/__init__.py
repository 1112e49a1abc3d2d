"""The metrics of domain.md, section 3: pure functions on frames, all with bounds.

Every function takes and gives *figures*: frames with the columns of `KEY` (what a figure is about),
`point, low, high` (see `bounds`) and `origins` (raw rows it comes from). `facts.collect` calls them
all and gives the facts of a report.
"""

from aqparat.metrics.concentration import gini, hhi, share
from aqparat.metrics.coverage import coverage, named
from aqparat.metrics.facts import Fact, Facts, collect
from aqparat.metrics.growth import cagr, growth, pace
from aqparat.metrics.penetration import penetration
from aqparat.metrics.rank import rank
from aqparat.metrics.volume import volume

__all__ = [
    "Fact",
    "Facts",
    "cagr",
    "collect",
    "coverage",
    "gini",
    "growth",
    "hhi",
    "named",
    "pace",
    "penetration",
    "rank",
    "share",
    "volume",
]
