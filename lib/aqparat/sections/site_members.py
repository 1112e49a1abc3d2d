"""Everyone on the union's site: this window against the same a year ago."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from aqparat.data.membership import units
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.ranking import FIRST, MOST, due
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.site import Site, site
from aqparat.sections.views import is_full, view


@dataclass(frozen=True)
class Sender:
    """An organisation, or what was one a year ago or is one now, with what it sent.

    Parameters
    ----------
    organisation : str
    now, then : Fact or None
        None where it was not reported, or nothing is compared.
    contribution : Fact or None
        Its part in the union's growth.
    parts : tuple of str
        Codes of the organisations in force that it stands for; empty where it is itself in force.
    """

    organisation: str
    now: Fact | None = None
    then: Fact | None = None
    contribution: Fact | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Senders:
    """What every organisation sent in a window.

    Parameters
    ----------
    window : Window
    base : Window or None
        What it is compared with; None where too few are known of both.
    rows : list of Sender
        Member organisations: the greatest first, those that did not report last.
    head : list of Sender
        The head office, where its items are a part of the total.
    now, then : Fact or None
        The union's figures.
    growth, risen, fallen, median : Fact or None
    count, due : Fact or None
        How many member organisations reported, and of how many.
    """

    window: Window
    base: Window | None
    rows: list[Sender]
    head: list[Sender] = field(default_factory=list)
    now: Fact | None = None
    then: Fact | None = None
    growth: Fact | None = None
    risen: Fact | None = None
    fallen: Fact | None = None
    median: Fact | None = None
    count: Fact | None = None
    due: Fact | None = None

    @cached_property
    def figures(self) -> list[Fact]:
        """What those who reported sent, the greatest first."""
        return [row.now for row in self.rows if row.now]

    @property
    def missing(self) -> list[str]:
        """Codes of those that did not report."""
        return [row.organisation for row in self.rows if not row.now]

    @property
    def silent(self) -> list[Fact]:
        """The figures of those that sent nothing."""
        return [f for f in self.figures if f.high == 0]

    @property
    def still_silent(self) -> list[str]:
        """Codes of those that sent nothing a year ago either."""
        return [
            r.organisation for r in self.rows if r.now and r.then and r.now.high == 0 and r.then.high == 0
        ]

    @property
    def newly_silent(self) -> list[str]:
        """Codes of the other silent ones."""
        return [f.organisation for f in self.silent if f.organisation not in self.still_silent]

    @property
    def most(self) -> list[Fact]:
        """Those who surely sent more than all others: three, else as many as surely did."""
        shown = [f for f in self.figures if f.high != 0]
        sure = [
            n
            for n in range(1, min(MOST, len(shown)) + 1)
            if min(f.least for f in shown[:n]) > max((f.most for f in shown[n:]), default=-1)
        ]
        return shown[: min((n for n in sure if n >= FIRST), default=max(sure, default=0))]

    @property
    def together(self) -> list[Sender]:
        """The rows that stand for several organisations in force."""
        return [row for row in self.rows if row.parts]

    @property
    def is_level(self) -> bool:
        """Whether every number that a picture would show is the same."""
        numbers = {(f.low, f.high) for row in self.rows for f in (row.now, row.then) if f}
        return len(numbers) < 2


@view("site", "full")
def site_members(data: ReportData) -> Senders | None:
    """Return what every organisation sent, against the same window a year ago.

    When: there are two organisations or more, and at least two figures differ; a year ago stands beside it
    where as many are known of both.
    """
    union_site = site(data)
    window = data.period.window
    found = _senders(data, union_site, window)
    known = {c for row in found.rows if row.now for c in (row.organisation, *row.parts)}
    several = len(due(data, window)) > 1
    return found if several and is_full(data, known, window) and not found.is_level else None


@view("site", "sparse")
def site_ranking(data: ReportData) -> Site | None:
    """Return the organisations that reported their items, ranked.

    When: some have filed figures, but too few for `site_members`.
    """
    union_site = site(data)
    return union_site if union_site.ranking and site_members(data) is None else None


def _senders(data: ReportData, union_site: Site, window: Window) -> Senders:
    facts, about = data.facts, {"indicator": "publications", "outlet": union_site.outlet}
    own = {f.organisation: f for f in facts.select("volume", window=window, **about)}
    risen, fallen = (facts.one(m, organisation=TOTAL, window=window, **about) for m in ("risen", "fallen"))
    pairs = _pairs(data, risen)
    unit_of = units(data.tables.organisations).set_index("organisation")["unit"].to_dict()
    parts: dict[str, list[str]] = {}
    for code in due(data, window):
        unit = code if code in pairs else unit_of.get(code, "")
        if unit in pairs or (code not in own and unit in own):
            parts.setdefault(unit, []).append(code)
        else:
            parts.setdefault(code, []).append(code)
    compared = is_full(data, {c for unit, codes in parts.items() if unit in pairs for c in codes}, window)
    if not compared:
        pairs = {}
    pushed = {f.organisation: f for f in facts.select("contribution", window=window, **about)}

    def sender(code: str, codes: list[str]) -> Sender:
        now, then = pairs.get(code, (own.get(code), None))
        joined = () if codes == [code] else tuple(codes)
        return Sender(code, now, then, pushed.get(code) if compared else None, joined)

    order = {code: place for place, code in enumerate(data.tables.organisations.index)}
    rows = [sender(code, codes) for code, codes in parts.items()]
    rows.sort(key=lambda r: (r.now is None, -_size(r.now), -_size(r.then), order[r.organisation]))
    growth = union_site.now_growth if union_site.now_growth and compared else None
    heads = [code for code in data.tables.organisations.index if code in data.head_office and code in own]
    base = data.period.year_earlier.window
    return Senders(
        window=window,
        base=base if compared else None,
        rows=rows,
        head=[
            Sender(
                code,
                own[code],
                facts.one("volume", organisation=code, window=base, **about) if compared else None,
                pushed.get(code) if compared else None,
            )
            for code in heads
        ],
        now=union_site.now,
        then=union_site.then if compared else None,
        growth=growth,
        risen=risen if compared else None,
        fallen=fallen if compared else None,
        median=_median(facts.one("median", organisation=TOTAL, window=window, **about), rows),
        count=facts.one("reported", window=window, **about),
        due=facts.one("volume", indicator="organisations", organisation=TOTAL, window=window),
    )


def _median(median: Fact | None, rows: list[Sender]) -> Fact | None:
    """Leave out a median that is a range only because an organisation was split or joined meanwhile."""
    if median is None or (median.low != median.high and all(row.now for row in rows)):
        return None
    return median


def _pairs(data: ReportData, risen: Fact | None) -> dict[str, tuple[Fact, Fact]]:
    """Return the figures of now and a year ago of everyone of whom both are known."""
    if risen is None:
        return {}
    told = [data.facts[name] for name in risen.inputs]
    return {now.organisation: (now, then) for now, then in zip(told[::2], told[1::2], strict=True)}


def _size(fact: Fact | None) -> float:
    return 0 if fact is None else fact.least if fact.value is None else fact.value
