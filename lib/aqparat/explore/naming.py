"""Figures of a question of one's own in words: names for codes, numbers as they are shown."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from aqparat.data.schemas import CHANNELS, TOTAL
from aqparat.explore.known import Known
from aqparat.explore.making import quoted, shown
from aqparat.explore.place import Place
from aqparat.metrics.collection import facts_of
from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import metric


def names(known: Known) -> dict[str, str]:
    """Return the name of each code of an organisation, outlet, indicator and channel."""
    tables, language = known.tables, known.language
    found = {channel: known.label(f"channel.{channel}") for channel in CHANNELS}
    for table in (tables.indicators, tables.outlets):
        found |= {str(code): language.name(table, str(code)) for code in table.index}
    return found | {str(code): known.name(str(code)) for code in (TOTAL, *tables.organisations.index)}


def named(known: Known, figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures as a table in words.

    Parameters
    ----------
    known : Known
    figures : DataFrame
        Of any metric, as `aqparat.metrics` gives them.

    Returns
    -------
    DataFrame
        What is counted, whose, where, when, the number as it is shown, its bounds as numbers.
    """
    heads = ("figure", "organisation", "channel", "period", "value", "low", "high")
    rows = [
        (
            known.language.name(known.tables.indicators, f.indicator), known.name(f.organisation),
            "".join(known.spots([Place.of(f)])), known.when(f), str(shown(known, f)), f.low, f.high,
        )
        for f in _facts(known, figures)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[known.label(f"ask.{head}") for head in heads])


def rows(known: Known, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the raw rows that figures rest on: file, row, what stands there."""
    return quoted(known, known.origins(_facts(known, figures)))


def _facts(known: Known, figures: pd.DataFrame) -> list[Fact]:
    kinds = pd.Series([i.split(".", 1)[0] for i in figures["id"]], index=figures.index, dtype=str)
    parts = figures.groupby(kinds, sort=False)
    return list(chain(*(facts_of(metric(str(kind)), own, known.history.units_of) for kind, own in parts)))
