"""What a section is made from, and how figures of different times and places are held together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps
from itertools import groupby
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import pandas as pd

from aqparat.choices import LANGUAGES
from aqparat.data.measures import OPEN, latest, shown
from aqparat.data.prepare import Tables, own_sites
from aqparat.data.schemas import ACTIVITY_KINDS, TOTAL
from aqparat.metrics.coverage import mentions
from aqparat.metrics.facts import Fact, Facts
from aqparat.metrics.figures import ids
from aqparat.metrics.target import target_id
from aqparat.period import Period, Window
from aqparat.settings import Settings

_TEXTS = [f"text_{code}" for code in LANGUAGES]
Relation = Literal["above", "below", "unclear"]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class ReportData:
    """The prepared tables and the facts of one report.

    Compared by identity; what is gathered from them stays with them (`kept`).

    Parameters
    ----------
    tables : Tables
    facts : Facts
    revisions : sequence of mapping
        What was published before the raw data were corrected, as in revisions.json.
    """

    tables: Tables
    facts: Facts
    revisions: Sequence[Mapping[str, Any]] = ()

    @property
    def settings(self) -> Settings:
        """The numbers that are a choice."""
        return self.tables.settings

    @property
    def period(self) -> Period:
        """The period of the report."""
        return self.tables.period

    def highlights(self, *topics: str, organisation: str | None = None) -> list[dict[str, Any]]:
        """Return the highlights of the period on some topics, in the order of the data.

        What both halves of a year say word for word is told once.
        """
        return [
            dict(row)
            for row in self._highlights
            if row["topic"] in topics and (not organisation or row["organisation"] == organisation)
        ]

    @cached_property
    def _highlights(self) -> list[dict[str, Any]]:
        told = self.tables.current("highlights").drop_duplicates(["organisation", "topic", *_TEXTS])
        records: list[dict[str, Any]] = told.to_dict("records")
        return records

    def plan(self, organisation: str | None = None) -> list[Measure]:
        """Return the measures in force: the latest word on each, without those ended before the period."""
        handed_in, current = self.tables.measures, set(self.tables.current("measures")["batch"])
        earlier = latest(handed_in[~handed_in["batch"].isin(current)])
        before = dict(zip(earlier["code"], earlier["status"], strict=True))
        kept = sorted(rows(shown(handed_in, current)), key=self._due)
        measures = [
            replace(
                Measure.of(row, before.get(row["code"]), self.period, self._target(row)),
                now=self._reached(row),
            )
            for row in kept
        ]
        return [m for m in measures if organisation in (None, m.organisation)]

    def _due(self, measure: dict[str, Any]) -> tuple[Any, int]:
        """Return what measures are put in order by: their day, then whose they are."""
        due = pd.Timestamp.max if pd.isna(measure["due"]) else measure["due"]
        return due, self.facts.precedence.organisation(measure["organisation"])

    def _target(self, measure: dict[str, Any]) -> Fact | None:
        """Return the number that a measure is to bring its indicator to."""
        code, indicator, organisation = (measure[k] for k in ("code", "indicator", "organisation"))
        wanted = target_id(code, indicator, organisation, self.period.window)
        found = self.facts.select("target", id=wanted)
        return found[0] if found else None

    def _reached(self, measure: dict[str, Any]) -> list[Fact]:
        """Return the organisation's latest figures of the indicator that a measure is to change."""
        if not measure["indicator"] or pd.isna(measure["target"]):
            return []
        about = {k: measure[k] for k in ("indicator", "organisation")}
        known = self.current(self.facts.select("volume", **about))
        told = sorted((f for f in self.facts.in_order(known) if f.high != 0), key=lambda f: -f.least)
        return told or known[:1]

    @cached_property
    def gathered(self) -> dict[Hashable, Any]:
        """What sections and views have gathered from this so far."""
        return {}

    @cached_property
    def reported_indicators(self) -> set[str]:
        """Indicators whose figures are handed in, not counted by the program."""
        counted = {*self.settings["forms"]["computed"], *ACTIVITY_KINDS}
        return set(self.tables.indicators.index) - counted

    @cached_property
    def head_office(self) -> set[str]:
        """Codes of the head office."""
        kinds = self.tables.organisations["kind"]
        return set(kinds.index[kinds == "head_office"])

    @cached_property
    def own_sites(self) -> list[str]:
        """Codes of the union's own sites, in the order of the table."""
        return list(own_sites(self.tables.outlets))

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """The organisations named with a total, of all periods (`metrics.coverage.mentions`)."""
        return mentions(self.tables.observations)

    def mentions_in(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the mentions in the batches that some observations are of."""
        return self.mentions[self.mentions["batch"].isin(rows["batch"].unique())]

    @cached_property
    def stated(self) -> set[str]:
        """Ids of the union's figures that were reported themselves."""
        rows = self.tables.observations
        rows = rows[rows["organisation"] == TOTAL]
        return set(ids(rows, "volume")) if len(rows) else set()

    def outlets(self, *channels: str) -> list[str]:
        """Codes of the outlets of some channels."""
        codes: list[str] = self.tables.outlets.index[self.tables.outlets["channel"].isin(channels)].tolist()
        return codes

    def recent(self, facts: list[Fact]) -> list[Fact]:
        """Return the facts whose window begins in the year of the report."""
        return [f for f in facts if f.window.start.year == self.period.year]

    def current(self, facts: list[Fact]) -> list[Fact]:
        """Return of each series the fact of the report's period, else what else of its year tells most of it.

        A half-year's report shows one with no stated end, or a year's figure (copies), only where the half
        itself has none. A year's report shows its halves where the year has none, and one with no stated
        end only where a half is missing. A figure of all channels together is one of each of them, but for
        items, which are counted over channels in ways that differ.
        """
        of_year = [f for f in facts if f.window.start.year == self.period.year]
        series: dict[tuple[str, ...], list[Fact]] = {}
        for f in of_year:
            series.setdefault((*_whose(f), f.channel), []).append(f)
        chosen: set[str] = set()
        for (*whose, channel), own in series.items():
            wider = series.get((*whose, ""), []) if channel and own[0].indicator != "publications" else []
            chosen |= {f.id for f in self._nearest(own, {f.window for f in [*own, *wider]})}
        found = [f for f in facts if f.id in chosen]
        whole = {(*_whose(f), f.channel) for f in found if f.window == self.period.window}
        return [f for f in found if not self._is_within(f, whole)]

    def _is_within(self, fact: Fact, whole: set[tuple[str, ...]]) -> bool:
        """Return whether a fact is of a part of a member whose figure of the whole period has it in it."""
        member = self.tables.member(fact.organisation)
        if member == fact.organisation or fact.window == self.period.window:
            return False
        return (*_whose(replace(fact, organisation=member)), fact.channel) in whole

    def _nearest(self, own: list[Fact], told: set[Window]) -> list[Fact]:
        """Return of one series what tells most of the period; `told` are the windows that have a figure."""
        exact = [f for f in own if f.window == self.period.window]
        if exact or self.period.window in told:
            return exact
        running = [f for f in own if f.window.is_open][:1]
        if self.period.is_half:
            return running or [f for f in own if f.window == self.period.whole_year.window]
        parts = {w for w in told if w.period and w.period.is_half}
        return [f for f in own if f.window in parts or (f in running and len(parts) < 2)]

    def extreme(self, kind: str, **about: Any) -> list[Fact]:
        """Return the volumes that the source itself names as lowest or highest."""
        rows = self.tables.observations
        named = set(ids(rows[rows["extreme"] == kind], "volume"))
        return [f for f in self.facts.select("volume", **about) if f.id in named]


@dataclass(frozen=True)
class Measure:
    """A measure decided: who, what, until when, in what state.

    Parameters
    ----------
    organisation : str
    text : mapping
        The row of the table.
    due : date or None
    before, status : str or None
        Its state last time, None where it was decided since, and by the latest word on it.
    updated : bool
        Whether the period has brought that word; else nothing is known of its state now.
    overdue : bool
        Reported as not ended though due by the period's last day.
    past_due : bool
        Due by then and not known to be ended.
    target : Fact or None
        The number that it is to bring its indicator to.
    now : sequence of Fact
        Where there is one, the organisation's latest figures of that indicator, one a place, the most first,
        without places with none.
    """

    organisation: str
    text: dict[str, Any]
    due: date | None
    before: str | None
    status: str
    updated: bool
    overdue: bool
    past_due: bool
    target: Fact | None = None
    now: Sequence[Fact] = ()

    @property
    def note(self) -> str:
        """What the period has said of how far it is."""
        return str(self.text["note"]) if self.updated else ""

    @classmethod
    def of(
        cls, row: dict[str, Any], before: str | None, period: Period, target: Fact | None = None
    ) -> Measure:
        """Take a row of the table, the latest word on a measure."""
        due = None if pd.isna(row["due"]) else row["due"].date()
        late = due is not None and due <= period.end and row["status"] in OPEN
        updated = bool(row["updated"])
        overdue = late and updated
        return cls(row["organisation"], row, due, before, row["status"], updated, overdue, late, target)


@dataclass(frozen=True)
class Group:
    """Facts of one window, in rising order."""

    window: Window
    facts: list[Fact]

    @property
    def organisations(self) -> list[str]:
        """Codes of the organisations the facts are about."""
        return [f.organisation for f in self.facts]


def kept(of: Callable[Concatenate[ReportData, P], T]) -> Callable[Concatenate[ReportData, P], T]:
    """Let a function of a report's data gather once what it gives, to be kept as long as the data are."""

    @wraps(of)
    def once(data: ReportData, /, *args: P.args, **named: P.kwargs) -> T:
        key = of, args, tuple(named.items())
        if key not in data.gathered:
            data.gathered[key] = of(data, *args, **named)
        return cast(T, data.gathered[key])

    return once


def by_window(facts: list[Fact]) -> list[Group]:
    """Return facts put together by window, earliest first, lowest first in each, alike ones as they come."""
    ordered = sorted(facts, key=lambda f: _order(f.window))
    return [
        Group(window, sorted(group, key=lambda f: f.least))
        for window, group in groupby(ordered, key=lambda f: f.window)
    ]


def _whose(fact: Fact) -> tuple[str, ...]:
    return fact.metric, fact.indicator, fact.organisation, fact.outlet


def _order(window: Window) -> tuple[date, date]:
    return window.start, window.end or date.max


def whole_years(facts: list[Fact]) -> list[Fact]:
    """Return the facts counted over a whole year."""
    return [f for f in facts if f.window.period and not f.window.period.is_half]


def halves(facts: list[Fact]) -> list[Fact]:
    """Return the facts counted over a half-year."""
    return [f for f in facts if f.window.period and f.window.period.is_half]


def relation(fact: Fact | None, other: Fact | None) -> Relation | None:
    """Return whether one fact is surely above another, surely below, or neither within the bounds."""
    if fact is None or other is None:
        return None
    if fact.least > other.most:
        return "above"
    return "below" if fact.most < other.least else "unclear"


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries."""
    records: list[dict[str, Any]] = frame.to_dict("records")
    return records


__all__ = [
    "TOTAL",
    "Group",
    "Measure",
    "Relation",
    "ReportData",
    "by_window",
    "halves",
    "relation",
    "rows",
    "whole_years",
]
