"""An organisation's items on the union's site by month, beside the same months a year before."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import site
from aqparat.sections.views import view

_WHOLE = (6, 12)  # months of a half and of a year


@dataclass(frozen=True)
class OwnMonths:
    """Items a month of the period, and of the same months a year before, by the month's number."""

    organisation: str
    now: list[Fact]
    then: dict[int, Fact]

    @property
    def most(self) -> list[Fact]:
        """The months with the most items."""
        return [f for f in self.now if f.least == max(x.least for x in self.now)]

    @property
    def fewest(self) -> list[Fact]:
        """The months with the fewest."""
        return [f for f in self.now if f.least == min(x.least for x in self.now)]

    @property
    def only(self) -> bool:
        """Whether the months with the most items are the only ones with any."""
        return all(f.high == 0 for f in self.now if f not in self.most)

    def before(self, fact: Fact) -> Fact | None:
        """Return what the same month of the year before had."""
        return self.then.get(fact.window.start.month)

    @property
    def facts(self) -> list[Fact]:
        """All of them."""
        return [*self.now, *self.then.values()]


@view("own_figures", "itemised")
def own_months(data: ReportData, organisation: str) -> OwnMonths | None:
    """Return the organisation's items on the union's site by month, and those of the year before.

    When: its register names every item that it has reported for the period, and not every month has as many.
    """
    now = _months(data, organisation, data.period.window)
    if len(now) not in _WHOLE or len({f.value for f in now}) < 2:
        return None
    then = _months(data, organisation, data.period.year_earlier.window)
    return OwnMonths(organisation, now, {f.window.start.month: f for f in then})


def month_ids(data: ReportData, organisation: str) -> set[str]:
    """Return the ids of the facts that a picture of months shows, the period's and those a year before."""
    windows = (data.period.window, data.period.year_earlier.window)
    return {f.id for window in windows for f in _months(data, organisation, window)}


def _months(data: ReportData, organisation: str, window: Window) -> list[Fact]:
    """Return the figures of the months of a window, where there are all of a half or a year."""
    outlet, last = site(data).outlet, window.end
    own = data.facts.select("volume", organisation=organisation, indicator="publications", outlet=outlet)
    months = [
        f
        for f in own
        if last and f.window.end and window.start <= f.window.start and f.window.end <= last
        and (f.window.end - f.window.start).days < 31
    ]  # fmt: skip
    return sorted(months, key=lambda f: f.window.start) if len(months) in _WHOLE else []
