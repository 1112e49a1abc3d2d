"""Items on the union's site by month, against the same months a year ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.site import site
from aqparat.sections.views import view


@dataclass(frozen=True)
class Month:
    """The items of a month, and of the same a year ago, where they are known."""

    now: Fact
    then: Fact | None

    @property
    def window(self) -> Window:
        """The month of now."""
        return self.now.window

    @property
    def change(self) -> float:
        """By how much there are more; 0 where nothing is compared."""
        return 0 if self.then is None else (self.now.value or 0) - (self.then.value or 0)


@dataclass(frozen=True)
class Months:
    """The months of a period, in their order; all of them are counted from the rows of the register.

    `base` is the window of the months a year ago; None where not every one of them is known.
    """

    window: Window
    base: Window | None
    rows: list[Month]

    @property
    def is_compared(self) -> bool:
        """Whether the months of a year ago are known."""
        return self.base is not None

    @property
    def lone(self) -> str:
        """Whether just one month is `behind`, or `ahead`, and every other one is not; else empty."""
        ahead, behind, every = len(self.ahead), len(self.behind), len(self.rows)
        if ahead + behind != every:
            return ""
        return "behind" if behind == 1 else "ahead" if ahead == 1 else ""

    @property
    def ahead(self) -> list[Month]:
        """The months with more than a year ago, the largest difference first."""
        return sorted((r for r in self.rows if r.change > 0), key=lambda r: -r.change)

    @property
    def behind(self) -> list[Month]:
        """The months with fewer, the largest difference first."""
        return sorted((r for r in self.rows if r.change < 0), key=lambda r: r.change)

    @property
    def led(self) -> list[Month]:
        """The months ahead by most: one, or those that are so alike."""
        return [r for r in self.ahead if r.change == self.ahead[0].change]

    @property
    def lagged(self) -> list[Month]:
        """The months behind by most."""
        return [r for r in self.behind if r.change == self.behind[0].change]

    @property
    def most(self) -> list[Fact]:
        """The months with most items."""
        return self._at(max)

    @property
    def fewest(self) -> list[Fact]:
        """The months with fewest items."""
        return self._at(min)

    def _at(self, extreme: Callable[..., float]) -> list[Fact]:
        wanted = extreme(row.now.value or 0 for row in self.rows)
        return [row.now for row in self.rows if row.now.value == wanted]


@view("site", "itemised")
def site_months(data: ReportData) -> Months | None:
    """Return the items of each month against the same month a year ago.

    When: all items of the period stand in the register, and the months differ; a year ago stands beside them
    where its items all do, too.
    """
    period, facts = data.period, data.facts
    about = {"indicator": "publications", "outlet": site(data).outlet, "organisation": TOTAL}
    found = {
        f.window.start: f
        for f in facts.select("volume", **about)
        if f.window.is_month
    }  # fmt: skip
    first = period.start
    months = [first.replace(month=first.month + n) for n in range(6 if period.is_half else 12)]
    if not all(month in found for month in months):
        return None
    then = [found.get(month.replace(year=month.year - 1)) for month in months]
    compared = all(then)
    rows = [
        Month(found[month], before if compared else None) for month, before in zip(months, then, strict=True)
    ]
    numbers = {f.value for row in rows for f in (row.now, row.then) if f}
    base = period.year_earlier.window if compared else None
    return Months(period.window, base, rows) if len(numbers) > 1 else None
