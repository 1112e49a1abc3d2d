"""What the metrics of organisations are given besides volumes: N of each window, and who has reported."""

import pandas as pd
from aqparat.bounds import Bounded
from aqparat.metrics import figures, reported

NONE = pd.Index([])  # no member organisations: nothing is summed over them


def due(frame, members):
    """Give the figures of N, one a window of a frame of figures or observations."""
    windows = frame[figures.WINDOW].drop_duplicates(ignore_index=True)
    told = windows.assign(
        indicator="organisations",
        organisation="TOTAL",
        outlet="",
        channel="",
        origins=[["organisations.csv#2-5"]] * len(windows),
    )
    return figures.finish(told, "volume", Bounded.exact([float(len(members))] * len(told)))


def told_by(frame, members, suffix=""):
    """Give the figures of who has reported, as the metrics that compare organisations take them."""
    return reported(frame, members, due(frame, members), suffix)


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def of(row, *numbers):
    """Give the numbers of a figure or fact: value, low and high by default."""
    return tuple(getattr(row, name) for name in numbers or ("value", "low", "high"))
