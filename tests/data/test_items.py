import pandas as pd
from aqparat.data.items import count_items, listed

OUTLETS = pd.DataFrame({"channel": ["website", "newspaper"]}, index=["union-site", "bilimdi-el"])


def items(text):
    """Give item rows from lines of `date organisation outlet place row`."""
    lines = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(lines, columns=["date", "organisation", "outlet", "place", "row"])
    return frame.assign(
        date=pd.to_datetime(frame["date"]).astype("datetime64[us]"),
        place=frame["place"].astype("category"),
        row=frame["row"].astype("int64"),
        title="x",
        batch="2017H1",
    )


REGISTER = items("""
    2017-01-05 KUS union-site b.xlsx#items! 4
    2017-02-05 KUS union-site a.csv#        9
    2017-03-05 KUS union-site a.csv#        2
    2017-03-06 KUS union-site a.csv#        3
    2017-03-07 AKT union-site a.csv#        4
    2017-08-07 KUS union-site a.csv#        5
    2017-01-05 KUS bilimdi-el a.csv#        6
""")


def test_rows_are_listed_as_ranges_of_each_file():
    told = listed(REGISTER, ["organisation"]).set_index("organisation")["origins"]
    assert told.to_dict() == {"AKT": ["a.csv#4"], "KUS": ["a.csv#2-3,5-6,9", "b.xlsx#items!4"]}


def test_only_places_that_have_a_row_are_named():
    told = listed(REGISTER[REGISTER["outlet"] == "bilimdi-el"], ["outlet"])
    assert told["origins"].to_list() == [["a.csv#6"]]


def test_counts_know_their_rows():
    counted = count_items(REGISTER, OUTLETS).set_index(["organisation", "outlet", "start"])
    first = counted.loc["KUS", "union-site", "2017-01-01"]
    assert (first["value"], first["low"], first["high"], first["qualifier"]) == (4, 4, 4, "exact")
    assert first["origins"] == ["a.csv#2-3,9", "b.xlsx#items!4"]
    assert first["channel"] == "website"
    assert counted.loc["KUS", "union-site", "2017-07-01"]["origins"] == ["a.csv#5"]
    assert counted["value"].sum() == len(REGISTER)


def test_no_items_are_no_counts():
    assert count_items(REGISTER.iloc[:0], OUTLETS).empty


def test_items_of_which_none_has_a_day_are_no_counts():
    assert count_items(REGISTER.assign(date=pd.NaT), OUTLETS).empty
    assert listed(REGISTER.assign(outlet=None), ["organisation", "outlet"]).empty
