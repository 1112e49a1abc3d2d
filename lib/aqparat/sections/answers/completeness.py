"""How complete the data are, and what is doubtful in them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from aqparat.data.quality.findings import amount
from aqparat.period import Period
from aqparat.sections.activity import Activity, activity
from aqparat.sections.notes import notes
from aqparat.sections.ranking import due
from aqparat.sections.report_data import ReportData
from aqparat.sections.views import view

NEEDED = ("members", "copies", "publications", "broadcasts", "trained")


@dataclass(frozen=True)
class Lack:
    """Organisations, at most seven, that have no figure of some indicators though they have filed.

    Parameters
    ----------
    organisations, indicators : list of str
        Codes.
    """

    organisations: list[str]
    indicators: list[str]


@dataclass(frozen=True)
class Completeness:
    """Who has filed, what is unknown, how much is doubtful.

    Parameters
    ----------
    status : Activity
        Who has filed, and in time.
    nobody, most : list of str
        Indicators that no member organisation has a figure of, and that more than half have none of.
    some : list of Lack
        Of the other indicators, those of whom a figure is not known.
    no_members : list of str
        Codes of those whose members are not known.
    noted : bool
        Whether the report has notes on the data.
    warnings : int
        How many warnings the checks gave.
    """

    status: Activity
    nobody: list[str]
    most: list[str]
    some: list[Lack]
    no_members: list[str]
    noted: bool
    warnings: int


@view("summary")
def answer_completeness(data: ReportData) -> Completeness:
    """Return who has filed and in time, what is unknown, and how many notes and warnings there are.

    When: always.
    """
    members, status = due(data, data.period.window), activity(data)
    told = {indicator: _told(data, indicator) for indicator in NEEDED}
    lacking = {i: [c for c in members if c not in told[i]] for i in NEEDED}
    nobody = [i for i, codes in lacking.items() if codes and len(codes) == len(members)]
    most = [i for i, codes in lacking.items() if len(codes) > len(members) / 2 and i not in nobody]
    silent = {*status.not_filed, *status.blank, *status.unread}
    groups: dict[tuple[str, ...], list[str]] = {}
    for indicator in (i for i in NEEDED if i not in [*nobody, *most]):
        codes = tuple(code for code in lacking[indicator] if code not in silent)
        if codes:
            groups.setdefault(codes, []).append(indicator)
    return Completeness(
        status=status,
        nobody=nobody,
        most=most,
        some=[Lack(list(codes), indicators) for codes, indicators in groups.items()],
        no_members=lacking["members"],
        noted=bool(notes(data) or data.highlights("note")),
        warnings=amount(data.tables.warnings),
    )


def _told(data: ReportData, indicator: str) -> set[str]:
    """Return who has a figure of an indicator.

    Of the members those last reported by the period's end count, as for the rates; of all else figures of the
    period, of its year, or of its year without a stated end.
    """
    rows, period = data.tables.observations, data.period
    rows = rows[rows["indicator"] == indicator]
    begun = rows["start"] <= pd.Timestamp(period.end)
    if indicator != "members":
        begun &= rows["start"] >= pd.Timestamp(period.whole_year.start)
        if period.is_half:
            other = Period(period.year, 3 - (period.half or 0)).window
            begun &= ~(rows["start"].eq(pd.Timestamp(other.start)) & rows["end"].eq(pd.Timestamp(other.end)))
    return data.tables.told(rows[begun])
