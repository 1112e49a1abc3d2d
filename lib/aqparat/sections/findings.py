"""What the figures point to, by stated rules, and what is odd about the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aqparat.data.schemas import CHANNELS
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.evidence import TOTAL, Evidence, Measure
from aqparat.sections.newspapers import carried
from aqparat.sections.organisations import activity
from aqparat.sections.site import site


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found: the rule's name, whom it is about, and its numbers."""

    rule: str
    organisations: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Measures:
    """Measures decided, and the findings that point to one; findings are not decisions."""

    plan: list[Measure]
    findings: list[Finding]


def measures(evidence: Evidence) -> Measures:
    """List the measures decided and what the figures point to.

    Rules
    -----
    least_again
        Named among the lowest on the site in several windows (setting `findings.least_windows`).
    least_though_active
        Named active, yet among the lowest on the site in the year of the report.
    unmentioned
        Member organisations that appear nowhere in the data of the period.
    no_members
        Members are not reported, so that nothing can be said per member.
    one_reporter
        Copies are known of one organisation only, so that the others cannot be compared.
    silent_halves
        Nothing sent to the site, or nothing handed in, in the period and in the one before.
    share_falling
        The share of the site's items surely fell on the year before, while the members did not.
    under_target
        Fewer copies per 100 members than the setting `penetration.target`.
    channel_unused
        A channel without one item, in a period whose items are registered one by one.
    """
    found = [_silent_halves(evidence), _share_falling(evidence), _under_target(evidence)]
    found += [_channel_unused(evidence)]
    found += [_least_again(evidence), _least_though_active(evidence), _unmentioned(evidence)]
    found += [_one_reporter(evidence), _no_members(evidence)]
    return Measures(evidence.plan(), [f for f in found if f])


def _least_again(evidence: Evidence) -> Finding | None:
    groups = site(evidence).lowest
    times = Counter(code for group in groups for code in group.organisations)
    again = [c for c, n in times.items() if n >= evidence.settings["findings"]["least_windows"]]
    facts = [f for group in groups for f in group.facts if f.organisation in again]
    return Finding("least_again", again, facts) if again else None


def _least_though_active(evidence: Evidence) -> Finding | None:
    lowest = [f for group in site(evidence).lowest for f in evidence.recent(group.facts)]
    active = activity(evidence).active
    facts = [f for f in lowest if f.organisation in active]
    return Finding("least_though_active", [f.organisation for f in facts], facts) if facts else None


def _unmentioned(evidence: Evidence) -> Finding | None:
    missing = activity(evidence).unmentioned
    return Finding("unmentioned", missing) if missing else None


def _silent_halves(evidence: Evidence) -> Finding | None:
    before = evidence.period.previous
    zero: dict[Window, set[str]] = {g.window: set(g.organisations) for g in site(evidence).zeros}
    both = zero.get(evidence.period.window, set()) & zero.get(before.window, set())
    batches = set(evidence.tables.observations["batch"]) | set(evidence.tables.publications["batch"])
    if str(before) in batches:
        absent = set(activity(evidence).unmentioned)
        filed = evidence.tables.observations
        both |= absent - set(filed.loc[filed["batch"] == str(before), "organisation"])
    order = [m for m in evidence.tables.members() if m in both]
    return Finding("silent_halves", order, windows=[before.window, evidence.period.window]) if order else None


def _share_falling(evidence: Evidence) -> Finding | None:
    facts, period, outlet = evidence.facts, evidence.period, site(evidence).outlet
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


def _under_target(evidence: Evidence) -> Finding | None:
    target = evidence.settings["penetration"]["target"]
    told = evidence.recent(evidence.facts.select("penetration", organisation=TOTAL))
    under = [f for f in told if f.most < target]
    return Finding("under_target", facts=under, outlets=[f.outlet for f in under]) if under else None


def _channel_unused(evidence: Evidence) -> Finding | None:
    items = evidence.tables.current("publications")
    if items.empty:
        return None
    observed = evidence.tables.current("observations")
    seen = set(items["outlet"].map(evidence.tables.outlets["channel"]))
    seen |= set(observed.loc[observed["high"] > 0, "channel"])
    unused = [c for c in CHANNELS if c not in seen]
    return Finding("channel_unused", outlets=unused) if unused else None


def _no_members(evidence: Evidence) -> Finding | None:
    return None if evidence.facts.select("volume", indicator="members") else Finding("no_members")


def _one_reporter(evidence: Evidence) -> Finding | None:
    members = set(evidence.tables.members())
    shares = evidence.recent(evidence.facts.select("share", indicator="copies", organisation=members))
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


def notes(evidence: Evidence) -> list[Finding]:
    """List what is odd about the data and is found by rule; what a source alone shows is a highlight.

    Rules
    -----
    half_beside_years
        A half-year stands beside whole years for the same thing.
    open_end
        Counts whose end is not stated.
    least_though_active
        As for the measures.
    same_value
        One organisation reports the same number for two outlets in one window.
    head_office_counted
        The head office is among those named with one total of a paper and not with the other.
    no_members, unmentioned
        As for the measures.
    """
    facts = evidence.facts.select("volume")
    union_site = site(evidence)
    found: list[Finding | None] = []
    if union_site.now and union_site.years and evidence.period.is_half:
        found.append(
            Finding(
                "half_beside_years",
                facts=[union_site.now],
                windows=[f.window for f in union_site.years],
            )
        )
    running = evidence.recent([f for f in facts if f.window.is_open and f.indicator != "issues"])
    if running:
        found.append(Finding("open_end", facts=running, windows=[running[0].window]))
    found.append(_least_though_active(evidence))
    found += _same_values(facts)
    for paper in carried(evidence):
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
    found += [_no_members(evidence), _unmentioned(evidence)]
    return [f for f in found if f]


def _same_values(facts: list[Fact]) -> list[Finding]:
    groups: dict[tuple[Any, ...], list[Fact]] = {}
    for f in facts:
        if f.organisation != TOTAL and f.indicator == "publications" and f.value and f.window.is_open:
            groups.setdefault((f.organisation, f.window, f.value, f.qualifier), []).append(f)
    return [Finding("same_value", [key[0]], same) for key, same in groups.items() if len(same) > 1]
