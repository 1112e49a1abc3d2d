"""The registry of metrics: each stands here once, with how it is called and what all others know of it.

Facts, the JSON Schema of facts.json, the words of a number and `aqparat compare` read it. What a metric is
called in a language, and its formula, are in `texts/<language>/labels.toml` (`metric_name`, `formula`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from aqparat.data.measures import shown
from aqparat.metrics import figures
from aqparat.metrics.activity_class import activity_class
from aqparat.metrics.basis import Basis
from aqparat.metrics.change import contribution, difference, moved, rank_change
from aqparat.metrics.completeness import completeness
from aqparat.metrics.concentration import gini, hhi, share
from aqparat.metrics.coverage import coverage
from aqparat.metrics.evenness import evenness
from aqparat.metrics.growth import cagr, growth, growth_of, pace
from aqparat.metrics.median import median
from aqparat.metrics.on_target import on_target
from aqparat.metrics.pooled_rate import limits
from aqparat.metrics.rate_ratio import rate_ratio
from aqparat.metrics.rhythm import regularity, seasonality
from aqparat.metrics.target import target
from aqparat.metrics.within import within

OF_INDICATOR = ""  # the unit of what is counted
OF_INPUTS = "inputs"  # the unit of the facts it is computed from
_LAST = 100


@dataclass(frozen=True)
class Metric:
    """A metric.

    Parameters
    ----------
    name : str
        The first part of the ids of its facts.
    unit : str
        As facts.json has it, or `OF_INDICATOR`, or `OF_INPUTS`.
    compute : callable
        Gives its figures.
    place : int
        Where it stands in lists of all metrics; of those of one place the names decide.
    decimals : int or None
        Shown of its numbers, None where their unit decides (`DECIMALS`); a fraction is shown as a percentage,
        with one always.
    signed : bool
        Whether a number above zero is written with a plus.
    in_points : bool
        Whether a fraction is a difference of fractions, or a part of one: told in percentage points.
    interval : {"", "chance", "weights"}
        What its `interval_low` and `interval_high`, if it has them, come from.
    level : str
        The setting that says how much lies within an interval of chance.
    is_derived : bool
        Whether it is always computed from other facts; others may stand in raw rows.
    is_compared : bool
        Whether it holds a window against another, its base.
    is_named : bool
        False where its name says no more than the indicator's.
    of_organisation : bool
        Whether it is told among the rates of an organisation's own report.
    is_picked, is_mapped : bool
        Whether exploring offers it of any window; and as the tone of a map, being never below zero.
    """

    name: str
    unit: str
    compute: Callable[[Basis], pd.DataFrame]
    place: int = _LAST
    decimals: int | None = 0
    signed: bool = False
    in_points: bool = False
    interval: Literal["", "chance", "weights"] = ""
    level: str = "interval.level"
    is_derived: bool = True
    is_compared: bool = False
    is_named: bool = True
    of_organisation: bool = False
    is_picked: bool = False
    is_mapped: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether its numbers count something, so that a noun can stand after them."""
        return self.unit in (OF_INDICATOR, "organisation", "item")


def _contribution(b: Basis) -> pd.DataFrame:
    return contribution(b.steady_units, b.member_codes.append(b.head_office))


def _moved(b: Basis, name: str) -> pd.DataFrame:
    items = b.steady_units["indicator"].eq("publications") & b.steady_units["outlet"].isin(b.own_sites.index)
    return moved(b.steady_units[items], b.member_codes, name)


_LEVELS = {"limit_95": "funnel.inner", "limit_998": "funnel.outer"}


def _limits(b: Basis, name: str) -> pd.DataFrame:
    sites, level = b.own_sites.index, b.settings.at(_LEVELS[name])
    return limits(b.pooled_rates, b.people, b.members, sites, level, name)


def _within(b: Basis) -> pd.DataFrame:
    return within(b.rates, _limits(b, "limit_95"), "within_95")


def _reported(b: Basis) -> pd.DataFrame:
    of_index = (b.index.components_reported, b.index.scores_reported)
    return figures.stacked(b.reported, *b.rates_reported.values(), *of_index)


def _median_of(b: Basis, name: str, rates: pd.DataFrame) -> pd.DataFrame:
    return median(rates, b.rates_reported[name], b.members, f"median_{name}", f"_{name}")


def _on_target(b: Basis) -> pd.DataFrame:
    known, aim = b.rates_reported["penetration"], b.settings["penetration"]["target"]
    return on_target(b.penetrations, known, b.members, aim, "_penetration")


def _rate_ratio(b: Basis) -> pd.DataFrame:
    return rate_ratio(b.steady_units, b.member_codes, b.items, b.level, b.settings["rate_ratio"]["least"])


def _common_growth(b: Basis) -> pd.DataFrame:
    return growth_of(figures.totals(b.common_totals), "common_growth")


def _common_ratio(b: Basis) -> pd.DataFrame:
    union, least = figures.totals(b.common_totals), b.settings["rate_ratio"]["least"]
    return rate_ratio(union, b.member_codes, b.items, b.level, least, "common_ratio")


def _seasonality(b: Basis) -> pd.DataFrame:
    of_halves = seasonality(b.flows, years=b.years)
    return figures.stacked(of_halves, seasonality(b.flows, b.months, b.years))


def _regularity(b: Basis) -> pd.DataFrame:
    months = regularity(b.active_months, b.calendar_months, ["organisation"], "publications")
    return figures.stacked(months, regularity(*b.issues, ["organisation", "outlet"], "issues"))


def _target(b: Basis) -> pd.DataFrame:
    measures = b.tables.measures
    return target(shown(measures, b.tables.current("measures")["batch"]), measures, b.tables.period.window)


def _difference(b: Basis) -> pd.DataFrame:
    rates, tallies = b.index.components, b.index.tallies
    counted = rates["indicator"].isin(tallies["indicator"])  # of these the counts are held together
    return difference(figures.stacked(tallies, rates[~counted]), b.tables.organisations)


PER_MEMBER = "items per 1000 members"
COPIES_PER_MEMBER = "copies per 100 members"
DECIMALS = {PER_MEMBER: 2, COPIES_PER_MEMBER: 2}  # by unit; 0 where it is not here

# fmt: off
_METRICS = (  # in the order of facts.schema.json
    Metric("volume", OF_INDICATOR, lambda b: b.counted,
           place=0, is_derived=False, is_named=False, is_picked=True, is_mapped=True),
    Metric("channel_total", OF_INDICATOR, lambda b: b.channels, is_derived=False),
    Metric("common_total", OF_INDICATOR, lambda b: b.common_totals),
    Metric("common_growth", "fraction", _common_growth, signed=True, is_compared=True),
    Metric("common_ratio", "ratio", _common_ratio, decimals=2, interval="chance", is_compared=True),
    Metric("present", "organisation", lambda b: b.present, is_derived=False),
    Metric("target", OF_INDICATOR, _target, is_derived=False),
    Metric("reported", "organisation", _reported),
    Metric("median", OF_INDICATOR, lambda b: median(b.comparable, b.reported, b.members), decimals=1),
    Metric("median_rate", PER_MEMBER, lambda b: _median_of(b, "rate", b.rates), decimals=2),
    Metric("median_penetration", COPIES_PER_MEMBER,
           lambda b: _median_of(b, "penetration", b.penetrations), decimals=2),
    Metric("median_training_reach", "fraction", lambda b: _median_of(b, "training_reach", b.reaches)),
    Metric("on_target", "organisation", _on_target),
    Metric("listed", "item", lambda b: b.listed, is_derived=False, is_named=False),
    Metric("growth", "fraction", lambda b: growth(b.units, b.channels),
           place=1, signed=True, is_compared=True, is_picked=True),
    Metric("cagr", "fraction", lambda b: cagr(figures.totals(b.all_volumes)),
           place=6, signed=True, is_compared=True),
    Metric("pace", OF_INDICATOR, lambda b: pace(b.flows, b.settings["pace"]), place=5),
    Metric("share", "fraction", lambda b: share(b.volumes, b.items, b.level),
           place=2, interval="chance", is_picked=True, is_mapped=True),
    Metric("coverage", "fraction", lambda b: coverage(b.present, b.due), place=9),
    Metric("hhi", "index", lambda b: hhi(b.comparable, b.reported, b.members), place=14, decimals=3),
    Metric("gini", "index", lambda b: gini(b.comparable, b.reported, b.members), place=15, decimals=3),
    Metric("rate", PER_MEMBER, lambda b: b.rates,
           place=16, decimals=2, interval="chance", of_organisation=True, is_picked=True, is_mapped=True),
    Metric("pooled_rate", PER_MEMBER, lambda b: b.pooled_rates, place=20, decimals=2),
    Metric("limit_95", PER_MEMBER, lambda b: _limits(b, "limit_95"),
           place=21, decimals=2, interval="chance", level=_LEVELS["limit_95"]),
    Metric("limit_998", PER_MEMBER, lambda b: _limits(b, "limit_998"),
           place=22, decimals=2, interval="chance", level=_LEVELS["limit_998"]),
    Metric("within_95", "organisation", _within),
    Metric("penetration", COPIES_PER_MEMBER, lambda b: b.penetrations,
           place=17, decimals=2, of_organisation=True, is_picked=True, is_mapped=True),
    Metric("rate_ratio", "ratio", _rate_ratio, place=8, decimals=2, interval="chance", is_compared=True),
    Metric("rank", "rank", lambda b: figures.stacked(b.ranks, b.index.ranks),
           place=3, interval="weights", is_picked=True),
    Metric("rank_change", "rank", lambda b: rank_change(b.steady_ranks, b.tables.organisations),
           place=4, signed=True, is_compared=True),
    Metric("evenness", "index", lambda b: evenness(b.comparable), place=13, decimals=3, of_organisation=True),
    Metric("contribution", "fraction", _contribution, place=7, signed=True, in_points=True, is_compared=True),
    Metric("risen", "organisation", lambda b: _moved(b, "risen"), is_compared=True),
    Metric("fallen", "organisation", lambda b: _moved(b, "fallen"), is_compared=True),
    Metric("seasonality", "fraction", _seasonality, place=12),
    Metric("regularity", "fraction", _regularity, place=11, of_organisation=True),
    Metric("completeness", "fraction", lambda b: completeness(b.filed, b.due), place=10),
    Metric("training_reach", "fraction", lambda b: b.reaches,
           place=18, of_organisation=True, is_picked=True, is_mapped=True),
    Metric("component", OF_INPUTS, lambda b: b.index.components, decimals=None),
    Metric("tally", OF_INPUTS, lambda b: b.index.tallies),
    Metric("score", "index", lambda b: b.index.scores, decimals=1),
    Metric("activity_index", "index", lambda b: b.index.indices,
           place=19, decimals=1, is_named=False, is_mapped=True),
    Metric("activity_class", "class", lambda b: activity_class(b.index.indices)),
    Metric("leave_one_out", "index", lambda b: b.index.left_out, decimals=1),
    Metric("difference", OF_INPUTS, _difference, decimals=None, signed=True, in_points=True,
           is_compared=True),
)
# fmt: on
METRICS = {metric.name: metric for metric in _METRICS}


def metric(name: str) -> Metric:
    """Return a metric by its name; one of which nothing is known, where another version had it."""
    return METRICS.get(name) or Metric(name, OF_INDICATOR, lambda basis: basis.counted[:0])
