"""How the numbers of a fact are written: decimals, sign, per cent or percentage points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aqparat.words.extent import COUNTS

if TYPE_CHECKING:
    from aqparat.metrics.facts import Fact
    from aqparat.metrics.registry import Metric

_MOST = 6  # decimals of a number near zero


@dataclass(frozen=True)
class Writing:
    """How numbers of one kind are written.

    Parameters
    ----------
    places : int
        Decimals.
    scale : int
        What a number is multiplied by.
    signed : bool
        Whether a number above zero has a plus.
    unit : str
        Key of the label that the digits are put into; empty for none.
    counted : bool
        Whether it counts something as reported: then it is whole, or has the decimals that were reported.
    """

    places: int = 0
    scale: int = 1
    signed: bool = False
    unit: str = ""
    counted: bool = False

    def decimals(self, number: float, alone: bool = True) -> int:
        """Return as many decimals as tell something; of a count's range, whose ends are computed, none."""
        if self.counted and alone and number != round(number):
            return 1 if math.isclose(number, round(number, 1), abs_tol=1e-9) else 2
        if self.places > 1 and 0 < abs(number) < 0.1:  # two digits that tell something
            return max(self.places, min(1 - math.floor(math.log10(abs(number))), _MOST))
        return self.places


def metric(name: str) -> Metric:
    """Return a metric; the registry, and pandas with it, comes where a number is first worded."""
    from aqparat.metrics import registry  # here, since the exporters word none

    return registry.metric(name)


def writing(fact: Fact) -> Writing:
    """Return how a fact is written, as its metric and its unit ask."""
    from aqparat.metrics.registry import DECIMALS  # here: see `metric`

    known = metric(fact.metric)
    if fact.unit == "fraction":
        unit = "number.points" if known.in_points else "number.percent"
        return Writing(1, 100, known.signed, unit)
    if fact.metric == "median":  # between two counts, or one of them
        halves = any(n is not None and n != round(n) for n in (fact.value, fact.low, fact.high))
        return Writing(int(halves))
    places = DECIMALS.get(fact.unit, 0) if known.decimals is None else known.decimals
    return Writing(places, 1, known.signed, counted=fact.metric in COUNTS)


__all__ = ["Writing", "metric", "writing"]
