"""Who sent nothing to the union's site, and for how long: said by them, which is not the same as unknown."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from aqparat.period import Period
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import site

_WORDED = 6


@dataclass(frozen=True)
class Silent:
    """Organisations that have sent nothing for the same number of half-years running.

    Parameters
    ----------
    halves : int
        How many; 0 where the report is of a year, and its second half is not known apart.
    organisations : list of str
        Codes.
    since : Period or None
        The first of these half-years, where they are more than have a word.
    """

    halves: int
    organisations: list[str]
    since: Period | None = None

    @property
    def running(self) -> str:
        """Which half-year running it is, where that has a word: the second to the sixth."""
        return str(self.halves) if 1 < self.halves <= _WORDED else ""


def silences(data: ReportData) -> list[Silent]:
    """Return who said that nothing was sent in the period, those silent longest first."""
    period = data.period
    codes = [c for g in site(data).zeros if g.window == period.window for c in g.organisations]
    groups: dict[int, list[str]] = {}
    for code in sorted(codes, key=list(data.tables.organisations.index).index):
        groups.setdefault(len(_run(data, code)), []).append(code)
    return [
        Silent(halves, groups[halves], _run(data, groups[halves][0])[-1] if halves > _WORDED else None)
        for halves in sorted(groups, reverse=True)
    ]


def _run(data: ReportData, organisation: str) -> list[Period]:
    """Return the half-years up to the period's end, the last first, in which each figure says none."""
    rows, outlet = data.tables.observations, site(data).outlet
    rows = rows[
        (rows["organisation"] == organisation)
        & (rows["indicator"] == "publications")
        & (rows["outlet"] == outlet)
    ]
    half = data.period if data.period.is_half else Period(data.period.year, 2)
    found: list[Period] = []
    while _says_none(rows, half):
        found.append(half)
        half = half.previous
    return found


def _says_none(rows: pd.DataFrame, half: Period) -> bool:
    there = rows[(rows["start"] == pd.Timestamp(half.start)) & (rows["end"] == pd.Timestamp(half.end))]
    return len(there) > 0 and bool((there["high"] == 0).all())
