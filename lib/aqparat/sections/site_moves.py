"""Whose change made the change of the union's total on its site."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aqparat.data.membership import units
from aqparat.metrics.facts import Fact
from aqparat.sections.ranking import FIRST, due
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import site
from aqparat.sections.views import view


@dataclass(frozen=True)
class Push:
    """A contribution, and the codes of the organisations in force that made it."""

    fact: Fact
    codes: list[str]
    is_head: bool = False


@dataclass(frozen=True)
class Pushes:
    """Contributions to the growth of the total, in percentage points.

    Parameters
    ----------
    growth : Fact
    up, down : list of Push
        The greatest that raised it, and that lowered it.
    is_whole : bool
        Whether all contributions known add up to the growth.
    heads : list of str
        Codes of the head office, where its contribution is among them.
    """

    growth: Fact
    up: list[Push]
    down: list[Push]
    is_whole: bool
    heads: list[str]


@view("site", "any")
def site_moves(data: ReportData) -> Pushes | None:
    """Return who moved the total: contributions to its growth in percentage points.

    When: the total of a year ago is known and some organisation's figures of both windows are.
    """
    union_site = site(data)
    growth = union_site.now_growth
    if growth is None:
        return None
    parts = data.facts.select(
        "contribution", indicator="publications", outlet=union_site.outlet, window=data.period.window
    )
    moved = [f for f in parts if f.least > 0 or f.most < 0]
    order = {code: place for place, code in enumerate(data.tables.organisations.index)}
    moved.sort(key=lambda f: (-min(abs(f.least), abs(f.most)), order[f.organisation]))
    if not moved:
        return None
    values = [f.value for f in parts]
    whole = growth.value is not None and math.isclose(
        math.fsum(v for v in values if v is not None), growth.value, abs_tol=1e-9
    )
    return Pushes(
        growth,
        up=[_push(data, f) for f in _first([f for f in moved if f.least > 0])],
        down=[_push(data, f) for f in _first([f for f in moved if f.most < 0])],
        is_whole=whole and None not in values,
        heads=[f.organisation for f in parts if f.organisation in data.head_office and f.value],
    )


def _push(data: ReportData, fact: Fact) -> Push:
    """Tell of a unit which organisations it is now, where it has none in force of its own."""
    here, told = due(data, fact.window), units(data.tables.organisations)
    parts = [c for c in told.loc[told["unit"] == fact.organisation, "organisation"] if c in here]
    codes = parts if parts and fact.organisation not in here else [fact.organisation]
    return Push(fact, codes, fact.organisation in data.head_office)


def _first(facts: list[Fact]) -> list[Fact]:
    """Return the greatest three; fewer where the last of them is no greater than the next."""
    shown = facts[:FIRST]
    if len(facts) > FIRST and facts[FIRST].value == shown[-1].value:
        apart = [f for f in shown if f.value != shown[-1].value]
        return apart or shown
    return shown
