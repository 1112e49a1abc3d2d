"""Restructured organisations: the unit that two windows have in common."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.membership import units
from aqparat.metrics import figures
from aqparat.metrics.figures import KEY, SERIES


def common_units(
    volumes: pd.DataFrame, organisations: pd.DataFrame, stocks: Collection[str] = ()
) -> pd.DataFrame:
    """Add the figures of organisations that were split or merged, put together to one unit.

    A unit has the code of the one organisation that is the whole of it: the predecessor of a split
    (TUR and SHY of 2019 under YUZ), the successor of a merger or a change of name (SEM of 2021 under
    ABA). Its own figure stands; else the others' sum does, a lower bound where one of them did not
    report. A year in which it was changed is the sum of its halves.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.
    organisations : DataFrame
        The reference table by code, with `successors` (lists of codes).
    stocks : collection of str
        Indicators that two halves of a year do not add up for.

    Returns
    -------
    DataFrame
        Figures with `parts`: the codes a figure is put together from, its own for all others; of those
        put together `inputs` are the figures of the parts, in the order of organisations.csv, or the halves
        of the year. Meant for comparing two windows (`growth`, `contribution`, `rate_ratio`), which leave a
        unit out where both windows have the same parts of it.
    """
    own = volumes.assign(parts=volumes["organisation"])
    own = own[~_united(own, organisations)]
    rows = own.merge(units(organisations).reset_index(names="place"), on="organisation")
    if rows.empty:
        return own
    rows = rows.sort_values("place", kind="stable")
    joined = _new(_sum(rows.assign(organisation=rows["unit"])), own)
    known = figures.stacked(own[own["organisation"].isin(joined["organisation"])], joined)
    halves = known[(figures.kind(known) == "half") & ~known["indicator"].isin(list(stocks))]
    if len(halves) < 2:  # no year: soon seen, of what is asked again and again
        return figures.stacked(own, joined)
    year = halves["start"].dt.year
    both = halves.groupby([*SERIES, year])["low"].transform("size") == 2
    halves = halves[both].sort_values("start", kind="stable")
    year = year[halves.index].astype(str)
    years = halves.assign(
        start=pd.to_datetime(year + "-01-01").astype(halves["start"].dtype),
        end=pd.to_datetime(year + "-12-31").astype(halves["end"].dtype),
        size=2,
    )
    return figures.stacked(own, joined, _new(_sum(years), known))


def _united(own: pd.DataFrame, organisations: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which figures are put together already from those of others: they are again, to have `parts`."""
    of_units = own[own["organisation"].isin(units(organisations)["unit"])]
    whose = own.set_index("id")["organisation"].to_dict()
    inputs = of_units["inputs"].explode().dropna()
    others = inputs.map(whose).ne(of_units["organisation"].reindex(inputs.index))
    return own.index.isin(inputs.index[others])


def _new(figures_: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that are not known yet."""
    return figures_[~figures_["id"].isin(known["id"])]


def _sum(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum rows by key; open above where there are fewer than the `size` says."""
    _, places = figures.grouped(rows, KEY)
    codes = rows["parts"].tolist()
    told = [" ".join(sorted({code for place in own for code in codes[place].split()})) for own in places]
    summed = figures.added(rows.rename(columns={"size": "due"}), KEY).assign(parts=told)
    missing = summed["size"] < summed["due"]
    bounds = Bounded(
        summed["point"].mask(missing).to_numpy(),
        summed["low"].to_numpy(),
        np.where(missing, np.inf, summed["high"]),
    )
    return figures.finish(summed, "volume", bounds, keep=["parts"])
