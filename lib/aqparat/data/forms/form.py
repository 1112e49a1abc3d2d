"""A form: what one organisation's workbook holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aqparat.data.titles import FORM
from aqparat.period import Period


@dataclass(frozen=True)
class Form:
    """What one organisation's workbook holds.

    Parameters
    ----------
    period : Period
    period_name : str
        In words.
    code, name : str
        Of the organisation; empty for a form that anybody can fill in.
    due : date
        The last day to hand it in.
    due_name : mapping of str to str
        The same in words, by language.
    lists : dict of str to list of str
        Drop-down texts by column; a column without a list is typed.
    rows : mapping of str to list of dict
        The rows that stand there, by sheet (a table, or `titles.CORRECTIONS`), cells by column.
    hidden : tuple of str
        Columns of observations that do not concern the organisation.
    synthetic : bool
        Whether the data are invented.
    years_ahead : int
        Years after the period's that a date may be in.
    examples : mapping of str to str
        What the examples name: `paper` and `site`, as the drop-down list has them, and `codes`; empty
        where there is none.
    """

    period: Period
    period_name: str
    code: str
    name: str
    due: date
    due_name: Mapping[str, str]
    lists: Mapping[str, list[str]]
    rows: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    synthetic: bool = False
    years_ahead: int = 1
    examples: Mapping[str, str] = field(default_factory=dict)

    def days(self, table: str, column: str) -> tuple[date, date]:
        """Return the first and the last day that a date may be."""
        limits = {
            ("publications", "date"): (self.period.start, self.period.end),
            (FORM, "filed"): (self.period.start, self.period.following.following.end),
            ("measures", "due"): (self.period.start, date(self.period.year + 5, 12, 31)),
        }
        earlier = date(self.period.year - 3, 1, 1)  # an old figure may be mended
        latest = date(self.period.year + self.years_ahead, 12, 31)
        return limits.get((table, column), (earlier, latest))
