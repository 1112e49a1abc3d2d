import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import activity_class, figures
from figured import of, only


def index(value, low=None, high=None):
    """Give the index of an organisation as a frame of figures."""
    day = pd.Timestamp("2017-01-01")
    told = {
        "id": "activity_index.activity.KUS.any.2017H1", "indicator": "activity", "organisation": "KUS",
        "outlet": "", "channel": "", "start": day, "end": pd.Timestamp("2017-06-30"),
        "point": value, "low": value if low is None else low, "high": value if high is None else high,
    }  # fmt: skip
    return pd.DataFrame([told]).astype(dict.fromkeys(figures.WINDOW, "datetime64[us]"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, 1), (19.99, 1), (20, 1), (20.0000000000004, 1),  # an edge is the lower one's, and so is its noise
        (20.01, 2), (40, 2), (59.9, 3), (60, 3), (80, 4), (80.1, 5), (100, 5),
    ],
)  # fmt: skip
def test_five_equal_steps(value, expected):
    row = only(activity_class(index(value)))
    assert of(row) == (expected, expected, expected)
    assert row["inputs"] == ("activity_index.activity.KUS.any.2017H1",)


def test_the_classes_of_the_bounds_are_its_bounds():
    row = only(activity_class(index(45.0, 30.0, 70.0)))
    assert (of(row), row["qualifier"]) == ((3, 2, 4), "about")
    assert activity_class(index(np.nan, 0.0, 100.0)).empty
