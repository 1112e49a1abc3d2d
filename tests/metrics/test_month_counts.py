import pytest
from aqparat.metrics import volume
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


def test_a_year_has_the_months_of_its_halves(observed):
    found = months(observed, "2018H1 3", "2018H2 1", period="2018")
    assert found["value"].tolist() == [2, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0]
