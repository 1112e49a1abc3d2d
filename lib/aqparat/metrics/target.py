"""Target: the number that a measure is to bring its indicator to, as the measure's row states it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.measures import in_order
from aqparat.metrics import figures
from aqparat.period import Window


def target_id(code: str, indicator: str, organisation: str, window: Window) -> str:
    """Return the id of a measure's target: its code stands where other facts name an outlet.

    Points part an id, so those of the code become colons, which no code has.
    """
    return f"target.{indicator}.{organisation}.{code.replace('.', ':')}.{window.code}"


def target(shown: pd.DataFrame, measures: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Return the targets of the measures that a report shows.

    Parameters
    ----------
    shown : DataFrame
        Those measures, a row each (`aqparat.data.measures.shown`).
    measures : DataFrame
        Prepared rows of all batches.
    window : Window
        Of the report: the measures are those in force in it.

    Returns
    -------
    DataFrame
        Figures in the unit of the indicator, a figure a measure that names an indicator and a target:
        counted, from the row that states the number, which may be one of an earlier batch.
    """
    told = shown[shown["target"].notna() & shown["indicator"].ne("")]
    if told.empty:
        return figures.none()
    stated = _stated(measures)
    rows = told.assign(
        start=np.datetime64(window.start, "us"),
        end=np.datetime64(window.end, "us"),
        origins=[tuple(stated[code]) for code in told["code"]],
        outlet="",
        channel="",
    )
    found = figures.finish(rows, "target", Bounded.exact(told["target"]), floor=-np.inf)
    about = zip(told["code"], told["indicator"], told["organisation"], strict=True)
    return found.assign(id=[target_id(*which, window) for which in about])


def _stated(measures: pd.DataFrame) -> dict[str, list[str]]:
    """Return of each measure the origins of the row that first states the target it has now."""
    told = in_order(measures).dropna(subset=["target"])
    anew = told["target"].ne(told.groupby("code")["target"].shift())
    last = told[anew].drop_duplicates("code", keep="last")
    return dict(zip(last["code"], last["origins"], strict=True))
