"""What the register says of the items: their languages and formats, where it states them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.items import grouped
from aqparat.data.items import listed as rows_of
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.period import Period

TRAITS = ("language", "format")
STATED = "stated"  # instead of a language or a format: how many items have one


def listed(
    items: pd.DataFrame, outlets: pd.DataFrame, period: Period, members: pd.Index[str]
) -> pd.DataFrame:
    """Return counts of the union's items of a period by language and by format.

    Parameters
    ----------
    items : DataFrame
        Prepared item rows, with `language` and `format`; empty where none is stated.
    outlets : DataFrame
        Outlets by code, with `channel`; only these are counted.
    period : Period
    members : Index of str
        Codes of all organisations that the union's items are made of.

    Returns
    -------
    DataFrame
        Figures of the union by outlet, counted: the indicator is the language or the format
        (`language_kk`, `format_video`), and `language_stated`, `format_stated` for how many items state one.
    """
    inside = items["date"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    rows = items[inside & items["outlet"].isin(outlets.index)]
    rows = rows[rows["organisation"].isin(members)]
    if rows.empty:
        return figures.none()
    told = [part for trait in TRAITS for part in _counts(rows[rows[trait].ne("")], trait)]
    counts = figures.stacked(*told)
    counts = counts.assign(
        organisation=TOTAL,
        channel=counts["outlet"].map(outlets["channel"]),
        start=pd.Timestamp(period.start).as_unit("us"),
        end=pd.Timestamp(period.end).as_unit("us"),
    )
    return figures.finish(counts, "listed", Bounded.exact(counts["n"].to_numpy(dtype=float)))


def _counts(rows: pd.DataFrame, trait: str) -> Iterator[pd.DataFrame]:
    """Yield the items of each outlet that state a trait: by what they state, and all of them."""
    for key, name in (([trait, "outlet"], None), (["outlet"], f"{trait}_{STATED}")):
        counts = grouped(rows, key).merge(rows_of(rows, key), on=key)
        yield counts.assign(indicator=name or f"{trait}_" + counts[trait].astype(str))[
            ["indicator", "outlet", "n", "origins"]
        ]
