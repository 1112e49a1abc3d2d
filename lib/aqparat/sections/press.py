"""Other press, radio, television and social media."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.media import media
from aqparat.sections.newspapers import carried
from aqparat.sections.ranking import Ranking, rankings
from aqparat.sections.report_data import TOTAL, ReportData


@dataclass(frozen=True)
class Press:
    """Other press, radio, television and social media."""

    broadcasts: list[Ranking]
    items: list[Ranking]
    highlights: list[dict[str, Any]]
    of_organisations: list[dict[str, Any]]

    @property
    def alone(self) -> list[Published]:
        """The items of organisations of which no total is told, an organisation's together."""
        return _alone(self.items)

    @property
    def alone_on_air(self) -> list[Published]:
        """The same of programmes."""
        return _alone(self.broadcasts)


def _alone(rankings_: Iterable[Ranking]) -> list[Published]:
    told: dict[Window, dict[str, list[Fact]]] = {}
    for ranking in rankings_:
        for fact in ranking.most if ranking.whole and not ranking.total else []:
            told.setdefault(ranking.window, {}).setdefault(fact.organisation, []).append(fact)
    return [Published(window, list(by.items())) for window, by in told.items()]


@dataclass(frozen=True)
class Published:
    """What organisations published in one window, each with its figures."""

    window: Window
    by_organisation: list[tuple[str, list[Fact]]]


def press(data: ReportData) -> Press:
    """Return what is known of other press, radio, television and social media, for this year.

    Items by newspaper, magazine and site are told elsewhere, and so is what is compared channel by channel;
    here are those of other outlets, and those whose outlet is not named.
    """
    facts = data.facts
    outlets = {"", *data.outlets("television", "radio", "social", "print")}
    of_papers = [h for coverage in carried(data) for h in coverage.highlights]
    pages = [h for h in data.highlights("legal_page") if h not in of_papers]  # of no paper told of here
    highlights = data.highlights("press", "broadcast") + pages
    central = data.head_office | {TOTAL}
    items = data.current(facts.select("volume", indicator="publications", outlet=outlets))
    broadcasts = data.current(facts.select("volume", indicator="broadcasts"))
    compared = media(data)
    if compared:
        items = [f for f in items if not compared.shows(f)]
        broadcasts = [f for f in broadcasts if not compared.shows(f)]
    return Press(
        broadcasts=rankings(data, *_split(broadcasts)),
        items=rankings(data, *_split(items)),
        highlights=[h for h in highlights if h["organisation"] in central],
        of_organisations=[h for h in highlights if h["organisation"] not in central],
    )


def _split(facts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Part the organisations' facts from the union's."""
    return [f for f in facts if f.organisation != TOTAL], [f for f in facts if f.organisation == TOTAL]
