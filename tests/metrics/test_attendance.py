import pandas as pd
import pytest
from aqparat.metrics.attendance import attendance, days
from aqparat.period import Period
from figured import of, only

PERIOD = Period.parse("2017H2")


@pytest.fixture
def held():
    def build(*rows):
        columns = ["organisation", "kind", "start", "end", "participants", "qualifier"]
        frame = pd.DataFrame(rows, columns=columns)
        frame = frame.assign(
            **{c: pd.to_datetime(frame[c]).astype("datetime64[us]") for c in ("start", "end")}
        )
        return frame.assign(origins=[[f"activities.csv#{n}"] for n in range(2, len(rows) + 2)])

    return build


def test_each_activity_has_its_participants_on_its_days(held):
    found = attendance(held(("AKT", "seminar", "2017-09-14", "2017-09-15", 100.0, "about")), PERIOD, 0.25)
    row = found.iloc[0]
    assert row["id"] == "volume.seminar_participants.AKT.any.2017-09-14_2017-09-15"
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (100, 75, 125, "about")
    assert (row["outlet"], row["channel"], row["inputs"]) == ("", "", ())
    assert list(row["origins"]) == ["activities.csv#2"]


def test_a_bound_stays_as_it_was_stated(held):
    row = attendance(held(("AKT", "briefing", "2017-09-14", None, 60.0, "more_than")), PERIOD, 0.05).iloc[0]
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (60, 61, float("inf"), "more_than")


def test_those_on_the_same_days_add_up_with_their_bounds(held):
    row = attendance(
        held(
            ("AKT", "seminar", "2017-09-14", None, 30.0, ""),
            ("AKT", "seminar", "2017-09-14", "2017-09-14", 60.0, "more_than"),
        ),
        PERIOD,
        0.05,
    ).iloc[0]
    assert row["id"] == "volume.seminar_participants.AKT.any.2017-09-14_2017-09-14"
    assert (row["low"], row["high"], row["qualifier"]) == (91, float("inf"), "at_least")
    assert list(row["origins"]) == ["activities.csv#2-3"]
    assert row["inputs"] == ()


def test_without_days_they_are_of_the_period(held):
    rows = held(("AKT", "seminar", None, None, 30.0, ""), ("KUS", "seminar", None, None, None, ""))
    row = only(attendance(rows, PERIOD, 0.05))
    assert row["id"] == "volume.seminar_participants.AKT.any.2017H2"
    assert (*of(row), row["qualifier"]) == (30, 30, 30, "exact")  # where it is not said how exact they are


def test_the_last_day_alone_is_a_day():
    day = pd.Timestamp("2017-09-15")
    assert days(pd.NaT, day) == days(day, pd.NaT) == days(day, day)
    assert days(pd.NaT, pd.NaT) is None
