"""The evaluator: computes every derived fact again, from the published facts it names and the settings alone.

It shares no code with the metrics, so that a fault there is not repeated here. What cannot be computed
from its inputs names too few.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aqparat.publish.evaluate.formulas import FORMULAS, Result
from aqparat.publish.evaluate.graph import Graph, Record, UnfitError
from aqparat.publish.evaluate.standing import STANDING

COUNTED = ("volume", "channel_total", "present", "target", "listed")  # metrics that may stand in raw rows
_FORMULAS = FORMULAS | STANDING
_CLOSE = 1e-9  # of 1, or of the number where it is larger


@dataclass(frozen=True)
class Mismatch:
    """A fact that is not what its inputs say.

    Parameters
    ----------
    id : str
        The fact.
    field : {"value", "low", "high", "interval_low", "interval_high", "inputs"}
        What is otherwise; `inputs` where it cannot be computed from those it names.
    published, recomputed : float or None
        The two numbers; None where unknown or unbounded.
    lacking : str
        The input, or the setting, that is not there; empty where the inputs are of the wrong kind or
        number.
    """

    id: str
    field: str
    published: float | None = None
    recomputed: float | None = None
    lacking: str = ""


def mismatches(records: Iterable[Record], settings: Mapping[str, Any]) -> list[Mismatch]:
    """Compute every derived fact again and name what differs.

    Parameters
    ----------
    records : iterable of mapping
        The objects of a facts.json that names inputs.
    settings : mapping
        `settings` of the manifest: values by dotted key, the weights of the index in their order.

    Returns
    -------
    list of Mismatch
        Empty where every number is what its inputs say, to 1e-9; the band of ranks that drawn weights
        give may differ by one.
    """
    graph = Graph(records, settings)
    return [found for record in graph.records.values() for found in _held(record, graph)]


def is_derived(record: Record) -> bool:
    """Tell whether a fact is computed from other facts."""
    return "inputs" in record


def _held(record: Record, graph: Graph) -> Iterator[Mismatch]:
    if not is_derived(record):
        if record["metric"] not in COUNTED:
            yield Mismatch(record["id"], "inputs")
        return
    formula = _FORMULAS.get(record["metric"])
    try:
        if formula is None:
            raise UnfitError
        result = formula(record, graph.inputs(record), graph)
    except UnfitError as error:
        yield Mismatch(record["id"], "inputs", lacking=error.lacking)
        return
    except (ArithmeticError, ValueError):  # inputs that no such number can be computed from
        yield Mismatch(record["id"], "inputs")
        return
    by_draws = record["metric"] == "rank" and record["indicator"] == "activity"
    for field, number in _fields(result).items():
        slack = 1.0 if by_draws and field.startswith("interval") else 0.0
        if not _equal(record.get(field), number, slack):
            yield Mismatch(record["id"], field, record.get(field), number)


def _fields(result: Result) -> dict[str, float | None]:
    low, high = result.interval or (math.nan, math.nan)
    found = result.number
    is_known = math.isclose(found.low, found.high, rel_tol=_CLOSE)  # the same bounds leave one number
    numbers = {
        "value": found.low if is_known else found.point, "low": found.low, "high": found.high,
        "interval_low": low, "interval_high": high,
    }  # fmt: skip
    return {k: None if n is None or not math.isfinite(n) else n for k, n in numbers.items()}


def _equal(published: float | None, recomputed: float | None, slack: float) -> bool:
    if published is None or recomputed is None:
        return published is recomputed
    close = _CLOSE * max(1.0, abs(published), abs(recomputed))
    return abs(published - recomputed) <= close + slack


__all__ = ["Mismatch", "is_derived", "mismatches"]
