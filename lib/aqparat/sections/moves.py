"""Figures counted in other places than before: their series neither ended nor began."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import pandas as pd

from aqparat.data.prepare import own_sites
from aqparat.data.schemas import TOTAL
from aqparat.period import Period
from aqparat.sections.report_data import ReportData

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


def moves(data: ReportData, organisation: str | None = None) -> list[Move]:
    """Return what one or all count in other places than a year or a period before.

    Rule
    ----
    A place of one period has no figure in the other, which has one of a place that may be the same: the
    channel without its outlet, no channel at all, another of the union's own sites. The period before is
    looked at where the same half a year earlier has no figure.
    """
    told, sites = data.tables.observations, set(own_sites(data.tables.outlets))
    if organisation is not None:
        told = told[told["organisation"] == organisation]
    series = told.groupby(["organisation", "indicator"], sort=False)
    order = {code: place for place, code in enumerate([TOTAL, *data.tables.organisations.index])}
    found = [
        _move(data.period, sites, str(organisation), str(indicator), rows)
        for (organisation, indicator), rows in series
    ]
    return sorted(filter(None, found), key=lambda move: (order[move.organisation], move.indicator))


def _move(
    period: Period, sites: Container[str], organisation: str, indicator: str, rows: pd.DataFrame
) -> Move | None:
    earlier = (_spots(rows, each) for each in (period.year_earlier, period.previous))
    before = next((spots for spots in earlier if spots), [])
    return moved(organisation, indicator, before, _spots(rows, period), sites)


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


def _spots(rows: pd.DataFrame, period: Period) -> list[Spot]:
    """Return where a period's figures are counted: those of its days, or begun in its year without an end."""
    of_days = (rows["start"] == pd.Timestamp(period.start)) & (rows["end"] == pd.Timestamp(period.end))
    opened = rows["end"].isna() & (rows["start"].dt.year == period.year) & (rows["batch"] == str(period))
    here = rows.loc[of_days | opened, ["outlet", "channel"]]
    return list(dict.fromkeys(here.itertuples(index=False, name=None)))


def _may_be_one(spot: Spot, other: Spot, sites: Container[str]) -> bool:
    """Return whether two places may be one, told in other words."""
    (outlet, channel), (other_outlet, other_channel) = spot, other
    if outlet and other_outlet:
        return outlet in sites and other_outlet in sites
    return channel == other_channel or "" in (channel, other_channel)
