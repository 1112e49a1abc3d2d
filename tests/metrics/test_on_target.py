import numpy as np
import pytest
from aqparat.metrics import on_target, penetration, reported, volume
from figured import due, of, only

COPIES = """
    copies  AKM bilimdi-el 2017 30
    copies  AKT bilimdi-el 2017 20
    copies  ATY bilimdi-el 2017 10
    members AKM .          2017 3000
    members AKT .          2017 1000
    members ATY .          2017 2000
    members KUS .          2017 2000
"""  # 1, 2 and 0.5 for 100 members


def reaching(frame, members, target=1.0):
    rates = penetration(volume(frame, members, stocks=["copies", "members"]))
    told = reported(rates, members, due(frame, members), "_penetration")
    return on_target(rates, told, members, target, "_penetration")


def test_just_the_target_is_enough_and_all_are_counted(observed, members):
    row = only(reaching(observed(COPIES + "copies KUS bilimdi-el 2017 19\n"), members))
    assert (of(row), row["qualifier"]) == ((2, 2, 2), "exact")
    assert row["id"] == "on_target.copies.TOTAL.bilimdi-el.2017"
    assert row["inputs"] == ("reported.copies_penetration.TOTAL.bilimdi-el.2017",)


def test_who_is_unknown_may_reach_it(observed, members):
    row = only(reaching(observed(COPIES), members))
    assert (row["low"], row["high"], row["qualifier"]) == (2, 3, "about")
    assert np.isnan(row["value"])


@pytest.mark.parametrize(
    ("said", "expected"), [("20 at_least", (3, 3)), ("19 at_most", (2, 2)), ("20 about", (2, 3))]
)
def test_a_bound_may_say_enough(observed, members, said, expected):
    row = only(reaching(observed(COPIES + f"copies KUS bilimdi-el 2017 {said}\n"), members))
    assert (row["low"], row["high"]) == expected


@pytest.mark.parametrize(("target", "count"), [(0.5, 3), (2, 1), (2.1, 0)])
def test_the_target_is_a_setting(observed, members, target, count):
    row = only(reaching(observed(COPIES + "copies KUS bilimdi-el 2017 0\n"), members, target))
    assert of(row) == (count, count, count)


def test_of_many_unknown_a_lower_bound_is_left(observed, members):
    frame = observed("copies AKM bilimdi-el 2017 30\nmembers AKM . 2017 3000")
    row = only(reaching(frame, members))
    assert (row["low"], row["high"], row["qualifier"]) == (1, 4, "at_least")
