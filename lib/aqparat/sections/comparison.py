"""A count against an earlier one: more or fewer, surely or within chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.report_data import TOTAL, ReportData

Verdict = Literal["more", "fewer", "same", "unclear"]
Weight = Literal["sure", "chance", "few", "open"]
_COMMON = ("common_growth", "common_ratio")  # of a total over the outlets that most report


@dataclass(frozen=True)
class Comparison:
    """A count, the one before it, and what became of it.

    Parameters
    ----------
    now, then, growth : Fact
        The counts of two windows of equal length, and their change.
    ratio : Fact or None
        Of the same two, with what chance may do to it.
    """

    now: Fact
    then: Fact
    growth: Fact
    ratio: Fact | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether there is more or fewer, whatever the counts are between their bounds."""
        if self.growth.low == self.growth.high == 0:
            return "same"
        if self.growth.least > 0:
            return "more"
        return "fewer" if self.growth.most < 0 else "unclear"

    @property
    def weight(self) -> Weight:
        """Whether chance alone may explain it; of few items, and of counts with bounds, nothing is said."""
        if self.ratio is None:
            return "few" if self.now.low == self.now.high and self.then.low == self.then.high else "open"
        inside = self.ratio.chance_least <= 1 <= self.ratio.chance_most
        return "chance" if inside else "sure"


def comparison(data: ReportData, now: Fact | None) -> Comparison | None:
    """Return a count of the union against the same a year earlier; None where they cannot be compared.

    Parameters
    ----------
    data : ReportData
    now : Fact or None
        Of a half-year or a year.
    """
    if now is None:
        return None
    about = {"indicator": now.indicator, "organisation": TOTAL, "window": now.window}
    about |= {"outlet": now.outlet, "channel": now.channel}
    growths, ratios = _COMMON if now.metric == "common_total" else ("growth", "rate_ratio")
    growth = data.facts.one(growths, **about)
    then = data.facts[growth.inputs[1]] if growth and growth.inputs[1] in data.facts else None
    if growth is None or then is None or growth.base != _earlier(now.window):
        return None
    items = now.indicator in data.settings["indicators"]["items"]
    ratio = data.facts.one(ratios, base=growth.base, **about) if items else None
    return Comparison(now, then, growth, ratio)


def _earlier(window: Window) -> Window | None:
    return window.period.year_earlier.window if window.period else None
