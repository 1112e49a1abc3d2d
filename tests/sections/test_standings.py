from dataclasses import replace

import pytest
from aqparat.sections.funnel import Standing, standing

LIMIT = {"value": 1.0, "low": 1.0, "high": 1.0, "interval_low": 0.4, "interval_high": 1.8}
INF = None


@pytest.fixture
def stand(facts):
    """Give how a rate between two bounds stands to limits."""
    one = next(iter(facts))

    def of(low, high, /, **changed):
        rate = replace(one, low=low, high=high, interval_low=None, interval_high=None)
        return standing(rate, replace(one, **LIMIT | changed))

    return of


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1.9, 1.9, Standing.ABOVE),
        (1.8, 1.8, Standing.WITHIN),  # on the limit is not outside
        (0.4, 0.4, Standing.WITHIN),
        (0.39, 0.39, Standing.BELOW),
        (0, 0, Standing.BELOW),
        (1.9, INF, Standing.ABOVE),  # "more than 60", and 61 are above
        (1.5, INF, Standing.UNCLEAR),  # "more than 60": within, or above
        (0, 0.3, Standing.BELOW),
        (0, 0.5, Standing.UNCLEAR),
        (0.5, 1.7, Standing.WITHIN),
        (0.3, 1.9, Standing.UNCLEAR),
    ],
)
def test_an_exact_rate_or_a_bounded_one(stand, low, high, expected):
    assert stand(low, high) == expected


def test_none_is_within_where_none_are_to_be_expected(stand):
    assert stand(0, 0, interval_low=0.0) == Standing.WITHIN


def test_limits_that_are_open_tell_who_is_outside_only(stand):
    known = {"value": None, "low": 1.0, "high": 1.2}
    assert stand(2, 2, **known) == Standing.ABOVE
    assert stand(0.1, 0.1, **known) == Standing.BELOW
    assert stand(1, 1, **known) == Standing.UNCLEAR
    assert stand(9, 9, **known | {"high": INF, "interval_high": INF}) == Standing.UNCLEAR
