"""Training of activists, and how information work is governed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from aqparat.data.schemas import ACTIVITY_KINDS
from aqparat.metrics.attendance import PARTICIPANTS, days
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.ranking import Ranking, due, ranking, rankings
from aqparat.sections.report_data import TOTAL, ReportData, kept, rows
from aqparat.sections.views import is_full, view


@dataclass(frozen=True)
class Lesson:
    """Training or governance of one kind in one organisation, on the same days or so often a year.

    Parameters
    ----------
    organisation, kind : str
    times : int
        How many raw rows it stands for.
    windows : list of Window
        The days it was held; empty where none are stated.
    per_year : Fact or None
        How often a year.
    participants : list of Fact
        One for each of the windows, of rows on the same days their sum.
    partners : list of str
        With whom, as the raw rows have it.
    origins : list of str
        The raw rows.
    """

    organisation: str
    kind: str
    times: int
    windows: list[Window]
    per_year: Fact | None
    participants: list[Fact]
    partners: list[str]
    origins: list[str]

    @property
    def several(self) -> bool:
        """Whether it stands for more than one raw row."""
        return self.times > 1


@dataclass(frozen=True)
class Training:
    """Training of activists and how information work is governed.

    Parameters
    ----------
    trained : list of Ranking
        The people trained.
    growth : Fact or None
        How the union's number has changed since the same time a year before.
    lessons : list of Lesson
    highlights : list of dict
    """

    trained: list[Ranking]
    growth: Fact | None
    lessons: list[Lesson]
    highlights: list[dict[str, Any]]


@dataclass(frozen=True)
class Reached:
    """What one organisation held, how many it trained, and how many that is of its members."""

    organisation: str
    lessons: list[Lesson]
    trained: Fact | None
    reach: Fact | None


@dataclass(frozen=True)
class Reach:
    """The training of all organisations.

    Parameters
    ----------
    rows : list of Reached
        Who trained most of its members first; who has told nothing last.
    ranking : Ranking or None
        The reach of those who told it.
    """

    rows: list[Reached]
    ranking: Ranking | None

    @property
    def tells_lessons(self) -> bool:
        """Whether most of them say what they held, so that it stands beside the numbers."""
        return 2 * sum(bool(row.lessons) for row in self.rows) >= len(self.rows)


@kept
def training(data: ReportData) -> Training:
    """Return training and governance: every row of the period's activities is in one of the lessons."""
    order = {code: place for place, code in enumerate(data.tables.organisations.index)}
    activities = rows(data.tables.current("activities"))
    kinds = {kind: place for place, kind in enumerate(ACTIVITY_KINDS)}
    activities.sort(key=lambda row: (order[row["organisation"]], kinds[row["kind"]], *_held(row)))
    held = [
        _lesson(data, list(same))
        for _, same in groupby(activities, key=lambda row: (row["organisation"], row["kind"], *_held(row)))
    ]
    trained = data.current(data.facts.select("volume", indicator="trained"))
    own = [f for f in trained if f.organisation != TOTAL]
    total = [f for f in trained if f.organisation == TOTAL]
    growth = data.facts.one("growth", indicator="trained", organisation=TOTAL, window=data.period.window)
    return Training(rankings(data, own, total), growth, held, data.highlights("training"))


@view("training", "full")
def reach(data: ReportData) -> Reach | None:
    """Return what every organisation held, whom it trained, and how many that is of its members."""
    window = data.period.window
    trained = {f.organisation: f for f in data.facts.select("volume", indicator="trained", window=window)}
    if not is_full(data, trained, window):
        return None
    found = {f.organisation: f for f in data.facts.select("training_reach", window=window)}
    members = [*due(data, window), *(code for code in data.head_office if code in trained)]
    ranked = ranking(data, [f for code, f in found.items() if code in members])
    order = [*(ranked.organisations if ranked else []), *(c for c in members if c in trained), *members]
    held: dict[str, list[Lesson]] = {}
    for lesson in training(data).lessons:
        held.setdefault(lesson.organisation, []).append(lesson)
    rows = [
        Reached(code, held.get(code, []), trained.get(code), found.get(code)) for code in dict.fromkeys(order)
    ]
    return Reach(rows, ranked)


@view("training")
def lessons(data: ReportData) -> Training | None:
    """Return what was held: who, what, when, how often, for how many, with whom.

    When: it does not stand in the table of all organisations' training.
    """
    of_all = reach(data)
    return None if of_all and of_all.tells_lessons else training(data)


def _held(row: dict[str, Any]) -> tuple[str, ...]:
    """Say what puts rows of one kind together: so many times a year, or on the same days."""
    if pd.notna(row["per_year"]):
        return ("",)
    window = days(row["start"], row["end"])
    return ("days", window.code if window else "")


def _lesson(data: ReportData, same: list[dict[str, Any]]) -> Lesson:
    organisation, kind = same[0]["organisation"], same[0]["kind"]
    stated = [days(row["start"], row["end"]) for row in same]
    counted = dict.fromkeys(window or data.period.window for window in stated)
    of = {"organisation": organisation}
    known = (
        data.facts.one("volume", indicator=kind + PARTICIPANTS, window=window, **of) for window in counted
    )
    yearly = any(pd.notna(row["per_year"]) for row in same)
    return Lesson(
        organisation=organisation,
        kind=kind,
        times=len(same),
        windows=list(dict.fromkeys(window for window in stated if window)),
        per_year=data.facts.one("volume", indicator=kind, **of) if yearly else None,
        participants=[f for f in known if f] if any(pd.notna(row["participants"]) for row in same) else [],
        partners=list(dict.fromkeys(row["partner"] for row in same if row["partner"])),
        origins=[origin for row in same for origin in row["origins"]],
    )
