"""Where organisations stand by the activity index, and how sure that is."""

from dataclasses import replace

import pytest
from aqparat.sections.standing import Classes, Place, Standing


@pytest.fixture
def place(facts):
    """Give a place: `place("KUS", 1, 1, 2)`: the rank and its band."""
    fact = replace(facts["volume.publications.TOTAL.union-site.2017H1"], unit="rank", metric="rank")

    def place(code, rank, best, worst):
        own = replace(fact, organisation=code, value=rank, low=rank, high=rank)
        return Place(
            replace(own, unit="index"), replace(own, interval_low=best, interval_high=worst), None, {}
        )

    return place


def test_first_for_sure_is_who_is_first_with_all_weights(place):
    second = place("AKM", 2, 2, 3)
    assert Standing([place("KUS", 1, 1, 1), second], [], 8).is_sure
    assert not Standing([place("KUS", 1, 1, 2), second], [], 8).is_sure
    assert not Standing([place("KUS", 1, 1, 1), place("AST", 1, 1, 1)], [], 8).is_sure


def test_who_is_first_for_sure_is_not_told_twice(place):
    sure = Standing([place("KUS", 1, 1, 1), place("AKM", 2, 2, 2), place("AST", 3, 3, 8)], [], 8)
    assert sure.ahead == ["AKM"]


def test_quarters_hold_the_whole_band(place):
    section = Standing(
        [place("KUS", 1, 1, 2), place("AST", 2, 1, 3), place("AKM", 5, 2, 6), place("UST", 8, 7, 8)], [], 8
    )
    assert section.ahead == ["KUS"]
    assert section.behind == ["UST"]
    assert [p.organisation for p in section.open] == ["AKM"]  # five of eight ranks


def test_a_class_is_told_only_where_it_is_sure(facts):
    fact = facts["volume.publications.TOTAL.union-site.2017H1"]
    bounds = {"KUS": (5, 5), "AST": (4, 5), "AKM": (2, 2), "UST": (1, 1), "PAR": (1, 2)}
    levels = {code: replace(fact, low=low, high=high) for code, (low, high) in bounds.items()}
    section = Classes(dict.fromkeys(bounds), levels)
    assert (section.high, section.low, section.is_open) == (["KUS"], ["UST"], True)
