"""The activity index: where each organisation stands, by which of its parts, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.ranking import due
from aqparat.sections.report_data import ReportData
from aqparat.sections.views import is_full, view


@dataclass(frozen=True)
class Place:
    """Where one organisation stands.

    Parameters
    ----------
    index, rank : Fact
    left_out : Fact or None
        The index with one of its parts left out.
    scores : dict of str to Fact
        The percentile rank of each part.
    """

    index: Fact
    rank: Fact
    left_out: Fact | None
    scores: dict[str, Fact]

    @property
    def organisation(self) -> str:
        """Its code."""
        return self.index.organisation

    @property
    def best(self) -> float:
        """The best rank that other weights, or what is not reported, leave possible."""
        return min(self.rank.least, self.rank.chance_least)

    @property
    def worst(self) -> float:
        """The worst such rank."""
        return max(self.rank.most, self.rank.chance_most)


@dataclass(frozen=True)
class Standing:
    """The organisations that have an index, the highest first, and how many there are in all."""

    places: list[Place]
    parts: list[str]
    members: int

    @property
    def first(self) -> list[Place]:
        """Who has the best rank."""
        best = min(place.rank.value or 0 for place in self.places)
        return [place for place in self.places if place.rank.value == best]

    @property
    def is_sure(self) -> bool:
        """Whether one alone is first whatever the weights."""
        return len(self.first) == 1 and self.first[0].worst == 1

    @property
    def is_steady(self) -> bool:
        """Whether one alone is first whatever the weights, what is not reported aside."""
        return len(self.first) == 1 and self.first[0].rank.chance_most == 1

    @property
    def is_open(self) -> bool:
        """Whether what is not reported leaves some number open."""
        return any(f.low != f.high for p in self.places for f in (p.index, p.rank, *p.scores.values()))

    @property
    def ahead(self) -> list[str]:
        """Codes of those who stay in the first quarter, without one who is surely first."""
        others = self.places[1:] if self.is_sure else self.places
        return [p.organisation for p in others if p.worst <= self.members / 4]

    @property
    def behind(self) -> list[str]:
        """Codes of those who stay in the last quarter."""
        return [p.organisation for p in self.places if p.best > self.members * 3 / 4]

    @property
    def open(self) -> list[Place]:
        """Those who can stand nearly anywhere: over more than half of all ranks."""
        return [p for p in self.places if p.worst - p.best + 1 > self.members / 2]


@view("activity")
def standing(data: ReportData) -> Standing | None:
    """Return the activity index with its parts, its rank, and the ranks that other weights give.

    When: three organisations or more have an index.
    """
    window = data.period.window
    ranks = {f.organisation: f for f in data.facts.select("rank", indicator="activity", window=window)}
    left_out = {f.organisation: f for f in data.facts.select("leave_one_out", window=window)}
    scores: dict[str, dict[str, Fact]] = {}
    for fact in data.facts.select("score", window=window):
        scores.setdefault(fact.organisation, {})[fact.indicator] = fact
    found = [f for f in data.facts.select("activity_index", window=window) if f.organisation in ranks]
    order = {code: place for place, code in enumerate(data.tables.organisations.index)}
    found.sort(key=lambda f: (ranks[f.organisation].value or 0, order[f.organisation]))
    if len(found) < 3:
        return None
    places = [
        Place(f, ranks[f.organisation], left_out.get(f.organisation), scores.get(f.organisation, {}))
        for f in found
    ]
    told = {name for place in places for name in place.scores}
    parts = [name for name in data.settings["activity_index"]["weights"] if name in told]
    return Standing(places, parts, len(due(data, window)))


@dataclass(frozen=True)
class Classes:
    """The index of each member organisation and its class; None for who has no index."""

    index: dict[str, Fact | None]
    classes: dict[str, Fact]

    @property
    def high(self) -> list[str]:
        """Codes of those surely in the highest class."""
        return [code for code, f in self.classes.items() if f.least > 4]

    @property
    def low(self) -> list[str]:
        """Codes of those surely in the lowest class."""
        return [code for code, f in self.classes.items() if f.most < 2]

    @property
    def is_open(self) -> bool:
        """Whether of some several classes are possible."""
        return any(f.low != f.high for f in self.classes.values())


@view("activity", "full")
def classes(data: ReportData) -> Classes | None:
    """Return the activity index of every member organisation in five classes, for the map.

    When: the index of most members is known, and not all are in one class.
    """
    window = data.period.window
    index = {f.organisation: f for f in data.facts.select("activity_index", window=window)}
    found = {f.organisation: f for f in data.facts.select("activity_class", window=window)}
    if not is_full(data, index, window) or len({(f.low, f.high) for f in found.values()}) < 2:
        return None
    return Classes({code: index.get(code) for code in due(data, window)}, found)
