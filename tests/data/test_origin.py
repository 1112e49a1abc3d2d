import pandas as pd
import pytest
from aqparat.data.origin import Place, joined, origins, place, places
from aqparat.runs import ranges, runs
from hypothesis import given
from hypothesis import strategies as st

PLACES = [
    Place("raw/2017H1/observations.csv", "", "2"),
    Place("raw/2017H2/KUS.xlsx", "observations", "5"),
    Place("raw/2017H2/#1!.xlsx", "50% #2!", "7"),
    Place("raw/2017H2/#1!.csv", "", "7"),
]
ROWS = st.lists(st.integers(1, 60))


def table(*at):
    return pd.DataFrame(at).rename(columns={"rows": "row"})


@pytest.mark.parametrize("at", PLACES)
def test_an_origin_says_where_a_row_is(at):
    (origin,) = origins(table(at))
    assert place(origin) == at


def test_how_it_is_written():
    assert list(origins(table(*PLACES[:2]))) == [
        "raw/2017H1/observations.csv#2",
        "raw/2017H2/KUS.xlsx#observations!5",
    ]


def test_what_stands_before_the_row():
    assert list(places(table(*PLACES))) == [
        "raw/2017H1/observations.csv#",
        "raw/2017H2/KUS.xlsx#observations!",
        "raw/2017H2/#1!.xlsx#50%25 %232!!",
        "raw/2017H2/#1!.csv#",
    ]


@given(st.lists(ROWS.filter(bool)))
def test_joined_rows_are_the_rows_of_all(lists):
    told = joined([[f"a.csv#{ranges(runs(rows))}"] for rows in lists])
    assert told == ([f"a.csv#{ranges(runs([n for rows in lists for n in rows]))}"] if lists else [])


def test_origins_are_joined_by_file_and_sheet():
    lists = [
        ["b.csv#9", "a.xlsx#one!2"],
        ["a.xlsx#two!3", "a.xlsx#one!3-5"],
        ["a!1#.csv#7", "a!1#.csv#5-6", "b.csv#9"],
    ]
    assert joined(lists) == ["b.csv#9", "a.xlsx#one!2-5", "a.xlsx#two!3", "a!1#.csv#5-7"]
    assert joined([]) == []
