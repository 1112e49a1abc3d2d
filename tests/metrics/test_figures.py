"""The frame of figures: kinds of windows, groups, and no figures at all."""

import numpy as np
import pandas as pd
import pytest
from aqparat.bounds import Bounded
from aqparat.metrics import figures


def windows(*days):
    return pd.DataFrame(days, columns=["start", "end"]).astype("datetime64[us]")


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2017-01-01", "2017-12-31", "year"),
        ("2017-01-01", "2017-06-30", "half"),
        ("2016-07-01", "2016-12-31", "half"),
        ("2017-01-01", None, "open"),
        ("2017-07-01", "2018-12-31", "other"),  # a half ends in its own year
        ("2016-01-01", "2017-12-31", "other"),
        ("2017-07-02", "2017-12-31", "other"),
    ],
)
def test_the_kind_of_a_window(start, end, kind):
    assert figures.kind(windows((start, end))).tolist() == [kind]


def test_groups_are_numbered_as_they_first_come_and_windows_without_an_end_are_alike():
    rows = windows(("2017-01-01", None), ("2016-01-01", None), ("2017-01-01", None)).assign(outlet="a")
    numbers, places = figures.grouped(rows, ["outlet", "start", "end"])
    assert (numbers.tolist(), places) == ([0, 1, 0], [[0, 2], [1]])


def test_members_are_found_whatever_unit_a_frame_counts_its_days_in():
    members = windows(("2017-01-01", "2017-06-30"), ("2017-01-01", "2017-06-30")).assign(
        organisation=["A", "B"]
    )
    rows = windows(("2017-01-01", "2017-06-30"), ("2016-01-01", "2016-06-30")).assign(organisation="B")
    found = figures.among(rows.astype({"start": "datetime64[ns]", "end": "datetime64[ns]"}), members)
    assert found["order"].tolist()[0] == 1 and np.isnan(found["order"][1])
    assert found["n"].tolist()[0] == 2 and np.isnan(found["n"][1])


def test_no_figures_have_the_columns_and_kinds_of_figures(observed):
    from aqparat.metrics.volume import volume

    some = volume(observed("publications KUS union-site 2017H1 3"), pd.Index(["KUS"]))
    nothing = figures.finish(some[:0], "volume", Bounded.exact([]))
    assert nothing.empty and list(nothing.columns) == figures.COLUMNS == list(some.columns)
    assert nothing[figures.WINDOW].dtypes.tolist() == some[figures.WINDOW].dtypes.tolist()
    nothing["id"] = []  # no one else has it then
    assert list(figures.none().columns) == figures.COLUMNS
