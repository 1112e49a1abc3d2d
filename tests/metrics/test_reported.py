import pandas as pd
import pytest
from aqparat.metrics import reported, volume
from figured import due, of, only, told_by
from truth import text, unions


def test_who_has_a_figure_in_the_order_of_organisations(observed, members):
    frame = observed("""
        copies KUS   bilimdi-el 2017 60 more_than
        copies AKM   bilimdi-el 2017 0
        copies ZAI   bilimdi-el 2017 5
        copies CEN   bilimdi-el 2017 5
        copies TOTAL bilimdi-el 2017 500
    """)
    row = only(told_by(volume(frame, members, ["CEN"]), members))
    assert row["id"] == "reported.copies.TOTAL.bilimdi-el.2017"
    assert of(row) == (2, 2, 2)
    assert row["inputs"] == (
        "volume.organisations.TOTAL.any.2017",
        "volume.copies.AKM.bilimdi-el.2017",
        "volume.copies.KUS.bilimdi-el.2017",
    )
    assert row["origins"] == ()


def test_series_and_windows_apart(observed, members):
    frame = observed("""
        copies       KUS bilimdi-el 2017   1
        copies       KUS bilimdi-el 2016   1
        publications KUS bilimdi-el 2017   1
        publications KUS television 2017   1
        publications KUS bilimdi-el 2017-  1
        publications KUS bilimdi-el 2017H1 1
    """)
    found = told_by(volume(frame, members), members)
    assert len(found) == 6
    assert found["id"].is_unique
    n = [inputs[0].rsplit(".", 1)[1] for inputs in found["inputs"]]
    assert n == [i.rsplit(".", 1)[1] for i in found["id"]]  # N of the same window


def test_nobody_reported(observed, members):
    frame = observed("copies TOTAL bilimdi-el 2017 500\ncopies ZAI bilimdi-el 2017 3")
    assert told_by(volume(frame, members), members).empty


@pytest.mark.parametrize("suffix", ["_component", "_score"])
def test_of_what_is_no_volume(observed, members, suffix):
    volumes = volume(observed("trained KUS . 2017H1 1"), members)
    row = only(told_by(volumes, members, suffix))
    assert row["id"] == f"reported.trained{suffix}.TOTAL.any.2017H1"


def test_a_window_without_n_has_none(observed, members):
    volumes = volume(observed("copies KUS bilimdi-el 2016 1\ncopies KUS bilimdi-el 2017 1"), members)
    found = reported(volumes, members, due(volumes[volumes["start"].dt.year == 2017], members))
    assert found["start"].dt.year.to_list() == [2017]


def test_who_was_a_member_then(observed):
    frame = observed("copies YUZ bilimdi-el 2018 1\ncopies YUZ bilimdi-el 2019 1")
    windows = frame[["start", "end"]]
    told = windows.assign(organisation=["YUZ", "TUR"])
    volumes = volume(frame, pd.Index([]))
    found = reported(volumes, told, due(volumes, ["YUZ"]))
    assert found["start"].dt.year.to_list() == [2018]


def test_as_many_as_say_anything(observed, members):
    drawn = unions()
    found = told_by(volume(observed(text(drawn)), members), members)
    assert len(found) > 40
    for row in found.itertuples():
        lines = drawn[row.start.year].lines
        assert row.value == sum(line.split()[1] in members for line in lines)
