import numpy as np
import pytest
from aqparat.metrics import penetration, volume
from figured import NONE, only


def penetrated(frame):
    return penetration(volume(frame, NONE, stocks=["copies", "members"]))


def test_copies_per_hundred_members(observed):
    frame = observed("""
        copies  KUS bilimdi-el 2017 571
        members KUS .          2017 28550
        members AKT .          2017 100
    """)
    row = only(penetrated(frame))
    assert row["value"] == pytest.approx(2)
    assert row["id"] == "penetration.copies.KUS.bilimdi-el.2017"
    assert row["inputs"] == ("volume.copies.KUS.bilimdi-el.2017", "volume.members.KUS.any.2017")


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        (["2016 1000", "2017H1 2000", "2018H1 4000"], 5),
        (["2018H1 4000"], None),
        (["2017- 2000"], None),
        (["2016 0"], None),
    ],
    ids=["last before the end", "only later", "no stated end", "none"],
)
def test_members_are_those_last_reported_by_the_end(observed, reported, expected):
    lines = ["copies KUS bilimdi-el 2017 100", *(f"members KUS . {line}" for line in reported)]
    found = penetrated(observed("\n".join(lines)))
    assert found["value"].to_list() == ([expected] if expected else [])


def test_rounded_members_leave_a_range(observed):
    frame = observed("copies KUS bilimdi-el 2017 100\nmembers KUS . 2017 1000 about")
    row = only(penetrated(frame))
    assert row["value"] == 10
    assert (row["low"], row["high"]) == pytest.approx((100 / 10.5, 100 / 9.5))


def test_more_than_so_many_members(observed):
    frame = observed("copies KUS bilimdi-el 2017 100\nmembers KUS . 2017 999 more_than")
    row = only(penetrated(frame))
    assert (row["high"], row["qualifier"], np.isnan(row["value"])) == (10, "at_most", True)


def test_without_members_there_is_none(observed):
    assert penetrated(observed("copies KUS bilimdi-el 2017 100")).empty


def test_members_of_windows_that_the_report_is_not_about(observed):
    volumes = volume(observed("copies KUS bilimdi-el 2017 20\nmembers KUS . 2012 1000"), NONE)
    now, people = volumes[volumes["indicator"] == "copies"], volumes[volumes["indicator"] == "members"]
    row = only(penetration(now, people))
    assert (row["value"], row["inputs"][1]) == (2, "volume.members.KUS.any.2012")
    assert penetration(now).empty
