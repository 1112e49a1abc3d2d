from datetime import date

import pandas as pd
import pytest
from aqparat import Period
from aqparat.data.windows import half_years, middle, middles

DAYS = ["2016-12-31", "2017-01-01", "2017-06-30", "2017-07-01"]


def test_a_date_is_in_its_half():
    found = half_years(pd.to_datetime(pd.Series([*DAYS, None])))
    assert found["start"].dt.strftime("%Y-%m-%d").tolist()[:4] == [
        "2016-07-01", "2017-01-01", "2017-01-01", "2017-07-01",
    ]  # fmt: skip
    assert found["end"].dt.strftime("%Y-%m-%d").tolist()[:4] == [
        "2016-12-31", "2017-06-30", "2017-06-30", "2017-12-31",
    ]  # fmt: skip
    assert found.iloc[4].isna().all()


@pytest.mark.parametrize("code", ["2016", "2016H1", "2016H2", "2017", "2017H1", "2017H2"])
def test_the_middle_is_that_of_the_period(code):
    period = Period.parse(code)
    assert middle(pd.Timestamp(period.start), pd.Timestamp(period.end)) == pd.Timestamp(period.middle)


def test_a_window_without_an_end_ends_on_the_day_given():
    windows = pd.DataFrame({"start": ["2017-01-01"] * 2, "end": ["2017-01-31", None]}).apply(pd.to_datetime)
    assert middles(windows, date(2017, 3, 2)) == [pd.Timestamp("2017-01-16"), pd.Timestamp("2017-01-31")]
