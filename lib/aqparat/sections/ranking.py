"""Rankings: who has most and least of one count, of those who reported; whose figures a total lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from aqparat.data import membership
from aqparat.metrics.facts import Fact
from aqparat.period import Period, Window
from aqparat.sections.report_data import TOTAL, ReportData, kept

LISTED = 6  # so many are all told, in the order of their figures
FIRST, MOST = 3, 5  # of more the first and the last three are told; with ties five at most
FEW = 3  # so many are called by name


@dataclass(frozen=True)
class Ranking:
    """The figures of one series in one window, the greatest first, and who has none.

    Only what is sure is told: `most` are those who surely have more than everyone else who reported.

    Parameters
    ----------
    window : Window
    figures : list of Fact
        Of the organisations; by value, else by the lower bound.
    missing : list of str
        Codes of the member organisations that have no figure, in the order of organisations.csv.
    total : Fact or None
        The union's, where it is known.
    gap : Gap or None
        Whose figures the total lacks.
    count, due : Fact or None
        How many member organisations reported, and of how many.
    ranks : mapping of str to Fact
        The rank of each organisation, by its code.
    """

    window: Window
    figures: list[Fact]
    missing: list[str]
    total: Fact | None = None
    gap: Gap | None = None
    count: Fact | None = None
    due: Fact | None = None
    ranks: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def indicator(self) -> str:
        """What is counted."""
        return self.figures[0].indicator

    @property
    def outlet(self) -> str:
        """Where it is counted."""
        return self.figures[0].outlet

    @property
    def channel(self) -> str:
        """Where it is counted, if no outlet is named."""
        return self.figures[0].channel

    @property
    def reporting(self) -> int:
        """How many have a figure."""
        return len(self.figures)

    @property
    def organisations(self) -> list[str]:
        """Codes of those who have a figure, the greatest first."""
        return [f.organisation for f in self.figures]

    @cached_property
    def none(self) -> list[Fact]:
        """The figures of those who reported that there was none."""
        return [f for f in self.figures if f.high == 0]

    @cached_property
    def some(self) -> list[Fact]:
        """The figures that are not surely nought."""
        return [f for f in self.figures if f.high != 0]

    @property
    def whole(self) -> bool:
        """Whether `most` has everyone who reported more than nothing."""
        return len(self.most) == len(self.some)

    @cached_property
    def most(self) -> list[Fact]:
        """The first three with their ties; all where they are few; none where the bounds leave it open."""
        if len(self.some) <= LISTED:
            return self.some
        return self.some[: _edge([(f.least, f.most) for f in self.some])]

    @cached_property
    def least(self) -> list[Fact]:
        """The last three with their ties, the least first; none where all are in `most`."""
        if len(self.some) <= LISTED:
            return []
        rising = self.some[::-1]
        found = rising[: _edge([(-f.most, -f.least) for f in rising])]
        return found if len(self.most) + len(found) < len(self.some) else []


def _edge(bounds: Sequence[tuple[float, float]]) -> int:
    """Return how many of the first surely lie above all others: three, else the next number that does."""
    sure = [
        n
        for n in range(1, MOST + 1)
        if min(low for low, _ in bounds[:n]) > max((high for _, high in bounds[n:]), default=-float("inf"))
    ]
    return min((n for n in sure if n >= FIRST), default=max(sure, default=0))


def ranking(data: ReportData, figures: Iterable[Fact], total: Fact | None = None) -> Ranking | None:
    """Rank figures of one series and window; None where there are none.

    Parameters
    ----------
    data : ReportData
    figures : iterable of Fact
        Of organisations; the head office's stand among them, but nobody misses it.
    total : Fact, optional
        The union's.
    """
    order = {code: place for place, code in enumerate(data.tables.organisations.index)}
    ranked = sorted(figures, key=lambda f: (-_size(f), order.get(f.organisation, len(order))))
    if not ranked:
        return None
    there, window = {f.organisation for f in ranked}, ranked[0].window
    missing = [c for c in due(data, window) if c not in there]
    ranks = {f.organisation: f for f in data.facts.select("rank", window=window, **_series(ranked[0]))}
    return Ranking(window, ranked, missing, total, gap(data, total), *_counted(data, ranked[0]), ranks)


def _series(fact: Fact) -> dict[str, str]:
    return {"indicator": fact.indicator, "outlet": fact.outlet, "channel": fact.channel}


def _counted(data: ReportData, fact: Fact) -> tuple[Fact | None, Fact | None]:
    """Return how many members have reported the series of a fact in its window, and of how many."""
    return (
        data.facts.one("reported", window=fact.window, **_series(fact)),
        data.facts.one("volume", indicator="organisations", organisation=TOTAL, window=fact.window),
    )


def _size(fact: Fact) -> float:
    return fact.least if fact.value is None else fact.value


def rankings(data: ReportData, facts: Iterable[Fact], totals: Sequence[Fact]) -> list[Ranking]:
    """Return the facts of organisations, ranked by series and window in the order in which they come."""
    groups: dict[tuple[str, str, str, Window], list[Fact]] = {}
    for f in facts:
        groups.setdefault((f.indicator, f.outlet, f.channel, f.window), []).append(f)
    known = {(t.indicator, t.outlet, t.channel, t.window): t for t in totals}
    found = [
        ranking(data, group, known.get(series) if len(group) > 1 else None)
        for series, group in groups.items()
    ]
    return [r for r in found if r]


@kept
def due(data: ReportData, window: Window) -> tuple[str, ...]:
    """Return the codes of the member organisations of a window."""
    return tuple(data.tables.members(window))


@dataclass(frozen=True)
class United:
    """Organisations of the period that stand together as one in a year that was not theirs alone.

    Parameters
    ----------
    unit : str
    parts : list of str
    window : Window
        The year.
    due : Fact or None
        How many organisations there are in it.
    """

    unit: str
    parts: list[str]
    window: Window
    due: Fact | None


def united(data: ReportData, window: Window) -> list[United]:
    """Return who of the period's members is in a window a part of another: why N is not the period's."""
    here, found = due(data, data.period.window), dict[str, list[str]]()
    if len(here) == len(due(data, window)):
        return []
    for part, unit in membership.parts(data.tables.organisations, window).items():
        if part in here:
            found.setdefault(unit, []).append(part)
    count = data.facts.one("volume", indicator="organisations", organisation=TOTAL, window=window)
    return [United(unit, own, window, count) for unit, own in found.items()]


@dataclass(frozen=True)
class Gap:
    """Whose figures a total lacks, and whose it is the sum of: what a sentence says of a lower bound.

    Parameters
    ----------
    there, missing : list of str
        Codes, in the order of organisations.csv; `missing` may have the head office too.
    count, due : Fact or None
        How many member organisations reported, and of how many.
    """

    there: list[str]
    missing: list[str]
    count: Fact | None = None
    due: Fact | None = None

    @property
    def told(self) -> str:
        """What is told by name: `missing`, `there`, or `count` where both are many."""
        if len(self.missing) <= FEW and len(self.missing) <= len(self.there):
            return "missing"
        return "there" if 0 < len(self.there) <= FEW else "count"


def gap(data: ReportData, total: Fact | None) -> Gap | None:
    """Return whose figures a total of the union lacks.

    None where it lacks none, was itself reported, or is the sum of parts of several kinds: a year of which
    one half was reported for the whole union, or by other organisations than the other half. Nobody is
    wholly in such a total, or wholly out of it, so that no list of names would be true.
    """
    if total is None or total.organisation != TOTAL or total.high is not None or total.id in data.stated:
        return None
    if _mixed(data, total):
        return None
    there = reporters(data, total)
    order = list(data.tables.organisations.index)
    members = due(data, total.window)
    wanted = {*members, *_expected_heads(data, total)}
    missing = [code for code in order if code in wanted - there]
    if not missing:
        return None
    return Gap([code for code in order if code in there], missing, *_counted(data, total))


def gaps(data: ReportData, totals: Iterable[Fact | None]) -> dict[str, Gap]:
    """Return the gap of each total that lacks somebody's figures, by the total's id."""
    found = {t.id: gap(data, t) for t in totals if t is not None}
    return {fact_id: known for fact_id, known in found.items() if known}


def reporters(data: ReportData, fact: Fact) -> set[str]:
    """Return who has reported the series of a fact in its window; of a year, in both its halves too.

    Member organisations and the head office; by the rows themselves, since facts are kept of the windows
    of a report only.
    """
    rows = _rows(data, fact)
    found = _in(rows, fact.window)
    if halves := _halves(data, fact, rows):
        found |= halves[0] & halves[1]
    return found & {*due(data, fact.window), *data.head_office}


def _mixed(data: ReportData, total: Fact) -> bool:
    """Tell whether some, or the union as a whole, reported one half only of the year of a total."""
    rows = _rows(data, total)
    halves = _halves(data, total, rows)
    return bool(halves and (halves[0] ^ halves[1]) - _in(rows, total.window))


def _rows(data: ReportData, fact: Fact) -> pd.DataFrame:
    """Return what was reported of the series of a fact."""
    return _observed(data, fact.indicator, fact.outlet, fact.channel)


@kept
def _observed(data: ReportData, indicator: str, outlet: str, channel: str) -> pd.DataFrame:
    rows = data.tables.observations
    same = (rows["indicator"] == indicator) & (rows["outlet"] == outlet)
    return rows[same & (rows["channel"] == channel)]


def _halves(data: ReportData, fact: Fact, rows: pd.DataFrame) -> tuple[set[str], set[str]] | None:
    """Return who reported each half of the year of a fact; None for another window, and for a stock."""
    period = fact.window.period
    if not period or period.is_half or fact.indicator in data.settings["indicators"]["stocks"]:
        return None
    return _in(rows, Period(period.year, 1).window), _in(rows, Period(period.year, 2).window)


def _in(rows: pd.DataFrame, window: Window) -> set[str]:
    end = rows["end"].isna() if window.end is None else rows["end"] == pd.Timestamp(window.end)
    return set(rows.loc[(rows["start"] == pd.Timestamp(window.start)) & end, "organisation"])


def _expected_heads(data: ReportData, total: Fact) -> set[str]:
    """Return the head office, where by the end of a total's window it has reported that series."""
    rows = _rows(data, total)
    rows = rows[rows["organisation"].isin(list(data.head_office))]
    ended = rows["end"].fillna(rows["start"])
    return set(rows.loc[ended <= pd.Timestamp(total.window.end or data.period.end), "organisation"])
