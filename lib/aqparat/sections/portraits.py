"""The organisations in words: only what no section above has told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aqparat.data.schemas import MEMBER_KINDS
from aqparat.metrics.facts import Fact
from aqparat.sections.activity import activity
from aqparat.sections.media import media
from aqparat.sections.newspapers import carried
from aqparat.sections.own_print import own_print
from aqparat.sections.places import places
from aqparat.sections.press import press
from aqparat.sections.ranking import due
from aqparat.sections.report_data import ReportData, kept
from aqparat.sections.site import site
from aqparat.sections.subscription import subscription
from aqparat.sections.told import held
from aqparat.sections.training import training
from aqparat.sections.views import VIEWS, view

_ABOVE: tuple[Callable[[ReportData], Any], ...] = (
    site, subscription, carried, press, activity, own_print, training, places,
)  # fmt: skip
_SECTIONS = {
    "site", "subscription", "newspapers", "press", "activity", "own_print", "training", "organisations",
}  # fmt: skip
_TOPICS = {  # of highlights that these sections tell
    "site", "site_growth", "subscription", "legal_page", "press", "broadcast", "active", "activated", "print",
    "training", "note",
}  # fmt: skip


@dataclass(frozen=True)
class Portrait:
    """One organisation: the figures and the highlights that no section above has told."""

    organisation: str
    facts: list[Fact]
    highlights: list[dict[str, Any]]

    @property
    def published(self) -> list[Fact]:
        """Items and videos."""
        return [f for f in self.facts if f.indicator in _PUBLISHED]

    @property
    def copies(self) -> list[Fact]:
        """Copies of newspapers subscribed."""
        return [f for f in self.facts if f.indicator == "copies" and f.outlet]

    @property
    def others(self) -> list[Fact]:
        """All other figures."""
        return [f for f in self.facts if f.indicator not in _PUBLISHED and f not in self.copies]


_PUBLISHED = ("publications", "videos")


@kept
def portraits(data: ReportData) -> list[Portrait]:
    """Portray the organisations of which more is known than the sections above have told."""
    said = {f.id for f in _told(data)}
    topics = [t for t in data.tables.current("highlights")["topic"].unique() if t not in _TOPICS]
    own = data.facts.select("volume", indicator=data.reported_indicators)
    left = [f for f in data.current(own) if f.high != 0 and f.id not in said]
    gone = {*data.tables.organisations.index[data.tables.organisations["kind"].isin(MEMBER_KINDS)]}
    gone -= {*due(data, data.period.window)}  # of one that was split its parts are told
    codes = [str(c) for c in data.tables.organisations.index if c not in data.head_office | gone]
    found = [
        Portrait(
            code,
            data.facts.in_order([f for f in left if f.organisation == code]),
            data.highlights(*topics, organisation=code) if topics else [],
        )
        for code in codes
    ]
    return [p for p in found if p.facts or p.highlights]


def _told(data: ReportData) -> Iterator[Fact]:
    """Walk the facts that the sections above hold, and their charts and tables."""
    for section in _ABOVE:
        yield from held(section(data))
    for shown in VIEWS.values():
        if shown.section in _SECTIONS and shown.name != "broadest":
            yield from held(shown.of(data))


@view("organisations", "sparse")
def broadest(data: ReportData) -> Portrait | None:
    """Return the items by channel of the organisation that is known by most channels.

    When: it has items in two channels or outlets at least, and no matrix shows those of all.
    """
    if media(data):
        return None
    codes = {*data.tables.organisations.index} - data.head_office
    items = data.facts.select("volume", indicator="publications", organisation=codes)
    placed = [f for f in data.current(items) if f.outlet or f.channel]
    here = [f for f in placed if f.window == data.period.window]
    found = _broadest(data, here) or _broadest(data, placed)
    if found is None:
        return None
    own = data.current(data.facts.select("volume", indicator=set(_PUBLISHED), organisation=found))
    return Portrait(
        found, data.facts.in_order([f for f in own if f.high != 0 and (f.outlet or f.channel)]), []
    )


def _broadest(data: ReportData, items: list[Fact]) -> str | None:
    """Return who has items in most places; of several who has most, then the first of organisations.csv."""
    by_code: dict[str, list[Fact]] = {}
    for fact in items:
        by_code.setdefault(fact.organisation, []).extend([fact] if fact.high != 0 else [])
    order = [str(c) for c in data.tables.organisations.index if len(by_code.get(str(c), [])) > 1]
    return max(order, key=lambda c: (len(by_code[c]), sum(f.least for f in by_code[c])), default=None)
