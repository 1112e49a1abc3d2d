"""The collection of a report's facts: every metric that the data support, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.prepare import Tables, in_force
from aqparat.data.schemas import ACTIVITY_KINDS, MEMBER_KINDS, TOTAL
from aqparat.metrics import figures
from aqparat.metrics.activity_index import activity_index, components, index_rank
from aqparat.metrics.change import contribution, rank_change
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
from aqparat.period import Window

UNITS = {
    "growth": "fraction",
    "cagr": "fraction",
    "share": "fraction",
    "coverage": "fraction",
    "hhi": "index",
    "gini": "index",
    "rank": "rank",
    "penetration": "copies per 100 members",
    "contribution": "fraction",
    "rate": "items per 1000 members",
    "rate_ratio": "ratio",
    "training_reach": "fraction",
    "rank_change": "rank",
    "seasonality": "fraction",
    "regularity": "fraction",
    "completeness": "fraction",
    "evenness": "index",
    "activity_index": "index",
}  # a metric not here has the unit of its indicator
_DERIVED = {  # indicators the program counts itself, where indicators.csv does not list them
    "organisations": "organisation",
    "organisations_named": "organisation",
    "organisations_on_time": "organisation",
    "issues": "issue",
    "activity": "index",
    **dict.fromkeys(ACTIVITY_KINDS, "event"),
}


def collect(tables: Tables) -> Facts:
    """Compute every metric that the data of a report support.

    Parameters
    ----------
    tables : Tables
        Prepared tables, with the settings.

    Returns
    -------
    Facts
    """
    settings, observed = tables.settings, tables.observations
    counted = settings["indicators"]
    head = list(tables.organisations.index[tables.organisations["kind"] == "head_office"])
    volumes = _volumes(tables, head, counted["stocks"])
    told = figures.unmixed(volumes)  # what organisations can be compared by
    flows = volumes[~volumes["indicator"].isin(counted["stocks"])]
    united = common_units(volumes, tables.organisations, counted["stocks"])
    ever = tables.organisations.index[tables.organisations["kind"].isin(MEMBER_KINDS)]
    now = tables.members(tables.period.start + (tables.period.end - tables.period.start) / 2)
    named_with = _by_members(tables, named, observed)
    level = settings["interval"]["level"]
    frames = {
        "volume": pd.concat(
            [volumes, *(f for f in (named_with, *_stated(tables)) if len(f))], ignore_index=True
        ),
        "growth": growth(united),
        "contribution": contribution(united, ever.append(pd.Index(head))),
        "pace": pace(flows, settings["pace"]),
        "cagr": cagr(volumes),
        "share": share(volumes, counted["items"], level),
        "coverage": _by_members(
            tables,
            lambda part, members: coverage(
                part,
                observed.merge(part[figures.WINDOW].drop_duplicates(), on=figures.WINDOW),
                members,
                settings["coverage"]["least"],
            ),
            told,
        ),
        "hhi": _by_members(tables, hhi, volumes),
        "gini": _by_members(tables, gini, volumes),
        "rank": _by_members(tables, rank, told),
        "penetration": penetration(volumes),
        "rate": rate(volumes, counted["items"], level),
        "rate_ratio": rate_ratio(united, ever, counted["items"], level, settings["rate_ratio"]["least"]),
        "training_reach": training_reach(volumes),
        "seasonality": _stacked(seasonality(flows), months(tables.publications, tables.outlets)),
        "regularity": _stacked(
            regularity(tables.publications, tables.outlets, tables.period, now.append(pd.Index(head))),
            issues(tables.publications, tables.outlets, tables.period),
        ),
        "completeness": completeness(tables),
        "evenness": evenness(figures.apart(volumes)),
    }
    frames["rank_change"] = rank_change(frames["rank"], tables.organisations)
    frames |= _index(tables, frames, settings["activity_index"])
    units = tables.indicators["unit"].to_dict()
    return Facts([fact for metric, frame in frames.items() for fact in _facts(frame, metric, units)])


def _volumes(tables: Tables, head: list[str], stocks: Sequence[str]) -> pd.DataFrame:
    """Give all volumes: halves summed over organisations before years are summed over halves."""
    none = pd.Index([], dtype=str)
    observed = tables.observations
    years = figures.kind(observed) == "year"

    apart = observed["indicator"].unique()  # no halves are added up to years yet

    def summed(part: pd.DataFrame, members: pd.Index[str]) -> pd.DataFrame:
        return volume(part, members, head, apart)

    halves = _by_members(tables, summed, volume(observed[~years], none, stocks=apart))
    both = pd.concat([halves, volume(observed[years], none, stocks=apart)], ignore_index=True)
    return _by_members(tables, summed, volume(both, none, stocks=stocks))


def _index(
    tables: Tables, frames: Mapping[str, pd.DataFrame], chosen: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Give the activity index, and the ranks with those by the index added."""
    rates = components(frames)
    if rates.empty:
        return {}
    how = (chosen["weights"], chosen["least_weight"])
    index = _by_members(tables, lambda part, members: activity_index(part, members, *how), rates)
    ranks = _by_members(
        tables,
        lambda part, members: index_rank(part, members, *how, chosen["draws"], chosen["seed"]),
        rates,
    )
    return {"activity_index": index, "rank": pd.concat([frames["rank"], ranks], ignore_index=True)}


def _stacked(*frames: pd.DataFrame) -> pd.DataFrame:
    """Put figures of one metric below each other, those that there are."""
    return pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)


def _by_members(
    tables: Tables, metric: Callable[[pd.DataFrame, pd.Index[str]], pd.DataFrame], frame: pd.DataFrame
) -> pd.DataFrame:
    """Apply a metric window by window, with the members in force in the middle of the window.

    The middle, because an organisation that was split up near the end still did the window's work.
    """
    if frame.empty:
        return metric(frame, tables.members())
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


def _known(number: float) -> float | None:
    """None for what is unknown or unbounded; rounded so that the last bits of a sum do not show."""
    return float(f"{number:.12g}") if np.isfinite(number) else None
