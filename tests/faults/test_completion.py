"""What is told of a union of which not all is known is true of it, whatever the rest may be.

Theory: every bound of a figure holds the figure; interval arithmetic keeps that through each formula
(R. E. Moore, 1966, Interval Analysis: F(X) ⊇ {f(x) : x ∈ X}); and what is not reported enters as any count
there may be. So for each way of filling in what is unknown, the number computed from all of it lies within
the bounds computed from what was reported. The unknown is drawn: a whole union first, then what is handed in.
"""

from __future__ import annotations

from functools import cache

import pytest
from source import Source, chance_contains, contains, near
from widening import EXEMPT, is_exempt, rests_on_other_members
from worlds import completed, hidden, world

# Where nothing is left out and only bounds are stated, these are of the same organisations in both.
ONLY_BOUNDS = {"risen", "fallen", "within_95", "pooled_rate", "limit_95", "limit_998", "reported"}


@cache
def truth(seed: int):
    known = world(seed)
    return known, known.facts()


def untrue(told, true, is_all_there: bool = False):
    """Give what is told, with bounds that do not hold the truth or a value outside them."""
    found, held = {}, 0
    for fact in told:
        held += 1
        value, is_number = fact.value, fact.qualifier in ("exact", "about")
        if (
            is_number
            and value is not None
            and not (fact.least <= value <= fact.most or near(value, fact.least) or near(value, fact.most))
        ):
            found[fact.id] = "value outside its bounds", (value, fact.low, fact.high)
        if fact.qualifier == "exact" and (value is None or fact.low != fact.high):
            found[fact.id] = "exact without a value", (value, fact.low, fact.high)
        if fact.id not in true or (is_exempt(fact) and not (is_all_there and fact.metric in ONLY_BOUNDS)):
            continue
        real = true[fact.id]
        # the band of ranks is what other weights make of the value, not what may be
        is_held = contains(fact, real) and (fact.metric == "rank" or chance_contains(fact, real))
        if not is_held and not rests_on_other_members(fact, true, told):
            found[fact.id] = "the truth outside", (fact.low, fact.high, real.low, real.high)
    return found, held


def hold(worlds, ways, tried, **hiding):
    for seed in worlds:
        known, true = truth(seed)
        for way in ways:
            found, held = untrue(hidden(known, way, **hiding).facts(), true, is_all_there=bool(hiding))
            assert found == {}, f"world {seed}, way {way}"
            assert held > 100
            tried("relation: only bounds" if hiding else "relation: not all handed in")


def test_a_union_of_which_not_all_is_handed_in(tried):
    hold([1], range(2), tried)


def test_a_union_of_which_some_is_handed_in_with_bounds(tried):
    hold([1], [0], tried, gone=0.0)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(100, 108))
def test_unions_of_which_not_all_is_handed_in(tried, seed):
    hold([seed], range(3), tried)
    hold([seed], range(2), tried, gone=0.0)


def held_in(source: Source, seeds, tried):
    """Fill in what a source leaves open, and look whether what was told of it is true."""
    told = source.facts()
    for seed in seeds:
        found, _ = untrue(told, completed(source, seed).facts())
        assert found == {}, f"completion {seed}"
        tried("relation: filled in")


def test_the_published_half_filled_in(tried):
    held_in(Source.published(), [0], tried)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(10))
def test_the_published_half_filled_in_in_many_ways(tried, seed):
    held_in(Source.published(), [seed], tried)


def test_every_exemption_has_a_reason():
    assert all(EXEMPT.values()) and set(EXEMPT) >= ONLY_BOUNDS
