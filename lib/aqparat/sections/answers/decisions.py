"""What the committee has to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aqparat.sections.activity import activity
from aqparat.sections.answers.completeness import answer_completeness
from aqparat.sections.answers.measures import answer_measures
from aqparat.sections.answers.subscriptions import answer_subscriptions
from aqparat.sections.report_data import ReportData
from aqparat.sections.silence import silences
from aqparat.sections.views import view

MOST = 5


@dataclass(frozen=True)
class Decision:
    """Something that calls for a decision.

    Parameters
    ----------
    rule : str
        Which of the rules found it.
    organisations, unclear : list of str
        Codes of those concerned, and of those perhaps concerned.
    what : list of str
        Outlets or indicators concerned.
    """

    rule: str
    organisations: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    what: list[str] = field(default_factory=list)


@view("summary")
def answer_decisions(data: ReportData) -> list[Decision]:
    """Return what the committee has to decide, with those concerned: five things at the most.

    When: always.

    Rules
    -----
    overdue
        Measures reported as not ended though due.
    past_due
        Measures due, of which nothing was reported.
    silent
        Who said that nothing was sent to the union's site.
    absent
        Who has filed nothing, or is nowhere in the data: whether there was no work, or no report of it.
    target
        Papers of which the union as a whole surely has fewer copies per 100 members than the target.
    members
        Whose members are not known, without which no rate can be computed.
    none_decided
        There is no measure at all, decided before or since.
    """
    return list(_found(data))[:MOST]


def _found(data: ReportData) -> Iterator[Decision]:
    outcome, status = answer_measures(data), activity(data)
    if outcome.overdue:
        yield Decision("overdue", outcome.overdue)
    if outcome.past_due:
        yield Decision("past_due", outcome.past_due)
    silent = [code for group in silences(data) for code in group.organisations]
    if silent:
        yield Decision("silent", silent)
    absent = list(dict.fromkeys([*status.blank, *status.unread, *status.not_filed, *status.absent]))
    if absent or status.unclear:
        yield Decision("absent", absent, [c for c in status.unclear if c not in absent])
    missed = answer_subscriptions(data).missed
    if missed:
        yield Decision("target", what=[p.outlet for p in missed])
    complete = answer_completeness(data)
    if complete.no_members:
        yield Decision("members", [] if "members" in complete.nobody else complete.no_members)
    if not outcome.counts:
        yield Decision("none_decided")
