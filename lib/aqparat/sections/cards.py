"""The cards of the first page: the key figures, each with the period before and all periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.comparison import Comparison, comparison
from aqparat.sections.newspapers import carried
from aqparat.sections.ranking import Gap, gaps
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.site import site
from aqparat.sections.subscription import subscription
from aqparat.sections.views import view

MOST = 8


@dataclass(frozen=True)
class Card:
    """A key figure.

    Parameters
    ----------
    fact : Fact
        What is counted where.
    compared : Comparison or None
        Against the period before, where they can be compared.
    course : list of Fact
        The same of all periods of this length, earliest first, up to this one; of one alone nothing.
    """

    fact: Fact
    compared: Comparison | None
    course: list[Fact]


@dataclass(frozen=True)
class Cards:
    """The key figures, eight at the most; `gaps` are those of the figures that lack somebody's."""

    cards: list[Card]
    gaps: dict[str, Gap]


@view("summary")
def key_figures(data: ReportData) -> Cards | None:
    """Return the key figures: site, copies of each paper, newspapers, broadcasts, social media, training.

    When: there is one; at most eight, each with the period before where the two can be compared.
    """
    found = [*dict.fromkeys(_facts(data))][:MOST]
    if not found:
        return None
    return Cards([_card(data, fact) for fact in found], gaps(data, found))


def _facts(data: ReportData) -> Iterator[Fact]:
    now = site(data).now
    if now:
        yield now
    yield from (paper.last for paper in subscription(data).papers)
    papers = [f for f in [_whole(data, "publications", "newspaper")] if f]
    yield from papers or (c.last.items for c in carried(data)[:2])
    together = _whole(data, "broadcasts", "")
    apart = [_whole(data, "broadcasts", channel) for channel in ("television", "radio")]
    yield from (f for f in ([together] if together else apart) if f)
    for indicator, channel in (("publications", "social"), ("trained", "")):
        fact = _whole(data, indicator, channel)
        if fact:
            yield fact


def _whole(data: ReportData, indicator: str, channel: str) -> Fact | None:
    """Return the union's figure of the period without an outlet: reported, or added up over outlets."""
    about = {"indicator": indicator, "organisation": TOTAL, "outlet": "", "channel": channel}
    window = data.period.window
    metrics = ("volume", "channel_total", "common_total")
    found = (data.facts.one(metric, window=window, **about) for metric in metrics)
    return next((f for f in found if f), None)


def _card(data: ReportData, fact: Fact) -> Card:
    compared = comparison(data, fact)
    about = {"indicator": fact.indicator, "organisation": TOTAL}
    about |= {"outlet": fact.outlet, "channel": fact.channel}
    kind = _kind(fact)
    course = [
        f for f in data.facts.select(fact.metric, **about)
        if kind and _kind(f) == kind and f.window.start <= fact.window.start
    ]  # fmt: skip
    return Card(fact, compared, course if len(course) > 1 else [])


def _kind(fact: Fact) -> str:
    """Return whether a figure is of a half-year or a year; of another window nothing."""
    period = fact.window.period
    return "" if period is None else "half" if period.is_half else "year"
