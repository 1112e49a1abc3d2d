"""The scoreboard: what every member organisation does and how it stands, a row each."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.ranking import due
from aqparat.sections.report_data import ReportData
from aqparat.sections.views import view

MANY = 7  # so many organisations have a figure of it: it is a column

_MEASURED = {  # columns in their order: metric and indicator of what they show
    "site": ("tally", "site"),
    "newspapers": ("tally", "newspapers"),
    "broadcasts": ("tally", "broadcasts"),
    "copies": ("component", "copies"),
    "training": ("component", "training"),
    "index": ("activity_index", "activity"),
    "rank": ("rank", "activity"),
}
_ELSEWHERE = ("publications", "broadcasts", "copies", "trained", "members")


@dataclass(frozen=True)
class Score:
    """The row of one organisation: the figures by their column, and their changes on a year ago."""

    organisation: str
    now: dict[str, list[Fact]]
    changes: dict[str, Fact]


@dataclass(frozen=True)
class Scoreboard:
    """A row for each member organisation.

    Parameters
    ----------
    columns : list of str
        `rank` and `index`, what the index is made of, `members`, codes of further indicators that many have
        figures of.
    rows : list of Score
        In the order of organisations.csv.
    new : list of str
        Codes of those that were another organisation, or a part of one, a year ago, so that nothing of them
        can be compared.
    """

    columns: list[str]
    rows: list[Score]
    new: list[str]

    def place(self, column: str) -> tuple[str, str] | None:
        """Return the outlet and channel that all figures of a column are of; None where they differ."""
        found = {(f.outlet, f.channel) for row in self.rows for f in row.now.get(column, [])}
        return next(iter(found)) if len(found) == 1 else None

    @property
    def base(self) -> Window | None:
        """What the changes are from."""
        return next((f.base for row in self.rows for f in row.changes.values()), None)


@view("organisations")
def scoreboard(data: ReportData) -> Scoreboard | None:
    """Return what every member organisation does, each figure with its change on a year ago.

    When: seven organisations or more have a figure of a column that no other table has.
    """
    members, window = due(data, data.period.window), data.period.window
    columns = _columns(data, members)
    kept = {name: own for name, own in columns.items() if len(own) >= MANY}
    if set(kept) <= {"site"}:
        return None
    changes = {
        name: {f.organisation: f for f in data.facts.select("difference", indicator=of, window=window)}
        for name, (metric, of) in _MEASURED.items()
        if name in kept and metric not in ("rank", "activity_index")  # they hang on who else there was
    }
    rows = [
        Score(
            code,
            {name: own[code] for name, own in kept.items() if code in own},
            {name: own[code] for name, own in changes.items() if code in own},
        )
        for code in members
    ]
    compared = any(row.changes for row in rows)
    new = [row.organisation for row in rows if compared and row.now and not row.changes]
    return Scoreboard(list(kept), rows, [code for code in new if _is_new(data, code)])


def _columns(data: ReportData, members: tuple[str, ...]) -> dict[str, dict[str, list[Fact]]]:
    """Return the figures of each column by organisation."""
    window = data.period.window
    measured = {
        name: {f.organisation: [f] for f in data.facts.select(metric, indicator=indicator, window=window)}
        for name, (metric, indicator) in _MEASURED.items()
    }
    others = [i for i in data.tables.indicators.index if i in data.reported_indicators.difference(_ELSEWHERE)]
    counted = {indicator: _counted(data, indicator, members) for indicator in ("members", *others)}
    ranked = {name: measured.pop(name) for name in ("rank", "index")}
    members_of = {"members": counted.pop("members")}
    return {**ranked, **measured, **members_of, **counted}


def _counted(data: ReportData, indicator: str, members: tuple[str, ...]) -> dict[str, list[Fact]]:
    """Return what organisations have reported of an indicator: the figure of no place, else all there are."""
    told = data.facts.select("volume", indicator=indicator, organisation=set(members))
    by_code: dict[str, list[Fact]] = {}
    for fact in data.current(told):
        if not fact.window.is_open:
            by_code.setdefault(fact.organisation, []).append(fact)
    whole = {code: [f for f in own if not (f.outlet or f.channel)] for code, own in by_code.items()}
    return {code: whole[code] or own for code, own in by_code.items()}


def _is_new(data: ReportData, code: str) -> bool:
    """Return whether an organisation did not exist a year ago."""
    return code not in due(data, data.period.year_earlier.window)
