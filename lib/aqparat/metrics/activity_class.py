"""The class of an organisation by its activity index: five equal steps, for a map."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aqparat.bounds import Bounded, Numbers
from aqparat.metrics import figures

CLASSES = 5
_STEP = 100 / CLASSES


def activity_class(indices: pd.DataFrame) -> pd.DataFrame:
    """Return the class of each index from 1 to 5: 0-20, above 20-40, …, above 80-100.

    Parameters
    ----------
    indices : DataFrame
        Figures as `activity_index` gives them.

    Returns
    -------
    DataFrame
        Figures of the indicator `activity`: the class of the value; its bounds are the classes of the bounds.
        Inputs: the index.
    """
    if indices.empty:
        return figures.none()
    index = Bounded.of(indices)
    bounds = Bounded(_class(index.value), _class(index.low), _class(index.high))
    return figures.finish(
        indices, "activity_class", bounds, floor=1.0, ceiling=CLASSES, inputs=figures.pair(indices, "id")
    )


def _class(index: Numbers) -> Numbers:
    """Return the class; an edge belongs to the lower one, and 0 to the first."""
    return np.maximum(np.ceil(np.round(index / _STEP, 9)), 1.0)
