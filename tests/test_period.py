from datetime import date, timedelta

import pytest
from aqparat.period import Period, PeriodError, Window
from hypothesis import given
from hypothesis import strategies as st

periods = st.builds(Period, st.integers(1901, 2098), st.sampled_from([None, 1, 2]))
years = st.integers(1901, 2098).map(Period)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2017H1", date(2017, 1, 1), date(2017, 6, 30)),
        ("2017H2", date(2017, 7, 1), date(2017, 12, 31)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_dates_of_a_period(text, start, end):
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)
    assert period.window == Window(start, end)


@pytest.mark.parametrize("text", ["", "2017H3", "2017h1", "2017-H1", "17H1", "2017H", "1899", "H1"])
def test_what_is_no_period_is_named(text):
    with pytest.raises(PeriodError, match="2017H1, 2017H2 or a year") as error:
        Period.parse(text)
    assert error.value.found == text


@given(periods)
def test_a_period_reads_back_from_its_name(period):
    assert Period.parse(str(period)) == period
    assert Period.parse(period) is period
    assert period.window.period == period
    assert period.window.code == str(period)


@given(periods)
def test_previous_and_following_touch(period):
    day = timedelta(days=1)
    assert period.previous.following == period
    assert period.previous.end + day == period.start
    assert period.end + day == period.following.start
    assert period.previous.half is None if period.half is None else period.previous.is_half
    assert period.previous < period < period.following


@given(periods)
def test_a_year_earlier_is_the_same_part_of_the_year(period):
    earlier = period.year_earlier
    assert (earlier.start.month, earlier.start.day) == (period.start.month, period.start.day)
    assert (earlier.year, earlier.half) == (period.year - 1, period.half)


@given(years)
def test_two_halves_make_a_year(year):
    first, second = Period(year.year, 1), Period(year.year, 2)
    assert first.fraction + second.fraction == pytest.approx(1)
    assert first.whole_year == second.whole_year == year
    assert first < year < second  # a year is known only when its second half is over


@given(periods, periods)
def test_order_follows_the_last_day(a, b):
    assert (a < b) + (b < a) + (a == b) == 1
    if a.end < b.end:
        assert a < b


@given(periods, st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_lies_in_one_half_of_its_year(period, day):
    assert (day in period) == (period.start <= day <= period.end)
    assert sum(day in Period(day.year, half) for half in (1, 2)) == 1


def test_length_is_counted_by_days():
    assert Period.parse("2017H1").fraction == 181 / 365
    assert Period.parse("2016H1").fraction == 182 / 366
    assert Window(date(2017, 3, 1), date(2017, 3, 31)).fraction == 31 / 365


def test_the_middle_is_a_day():
    assert Period.parse("2017H1").middle == date(2017, 4, 1)
    assert Period.parse("2016").middle == date(2016, 7, 1)


def test_a_window_without_a_stated_end_has_no_length():
    window = Window(date(2017, 1, 1), None)
    assert window.is_open
    assert window.fraction is None
    assert window.period is None
    assert window.code == "2017-01-01_"


def test_a_window_that_is_no_period_is_named_by_its_dates():
    window = Window(date(2017, 2, 23), date(2017, 6, 30))
    assert window.period is None
    assert str(window) == "2017-02-23_2017-06-30"
