import math
import operator

import numpy as np
import pytest
from aqparat.bounds import Bounded
from aqparat.data.schemas import QUALIFIERS
from hypothesis import given
from hypothesis import strategies as st

INF, NAN = math.inf, math.nan
UNKNOWN = Bounded.stated(NAN)


@st.composite
def intervals(draw, least=-1e6):
    """Give bounds (perhaps open above) and a true value between them."""
    low, truth, high = sorted(draw(st.floats(least, 1e6)) for _ in range(3))
    high = draw(st.sampled_from([high, INF]))
    return Bounded(np.asarray(NAN), np.asarray(low), np.asarray(high)), truth


def holds(bounds, truth):
    slack = 1e-9 * max(1.0, abs(truth))
    return bounds.low - slack <= truth <= bounds.high + slack


def triple(bounds):
    return tuple(float(x) for x in (bounds.value, bounds.low, bounds.high))


@given(intervals(), intervals(), st.sampled_from([operator.add, operator.sub, operator.mul]))
def test_the_true_result_lies_within_the_bounds(a, b, operation):
    assert holds(operation(a[0], b[0]), operation(a[1], b[1]))


@given(intervals(), intervals(least=0))
def test_the_true_quotient_lies_within_the_bounds(a, b):
    if b[1] > 1e-9:
        assert holds(a[0] / b[0], a[1] / b[1])


@given(intervals(least=0), st.floats(0.1, 3))
def test_the_true_power_lies_within_the_bounds(a, exponent):
    assert holds(a[0] ** exponent, a[1] ** exponent)


@given(st.lists(intervals(), min_size=1, max_size=5))
def test_the_true_sum_lies_within_the_bounds(parts):
    low, high = ([getattr(bounds, side) for bounds, _ in parts] for side in ("low", "high"))
    total = Bounded(np.full(len(parts), NAN), np.array(low), np.array(high)).sum()
    assert holds(total, math.fsum(truth for _, truth in parts))


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_exact_numbers_stay_exact(a, b):
    for operation in (operator.add, operator.sub, operator.mul, operator.truediv):
        assert triple(operation(Bounded.exact(a), b)) == (operation(a, b),) * 3


@pytest.mark.parametrize(
    "operation",
    [operator.add, operator.sub, operator.mul, operator.truediv],
    ids=lambda o: o.__name__,
)
@pytest.mark.parametrize("other", [0.0, 2.0])
def test_unknown_stays_unknown(operation, other):
    for result in (operation(UNKNOWN, other), operation(Bounded.exact(other), UNKNOWN)):
        assert np.isnan(triple(result)).all()
        assert not result.known
        assert result.qualifiers()[()] is None
    assert np.isnan(triple(UNKNOWN**0.5)).all()


def test_a_sum_with_an_unknown_part_is_unknown():
    assert not Bounded.stated([1, NAN]).sum().known


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("exact", (60, 60, 60)),
        ("more_than", (NAN, 61, INF)),
        ("at_least", (NAN, 60, INF)),
        ("at_most", (NAN, 0, 60)),
        ("less_than", (NAN, 0, 59)),
        ("about", (60, 57, 63)),
    ],
)
def test_bounds_of_a_stated_count(qualifier, expected):
    assert triple(Bounded.stated(60, qualifier)) == pytest.approx(expected, nan_ok=True)


def test_the_margin_of_about_can_be_set():
    assert triple(Bounded.stated(100, "about", margin=0.2)) == (100, 80, 120)


def test_zero_reported_is_a_value_and_null_is_not():
    assert triple(Bounded.stated(0)) == (0, 0, 0)
    for qualifier in QUALIFIERS:
        assert np.isnan(triple(Bounded.stated(NAN, qualifier))).all()


@given(st.integers(0, 10**6), st.integers(0, 10**4), st.sampled_from(QUALIFIERS))
def test_a_true_statement_has_the_truth_within_its_bounds(truth, gap, qualifier):
    stated = {
        "more_than": truth - 1 - gap,
        "at_least": truth - gap,
        "at_most": truth + gap,
        "less_than": truth + 1 + gap,
    }.get(qualifier, truth)
    if stated >= 0:
        assert holds(Bounded.stated(stated, qualifier), truth)


def test_arrays_take_one_qualifier_each():
    bounds = Bounded.stated([60, 90, NAN], ["more_than", "exact", "exact"])
    np.testing.assert_array_equal(bounds.low, [61, 90, NAN])
    np.testing.assert_array_equal(bounds.high, [INF, 90, NAN])
    np.testing.assert_array_equal(bounds.known, [True, True, False])


@pytest.mark.parametrize(
    ("bounds", "floor", "ceiling", "expected"),
    [
        ((5, 5, 5), 0, INF, "exact"),
        ((5, 4, 6), 0, INF, "about"),
        ((NAN, 4, 6), 0, INF, "about"),
        ((NAN, 4, INF), 0, INF, "at_least"),
        ((NAN, 0, 6), 0, INF, "at_most"),
        ((NAN, -1, 1.557), -1, INF, "at_most"),
        ((NAN, 0, 0), 0, INF, "exact"),
        ((NAN, 0.2, 1), 0, 1, "at_least"),
        ((NAN, 0, 1), 0, 1, None),
        ((NAN, 0, INF), 0, INF, None),
        ((NAN, NAN, NAN), 0, INF, None),
    ],
)
def test_how_a_computed_number_is_worded(bounds, floor, ceiling, expected):
    assert Bounded(*(np.array([x], float) for x in bounds)).qualifiers(floor, ceiling) == [expected]


def test_a_count_is_worded_from_nothing_to_any_number():
    assert Bounded.stated([1, 1, 0], ["at_least", "at_most", "at_least"]).qualifiers().tolist() == [
        "at_least", "at_most", None,
    ]  # fmt: skip


def test_more_than_sixty_leaves_only_a_limit_of_growth():
    grown = Bounded.stated(156) / Bounded.stated(60, "more_than") - 1
    assert triple(grown) == pytest.approx((NAN, -1, 156 / 61 - 1), nan_ok=True)


def test_division_by_zero():
    assert not (Bounded.exact(5) / Bounded.exact(0)).known
    assert triple(Bounded.exact(0) / Bounded(*map(np.asarray, (2.0, 0.0, 5.0)))) == (0, 0, 0)
    assert triple(Bounded.exact(5) / Bounded(*map(np.asarray, (0.0, 0.0, 5.0)))) == pytest.approx(
        (NAN, 1, INF), nan_ok=True
    )
    assert triple(Bounded.exact(6) / Bounded.stated(3, "at_most")) == pytest.approx(
        (NAN, 2, INF), nan_ok=True
    )


def test_none_of_something_unlimited_is_none():
    none, many = Bounded.exact(0), Bounded.stated(60, "at_least")
    assert triple(none * many)[1:] == triple(many * none)[1:] == (0, 0)
    assert triple(Bounded.exact(2) * many)[1:] == (120, INF)


@pytest.mark.filterwarnings("error")
def test_limits_are_taken_without_a_warning():
    bounds = np.array([NAN, 0.0, 1.0, INF])
    points = np.where(np.isinf(bounds), NAN, bounds)
    numbers, others = (
        Bounded(*(x.reshape(shape) for x in (points, bounds, bounds))) for shape in (-1, (-1, 1))
    )
    assert (numbers * others).known.sum() == 9
    assert (numbers / others).known.sum() == 6  # nothing is divided by what is certainly zero


@pytest.mark.filterwarnings("error")
def test_what_has_one_bound_only_is_known_and_what_has_two_is_not():
    low, high = np.array([3, 1, -5, INF, NAN]), np.array([3, 1 + 1e-13, 5, INF, NAN])
    settled = Bounded(np.full(5, NAN), low, high).settled()
    np.testing.assert_array_equal(settled.value, [3, 1, NAN, NAN, NAN])
    np.testing.assert_array_equal(settled.low, low)
    np.testing.assert_array_equal(settled.high, [3, 1, 5, INF, NAN])


def test_numbers_are_floats_however_they_are_given():
    for bounds in (Bounded.exact([1, 2]), Bounded.of({"point": [1], "low": [1], "high": [1]})):
        assert {column.dtype for column in bounds.columns().values()} == {np.dtype(float)}


def test_what_is_bounded_on_one_side_only_by_nothing_is_not_known():
    assert not Bounded(*map(np.asarray, (NAN, 3.0, NAN))).known
    assert not Bounded(*map(np.asarray, (NAN, NAN, 3.0))).known


def test_bounds_are_cut_to_what_is_possible():
    cut = Bounded.stated([60, 5], ["at_least", "exact"]).within(0, 100)
    np.testing.assert_array_equal(cut.high, [100, 5])
    np.testing.assert_array_equal(cut.low, [60, 5])
    np.testing.assert_array_equal(cut.value, [NAN, 5])


def test_where_leaves_the_rest_unknown():
    kept = Bounded.exact([1, 2]).where([True, False])
    np.testing.assert_array_equal(kept.known, [True, False])


def test_columns_and_back():
    bounds = Bounded.stated([60, 90], ["more_than", "exact"])
    frame = {f"{name}_base": column for name, column in bounds.columns().items()}
    again = Bounded.of(frame, "_base")
    for side in ("value", "low", "high"):
        np.testing.assert_array_equal(getattr(again, side), getattr(bounds, side))


def test_what_is_known_by_its_bounds_alone_has_a_value_where_they_meet():
    known = Bounded.between([1, 2], [1, 3])
    np.testing.assert_array_equal(known.value, [1, np.nan])
    assert (known.low.tolist(), known.high.tolist()) == ([1, 2], [1, 3])
    assert known.high.dtype == float  # as of all others


def test_what_is_known_exactly_is_the_value():
    """Of "at most 0" and "less than 1" there is one count; a part of 0 is 0 of any whole."""
    none = Bounded.stated([0, 1], ["at_most", "less_than"])
    np.testing.assert_array_equal(none.value, [0, 0])
    part = (Bounded.exact(0) / Bounded.stated(60, "more_than")).settled()
    assert triple(part) == (0, 0, 0)
    assert triple(Bounded.stated(60, "more_than").settled()) == pytest.approx((NAN, 61, INF), nan_ok=True)
    assert triple(Bounded(*map(np.array, (NAN, -INF, INF))).settled()) == pytest.approx(
        (NAN, -INF, INF), nan_ok=True
    )
