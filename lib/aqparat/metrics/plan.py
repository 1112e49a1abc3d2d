"""The plan: how many measures were decided before, and what has become of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.measures import OPEN, latest, shown
from aqparat.data.origin import joined
from aqparat.data.prepare import Tables
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures

STATES = ("done", "under_way", "planned", "dropped")
PLAN = (
    "measures_before", *(f"measures_{state}" for state in STATES), "measures_unreported",
    "measures_since", "measures_overdue", "measures_past_due",
)  # fmt: skip


def plan(tables: Tables) -> pd.DataFrame:
    """Return counts of the measures that a report shows.

    Parameters
    ----------
    tables : Tables
        Prepared tables.

    Returns
    -------
    DataFrame
        Figures of the union, counted; none where no measure is shown. `measures_before` are those of earlier
        batches: of them the period has said of some that they are done, under way, planned or dropped, of
        the others (`measures_unreported`) nothing. `measures_since` were decided in the period. Of all,
        `measures_overdue` are reported as not ended though due by the period's last day, and
        `measures_past_due` were due by then, and nothing has been said of them in the period.
    """
    current = set(tables.current("measures")["batch"])
    told = shown(tables.measures, current)
    if told.empty:
        return figures.none()
    earlier = latest(tables.measures[~tables.measures["batch"].isin(current)])
    before = told["code"].isin(earlier["code"])
    updated, state = told["updated"].astype(bool), told["status"]
    late = told["due"].le(pd.Timestamp(tables.period.end)) & state.isin(OPEN)
    groups = [
        before, *(before & updated & state.eq(s) for s in STATES), before & ~updated,
        ~before, late & updated, late & ~updated,
    ]  # fmt: skip
    searched = joined(told["origins"])
    rows = pd.DataFrame(
        {
            "indicator": PLAN,
            "organisation": TOTAL,
            "outlet": "",
            "channel": "",
            "start": pd.Timestamp(tables.period.start).as_unit("us"),
            "end": pd.Timestamp(tables.period.end).as_unit("us"),
            "origins": [joined(told.loc[group, "origins"]) or searched for group in groups],
        }
    )
    counts = np.array([group.sum() for group in groups], dtype=float)
    return figures.finish(rows, "volume", Bounded.exact(counts))
