"""Completeness: how many of the member organisations handed anything in, and in time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.prepare import Tables
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures

FILED = ("observations", "publications", "activities")


def completeness(tables: Tables) -> pd.DataFrame:
    """Give the part of the member organisations that filed, and the part of these that did so on time.

    To have filed is to have rows with the organisation's code in the observations, publications and
    activities of the period's batches; to be named with a total is not. A form says the day it was
    filled in; of what was handed in without one it is not known whether it was on time.

    Parameters
    ----------
    tables : Tables
        Prepared tables.

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1 (domain.md, section 3: filed/due, on time/filed) for the
        indicators `organisations` and `organisations_on_time`; none of the first where nothing was
        handed in for the period at all, none of the second where no form was.
    """
    period = tables.period
    members = tables.members(period.start + (period.end - period.start) / 2)
    handed_in = pd.concat(
        [tables.current(name)[["organisation", "origins"]].assign(order=i) for i, name in enumerate(FILED)]
    )
    own = figures.parts(handed_in, members)
    own = own.assign(first=own["origins"].str[0]).sort_values(["order", "first"])
    own = own.drop_duplicates("organisation")
    forms = on_time(tables)
    forms = forms[forms["organisation"].isin(members)]
    frame = pd.DataFrame(
        {
            "indicator": ["organisations", "organisations_on_time"],
            "organisation": TOTAL,
            "outlet": "",
            "channel": "",
            "start": pd.Timestamp(period.start).as_unit("us"),
            "end": pd.Timestamp(period.end).as_unit("us"),
            "origins": [
                figures.union([*own["origins"], *tables.organisations.loc[members, "origins"]]),
                figures.union([*forms["origins"], *own["origins"]]),
            ],
        }
    )
    filed, due = float(len(own)), float(len(members))
    kept = float((forms["on_time"] == True).sum())  # noqa: E712  # three values: NA is not known
    late = float((forms["on_time"] == False).sum())  # noqa: E712
    unknown = filed - kept - late
    point = [filed, kept if unknown == 0 else float("nan")]
    counts = Bounded(*(np.array(b) for b in (point, [filed, kept], [filed, kept + unknown])))
    share = counts / Bounded.exact([due, max(filed, 1.0)])
    return figures.finish(frame, share.where([len(handed_in) > 0, len(forms) > 0]), ceiling=1.0)


def on_time(tables: Tables) -> pd.DataFrame:
    """Give the forms handed in for the period, the first of each organisation, with `on_time`.

    A form is on time until `completeness.due_days` of the settings after the period's end.

    Returns
    -------
    DataFrame
        `organisation, filed, batch, origins, on_time`; the last is NA where no day is stated.
    """
    due = pd.Timestamp(tables.period.end) + pd.Timedelta(days=tables.settings["completeness"]["due_days"])
    forms = tables.current("filings").sort_values(["filed", "organisation"]).drop_duplicates("organisation")
    kept = (forms["filed"] <= due).astype("boolean")
    return forms.assign(on_time=kept.mask(forms["filed"].isna(), pd.NA))
