"""Periods of reporting (half-years and years) and the windows that figures are counted over."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

from aqparat.problem import AqparatError

_CODE = re.compile(r"(?P<year>(?:19|20)[0-9][0-9])(?:H(?P<half>[12]))?")


class PeriodError(AqparatError, ValueError):
    """A text is not a period such as 2017H1, 2017H2 or 2016."""

    def __init__(self, found: str) -> None:
        message = f"{found!r} is not a period: expected 2017H1, 2017H2 or a year such as 2016"
        super().__init__(message, "not_period", found=found)
        self.found = found


@dataclass(frozen=True)
class Window:
    """The dates a figure is counted over; it exists because some counts have no stated end.

    Parameters
    ----------
    start : date
        First day.
    end : date or None
        Last day, inclusive; None where the source states no end.
    """

    start: date
    end: date | None

    @property
    def is_open(self) -> bool:
        """Whether no end is stated."""
        return self.end is None

    @property
    def period(self) -> Period | None:
        """The year or half-year that has just these dates, if there is one."""
        return _period(self.start, self.end)

    @property
    def is_month(self) -> bool:
        """Whether it is a calendar month."""
        return self.end is not None and self.start.day == 1 and self.end == _last_of(self.start)

    @property
    def is_years(self) -> bool:
        """Whether it is several whole years, one after the other."""
        return self.end is not None and (
            (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)
            and self.end.year > self.start.year
        )

    @property
    def fraction(self) -> float | None:
        """Length as a part of a year (days over the days of the first day's year); None if open."""
        if self.end is None:
            return None
        return ((self.end - self.start).days + 1) / _days_in(self.start.year)

    @property
    def code(self) -> str:
        """A short name, stable and free of language: `2016`, `2017H1`, else `start_end`."""
        period = self.period
        return str(period) if period else f"{self.start}_{self.end or ''}"

    def __str__(self) -> str:
        return self.code


@total_ordering
@dataclass(frozen=True)
class Period:
    """A year or a half-year, the unit of reporting.

    Parameters
    ----------
    year : int
        Calendar year, 1900–2099.
    half : {1, 2} or None
        Half of the year; None for the whole of it.

    Examples
    --------
    >>> Period.parse("2017H1").previous
    Period(year=2016, half=2)
    >>> str(Period.parse("2017H1").year_earlier)
    '2016H1'
    """

    year: int
    half: int | None = None

    @classmethod
    def parse(cls, text: str | Period) -> Period:
        """Read `2017H1`, `2017H2` or `2016`.

        Raises
        ------
        PeriodError
            If the text is anything else.
        """
        if isinstance(text, Period):
            return text
        match = _CODE.fullmatch(str(text).strip())
        if not match:
            raise PeriodError(str(text))
        return cls(int(match["year"]), int(match["half"]) if match["half"] else None)

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def middle(self) -> date:
        """The day in the middle, by which it is told who was in force."""
        return self.start + (self.end - self.start) / 2

    @property
    def window(self) -> Window:
        """The same dates as a window."""
        return Window(self.start, self.end)

    @property
    def is_half(self) -> bool:
        """Whether this is a half-year."""
        return self.half is not None

    @property
    def halves(self) -> tuple[Period, ...]:
        """The half-years it is made of: itself, where it is one."""
        return (self,) if self.is_half else (Period(self.year, 1), Period(self.year, 2))

    @property
    def whole_year(self) -> Period:
        """The year this period lies in."""
        return Period(self.year)

    @property
    def previous(self) -> Period:
        """The period of the same length just before."""
        if self.half == 2:
            return Period(self.year, 1)
        return Period(self.year - 1, 2 if self.half == 1 else None)

    @property
    def following(self) -> Period:
        """The period of the same length just after."""
        if self.half == 1:
            return Period(self.year, 2)
        return Period(self.year + 1, 1 if self.half == 2 else None)

    @property
    def year_earlier(self) -> Period:
        """The same half, or the whole year, one year earlier: what growth is measured against."""
        return Period(self.year - 1, self.half)

    @property
    def fraction(self) -> float:
        """Length as a part of a year, by days (2017H1: 181/365)."""
        return ((self.end - self.start).days + 1) / _days_in(self.year)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.end, self.start) < (other.end, other.start)

    def __str__(self) -> str:
        return f"{self.year}H{self.half}" if self.half else str(self.year)


@lru_cache(10_000)  # it is asked of every fact again and again
def _period(start: date, end: date | None) -> Period | None:
    """Return the year or half-year that has just these dates."""
    periods = [Period(start.year, half) for half in (None, 1, 2)]
    return next((period for period in periods if (period.start, period.end) == (start, end)), None)


def _last_of(day: date) -> date:
    """Return the last day of a month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _days_in(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1
