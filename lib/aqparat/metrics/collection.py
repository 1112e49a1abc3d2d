"""The collection of a report's facts: every metric that the data support, in the windows it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

import pandas as pd

from aqparat.data.precedence import Precedence
from aqparat.data.prepare import Tables
from aqparat.data.schemas import ACTIVITY_KINDS
from aqparat.metrics import figures
from aqparat.metrics.attendance import PARTICIPANTS
from aqparat.metrics.basis import Basis
from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.plan import PLAN
from aqparat.metrics.registry import METRICS, OF_INDICATOR, OF_INPUTS, Metric, metric
from aqparat.period import Window

_COUNTED = {  # indicators the program counts itself, where indicators.csv does not list them
    **dict.fromkeys(
        ("organisations", "organisations_named", "organisations_filed", "organisations_on_time"),
        "organisation",
    ),
    **dict.fromkeys(("issues", "issues_out", "issues_due"), "issue"),
    **dict.fromkeys(("active_months", "calendar_months"), "month"),
    **dict.fromkeys(PLAN, "measure"),
    "activity": "index",
    **dict.fromkeys(ACTIVITY_KINDS, "event"),
    **dict.fromkeys((kind + PARTICIPANTS for kind in ACTIVITY_KINDS), "participant"),
}


def collect(tables: Tables, history: bool = False) -> Facts:
    """Return every metric that the data of a report support.

    Parameters
    ----------
    tables : Tables
        Prepared tables.
    history : bool
        Whether to add the organisations' own figures of all windows, with growth and share: an
        organisation's own report has them.

    Returns
    -------
    Facts
        Those of the period and its year, of what they are compared with, the union's totals of all halves
        and years, what the period's own batch reports of any window, what a source names lowest or highest,
        and the inputs of all these.
    """
    basis = Basis(tables, history)
    computed, precedence = Facts(_computed(basis)), Precedence.of(tables)
    united = set(basis.united["id"])
    own = basis.own_ids | set(basis.attended["id"])
    wanted = [
        f.id for f in computed if (history or basis.scope.holds(f) or f.id in own) and f.id not in united
    ]
    kept: dict[str, Fact] = {}
    while wanted:
        fact = computed[wanted.pop()]
        if fact.id not in kept:
            kept[fact.id] = fact
            wanted += () if fact.origins else fact.inputs  # a sum may name raw rows instead of its parts
    return Facts((_settled(kept[i], kept) for i in sorted(kept)), precedence)


def _settled(fact: Fact, kept: Mapping[str, Fact]) -> Fact:
    """Let a sum name its parts where all of them are published, else its raw rows."""
    if not (fact.inputs and fact.origins):
        return fact
    if all(i in kept for i in fact.inputs):
        return replace(fact, origins=())
    return replace(fact, inputs=())


def _computed(basis: Basis) -> Iterator[Fact]:
    """Yield the facts of all metrics; of sums with both their parts and their raw rows."""
    units = units_of(basis.tables)
    frames = [(metric("volume"), basis.united), *((m, m.compute(basis)) for m in METRICS.values())]
    for each, frame in frames:
        for fact in facts_of(each, frame, units):
            units[fact.id] = fact.unit
            yield fact


def units_of(tables: Tables) -> dict[str, str]:
    """Return the unit of each indicator, of those that the program counts too."""
    return {**_COUNTED, **tables.indicators["unit"].to_dict()}


def facts_of(each: Metric, frame: pd.DataFrame, units: Mapping[str, str]) -> Iterator[Fact]:
    """Yield the facts of figures of one metric; of sums with both their parts and their raw rows.

    Parameters
    ----------
    each : Metric
    frame : DataFrame
        Its figures (`figures.COLUMNS`).
    units : mapping of str to str
        The unit of each indicator; where the metric has that of what it is computed from, of each fact too.
    """
    for row in _rows(frame):
        unit = each.unit
        if unit == OF_INPUTS:
            unit = units[row["inputs"][0]]
        elif unit == OF_INDICATOR:
            unit = units[row["indicator"]]
        yield Fact(metric=each.name, unit=unit, **row)


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield figures as the parameters of a fact, but for its metric and unit."""
    if frame.empty:
        return iter(())
    names = ("id", "indicator", "organisation", "outlet", "channel", "qualifier")
    numbers = ("value", "low", "high", "interval_low", "interval_high")
    columns: dict[str, list[Any]] = {
        **{name: frame[name].tolist() for name in names},
        **{name: _rounded(frame[name]) for name in numbers},
        **{name: list(map(tuple, frame[name])) for name in ("inputs", "origins")},
        "window": _windows(frame, figures.WINDOW),
        "base": _windows(frame, figures.BASE),
    }
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _windows(frame: pd.DataFrame, columns: list[str]) -> list[Window | None]:
    """Return the windows of figures, each as one object; None where there is none."""
    starts, ends = (frame[c].to_numpy().astype("datetime64[D]").tolist() for c in columns)
    days = list(zip(starts, ends, strict=True))
    windows = {(start, end): Window(start, end) if start else None for start, end in set(days)}
    return [windows[pair] for pair in days]


def _rounded(numbers: pd.Series[float]) -> list[float | None]:
    """Return numbers without the last bits of a sum; None for what is unknown or unbounded."""
    return [float(f"{n:.12g}") if isfinite(n) else None for n in numbers.tolist()]
