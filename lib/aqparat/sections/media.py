"""Newspapers, radio, television, social media: who has how much in which of them, all compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.ranking import Ranking, due, rankings
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.views import is_full, view

MANY = 7  # so many have a figure of a channel: it is a column; of fewer the figures are told in words
OUTLETS = 5  # so many papers have a column of their own, those with most items

_SEEN = ("publications", "broadcasts")  # what appears in a channel
_ON_AIR = ("television", "radio")

Series = tuple[str, str, str, Window]


@dataclass(frozen=True)
class Channel:
    """One channel, or one outlet of it, over a window: a column of the matrix, a row of the totals.

    Parameters
    ----------
    total : Fact
        The union's figure; where it is only of the organisations in the matrix it may have none.
    then, growth, ratio : Fact or None
        The union's figure a year before, the change since, and whether chance may explain it.
    year, year_growth : Fact or None
        The year that a second half completes, and its change.
    present, reported : Fact or None
        How many member organisations had something there, and how many have told.
    ranking : Ranking or None
        The figures of those who reported it, where they are a column of the matrix.
    """

    total: Fact | None
    then: Fact | None
    growth: Fact | None
    ratio: Fact | None
    year: Fact | None
    year_growth: Fact | None
    present: Fact | None
    reported: Fact | None
    ranking: Ranking | None

    @property
    def of(self) -> Fact:
        """A figure of it, by which it is named."""
        return self.total or self.figures[0]

    @property
    def figures(self) -> list[Fact]:
        """The figures of organisations, the head office's among them."""
        return self.ranking.figures if self.ranking else []

    @property
    def first(self) -> Fact | None:
        """The figure that is surely greater than all others."""
        some = self.ranking.some if self.ranking else []
        return some[0] if len(some) > 1 and some[0].least > max(f.most for f in some[1:]) else None

    @property
    def turn(self) -> str:
        """Whether it surely rose or fell; empty where neither is known."""
        if self.growth is None:
            return ""
        return "rose" if self.growth.least > 0 else "fell" if self.growth.most < 0 else ""

    @property
    def surely(self) -> bool:
        """Whether it has changed by more than chance alone may explain."""
        return self.ratio is not None and (self.ratio.chance_least > 1 or self.ratio.chance_most < 1)


@dataclass(frozen=True)
class Media:
    """What the organisations have in each channel.

    Parameters
    ----------
    window : Window
    organisations, head_office : list of str
        Codes of the member organisations, those who are seen most first, and of the head office.
    channels : list of Channel
        The columns.
    others : list of Channel
        Further channels of which the union's figure is known, though few have told.
    unused : list of Channel
        Those of which all who were asked, and that is most of them, say that there was nothing.
    unanswered : list of str
        Television, radio, where forms have asked for their programmes and nobody has told of any.
    due : Fact or None
        How many member organisations there are.
    """

    window: Window
    organisations: list[str]
    head_office: list[str]
    channels: list[Channel]
    others: list[Channel]
    unused: list[Channel]
    unanswered: list[str]
    due: Fact | None

    @cached_property
    def totals(self) -> list[Channel]:
        """The channels whose figure for the whole union is known."""
        return [c for c in (*self.channels, *self.others) if c.total]

    @cached_property
    def compared(self) -> list[Channel]:
        """Those of them that can be compared with a year before."""
        return [c for c in self.totals if c.growth and c.then]

    @property
    def partial(self) -> bool:
        """Whether some total is a lower bound."""
        return any(c.total.high is None for c in self.totals if c.total)

    @property
    def moved(self) -> list[Channel]:
        """Those that have changed by more than chance alone may explain."""
        return [c for c in self.compared if c.surely]

    @cached_property
    def by_organisation(self) -> dict[str, dict[int, Fact]]:
        """The figures of each organisation, by the place of the column."""
        found: dict[str, dict[int, Fact]] = {c: {} for c in (*self.organisations, *self.head_office)}
        for place, channel in enumerate(self.channels):
            for fact in channel.figures:
                found[fact.organisation][place] = fact
        return found

    @property
    def silent(self) -> list[str]:
        """Codes of the members that say of every channel they have told of that there was nothing."""
        told = {code: list(self.by_organisation[code].values()) for code in self.organisations}
        return [code for code, facts in told.items() if facts and all(f.high == 0 for f in facts)]

    @property
    def fewest(self) -> Channel | None:
        """The channel in which surely fewest members had something."""
        told = sorted(self._used, key=lambda x: x[0].most)
        sure = len(told) > 1 and told[0][0].most < min(p.least for p, _ in told[1:])
        return told[0][1] if sure else None

    @property
    def narrow(self) -> Channel | None:
        """The channel in which, of those known to be there, fewest members had something."""
        return min(self._used, key=lambda x: x[0].least, default=(None, None))[1]

    @property
    def widest(self) -> Channel | None:
        """The channel in which surely most members had something."""
        told = sorted(self._used, key=lambda x: -x[0].least)
        sure = len(told) > 1 and told[0][0].least > max(p.most for p, _ in told[1:])
        return told[0][1] if sure else None

    @property
    def _used(self) -> list[tuple[Fact, Channel]]:
        """The channels that something appears in, each with how many members had something there."""
        return [(c.present, c) for c in self.channels if c.present]

    def shows(self, fact: Fact) -> bool:
        """Return whether a figure stands in the matrix or in the table of totals, or was nothing."""
        told = (*self.channels, *(c for c in self.others if fact.organisation == TOTAL), *self.unused)
        return any(_series(fact) == _series(c.of) for c in told)


@view("newspapers", "full")
def media(data: ReportData) -> Media | None:
    """Return what every member organisation has in each channel, and what all have together.

    When: they have filed figures for the period itself; a channel is a column from seven of them on, the
    others are told in words. What all say they do not use is named, not drawn.
    """
    members = due(data, data.period.window)
    known = data.facts.select("volume", indicator=set(_SEEN), window=data.period.window)
    own = [f for f in known if f.organisation in {*members, *data.head_office} and not _of_site(data, f)]
    ranked = [r for r in rankings(data, own, []) if r.reporting >= MANY]
    used = [r for r in ranked if r.some]
    if not is_full(data, {c for r in used for c in r.organisations}, data.period.window):
        return None
    columns = _ordered(data, _few(data, used))
    totals = [f for f in known if f.organisation == TOTAL and not _of_site(data, f)]
    shown = {_series(r.figures[0]) for r in ranked}
    channels = [_channel(data, r.figures[0], r) for r in columns]
    others = [_channel(data, f, None) for f in totals if _series(f) not in shown and f.high != 0]
    none = [r for r in ranked if not r.some and is_full(data, r.organisations, r.window)]
    heads = [c for c in data.tables.organisations.index if c in data.head_office]
    return Media(
        window=data.period.window,
        organisations=_seen(members, columns),
        head_office=[c for c in heads if any(c in r.organisations for r in columns)],
        channels=channels,
        others=others,
        unused=[_channel(data, r.figures[0], r) for r in none],
        unanswered=_unanswered(data, known),
        due=data.facts.one("volume", indicator="organisations", window=data.period.window),
    )


def _unanswered(data: ReportData, known: Sequence[Fact]) -> list[str]:
    """Return of television and radio those that the forms of the period ask for and nobody has told of."""
    asked = set(data.settings["forms"]["on_air"]) & set(data.tables.asked)
    if data.tables.current("filings").empty or not asked:
        return []
    told = {f.channel for f in known if f.indicator in asked}
    return [] if "" in told else [channel for channel in _ON_AIR if channel not in told]


def _of_site(data: ReportData, fact: Fact) -> bool:
    """Whether a figure is of items on a site of the union's own, which has a section of its own."""
    return fact.indicator == "publications" and fact.outlet in data.own_sites


def _few(data: ReportData, ranked: Sequence[Ranking]) -> list[Ranking]:
    """Leave of many papers out those with fewest items."""
    papers = [r for r in ranked if r.indicator == "publications" and r.outlet in data.outlets("newspaper")]
    papers.sort(key=lambda r: -sum(f.least for f in r.figures))
    return [r for r in ranked if r not in papers[OUTLETS:]]


def _ordered(data: ReportData, ranked: Sequence[Ranking]) -> list[Ranking]:
    """Put columns in the order of the lists: papers, magazines, other items, then what else is counted."""
    order = data.facts.precedence
    return sorted(ranked, key=lambda r: (order.indicator(r.indicator), *order.spot(r.outlet, r.channel)))


def _seen(members: Sequence[str], columns: Sequence[Ranking]) -> list[str]:
    """Put the members in order: in how much of each channel they have part; those without figures last."""
    part = dict.fromkeys(members, 0.0)
    told = {code for r in columns for code in r.organisations}
    for ranked in columns:
        most = max(f.least for f in ranked.figures) or 1
        for fact in ranked.figures:
            if fact.organisation in part:
                part[fact.organisation] += fact.least / most
    return sorted(members, key=lambda code: (code not in told, -part[code]))


def _channel(data: ReportData, of: Fact, ranked: Ranking | None) -> Channel:
    """Return what is known of the whole of a channel."""
    facts = data.facts
    union = {"indicator": of.indicator, "organisation": TOTAL, "outlet": of.outlet, "channel": of.channel}
    here = {**union, "window": of.window}
    growth = facts.one("growth", **here)
    before = [facts[i] for i in growth.inputs[1:] if i in facts] if growth else []
    completed = data.period.half == 2
    year = {**union, "window": data.period.whole_year.window}
    year_growth = facts.one("growth", **year) if completed else None
    return Channel(
        total=facts.one("volume", **here),
        then=before[0] if before else None,
        growth=growth,
        ratio=facts.one("rate_ratio", **here),
        year=facts.one("volume", **year) if completed else None,
        year_growth=year_growth,
        present=facts.one("present", **here),
        reported=facts.one("reported", **here),
        ranking=ranked,
    )


def _series(fact: Fact) -> Series:
    return fact.indicator, fact.outlet, fact.channel, fact.window


__all__ = ["Channel", "Media", "media"]
