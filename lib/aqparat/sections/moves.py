"""Figures counted in other places than before: their series neither ended nor began."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from aqparat.data.precedence import Precedence
from aqparat.data.prepare import Tables
from aqparat.period import Period
from aqparat.sections.report_data import ReportData, kept

Spot = tuple[str, str]  # outlet and channel, "" where none is named


@dataclass(frozen=True)
class Move:
    """What an organisation counted by some outlets or channels before, and counts by others now.

    Parameters
    ----------
    organisation, indicator : str
    before, now : list of (outlet, channel)
        Only the places that the other period does not have.
    """

    organisation: str
    indicator: str
    before: list[Spot]
    now: list[Spot]


@kept
def moves(data: ReportData) -> list[Move]:
    """Return whose figures are counted in other places than a year or a period before.

    Rule
    ----
    A place of one period has no figure in the other, which has one of a place that may be the same: the
    channel without its outlet, no channel at all, another of the union's own sites. The period before is
    looked at where the same half a year earlier has no figure.
    """
    told, period, sites = data.tables.observations, data.period, data.own_sites
    now, before = _spots(told, period), {**_spots(told, period.previous), **_spots(told, period.year_earlier)}
    found = [moved(*series, spots, now.get(series, []), sites) for series, spots in before.items()]
    return in_order(filter(None, found), data.tables)


def in_order(found: Iterable[Move], tables: Tables) -> list[Move]:
    """Put what is counted elsewhere in the order of organisations, then of indicators."""
    order = Precedence.of(tables)
    return sorted(found, key=lambda m: (order.organisation(m.organisation), order.indicator(m.indicator)))


def moved(
    organisation: str,
    indicator: str,
    before: Sequence[Spot],
    now: Sequence[Spot],
    sites: Container[str],
) -> Move | None:
    """Return what is counted in other places now than before; None where nothing may be the same.

    Parameters
    ----------
    organisation, indicator : str
    before, now : sequence of (outlet, channel)
        Where it is counted.
    sites : container of str
        Codes of the union's own sites.
    """
    gone = [spot for spot in before if spot not in now]
    come = [spot for spot in now if spot not in before]
    gone = [spot for spot in gone if any(_may_be_one(spot, other, sites) for other in come)]
    come = [spot for spot in come if any(_may_be_one(spot, other, sites) for other in gone)]
    return Move(organisation, indicator, gone, come) if gone else None


def _spots(rows: pd.DataFrame, period: Period) -> dict[tuple[str, str], list[Spot]]:
    """Return where a period's figures are counted, by organisation and indicator.

    Its figures are those of its days, and those begun in its year that have no end.
    """
    of_days = (rows["start"] == pd.Timestamp(period.start)) & (rows["end"] == pd.Timestamp(period.end))
    opened = rows["end"].isna() & (rows["start"].dt.year == period.year) & (rows["batch"] == str(period))
    here = rows.loc[of_days | opened, ["organisation", "indicator", "outlet", "channel"]]
    found: dict[tuple[str, str], dict[Spot, None]] = {}
    for organisation, indicator, *spot in here.itertuples(index=False, name=None):
        found.setdefault((organisation, indicator), {})[spot[0], spot[1]] = None
    return {series: list(spots) for series, spots in found.items()}


def _may_be_one(spot: Spot, other: Spot, sites: Container[str]) -> bool:
    """Return whether two places may be one, told in other words."""
    (outlet, channel), (other_outlet, other_channel) = spot, other
    if outlet and other_outlet:
        return outlet in sites and other_outlet in sites
    return channel == other_channel or "" in (channel, other_channel)
