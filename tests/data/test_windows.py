import pandas as pd
from aqparat.data.windows import half_years

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
