"""What the figures point to, by stated rules, and what is odd about the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from aqparat.data.schemas import CHANNELS
from aqparat.metrics.facts import Fact
from aqparat.metrics.figures import ids
from aqparat.period import Window
from aqparat.sections.activity import activity, mentioned
from aqparat.sections.moves import Move, moves
from aqparat.sections.newspapers import carried
from aqparat.sections.ranking import due, reporters
from aqparat.sections.report_data import TOTAL, Measure, ReportData
from aqparat.sections.reservations import reservations
from aqparat.sections.site import site


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found: the rule's name, whom it is about, and its numbers.

    Of `unclear` organisations it holds only with the `reservations` that notes make.
    """

    rule: str
    organisations: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    reservations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def absent(self) -> list[str]:
        """Those it is about without a reservation."""
        return [code for code in self.organisations if code not in self.unclear]

    @property
    def by_organisation(self) -> list[tuple[str, list[Fact]]]:
        """Its numbers, put together by whose they are."""
        return [(code, [f for f in self.facts if f.organisation == code]) for code in self.organisations]


@dataclass(frozen=True)
class Measures:
    """Measures decided, and the findings that point to one; findings are not decisions."""

    plan: list[Measure]
    findings: list[Finding]

    @property
    def unreported(self) -> list[str]:
        """Codes of the organisations that have not said how far a measure of theirs is."""
        return list(dict.fromkeys(m.organisation for m in self.plan if not m.updated))


def measures(data: ReportData) -> Measures:
    """Return the measures decided and what the figures point to.

    Rules
    -----
    least_again
        Named among the lowest on the site in several windows (setting `findings.least_windows`).
    least_though_active
        Named active, yet among the lowest on the site in the year of the report.
    unmentioned
        Member organisations that appear nowhere in the data of the period; of the measures' list only those
        that `absent_halves` does not name.
    no_members
        Members are not reported, so that nothing can be said per member.
    one_reporter
        Copies are known of one organisation only, so that the others cannot be compared.
    silent_halves
        Nothing sent to the site in the period and in the one before: both say 0.
    absent_halves
        Nowhere in the data of the period and of the one before.
    share_falling
        The share of the site's items surely fell on the year before, while the members did not.
    under_target
        Fewer copies per 100 members than the setting `penetration.target`.
    channel_unused
        A channel as a whole of which every member organisation reported 0; a total of 0 says nobody's own.
    channel_unreported
        A channel of which nobody reported anything, in a period whose items are registered one by one.
    """
    found = [_silent_halves(data), _absent_halves(data), _share_falling(data), _under_target(data)]
    found += [_channel_unused(data), _channel_unreported(data)]
    found += [_least_again(data), _least_though_active(data), _only_now_unmentioned(data)]
    found += [_one_reporter(data), _no_members(data)]
    return Measures(data.plan(), [f for f in found if f])


def _least_again(data: ReportData) -> Finding | None:
    groups = site(data).fewest
    times = Counter(code for group in groups for code in group.organisations)
    again = [c for c, n in times.items() if n >= data.settings["findings"]["least_windows"]]
    facts = [f for group in groups for f in group.facts if f.organisation in again]
    return Finding("least_again", again, facts) if again else None


def _least_though_active(data: ReportData) -> Finding | None:
    lowest = [f for group in site(data).fewest for f in data.recent(group.facts)]
    active = activity(data).active
    facts = [f for f in lowest if f.organisation in active]
    return Finding("least_though_active", [f.organisation for f in facts], facts) if facts else None


def _unmentioned(data: ReportData) -> Finding | None:
    status = activity(data)
    if not status.unmentioned:
        return None
    return Finding(
        "unmentioned", status.unmentioned, unclear=status.unclear, reservations=status.reservations
    )


def _only_now_unmentioned(data: ReportData) -> Finding | None:
    """Return those nowhere in the data of the period of whom the period before tells something."""
    found, absent = _unmentioned(data), _absent_halves(data)
    if found is None or absent is None:
        return found
    rest = [code for code in found.organisations if code not in absent.organisations]
    return replace(found, organisations=rest) if rest else None


def _silent_halves(data: ReportData) -> Finding | None:
    before = data.period.previous
    zero: dict[Window, set[str]] = {g.window: set(g.organisations) for g in site(data).zeros}
    both = zero.get(data.period.window, set()) & zero.get(before.window, set())
    order = [m for m in data.tables.members() if m in both]
    return Finding("silent_halves", order, windows=[before.window, data.period.window]) if order else None


def _absent_halves(data: ReportData) -> Finding | None:
    before = data.period.previous
    seen = mentioned(data, before)
    if not seen:  # nobody was asked
        return None
    seen |= set(reservations(data))  # it is unclear whether they are
    absent = [m for m in activity(data).absent if m in data.tables.members(before.end) and m not in seen]
    return Finding("absent_halves", absent, windows=[before.window, data.period.window]) if absent else None


def _share_falling(data: ReportData) -> Finding | None:
    facts, period, outlet = data.facts, data.period, site(data).outlet
    about = {"indicator": "publications", "outlet": outlet}
    found: list[Fact] = []
    for now in facts.select("share", window=period.window, **about):
        who = {"organisation": now.organisation}
        then = facts.one("share", window=period.year_earlier.window, **about, **who)
        members = facts.one("volume", indicator="members", window=period.window, **who)
        earlier = facts.one("volume", indicator="members", window=period.year_earlier.window, **who)
        if (
            then
            and members
            and earlier
            and now.chance_most < then.chance_least
            and members.least >= earlier.most
        ):
            found += [then, now]
    return Finding("share_falling", [f.organisation for f in found[::2]], found) if found else None


def _under_target(data: ReportData) -> Finding | None:
    target = data.settings["penetration"]["target"]
    known = data.recent(data.facts.select("penetration", organisation=TOTAL))
    under = [f for f in known if f.most < target]
    return Finding("under_target", facts=under, outlets=[f.outlet for f in under]) if under else None


def _channel_unused(data: ReportData) -> Finding | None:
    window, told = data.period.window, _reported_channels(data)
    facts = data.facts.select(
        "volume", indicator="publications", organisation=TOTAL, outlet="", window=window
    )
    members = set(due(data, window))
    unused = [
        f for f in facts
        if f.channel in CHANNELS and f.high == 0 and f.channel not in told and members <= reporters(data, f)
    ]  # fmt: skip
    return Finding("channel_unused", facts=unused, outlets=[f.channel for f in unused]) if unused else None


def _channel_unreported(data: ReportData) -> Finding | None:
    if data.tables.current("publications").empty:
        return None
    known = _reported_channels(data) | set(data.tables.current("observations")["channel"])
    unknown = [c for c in CHANNELS if c not in known]
    return Finding("channel_unreported", outlets=unknown) if unknown else None


def _reported_channels(data: ReportData) -> set[str]:
    """Return the channels with an item, or what may be one, in the data of the period."""
    items, observed = (data.tables.current(name) for name in ("publications", "observations"))
    return {
        *items["outlet"].map(data.tables.outlets["channel"]),
        *observed.loc[observed["high"] > 0, "channel"],
    }


def _no_members(data: ReportData) -> Finding | None:
    return None if data.facts.select("volume", indicator="members") else Finding("no_members")


def _one_reporter(data: ReportData) -> Finding | None:
    members = set(data.tables.members())
    shares = data.recent(data.facts.select("share", indicator="copies", organisation=members))
    reporting = Counter(f.outlet for f in shares)
    alone = [f for f in shares if reporting[f.outlet] == 1]
    if not alone:
        return None
    return Finding(
        "one_reporter",
        sorted({f.organisation for f in alone}),
        alone,
        outlets=[f.outlet for f in alone],
    )


def notes(data: ReportData) -> list[Finding]:
    """Return what is odd about the data and is found by rule; what a source alone shows is a highlight.

    Rules
    -----
    half_beside_years
        A half-year stands beside whole years for the same thing.
    open_end
        Counts whose end is not stated.
    least_though_active
        As for the measures.
    same_value
        One organisation reports the same number for two outlets in one window, one of them in the data of the
        period.
    head_office_counted
        The head office is among those named with one total of a paper and not with the other.
    counted_elsewhere
        Figures of one thing that are counted by other outlets or channels than before (`moves`).
    no_members, unmentioned
        As for the measures.
    """
    facts = data.facts.select("volume")
    union_site = site(data)
    found: list[Finding | None] = []
    if union_site.now and union_site.years and data.period.is_half:
        found.append(
            Finding(
                "half_beside_years",
                facts=[union_site.now],
                windows=[f.window for f in union_site.years],
            )
        )
    running = data.recent([f for f in facts if f.window.is_open and f.indicator != "issues"])
    if running:
        found.append(Finding("open_end", facts=running, windows=[running[0].window]))
    found.append(_least_though_active(data))
    found += _same_values(data, facts)
    for paper in carried(data):
        if len({c.head_office for c in paper.carried if c.named}) > 1:
            found.append(
                Finding(
                    "head_office_counted",
                    [c.head_office for c in paper.carried if c.head_office][:1],
                    facts=[c.items for c in paper.carried if c.head_office],
                    windows=[c.window for c in paper.carried if not c.head_office],
                    outlets=[paper.outlet],
                )
            )
    found += _counted_elsewhere(data)
    found += [_no_members(data), _unmentioned(data)]
    return [f for f in found if f]


def _counted_elsewhere(data: ReportData) -> list[Finding]:
    """Put those together that moved alike."""
    alike: dict[Any, list[Move]] = {}
    for move in moves(data):
        alike.setdefault((move.indicator, tuple(move.before), tuple(move.now)), []).append(move)
    return [
        Finding("counted_elsewhere", [move.organisation for move in same], moves=same[:1])
        for same in alike.values()
    ]


def _same_values(data: ReportData, facts: list[Fact]) -> list[Finding]:
    rows = data.tables.current("observations")
    told = set(ids(rows, "volume")) if len(rows) else set()
    groups: dict[tuple[Any, ...], list[Fact]] = {}
    for f in facts:
        if f.organisation != TOTAL and f.indicator == "publications" and f.value and f.window.is_open:
            groups.setdefault((f.organisation, f.window, f.value, f.qualifier), []).append(f)
    return [
        Finding("same_value", [key[0]], same) for key, same in groups.items()
        if len(same) > 1 and any(f.id in told for f in same)
    ]  # fmt: skip
