"""Who is active, who has filed, who does not appear in the data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aqparat.data.prepare import OWN
from aqparat.metrics.completeness import on_time
from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.sections.report_data import ReportData, kept
from aqparat.sections.reservations import noted, unclear


@dataclass(frozen=True)
class Activity:
    """Who is named active, who has become active, who is not mentioned at all.

    `filed` and `on_time` are how many of the `members` have sent figures of their own, and how many in time.
    Of the others `blank` sent a form with nothing in it, `unread` one that could not be read; `not_filed`
    sent nothing.
    Of the `unmentioned` some may be meant by a name that a note calls unclear: these are `unclear` too, with
    `reservations`, the notes that say so; only the others, `absent`, are surely not mentioned.
    """

    active: list[str]
    activated: list[dict[str, Any]]
    unmentioned: list[str]
    unclear: list[str]
    reservations: list[dict[str, Any]]
    members: Fact | None
    filed: Fact | None
    on_time: Fact | None
    late: list[str]
    blank: list[str]
    unread: list[str]
    not_filed: list[str]

    @property
    def all_filed(self) -> bool:
        """Whether every member organisation has sent figures of its own."""
        return _same(self.filed, self.members)

    @property
    def all_on_time(self) -> bool:
        """Whether all who have sent figures did so in time."""
        return _same(self.filed, self.on_time)

    def state(self, organisation: str) -> str | None:
        """Return the state of the form of a member without figures; "" where none came, None of others."""
        if organisation in self.blank:
            return "blank"
        if organisation in self.unread:
            return "unread"
        return "" if organisation in self.not_filed else None

    @property
    def is_told(self) -> bool:
        """Whether all who are not mentioned are those of whose forms it is said that nothing came in them."""
        return {*self.unmentioned} <= {*self.blank, *self.unread, *self.not_filed}

    @property
    def absent(self) -> list[str]:
        """The unmentioned that no note may mean."""
        return [code for code in self.unmentioned if code not in self.unclear]


def _same(one: Fact | None, other: Fact | None) -> bool:
    """Return whether two counts are known and the same."""
    return one is not None and other is not None and one.value == other.value


@kept
def activity(data: ReportData) -> Activity:
    """Return who is active and who does not appear in the data of the period."""
    seen, forms = mentioned(data), on_time(data.tables)
    own = {data.tables.member(o) for name in OWN for o in data.tables.current(name)["organisation"].unique()}
    sent = _without_data(data, own)
    unmentioned = [m for m in data.tables.members() if m not in seen]
    doubted = [m for m in unmentioned if m in unclear(data)]
    return Activity(
        active=list(dict.fromkeys(h["organisation"] for h in data.highlights("active"))),
        activated=data.highlights("activated"),
        unmentioned=unmentioned,
        unclear=doubted,
        reservations=noted(data, doubted),
        members=data.facts.one("volume", indicator="organisations", window=data.period.window),
        filed=_numerator(data, "organisations"),
        on_time=_numerator(data, "organisations_on_time"),
        late=[c for c in forms.loc[(forms["on_time"] == False).fillna(False), "organisation"] if c in own],  # noqa: E712
        blank=[m for m, state in sent.items() if state in ("filled", "untouched")],
        unread=[m for m, state in sent.items() if state == "unread"],
        not_filed=[m for m, state in sent.items() if not state],
    )


def _without_data(data: ReportData, own: set[str]) -> dict[str, str]:
    """Return of each member without figures of its own the state of the form it sent; "" where it sent none.

    Empty where no form was handed in for the period at all.
    """
    forms = data.tables.current("filings")
    states = dict(zip(forms["organisation"].map(data.tables.member), forms["state"], strict=True))
    return {m: states.get(m, "") for m in data.tables.members() if m not in own} if states else {}


def _numerator(data: ReportData, indicator: str) -> Fact | None:
    """Return how many organisations a completeness counts."""
    part = data.facts.one("completeness", indicator=indicator, window=data.period.window)
    return data.facts[part.inputs[0]] if part else None


@kept
def mentioned(data: ReportData, period: Period | None = None) -> frozenset[str]:
    """Return the codes of the organisations that appear anywhere in the batches of a period.

    Parameters
    ----------
    data : ReportData
    period : Period, optional
        The report's own by default.
    """
    tables = replace(data.tables, period=period) if period else data.tables
    current = tables.current("observations")
    seen = {
        *current["organisation"],
        *data.mentions_in(current)["organisation"],
        *tables.current("highlights")["organisation"],
        *tables.current("activities")["organisation"],
        *tables.current("items")["organisation"].unique(),
    }
    return frozenset(seen | {tables.member(code) for code in seen})
