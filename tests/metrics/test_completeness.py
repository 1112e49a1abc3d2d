from dataclasses import replace

import pandas as pd
from aqparat.metrics import completeness, filed
from aqparat.metrics.completeness import on_time
from figured import due, of, only

HEADER = "indicator,organisation,outlet,start,end,value,qualifier,named,source"
ITEMS = "date,organisation,outlet,title"
ACTIVITIES = "organisation,kind,start,source"


def held(tables):
    counted = filed(tables)
    return completeness(counted, due(counted, tables.members()))


def line(organisation, value=1, named="", indicator="publications"):
    return f"{indicator},{organisation},union-site,2018-01-01,2018-06-30,{value},exact,{named},test"


def test_who_handed_anything_in(folder):
    rows = [
        line("KUS"),
        line("KUS", 2, indicator="videos"),
        line("CEN"),
        line("ZAI"),
        line("TOTAL", 9, "AKT ATY"),
    ]
    folder.write("2018H1/observations.csv", "\n".join([HEADER, *rows, ""]))
    folder.write("2018H1/publications.csv", f"{ITEMS}\n2018-02-01,PAR,union-site,A title\n")
    folder.write("2018H1/activities.csv", f"{ACTIVITIES}\nUST,seminar,2018-03-01,test\n")
    tables = folder.load("2018H1")
    counted = only(filed(tables))
    assert of(counted) == (3, 3, 3)
    assert (counted["id"], counted["inputs"]) == ("volume.organisations_filed.TOTAL.any.2018H1", ())
    assert counted["origins"] == [
        "raw/2018H1/observations.csv#2-3",
        "raw/2018H1/publications.csv#2",
        "raw/2018H1/activities.csv#2",
    ]
    row = only(held(tables))
    n = len(tables.members())
    assert n == 21
    assert (row["value"], row["qualifier"]) == (3 / n, "exact")
    assert row["id"] == "completeness.organisations.TOTAL.any.2018H1"
    assert (row["start"], row["end"]) == (pd.Timestamp("2018-01-01"), pd.Timestamp("2018-06-30"))
    assert row["inputs"] == (counted["id"], "volume.organisations.TOTAL.any.2018H1")


def test_earlier_batches_do_not_count(folder):
    folder.write("2018H1/observations.csv", "\n".join([HEADER, line("TOTAL"), ""]))
    tables = folder.load("2018H1")
    row = only(held(tables))
    assert (row["value"], row["qualifier"]) == (0, "exact")
    assert only(filed(tables))["origins"] == ["raw/reference/organisations.csv#3-17,20-21,23,25,27-28"]


def test_a_year_takes_both_its_halves(folder):
    folder.write("2018H1/observations.csv", "\n".join([HEADER, line("KUS"), ""]))
    folder.write("2018H2/observations.csv", "\n".join([HEADER, line("PAR"), line("KUS", 5), ""]))
    row = only(held(folder.load("2018")))
    assert row["value"] == 2 / 21  # South Kazakhstan is what both halves have


def test_nothing_handed_in_says_nothing(folder):
    folder.write("2018H1/highlights.csv", "organisation,topic,text_kk,text_ru,text_en,source\n")
    assert held(folder.load("2018H1")).empty


def test_the_published_period(tables):
    row = only(held(tables))
    assert 0 < row["value"] < 1


def form(organisation, filed):
    return {
        "organisation": organisation,
        "state": "filled",
        "filed": pd.Timestamp(filed),
        "batch": "2017H1",
        "origins": [f"raw/forms/{organisation}.xlsx#form!1"],
    }


def test_who_filed_on_time(tables):
    forms = pd.DataFrame([form("KUS", "2017-07-15"), form("AKT", "2017-07-16"), form("ATY", None)])
    row = held(replace(tables, filings=forms)).set_index("indicator").loc["organisations_on_time"]
    there = filed(tables)["value"][0]
    assert pd.isna(row["value"])
    assert row["low"] == 1 / there  # KUS; the form without a day and those without a form may be late
    assert row["high"] == (there - 1) / there
    assert row["inputs"] == tuple(
        f"volume.{name}.TOTAL.any.2017H1" for name in ("organisations_on_time", "organisations_filed")
    )


def test_how_many_filed_on_time_is_a_count(tables):
    forms = pd.DataFrame([form("KUS", "2017-07-15"), form("AKT", "2017-07-16"), form("ZAI", "2017-07-01")])
    row = filed(replace(tables, filings=forms)).set_index("indicator").loc["organisations_on_time"]
    there = filed(tables)["value"][0]
    assert (row["low"], row["high"]) == (1, there - 1)  # Zaisan is a district
    assert row["origins"][:2] == ["raw/forms/KUS.xlsx#form!1", "raw/forms/AKT.xlsx#form!1"]
    assert any("observations.csv" in origin for origin in row["origins"])


def test_the_first_form_of_an_organisation_counts(tables):
    forms = pd.DataFrame([form("KUS", "2017-08-01"), form("KUS", "2017-07-01"), form("KUS", None)])
    assert list(on_time(replace(tables, filings=forms))["on_time"]) == [True]


def test_nothing_is_said_of_time_without_forms(tables):
    assert list(held(tables)["indicator"]) == ["organisations"]


def test_a_form_that_only_says_its_day_has_filed_nothing(folder):
    folder.write("2018H1/observations.csv", "\n".join([HEADER, line("KUS"), ""]))
    tables = folder.load("2018H1")
    day = pd.Timestamp("2018-07-01").as_unit("us")
    forms = pd.DataFrame(
        [("KUS", "filled", day, "2018H1", ["KUS.xlsx#1"]), ("UST", "filled", day, "2018H1", ["UST.xlsx#1"])],
        columns=["organisation", "state", "filed", "batch", "origins"],
    )
    kept = filed(replace(tables, filings=forms)).set_index("indicator").loc["organisations_on_time"]
    assert (kept["point"], kept["low"], kept["high"]) == (1, 1, 1)
