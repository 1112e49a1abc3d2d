"""What two periods count by other outlets or channels: it has neither ended nor begun."""

from __future__ import annotations

from aqparat.data.prepare import own_sites
from aqparat.metrics.facts import Fact
from aqparat.publish.compare import Side
from aqparat.sections.moves import Move, Spot, in_order, moved

_Places = dict[tuple[str, str], list[Spot]]


def counted_elsewhere(before: Side, after: Side) -> list[Move]:
    """Return whose counts of the one period name other places than those of the other.

    Parameters
    ----------
    before, after : Side
        Of two periods; of one and the same there is none.
    """
    if before.period == after.period:
        return []
    old, new, sites = _places(before), _places(after), set(own_sites(after.tables.outlets))
    moves = (moved(*about, old.get(about, []), spots, sites) for about, spots in new.items())
    return in_order(filter(None, moves), after.tables)


def _places(side: Side) -> _Places:
    """Return where each thing is counted in the period's own window, else since the start of its year."""
    own: _Places = {}
    opened: _Places = {}
    for record in side.records.values():
        if record["metric"] == "volume":
            fact = Fact.read(record)
            about, spot = (fact.organisation, fact.indicator), (fact.outlet, fact.channel)
            if fact.window == side.period.window:
                own.setdefault(about, []).append(spot)
            elif fact.window.is_open and fact.window.start.year == side.period.year:
                opened.setdefault(about, []).append(spot)
    return {**opened, **own}
