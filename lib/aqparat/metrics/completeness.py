"""Completeness: how many of the member organisations handed anything in."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.prepare import Tables
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures

FILED = ("observations", "publications", "activities")


def completeness(tables: Tables) -> pd.DataFrame:
    """Give the part of the member organisations that have figures of their own for the period.

    Own are rows with the organisation's code in the observations, publications and activities of the
    period's batches; to be named with a total is not to have filed. Filing dates are not in the data,
    so nothing is said of being on time.

    Parameters
    ----------
    tables : Tables
        Prepared tables.

    Returns
    -------
    DataFrame
        One figure of the union for the indicator `organisations`, between 0 and 1; none where
        nothing was handed in for the period at all, not even a total.
    """
    period = tables.period
    members = tables.members(period.start + (period.end - period.start) / 2)
    filed = pd.concat(
        [tables.current(name)[["organisation", "origins"]].assign(order=i) for i, name in enumerate(FILED)]
    )
    own = figures.parts(filed, members)
    own = own.assign(first=own["origins"].str[0]).sort_values(["order", "first"])
    own = own.drop_duplicates("organisation")
    row = pd.DataFrame(
        {
            "indicator": ["organisations"],
            "organisation": [TOTAL],
            "outlet": [""],
            "channel": [""],
            "start": [pd.Timestamp(period.start).as_unit("us")],
            "end": [pd.Timestamp(period.end).as_unit("us")],
            "origins": [figures.union([*own["origins"], *tables.organisations.loc[members, "origins"]])],
        }
    )
    share = Bounded.exact([float(len(own))]) / len(members)
    return figures.finish(row, share.where([len(filed) > 0]), ceiling=1.0)
