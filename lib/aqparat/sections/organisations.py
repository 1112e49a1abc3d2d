"""The organisations: who is active, what they publish themselves, each in short."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from aqparat.data.schemas import OWN_TABLES
from aqparat.metrics.completeness import on_time
from aqparat.metrics.coverage import mentions
from aqparat.metrics.facts import Fact
from aqparat.metrics.figures import ids
from aqparat.period import Period, Window
from aqparat.sections.newspapers import carried
from aqparat.sections.overview import overview
from aqparat.sections.ranking import Ranking, rankings
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.reservations import noted, unclear
from aqparat.sections.site import site
from aqparat.sections.training import Lesson, training

TOLD = ("publications", "copies", "broadcasts", "videos", "members", "trained")  # that sections tell of
LISTED = ("active", "activated")  # topics that only list an organisation
GENERAL = ("note", *LISTED)


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
        told: dict[Window, dict[str, list[Fact]]] = {}
        for ranking in self.items:
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

    Items by newspaper, magazine and site are told elsewhere; here are those of other outlets, and those whose
    outlet is not named.
    """
    facts = data.facts
    outlets = {"", *data.outlets("television", "radio", "social", "print")}
    of_papers = [h for coverage in carried(data) for h in coverage.highlights]
    pages = [h for h in data.highlights("legal_page") if h not in of_papers]  # of no paper told of here
    highlights = data.highlights("press", "broadcast") + pages
    central = _head_office(data) | {TOTAL}
    items = data.current(facts.select("volume", indicator="publications", outlet=outlets))
    broadcasts = data.current(facts.select("volume", indicator="broadcasts"))
    return Press(
        broadcasts=rankings(data, *_split(broadcasts)),
        items=rankings(data, *_split(items)),
        highlights=[h for h in highlights if h["organisation"] in central],
        of_organisations=[h for h in highlights if h["organisation"] not in central],
    )


def _split(facts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Part the organisations' facts from the union's."""
    return [f for f in facts if f.organisation != TOTAL], [f for f in facts if f.organisation == TOTAL]


def _head_office(data: ReportData) -> set[str]:
    table = data.tables.organisations
    return set(table.index[table["kind"] == "head_office"])


@dataclass(frozen=True)
class Activity:
    """Who is named active, who has become active, who is not mentioned at all.

    `filed` and `on_time` are how many of the `members` have sent figures of their own, and how many in time.
    Of the others `blank` sent a form with nothing in it, `unread` one that could not be read; `not_filed`
    sent nothing.
    Of the `unmentioned` some may be meant by a name that a note calls unclear: these are `unclear` too, with
    `reservations`, the notes that say so; only the others, `absent`, are surely not mentioned.
    """

    active: list[str]
    activated: list[dict[str, Any]]
    unmentioned: list[str]
    unclear: list[str]
    reservations: list[dict[str, Any]]
    members: Fact | None
    filed: Fact | None
    on_time: Fact | None
    late: list[str]
    blank: list[str]
    unread: list[str]
    not_filed: list[str]
    index: list[Fact]
    ranks: dict[str, Fact]
    left_out: dict[str, Fact]

    @property
    def all_filed(self) -> bool:
        """Whether every member organisation has sent figures of its own."""
        return _same(self.filed, self.members)

    @property
    def all_on_time(self) -> bool:
        """Whether all who have sent figures did so in time."""
        return _same(self.filed, self.on_time)

    @property
    def absent(self) -> list[str]:
        """The unmentioned that no note may mean."""
        return [code for code in self.unmentioned if code not in self.unclear]


def _same(one: Fact | None, other: Fact | None) -> bool:
    """Return whether two counts are known and the same."""
    return one is not None and other is not None and one.value == other.value


@cache
def activity(data: ReportData) -> Activity:
    """Return who is active and who does not appear in the data of the period."""
    seen, forms = mentioned(data), on_time(data.tables)
    own = {o for name in OWN_TABLES for o in data.tables.current(name)["organisation"]}
    sent = _without_data(data, own)
    unmentioned = [m for m in data.tables.members() if m not in seen]
    doubted = [m for m in unmentioned if m in unclear(data)]
    return Activity(
        active=list(dict.fromkeys(h["organisation"] for h in data.highlights("active"))),
        activated=data.highlights("activated"),
        unmentioned=unmentioned,
        unclear=doubted,
        reservations=noted(data, doubted),
        members=data.facts.one("volume", indicator="organisations", window=data.period.window),
        filed=_numerator(data, "organisations"),
        on_time=_numerator(data, "organisations_on_time"),
        late=[c for c in forms.loc[(forms["on_time"] == False).fillna(False), "organisation"] if c in own],  # noqa: E712
        blank=[m for m, state in sent.items() if state in ("filled", "untouched")],
        unread=[m for m, state in sent.items() if state == "unread"],
        not_filed=[m for m, state in sent.items() if not state],
        index=sorted(
            data.facts.select("activity_index", window=data.period.window),
            key=lambda f: (-(f.value or 0), f.organisation),
        ),
        ranks={
            f.organisation: f
            for f in data.facts.select("rank", indicator="activity", window=data.period.window)
        },
        left_out={f.organisation: f for f in data.facts.select("leave_one_out", window=data.period.window)},
    )


def _without_data(data: ReportData, own: set[str]) -> dict[str, str]:
    """Return of each member without figures of its own the state of the form it sent; "" where it sent none.

    Empty where no form was handed in for the period at all.
    """
    forms = data.tables.current("filings")
    states = dict(zip(forms["organisation"], forms["state"], strict=True))
    return {m: states.get(m, "") for m in data.tables.members() if m not in own} if states else {}


def _numerator(data: ReportData, indicator: str) -> Fact | None:
    """Return how many organisations a completeness counts."""
    part = data.facts.one("completeness", indicator=indicator, window=data.period.window)
    return data.facts[part.inputs[0]] if part else None


@dataclass(frozen=True)
class Places:
    """Who is named where: for the map of organisations."""

    members: list[str]
    active: list[str]
    papers: dict[str, list[str]]
    lowest: list[str]
    unmentioned: list[str]
    unclear: list[str]
    facts: list[Fact]

    @property
    def absent(self) -> list[str]:
        """The unmentioned that no note may mean."""
        return [code for code in self.unmentioned if code not in self.unclear]


def places(data: ReportData) -> Places:
    """Return which organisation is named in which list of the period's data."""
    status, members = activity(data), list(data.tables.members())
    listed = mentions(data.tables.current("observations"))
    papers = listed[listed["organisation"].isin(members) & listed["outlet"].ne("")]
    least = _least(data)
    return Places(
        members=members,
        active=status.active,
        papers={
            str(o): sorted(set(rows_["organisation"])) for o, rows_ in papers.groupby("outlet", sort=False)
        },
        lowest=sorted({f.organisation for f in least}),
        unmentioned=status.unmentioned,
        unclear=status.unclear,
        facts=[*_named(data, papers), *least],
    )


def _least(data: ReportData) -> list[Fact]:
    """Return the figures of those who sent least to the site, by what was handed in for the period.

    Where the organisations filed figures, these decide; else what a source of the period names lowest.
    """
    union_site, rows = site(data), data.tables.current("observations")
    if union_site.ranking:
        ranked = union_site.ranking.window
        return [f for group in union_site.fewest if group.window == ranked for f in group.facts]
    named = set(ids(rows[rows["extreme"] == "lowest"], "volume"))
    return [f for group in union_site.lowest for f in group.facts if f.id in named]


def _named(data: ReportData, listed: pd.DataFrame) -> list[Fact]:
    """Return how many organisations are named with each total that names them in the period's data."""
    totals = {data.facts[t].window: t for t in listed["total"].unique() if t in data.facts}
    counts = data.facts.select("volume", indicator="organisations_named", window=set(totals))
    return [f for f in counts if f.outlet in set(listed["outlet"])]


def mentioned(data: ReportData, period: Period | None = None) -> set[str]:
    """Return the codes of the organisations that appear anywhere in the batches of a period.

    Parameters
    ----------
    data : ReportData
    period : Period, optional
        The report's own by default.
    """
    tables = replace(data.tables, period=period) if period else data.tables
    current = tables.current("observations")
    return {
        *current["organisation"],
        *mentions(current)["organisation"],
        *tables.current("highlights")["organisation"],
        *tables.current("activities")["organisation"],
        *tables.current("publications")["organisation"],
    }


@dataclass(frozen=True)
class OwnPaper:
    """A newspaper that an organisation publishes itself.

    Where nothing more is known of it than what a highlight says that names it, it is `told` there.
    """

    outlet: str
    publisher: str
    since: date | None
    issues: Fact | None
    highlights: list[dict[str, Any]]
    told: bool = False


@dataclass(frozen=True)
class Print:
    """The organisations' own papers, leaflets and booklets."""

    papers: list[OwnPaper]
    highlights: list[dict[str, Any]]


@cache
def own_print(data: ReportData) -> Print:
    """Return what organisations publish themselves."""
    outlets = data.tables.outlets
    own = outlets[
        outlets["publisher"].ne("")
        & ~outlets["publisher"].isin(_head_office(data))
        & outlets["channel"].isin(["newspaper", "magazine"])
    ]
    highlights = data.highlights("print")
    publishers = set(own["publisher"])
    papers = [_own_paper(data, str(code), row, highlights) for code, row in own.iterrows()]
    return Print(papers, [h for h in highlights if h["organisation"] not in publishers])


def _own_paper(data: ReportData, code: str, row: Any, highlights: list[dict[str, Any]]) -> OwnPaper:
    since = None if pd.isna(row["valid_from"]) else row["valid_from"].date()
    issues = data.facts.one("volume", indicator="issues", outlet=code)
    said = [h for h in highlights if h["organisation"] == row["publisher"]]
    named = any(code in data.tables.outlets_named(h) for h in said)
    return OwnPaper(code, row["publisher"], since, issues, said, named and not (since or issues))


@dataclass(frozen=True)
class Portrait:
    """One organisation in short: all that is known of its own work.

    `others` are the figures of indicators that no section tells of; neither in these nor in `told` are those
    that stand in a table of all organisations.
    """

    organisation: str
    facts: list[Fact]
    told: list[Fact]
    others: list[Fact]
    shares: list[Fact]
    papers: list[OwnPaper]
    lessons: list[Lesson]
    highlights: list[dict[str, Any]]
    active: bool

    def of(self, indicator: str) -> list[Fact]:
        """Return the facts of one indicator that are told."""
        return [f for f in self.told if f.indicator == indicator]


@cache
def portraits(data: ReportData) -> list[Portrait]:
    """Portray the organisations of whose own work more than a place in a list is known.

    That is: something told in words, an activity, or a paper of their own. Where many have filed, their
    figures and activities stand in tables, and only what these do not show is told.
    """
    codes = {
        *(h["organisation"] for h in data.highlights(*_topics(data))),
        *(x.organisation for x in _lessons(data)),
        *(p.publisher for p in own_print(data).papers),
    } - _head_office(data)
    return [_portrait(data, str(code)) for code in data.tables.organisations.index if code in codes]


def _portrait(data: ReportData, code: str) -> Portrait:
    shown, others = overview(data), data.reported_indicators.difference(TOLD)
    own = [f for f in data.current(data.facts.select("volume", organisation=code)) if f.indicator != "issues"]
    some = [f for f in own if f.high != 0]
    return Portrait(
        organisation=code,
        facts=some,
        told=[f for f in some if not shown.shows(f)],
        others=[f for f in own if f.indicator in others and not shown.shows(f)],
        shares=data.current(data.facts.select("share", organisation=code, indicator="copies")),
        papers=[p for p in own_print(data).papers if p.publisher == code],
        lessons=[x for x in _lessons(data) if x.organisation == code],
        highlights=data.highlights(*_topics(data), organisation=code),
        active=code in activity(data).active,
    )


def _lessons(data: ReportData) -> list[Lesson]:
    """Return the activities that no table shows."""
    return [] if overview(data).columns else training(data).lessons


def broadest(data: ReportData) -> Portrait | None:
    """Return the portrait of who is known by most channels; of several, of the one with most items."""
    codes = {*data.tables.members(), *(p.organisation for p in portraits(data))}
    items = data.current(data.facts.select("volume", indicator="publications", organisation=codes))
    here = [f for f in items if f.window == data.period.window]
    return _broadest(data, here, 2) or _broadest(data, items, 1)


def _broadest(data: ReportData, items: list[Fact], least: int) -> Portrait | None:
    by_code: dict[str, list[Fact]] = {}
    for fact in items:
        by_code.setdefault(fact.organisation, []).extend([fact] if fact.high != 0 else [])
    order = [str(c) for c in data.tables.organisations.index if len(by_code.get(str(c), [])) >= least]
    found = max(order, key=lambda c: (len(by_code[c]), sum(f.least for f in by_code[c])), default=None)
    return _portrait(data, found) if found else None


def _topics(data: ReportData) -> list[str]:
    return [t for t in data.tables.current("highlights")["topic"].unique() if t not in GENERAL]
