"""Measures over the periods: the latest word, and what an earlier one has said."""

import pandas as pd
import pytest
from aqparat.data.measures import carried, latest


@pytest.fixture
def told():
    """Give two measures, the later word first, as files may come in any order."""
    rows = [
        ("M-1", "2017H2", "", float("nan"), pd.NaT, "done"),
        ("M-1", "2017H1", "copies", 900.0, pd.Timestamp(2017, 12, 1), "planned"),
        ("M-2", "2017H1", "", float("nan"), pd.NaT, "planned"),
        ("M-2", "2017H2", "members", 10.0, pd.Timestamp(2018, 3, 1), "under_way"),
    ]
    return pd.DataFrame(rows, columns=["code", "batch", "indicator", "target", "due", "status"])


def test_what_a_later_word_leaves_empty_is_as_before(told):
    now = carried(told)
    assert list(now.index) == list(told.index)
    first = now.iloc[0]
    assert (first["indicator"], first["target"], first["due"]) == ("copies", 900, pd.Timestamp(2017, 12, 1))
    assert first["status"] == "done"


def test_nothing_is_taken_from_a_later_word_or_another_measure(told):
    before = carried(told).iloc[2]
    assert before["indicator"] == ""
    assert pd.isna(before["target"]) and pd.isna(before["due"])


def test_the_latest_word_stands_by_due_day(told):
    found = latest(carried(told))
    assert found[["code", "status"]].to_numpy().tolist() == [["M-1", "done"], ["M-2", "under_way"]]


def test_those_of_one_day_stand_as_they_were_first_handed_in(told):
    """Not by their codes, of which M-10 would stand before M-2."""
    alike = told.iloc[[2, 3]].assign(code=["M-2", "M-10"], batch="2017H1", due=pd.Timestamp(2018, 3, 1))
    later = alike.iloc[:1].assign(batch="2017H2", status="done")
    assert latest(pd.concat([later, alike], ignore_index=True))["code"].tolist() == ["M-2", "M-10"]


def test_without_measures_there_are_none(told):
    assert carried(told.head(0)).empty
    assert latest(told.head(0)).empty
