import pytest
from aqparat.metrics import figures, month_counts, volume
from aqparat.metrics.months import period_months
from aqparat.period import Period
from figured import NONE, of
from test_rhythm import OUTLETS, items

LISTED = """
    2018-01-05 KUS union-site
    2018-01-06 ATY union-site
    2018-04-05 KUS union-site
    2019-01-05 KUS union-site
    2019-06-30 KUS union-site
    2018-07-01 KUS union-site
"""


def months(observed, *figures, period="2019H1", listed=LISTED):
    volumes = volume(observed("\n".join(f"publications TOTAL union-site {f}" for f in figures)), NONE)
    return period_months(items(listed), volumes, OUTLETS, Period.parse(period)).set_index("start")


def test_a_half_has_its_months_and_those_of_a_year_earlier(observed):
    found = months(observed, "2018H1 3", "2019H1 2", "2018H2 1")
    assert found["value"].groupby(found.index.year).apply(list).to_dict() == {
        2018: [2, 0, 0, 1, 0, 0],
        2019: [1, 0, 0, 0, 0, 1],
    }
    january = found.loc["2018-01-01"]
    assert (of(january), january["origins"]) == ((2, 2, 2), ["publications.csv#2-3"])
    assert january["id"] == "volume.publications.TOTAL.union-site.2018-01-01_2018-01-31"


def test_a_month_without_items_has_searched_its_half(observed):
    found = months(observed, "2018H1 3", "2019H1 2")
    assert found.loc["2019-02-01", "origins"] == ["publications.csv#5-6"]


@pytest.mark.parametrize("stated", ["3", "2 at_least", "1"])
def test_a_half_that_is_not_all_in_the_register_has_no_months(observed, stated):
    found = months(observed, "2018H1 3", f"2019H1 {stated}")
    assert set(found.index.year) == {2018}


def test_only_items_of_the_outlet_tell_whether_all_are_in_the_register(observed):
    """Of the half 2 items are in it, and 2 videos were made: that says nothing of the 9 items reported."""
    lines = "publications TOTAL union-site 2019H1 9\nvideos TOTAL union-site 2019H1 2"
    assert period_months(items(LISTED), volume(observed(lines), NONE), OUTLETS, Period(2019, 1)).empty


def test_months_of_organisations_are_of_each_by_itself(observed):
    lines = "publications KUS union-site 2018H1 2\npublications ATY union-site 2018H1 1"
    volumes = volume(observed(lines), NONE)
    found = period_months(items(LISTED), volumes, OUTLETS, Period(2019, 1), of_organisations=True)
    assert found.groupby("organisation")["value"].agg(list).to_dict() == {
        "KUS": [1, 0, 0, 1, 0, 0],
        "ATY": [1, 0, 0, 0, 0, 0],
    }


def test_months_of_the_last_years(observed):
    listed = "\n".join(f"{year}-02-05 KUS union-site" for year in (2015, 2016, 2017, 2018))
    lines = "\n".join(f"publications TOTAL union-site {year} 1" for year in (2015, 2016, 2017, 2018))
    found = month_counts(items(listed), volume(observed(lines), NONE), OUTLETS, 3)
    assert set(found["start"].dt.year) == {2016, 2017, 2018}
    assert figures.codes(found)[12:14] == ["2017-01-01_2017-01-31", "2017-02-01_2017-02-28"]


def test_a_year_has_the_months_of_its_halves(observed):
    found = months(observed, "2018H1 3", "2018H2 1", period="2018")
    assert found["value"].tolist() == [2, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0]
