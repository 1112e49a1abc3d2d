"""What the figures point to, by stated rules: each gives what it found, or None; none is a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aqparat.data.schemas import CHANNELS
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.activity import activity, mentioned
from aqparat.sections.moves import Move
from aqparat.sections.ranking import due, reporters
from aqparat.sections.report_data import TOTAL, ReportData, kept
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


Rule = Callable[[ReportData], Finding | None]


def silent_halves(data: ReportData) -> Finding | None:
    """Return who sent nothing to the site in the period and in the one before: both say 0."""
    before = data.period.previous
    zero: dict[Window, set[str]] = {g.window: set(g.organisations) for g in site(data).zeros}
    both = zero.get(data.period.window, set()) & zero.get(before.window, set())
    order = [m for m in data.tables.members() if m in both]
    return Finding("silent_halves", order, windows=[before.window, data.period.window]) if order else None


@kept
def absent_halves(data: ReportData) -> Finding | None:
    """Return who is nowhere in the data of the period and of the one before."""
    before = data.period.previous
    named = mentioned(data, before)
    if not named:  # nobody was asked
        return None
    seen = {*named, *reservations(data)}  # it is unclear whether they are
    absent = [m for m in activity(data).absent if m in data.tables.members(before.window) and m not in seen]
    return Finding("absent_halves", absent, windows=[before.window, data.period.window]) if absent else None


def unmentioned(data: ReportData) -> Finding | None:
    """Return who is nowhere in the data of the period, without those that `absent_halves` names."""
    status, twice = activity(data), absent_halves(data)
    rest = [code for code in status.unmentioned if twice is None or code not in twice.organisations]
    if not rest:
        return None
    return Finding("unmentioned", rest, unclear=status.unclear, reservations=status.reservations)


def least_again(data: ReportData) -> Finding | None:
    """Return who is lowest on the site in several windows (`findings.least_windows`), one of them now."""
    groups = site(data).fewest
    times = Counter(code for group in groups for code in group.organisations)
    now = {f.organisation for group in groups for f in group.facts if _is_now(data, f)}
    least = data.settings["findings"]["least_windows"]
    again = [code for code, n in times.items() if n >= least and code in now]
    facts = [f for group in groups for f in group.facts if f.organisation in again]
    return Finding("least_again", again, facts) if again else None


def least_though_active(data: ReportData) -> Finding | None:
    """Return who is named active, yet among the lowest on the site in the period."""
    lowest = [f for group in site(data).fewest for f in group.facts if _is_now(data, f)]
    named = activity(data).active
    facts = [f for f in lowest if f.organisation in named]
    whose = list(dict.fromkeys(f.organisation for f in facts))
    return Finding("least_though_active", whose, facts) if facts else None


def share_falling(data: ReportData) -> Finding | None:
    """Return whose share of the site's items surely fell on the year before, while the members did not."""
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


def below_rate(data: ReportData) -> Finding | None:
    """Return whose items for each member are fewer than chance explains: below the outer funnel limit."""
    about = {"indicator": "publications", "outlet": site(data).outlet, "window": data.period.window}
    rates = {f.organisation: f for f in data.facts.select("rate", **about)}
    limits = data.facts.select("limit_998", **about)
    below = [
        rates[limit.organisation] for limit in limits
        if limit.organisation in rates and rates[limit.organisation].most < limit.chance_least
    ]  # fmt: skip
    return Finding("below_rate", [f.organisation for f in below], below) if below else None


def under_target(data: ReportData) -> Finding | None:
    """Return the papers with fewer copies per 100 members than the setting `penetration.target`."""
    target = data.settings["penetration"]["target"]
    known = data.recent(data.facts.select("penetration", organisation=TOTAL))
    under = [f for f in known if f.outlet and f.most < target]  # of papers told together none is known
    return Finding("under_target", facts=under, outlets=[f.outlet for f in under]) if under else None


def one_reporter(data: ReportData) -> Finding | None:
    """Return of whom alone copies are known, so that the others cannot be compared."""
    members = set(data.tables.members())
    if len(members) < 2:
        return None
    shares = data.recent(data.facts.select("share", indicator="copies", organisation=members))
    reporting = Counter(f.outlet for f in shares)
    alone = [f for f in shares if reporting[f.outlet] == 1]
    if not alone:
        return None
    return Finding(
        "one_reporter",
        list(dict.fromkeys(f.organisation for f in alone)),
        alone,
        outlets=[f.outlet for f in alone],
    )


def channel_unused(data: ReportData) -> Finding | None:
    """Return the channels of which every member reported 0 for the whole; a total of 0 says nobody's own."""
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


def channel_unreported(data: ReportData) -> Finding | None:
    """Return the channels of which nobody reported anything, in a period with a register of items."""
    if data.tables.current("items").empty:
        return None
    known = _reported_channels(data) | set(data.tables.current("observations")["channel"])
    unknown = [c for c in CHANNELS if c not in known]
    return Finding("channel_unreported", outlets=unknown) if unknown else None


def no_members(data: ReportData) -> Finding | None:
    """Return that members are not reported: nothing can be said per member."""
    return None if data.facts.select("volume", indicator="members") else Finding("no_members")


RULES: tuple[Rule, ...] = (  # by kind: who is silent, who sends less, subscription, channels, what is unknown
    silent_halves, absent_halves, unmentioned, share_falling, below_rate, least_again, least_though_active,
    under_target, one_reporter, channel_unused, channel_unreported, no_members,
)  # fmt: skip


def findings(data: ReportData) -> list[Finding]:
    """Return what the rules found, grouped by kind (`RULES`)."""
    found = [rule(data) for rule in RULES]
    return [f for f in found if f]


def _is_now(data: ReportData, fact: Fact) -> bool:
    """Whether a figure is of the period, or of a part of it."""
    period, window = data.period, fact.window
    return period.start <= window.start and (window.end or period.end) <= period.end


def _reported_channels(data: ReportData) -> set[str]:
    """Return the channels with an item, or what may be one, in the data of the period."""
    items, observed = (data.tables.current(name) for name in ("items", "observations"))
    return {
        *items["outlet"].drop_duplicates().astype(str).map(data.tables.outlets["channel"]),
        *observed.loc[observed["high"] > 0, "channel"],
    }


__all__ = ["RULES", "Finding", "findings"]
