"""The collection of a report's facts: every metric that the data support, in the windows it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.origin import joined
from aqparat.data.prepare import Tables, in_force
from aqparat.data.schemas import ACTIVITY_KINDS, MEMBER_KINDS, TOTAL
from aqparat.data.windows import middles
from aqparat.metrics import figures
from aqparat.metrics.activity_index import (
    activity_index,
    chosen,
    components,
    index_rank,
    leave_one_out,
    scores,
)
from aqparat.metrics.change import contribution, rank_change
from aqparat.metrics.completeness import completeness, filed
from aqparat.metrics.concentration import gini, hhi, share
from aqparat.metrics.coverage import coverage, named, present
from aqparat.metrics.evenness import evenness
from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.figures import WINDOW
from aqparat.metrics.growth import cagr, growth, pace
from aqparat.metrics.penetration import penetration
from aqparat.metrics.rank import rank
from aqparat.metrics.rate import rate, training_reach
from aqparat.metrics.rate_ratio import rate_ratio
from aqparat.metrics.reported import reported
from aqparat.metrics.rhythm import (
    active_months,
    calendar_months,
    issues,
    month_counts,
    regularity,
    seasonality,
)
from aqparat.metrics.units import common_units
from aqparat.metrics.volume import channel_totals, volume
from aqparat.period import Period, Window

UNITS = {
    "growth": "fraction",
    "cagr": "fraction",
    "share": "fraction",
    "coverage": "fraction",
    "present": "organisation",
    "reported": "organisation",
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
    "score": "index",
    "activity_index": "index",
    "leave_one_out": "index",
}  # a metric not here has the unit of its indicator
_COMPONENTS = {"copies": "copies per 100 members", "training": "fraction"}  # the others are rates
_COUNTED = {  # indicators the program counts itself, where indicators.csv does not list them
    **dict.fromkeys(
        ("organisations", "organisations_named", "organisations_filed", "organisations_on_time"),
        "organisation",
    ),
    **dict.fromkeys(("issues", "issues_out", "issues_due"), "issue"),
    **dict.fromkeys(("active_months", "calendar_months"), "month"),
    "activity": "index",
    **dict.fromkeys(ACTIVITY_KINDS, "event"),
}


UNITED = "united"  # volumes of organisations that were split or joined, put together to be compared


@dataclass(frozen=True)
class Scope:
    """What a report is about: the windows of its period and year, and those they are compared with.

    Parameters
    ----------
    period : Period
    """

    period: Period

    def about(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Tell which rows' windows lie in the period, are its year, or began in its year without an end."""
        return _in(frame, self.period)

    def __call__(self, frame: pd.DataFrame, besides: Collection[str] = ()) -> pd.DataFrame:
        """Keep what the report is about, what that is compared with, and the union's figures of all windows.

        Parameters
        ----------
        frame : DataFrame
            Figures.
        besides : collection of str
            Ids of further figures to keep.
        """
        told = self.about(frame) | _in(frame, self.period.year_earlier) | frame["organisation"].eq(TOTAL)
        return frame[told | frame["id"].isin(list(besides))].reset_index(drop=True)

    def holds(self, fact: Fact) -> bool:
        """Tell whether a fact stands in facts.json for itself, not only as what another is computed from."""
        period, window = self.period, fact.window
        year = period.whole_year
        if window == year.window or (window.is_open and year.start <= window.start <= period.end):
            return True
        ended = window.end or period.end
        if period.start <= window.start and ended <= period.end and not _is_month(window):
            return True
        if window == period.year_earlier.window:
            return fact.metric in ("volume", "share")
        if fact.organisation != TOTAL:
            return False
        if fact.metric == "growth":
            return window.period is not None and not window.period.is_half
        return (fact.metric == "volume" and window.period is not None) or fact.metric in (
            "cagr",
            "seasonality",
        )


def _in(frame: pd.DataFrame, period: Period) -> pd.Series[bool]:
    year = period.whole_year
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    whole = (frame["start"] == pd.Timestamp(year.start)) & (frame["end"] == pd.Timestamp(year.end))
    inside = (frame["start"] >= first) & (frame["end"] <= last)
    opened = frame["end"].isna() & frame["start"].between(pd.Timestamp(year.start), last)
    return whole | inside | opened


def _is_month(window: Window) -> bool:
    return window.end is not None and (window.end - window.start).days < 31


def collect(tables: Tables, history: bool = False) -> Facts:
    """Compute every metric that the data of a report support.

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
    scope, frames = Scope(tables.period), _computed(tables, history)
    found = Facts(fact for name, frame in frames.items() for fact in _facts(frame, name, tables))
    told, units = _told(tables), set(frames[UNITED]["id"])
    kept: dict[str, Fact] = {}
    wanted = [f.id for f in found if (history or scope.holds(f) or f.id in told) and f.id not in units]
    while wanted:
        fact = found[wanted.pop()]
        if fact.id not in kept:
            kept[fact.id] = fact
            wanted += () if fact.origins else fact.inputs  # a sum may name raw rows instead of its parts
    return Facts(_settled(kept[i], kept) for i in sorted(kept))


def _told(tables: Tables) -> set[str]:
    """Return the ids of the figures of the period's own batch, and of those named lowest or highest."""
    rows, batches = tables.observations, tables.current("observations")["batch"].unique()
    rows = rows[rows["batch"].isin(batches) | rows["extreme"].ne("")]
    return set(figures.ids(rows, "volume")) if len(rows) else set()


def _settled(fact: Fact, kept: Mapping[str, Fact]) -> Fact:
    """Let a sum name its parts where all of them are published, else its raw rows."""
    if not (fact.inputs and fact.origins):
        return fact
    if all(i in kept for i in fact.inputs):
        return replace(fact, origins=())
    return replace(fact, inputs=())


def _computed(tables: Tables, history: bool) -> dict[str, pd.DataFrame]:
    """Compute the figures of all metrics; of sums both their parts and their raw rows."""
    settings, period, scope = tables.settings, tables.period, Scope(tables.period)
    counted, observed = settings["indicators"], tables.observations
    items, stocks = counted["items"], counted["stocks"]
    level, years = settings["interval"]["level"], settings["pace"]["years"]
    kinds = tables.organisations["kind"]
    head = list(kinds.index[kinds == "head_office"])
    ever = kinds.index[kinds.isin(MEMBER_KINDS)]
    members = _members(tables, observed)
    all_volumes = volume(observed, members, head, stocks)
    members = _members(tables, all_volumes)
    people = all_volumes[all_volumes["indicator"] == "members"]
    united = common_units(all_volumes, tables.organisations, stocks)
    besides = _told(tables) | set(people["id"])  # the last members reported may be those of years ago
    volumes, units = (all_volumes, united) if history else (scope(all_volumes, besides), scope(united))
    due = _due(tables, members[WINDOW].drop_duplicates())
    told = figures.among(figures.unmixed(scope(all_volumes)), members)  # what organisations are compared by
    compared = reported(told, members, due)
    presence = present(told, observed, members, settings["coverage"]["least"])
    flows = figures.totals(all_volumes[~all_volumes["indicator"].isin(stocks)])
    months = month_counts(tables.publications, all_volumes, tables.outlets, years)
    here = tables.members(period.middle).append(pd.Index(head))
    active = active_months(tables.publications, tables.outlets, period, here)
    calendar = calendar_months(tables.organisations, period, pd.Index(active["organisation"].unique()))
    out, issues_due = issues(tables.publications, tables.outlets, period)
    handed_in = filed(tables)
    frames = {
        "volume": figures.stacked(
            volumes,
            named(observed, members),
            due,
            handed_in,
            months,
            active,
            calendar,
            out,
            issues_due,
            *_stated(tables),
        ),
        UNITED: units[(units["parts"] != units["organisation"]) & ~units["id"].isin(volumes["id"])],
        "channel_total": channel_totals(told),
        "reported": compared,
        "present": presence,
        "growth": growth(units),
        "contribution": contribution(units, ever.append(pd.Index(head))),
        "pace": pace(flows, settings["pace"]),
        "cagr": cagr(figures.totals(all_volumes)),
        "share": share(volumes, items, level),
        "coverage": coverage(presence, due),
        "hhi": hhi(told, compared, members),
        "gini": gini(told, compared, members),
        "rank": rank(told, compared, members),
        "penetration": penetration(scope(all_volumes), people),
        "rate": rate(scope(all_volumes), items, level, people),
        "rate_ratio": rate_ratio(scope(united), ever, items, level, settings["rate_ratio"]["least"]),
        "training_reach": training_reach(scope(all_volumes), people),
        "seasonality": figures.stacked(
            seasonality(flows, years=years), seasonality(flows, months, years) if len(months) else months
        ),
        "regularity": figures.stacked(
            regularity(active, calendar, ["organisation"], "publications"),
            regularity(out, issues_due, ["organisation", "outlet"], "issues"),
        ),
        "completeness": completeness(handed_in, due),
        "evenness": evenness(told),
    }
    frames["rank_change"] = rank_change(frames["rank"], tables.organisations)
    _add_index(frames, tables, members, due)
    return frames | {"volume": frames["volume"].drop_duplicates("id")}


def _members(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """List the member organisations of each window, and of the period: those in force in its middle.

    The middle, because an organisation that was split up near the end still did the window's work.
    """
    own = [tables.period.window, tables.period.whole_year.window]
    windows = pd.DataFrame([(w.start, w.end) for w in own], columns=WINDOW).astype("datetime64[us]")
    windows = pd.concat([frame[WINDOW], windows]).drop_duplicates()
    codes = [list(tables.members(middle)) for middle in middles(windows, tables.period.end)]
    return windows.assign(organisation=codes).explode("organisation").dropna(subset=["organisation"])


def _due(tables: Tables, windows: pd.DataFrame) -> pd.DataFrame:
    """Count N, the member organisations of each window: a count of rows of organisations.csv."""
    codes = [tables.members(middle) for middle in middles(windows, tables.period.end)]
    told = windows.assign(
        indicator="organisations",
        organisation=TOTAL,
        origins=[joined(tables.organisations.loc[c, "origins"]) for c in codes],
    )
    return _figures(told, Bounded.exact([float(len(c)) for c in codes]))


def _add_index(
    frames: dict[str, pd.DataFrame], tables: Tables, members: pd.DataFrame, due: pd.DataFrame
) -> None:
    """Add the activity index of the period, with all that it is made from."""
    how = tables.settings["activity_index"]
    weights, least = how["weights"], how["least_weight"]
    window = pd.DataFrame([(tables.period.start, tables.period.end)], columns=WINDOW).astype("datetime64[us]")
    wanted = [c for c in chosen(tables.outlets, _subscribed(tables, members)) if c.name in weights]
    found = figures.parts(components(frames, wanted, window), members)
    if found.empty:
        return
    of_components = reported(found, members, due, "_component")
    scored = scores(found, of_components, members)
    of_scores = reported(scored, members, due, "_score")
    index = activity_index(scored, weights, least)
    ranks = index_rank(index, scored, of_scores, members, weights, least, how["draws"], how["seed"])
    frames["component"], frames["score"] = found, scored
    frames["activity_index"] = index
    frames["leave_one_out"] = leave_one_out(scored, weights, least)
    frames["rank"] = figures.stacked(frames["rank"], ranks)
    frames["reported"] = figures.stacked(frames["reported"], of_components, of_scores)


def _subscribed(tables: Tables, members: pd.DataFrame) -> list[str]:
    """Name the papers that the union subscribes to, in the order of outlets.csv.

    Of these its total was handed in, or the copies of at least half of the members in some window.
    """
    copies = tables.observations[
        (tables.observations["indicator"] == "copies") & tables.observations["outlet"].ne("")
    ]
    total = set(copies.loc[copies["organisation"] == TOTAL, "outlet"])
    own = figures.parts(copies, members)
    told = own.groupby(["outlet", *WINDOW], dropna=False).agg(
        n=("n", "first"), told=("organisation", "nunique")
    )
    many = set(told.index[told["told"] * 2 >= told["n"]].get_level_values("outlet"))
    return [str(code) for code in tables.outlets.index if code in total | many]


def _stated(tables: Tables) -> list[pd.DataFrame]:
    """Figures that stand in other tables: issues a month, activities a year."""
    period = tables.period
    papers = tables.outlets[
        tables.outlets["issues_per_month"].notna()
        & tables.outlets["publisher"].ne("")
        & in_force(tables.outlets, period.end)
    ]
    yearly = tables.current("activities").dropna(subset=["per_year"])
    yearly = yearly.groupby(["organisation", "kind", "batch"], as_index=False, sort=False).agg(
        per_year=("per_year", "sum"), origins=("origins", joined)
    )
    yearly = yearly.drop_duplicates(["organisation", "kind"], keep="last")  # the later batch stands
    year = period.whole_year
    return [
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
    dated = filled.assign(
        start=pd.to_datetime(filled["start"]).astype("datetime64[us]"),
        end=pd.to_datetime(filled["end"]).astype("datetime64[us]"),
    )
    return figures.finish(dated, "volume", bounds)


def _facts(frame: pd.DataFrame, name: str, tables: Tables) -> Iterator[Fact]:
    """Turn figures into facts."""
    metric = "volume" if name == UNITED else name
    units = tables.indicators["unit"].to_dict()
    windows = dict(zip(figures.codes(frame), _windows(frame, figures.WINDOW), strict=True))
    windows |= dict(zip(figures.codes(frame, figures.BASE), _windows(frame, figures.BASE), strict=True))
    days = figures.codes(frame), figures.codes(frame, figures.BASE)
    names = [frame[c].tolist() for c in ("id", "indicator", "organisation", "outlet", "channel", "qualifier")]
    numbers = [_known(frame[c]) for c in ("value", "low", "high", "interval_low", "interval_high")]
    made_from = [frame[c].tolist() for c in ("inputs", "origins")]
    for row in zip(*names, *days, *numbers, *made_from, strict=True):
        i, indicator, organisation, outlet, channel, qualifier, window, base = row[:8]
        value, low, high, least, most, inputs, origins = row[8:]
        unit = UNITS.get(metric)
        if metric == "component":
            unit = _COMPONENTS.get(indicator, "items per 1000 members")
        yield Fact(
            i, metric, indicator, organisation, outlet, channel, windows[window],
            windows[base] if base else None, value, low, high, qualifier,
            unit or units.get(indicator) or _COUNTED[indicator], tuple(origins), tuple(inputs), least, most,
        )  # fmt: skip


def _windows(frame: pd.DataFrame, columns: list[str]) -> Iterator[Any]:
    starts, ends = (frame[c].to_numpy().astype("datetime64[D]").tolist() for c in columns)
    return (Window(start, end) if start else None for start, end in zip(starts, ends, strict=True))


def _known(numbers: pd.Series[float]) -> list[float | None]:
    """None for what is unknown or unbounded; rounded so that the last bits of a sum do not show."""
    return [float(f"{n:.12g}") if isfinite(n) else None for n in numbers.tolist()]
