"""Completeness: how many of the member organisations handed anything in, and in time."""

from __future__ import annotations

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.items import listed
from aqparat.data.origin import joined
from aqparat.data.prepare import OWN, Tables
from aqparat.data.schemas import TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import WINDOW


def filed(tables: Tables) -> pd.DataFrame:
    """Return counts of the member organisations that filed, and of these who did so on time.

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
        Figures of the union, counted, for the indicators `organisations_filed` and
        `organisations_on_time`; none of the first where nothing was handed in for the period at all, none
        of the second where no form was.
    """
    period = tables.period
    members = tables.members()
    own = _rows(tables, members)
    forms = on_time(tables)
    forms = forms[forms["organisation"].isin(own["organisation"])]  # one that only says its day is no filing
    frame = pd.DataFrame(
        {
            "indicator": ["organisations_filed", "organisations_on_time"],
            "organisation": TOTAL,
            "outlet": "",
            "channel": "",
            "start": pd.Timestamp(period.start).as_unit("us"),
            "end": pd.Timestamp(period.end).as_unit("us"),
            "origins": [
                joined(own["origins"]) or joined(tables.organisations.loc[members, "origins"]),
                joined([*forms["origins"], *own["origins"]]),
            ],
        }
    )
    there = float(own["organisation"].nunique())
    kept = float((forms["on_time"] == True).sum())  # noqa: E712  # three values: NA is not known
    late = float((forms["on_time"] == False).sum())  # noqa: E712
    counts = Bounded.between([there, kept], [there, there - late])
    some = any(len(tables.current(name)) for name in OWN)
    return figures.finish(frame, "volume", counts.where([some, len(forms) > 0]))


def _rows(tables: Tables, members: pd.Index[str]) -> pd.DataFrame:
    """Return the raw rows of the member organisations in the period's batches: `organisation, origins`."""
    told = [tables.current(name)[["organisation", "origins"]] for name in OWN if name != "items"]
    items = tables.current("items")
    if len(items):
        told.append(listed(items, ["organisation"]))
    rows = figures.stacked(*told)
    return figures.parts(rows.assign(organisation=rows["organisation"].map(tables.member)), members)


def completeness(counted: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
    """Return the part of the member organisations that filed, and the part of these that did so on time.

    Parameters
    ----------
    counted : DataFrame
        Figures as `filed` gives them.
    due : DataFrame
        Figures of N, one a window (`organisations`).

    Returns
    -------
    DataFrame
        Figures of the union between 0 and 1 (domain.md, section 3: filed/due, on time/filed) for the
        indicators `organisations` and `organisations_on_time`. Inputs: what was counted, what was due.
    """
    there = counted[counted["indicator"] == "organisations_filed"]
    if there.empty:
        return figures.none()
    held = [
        (there.assign(indicator="organisations"), due),
        (counted[counted["indicator"] == "organisations_on_time"], there),
    ]
    told = [
        rows.merge(of[["id", *WINDOW, "point", "low", "high"]], on=WINDOW, suffixes=("", "_base"))
        for rows, of in held
    ]
    pairs = figures.stacked(*told)
    ratio = Bounded.of(pairs) / Bounded.of(pairs, "_base")
    return figures.finish(pairs, "completeness", ratio, ceiling=1.0, inputs=figures.pair(pairs))


def on_time(tables: Tables) -> pd.DataFrame:
    """Return the forms filled in for the period, the first of each organisation, with `on_time`.

    A form is in time until `completeness.due_days` days after the period's end (a setting).

    Returns
    -------
    DataFrame
        `organisation, state, filed, batch, origins, on_time`; the last is NA where no day is stated.
    """
    days = tables.settings["completeness"]["due_days"]
    due = pd.Timestamp(tables.period.end) + pd.Timedelta(days=days)
    forms = tables.current("filings")
    forms = forms[forms["state"] == "filled"].sort_values(["filed", "organisation"])
    forms = forms.assign(organisation=forms["organisation"].map(tables.member))
    forms = forms.drop_duplicates("organisation")
    kept = (forms["filed"] <= due).astype("boolean")
    return forms.assign(on_time=kept.mask(forms["filed"].isna()))
