"""Facts: every number of a report, once, with an id that is the same in every language and run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.prepare import Tables, in_force
from aqparat.data.schemas import ACTIVITY_KINDS, TOTAL
from aqparat.metrics import figures
from aqparat.metrics.concentration import gini, hhi, share
from aqparat.metrics.coverage import coverage, named
from aqparat.metrics.growth import cagr, growth, pace
from aqparat.metrics.penetration import penetration
from aqparat.metrics.rank import rank
from aqparat.metrics.volume import volume
from aqparat.period import Window
from aqparat.settings import SETTINGS

UNITS = {
    "growth": "fraction",
    "cagr": "fraction",
    "share": "fraction",
    "coverage": "fraction",
    "hhi": "index",
    "gini": "index",
    "rank": "rank",
    "penetration": "copies per 100 members",
}  # a metric not here has the unit of its indicator
_DERIVED = {  # indicators the program counts itself, where indicators.csv does not list them
    "organisations": "organisation",
    "organisations_named": "organisation",
    "issues": "issue",
    **dict.fromkeys(ACTIVITY_KINDS, "event"),
}


@dataclass(frozen=True)
class Fact:
    """One number: what it is about, what it is, and the raw rows it comes from.

    Parameters
    ----------
    id : str
        Metric, indicator, organisation, outlet or channel, window, base window, joined by dots.
    metric, indicator, organisation : str
        Codes; the organisation is TOTAL for the union.
    outlet, channel : str
        Codes; empty where there is none.
    window, base : Window
        Dates counted; `base` only for comparisons.
    value : float or None
        The stated or computed number; None where only bounds are known.
    low, high : float or None
        Bounds, inclusive; None where unbounded.
    qualifier : str
        How the number is to be worded (contract, section 2).
    unit : str
    origins : tuple of str
        Raw rows, `file#row`.
    """

    id: str
    metric: str
    indicator: str
    organisation: str
    outlet: str
    channel: str
    window: Window
    base: Window | None
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    origins: tuple[str, ...]

    @property
    def least(self) -> float:
        """Lower bound for comparing; -inf where unbounded."""
        return -math.inf if self.low is None else self.low

    @property
    def most(self) -> float:
        """Upper bound for comparing; inf where unbounded."""
        return math.inf if self.high is None else self.high

    def record(self, files: Mapping[str, str]) -> dict[str, Any]:
        """Give the object that stands in facts.json (contract, section 4)."""
        places = [origin.rsplit("#", 1) for origin in self.origins]
        return {
            "id": self.id,
            "metric": self.metric,
            "indicator": self.indicator,
            "organisation": self.organisation,
            "outlet": self.outlet or None,
            "channel": self.channel or None,
            "start": _iso(self.window.start),
            "end": _iso(self.window.end),
            "base_start": _iso(self.base.start) if self.base else None,
            "base_end": _iso(self.base.end) if self.base else None,
            "value": _plain(self.value),
            "low": _plain(self.low),
            "high": _plain(self.high),
            "qualifier": self.qualifier,
            "unit": self.unit,
            "sources": [{"file": f, "row": int(r), "sha256": files[f]} for f, r in places],
        }


class Facts:
    """The facts of a report, looked up by what they are about."""

    def __init__(self, facts: list[Fact]) -> None:
        self._by_id = {fact.id: fact for fact in facts}
        if len(self._by_id) != len(facts):
            raise ValueError("two facts have one id")

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __getitem__(self, fact_id: str) -> Fact:
        return self._by_id[fact_id]

    def select(self, metric: str, **about: Any) -> list[Fact]:
        """Give the facts of a metric whose attributes equal those named, earliest window first.

        Parameters
        ----------
        metric : str
            Name of the metric.
        **about
            `indicator, organisation, outlet, channel, window, base`; a set means any of it.
        """
        wanted = {k: v if isinstance(v, set | frozenset) else {v} for k, v in about.items()}
        found = [f for f in self if f.metric == metric and all(getattr(f, k) in v for k, v in wanted.items())]
        return sorted(found, key=lambda f: (f.window.start, f.window.end or date.max, f.id))

    def one(self, metric: str, **about: Any) -> Fact | None:
        """Give the last of what `select` finds, or None."""
        found = self.select(metric, **about)
        return found[-1] if found else None


def collect(tables: Tables, settings: Mapping[str, Mapping[str, Any]] = SETTINGS) -> Facts:
    """Compute every metric that the data of a report support.

    Parameters
    ----------
    tables : Tables
        Prepared tables.
    settings : mapping
        As in settings.toml.

    Returns
    -------
    Facts
    """
    counted, observed = settings["indicators"], tables.observations
    head = list(tables.organisations.index[tables.organisations["kind"] == "head_office"])
    stated = volume(observed, pd.Index([]), stocks=counted["stocks"])
    volumes = _by_members(
        tables, lambda part, members: volume(part, members, head, counted["stocks"]), stated
    )
    told = figures.unmixed(volumes)  # what organisations can be compared by
    flows = volumes[~volumes["indicator"].isin(counted["stocks"])]
    named_with = _by_members(tables, named, observed)
    frames = {
        "volume": pd.concat(
            [volumes, *(f for f in (named_with, *_stated(tables)) if len(f))], ignore_index=True
        ),
        "growth": growth(volumes),
        "pace": pace(flows, settings["pace"]),
        "cagr": cagr(volumes),
        "share": share(volumes, counted["items"], settings["interval"]["level"]),
        "coverage": _by_members(
            tables,
            lambda part, members: coverage(part, observed, members, settings["coverage"]["least"]),
            told,
        ),
        "hhi": _by_members(tables, lambda part, members: hhi(part, members), volumes),
        "gini": _by_members(tables, lambda part, members: gini(part, members), volumes),
        "rank": _by_members(tables, lambda part, members: rank(part, members), told),
        "penetration": penetration(volumes),
    }
    units = tables.indicators["unit"].to_dict()
    return Facts([fact for metric, frame in frames.items() for fact in _facts(frame, metric, units)])


def _by_members(
    tables: Tables, metric: Callable[[pd.DataFrame, pd.Index[str]], pd.DataFrame], frame: pd.DataFrame
) -> pd.DataFrame:
    """Apply a metric window by window, with the members in force in the middle of the window.

    The middle, because an organisation that was split up near the end still did the window's work.
    """
    ends = frame["end"].fillna(pd.Timestamp(tables.period.end))
    middles = frame["start"] + (ends - frame["start"]) / 2
    members = {middle: tuple(tables.members(middle)) for middle in middles.unique()}
    parts = [
        metric(part, pd.Index(codes, dtype=str))
        for codes, part in frame.groupby(middles.map(members), sort=False)
    ]
    return pd.concat([p for p in parts if len(p)] or parts, ignore_index=True)


def _stated(tables: Tables) -> list[pd.DataFrame]:
    """Figures that stand in other tables: organisations in force, issues a month, activities a year."""
    period = tables.period
    members = tables.organisations.loc[tables.members()]
    count = pd.DataFrame({"indicator": ["organisations"], "origins": [figures.union(members["origins"])]})
    papers = tables.outlets[
        tables.outlets["issues_per_month"].notna()
        & tables.outlets["publisher"].ne("")
        & in_force(tables.outlets, period.end)
    ]
    yearly = tables.current("activities").dropna(subset=["per_year"])
    yearly = yearly.groupby(["organisation", "kind", "batch"], as_index=False, sort=False).agg(
        per_year=("per_year", "sum"), origins=("origins", figures.union)
    )
    yearly = yearly.drop_duplicates(["organisation", "kind"], keep="last")  # the later batch stands
    year = period.whole_year
    return [
        _figures(
            count,
            Bounded.exact([len(members)]),
            start=period.start,
            end=period.end,
            organisation=TOTAL,
        ),
        _figures(
            papers.reset_index(names="outlet").assign(indicator="issues"),
            Bounded.exact(papers["issues_per_month"]),
            start=papers["valid_from"].fillna(pd.Timestamp(period.start)).to_numpy(),
            end=pd.NaT,
            organisation=papers["publisher"].to_numpy(),
        ),
        _figures(
            yearly.rename(columns={"kind": "indicator"}),
            Bounded.exact(yearly["per_year"]),
            start=year.start,
            end=year.end,
        ),
    ]


def _figures(frame: pd.DataFrame, bounds: Bounded, **columns: Any) -> pd.DataFrame:
    filled = frame.assign(**columns)
    for name in ("outlet", "channel"):
        if name not in filled:
            filled[name] = ""
    dated = filled.assign(start=pd.to_datetime(filled["start"]), end=pd.to_datetime(filled["end"]))
    return figures.finish(dated, bounds)


def _facts(frame: pd.DataFrame, metric: str, units: Mapping[str, str]) -> Iterator[Fact]:
    for row in frame.itertuples(index=False):
        window = Window(row.start.date(), _date(row.end))
        base = None if pd.isna(row.base_start) else Window(row.base_start.date(), _date(row.base_end))
        where = row.outlet or row.channel or "any"
        parts = [metric, row.indicator, row.organisation, where, window.code]
        yield Fact(
            id=".".join([*parts, base.code] if base else parts),
            metric=metric,
            indicator=row.indicator,
            organisation=row.organisation,
            outlet=row.outlet,
            channel=row.channel,
            window=window,
            base=base,
            value=_known(row.value),
            low=_known(row.low),
            high=_known(row.high),
            qualifier=row.qualifier,
            unit=UNITS.get(metric) or units.get(row.indicator) or _DERIVED[row.indicator],
            origins=tuple(row.origins),
        )


def _date(stamp: Any) -> date | None:
    return None if pd.isna(stamp) else stamp.date()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _known(number: float) -> float | None:
    """None for what is unknown or unbounded; rounded so that the last bits of a sum do not show."""
    return float(f"{number:.12g}") if np.isfinite(number) else None


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
