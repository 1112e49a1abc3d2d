import pandas as pd
import pytest
from aqparat.data.origin import Place, origins, place

PLACES = [
    Place("raw/2017H1/observations.csv", "", 2),
    Place("raw/2017H2/KUS.xlsx", "observations", 5),
    Place("raw/2017H2/#1!.xlsx", "50% #2!", 7),
    Place("raw/2017H2/#1!.csv", "", 7),
]


@pytest.mark.parametrize("at", PLACES)
def test_an_origin_says_where_a_row_is(at):
    (origin,) = origins(pd.DataFrame([at]))
    assert place(origin) == at


def test_how_it_is_written():
    assert list(origins(pd.DataFrame(PLACES[:2]))) == [
        "raw/2017H1/observations.csv#2",
        "raw/2017H2/KUS.xlsx#observations!5",
    ]
