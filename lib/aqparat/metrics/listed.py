"""What the register says of the items: their languages and formats, where it states them."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.items import listed as rows_of
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.period import Period

TRAITS = ("language", "format")
STATED = "stated"  # instead of a language or a format: how many items have one


def listed(
    publications: pd.DataFrame, outlets: pd.DataFrame, period: Period, members: pd.Index[str]
) -> pd.DataFrame:
    """Return counts of the union's items of a period by language and by format.

    Parameters
    ----------
    publications : DataFrame
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
    inside = publications["date"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    rows = publications[inside & publications["outlet"].isin(outlets.index)]
    rows = rows[rows["organisation"].isin(members)]
    told = [rows.assign(indicator=f"{trait}_" + rows[trait])[rows[trait].ne("")] for trait in TRAITS]
    told += [rows.assign(indicator=f"{trait}_{STATED}")[rows[trait].ne("")] for trait in TRAITS]
    every = pd.concat(told)
    key = ["indicator", "outlet"]
    counts = every.groupby(key, as_index=False).agg(n=("row", "size"))
    counts = counts.merge(rows_of(every, key), on=key) if len(counts) else counts.assign(origins=[])
    counts = counts.assign(
        organisation=TOTAL,
        channel=counts["outlet"].map(outlets["channel"]),
        start=pd.Timestamp(period.start).as_unit("us"),
        end=pd.Timestamp(period.end).as_unit("us"),
    )
    return figures.finish(counts, "listed", Bounded.exact(counts["n"].to_numpy(dtype=float)))
