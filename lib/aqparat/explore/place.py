"""A place that can be picked: what is counted, and in which outlet or channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from aqparat.data.precedence import Precedence
from aqparat.data.prepare import Tables, own_sites
from aqparat.metrics.figures import WHAT
from aqparat.problem import unknown
from aqparat.words.inline import text
from aqparat.words.language import Language

if TYPE_CHECKING:
    from aqparat.metrics.facts import Fact

SEEN = ("publications", "broadcasts", "videos")  # what appears in an outlet or channel
_ANY = "any"  # as the ids of facts have it


@dataclass(frozen=True)
class Place:
    """What is counted, and where: codes; outlet and channel are empty where none is named."""

    indicator: str
    outlet: str = ""
    channel: str = ""

    @classmethod
    def of(cls, fact: Fact) -> Place:
        """Return the place of a fact."""
        return cls(fact.indicator, fact.outlet, fact.channel)

    @property
    def key(self) -> str:
        """What it is picked by: `publications.website`, `broadcasts.television`."""
        return f"{self.indicator}.{self.outlet or self.channel or _ANY}"

    @property
    def about(self) -> dict[str, str]:
        """What facts of it have in common."""
        return {"indicator": self.indicator, "outlet": self.outlet, "channel": self.channel}

    def name(self, tables: Tables, language: Language) -> str:
        """Return where it is, as it stands beside others; of what has no place, what is counted."""
        what = language.name(tables.indicators, self.indicator)
        if self.indicator not in SEEN or not (self.outlet or self.channel or self.indicator != "videos"):
            where = str(language.where(tables, self.indicator, self.outlet, self.channel))
            return f"{what}: {where}" if where else what
        if self.indicator == "videos":
            where = str(language.where(tables, self.indicator, self.outlet, self.channel))
            return f"{where}: {language.label('chart.video')}"
        return str(text(language.channel(tables, self)))  # type: ignore[arg-type]  # it has what is asked


def places(tables: Tables, indicators: Iterable[str]) -> list[Place]:
    """Return every place of which a figure of some indicators was reported, the union's own sites first."""
    told = tables.observations
    told = told[told["indicator"].isin(list(indicators))]
    found = {Place(*row) for row in told[WHAT].drop_duplicates().itertuples(index=False, name=None)}
    sites = list(own_sites(tables.outlets))
    precedence = Precedence.of(tables)

    def order(place: Place) -> tuple[object, ...]:
        own = place.indicator == "publications" and place.outlet in sites
        return not own, precedence.indicator(place.indicator), *precedence.spot(place.outlet, place.channel)

    return sorted(found, key=order)


def placed(wanted: str, known: list[Place]) -> Place:
    """Return the place that a key names, or an outlet or channel alone: programmes before items there.

    Raises
    ------
    ParameterError
        If there is none; with the nearest.
    """
    for place in known:
        if place.key == wanted:
            return place
    within = [
        p
        for p in known
        if wanted and wanted in (p.outlet, p.channel) and (p.channel != wanted or not p.outlet)
    ]
    if within:
        return min(within, key=lambda p: p.indicator != "broadcasts" if p.channel == wanted else False)
    raise unknown("channel", wanted, [p.key for p in known])


def only(frame: pd.DataFrame, place: Place) -> pd.DataFrame:
    """Return the figures of a place."""
    same = [frame[name].eq(code) for name, code in place.about.items()]
    return frame[same[0] & same[1] & same[2]]
