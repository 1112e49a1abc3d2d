from dataclasses import replace

import pandas as pd
from aqparat.metrics import completeness
from aqparat.metrics.completeness import on_time

HEADER = "indicator,organisation,outlet,start,end,value,qualifier,named,source"
ITEMS = "date,organisation,outlet,title"
ACTIVITIES = "organisation,kind,start,source"


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


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
    row = only(completeness(tables))
    n = len(tables.members(pd.Timestamp("2018-04-01")))
    assert n == 21
    assert (row["value"], row["qualifier"]) == (3 / n, "exact")
    assert (row["indicator"], row["organisation"]) == ("organisations", "TOTAL")
    assert (row["start"], row["end"]) == (pd.Timestamp("2018-01-01"), pd.Timestamp("2018-06-30"))
    assert row["origins"][:3] == [
        "raw/2018H1/observations.csv#2",
        "raw/2018H1/publications.csv#2",
        "raw/2018H1/activities.csv#2",
    ]


def test_earlier_batches_do_not_count(folder):
    folder.write("2018H1/observations.csv", "\n".join([HEADER, line("TOTAL"), ""]))
    row = only(completeness(folder.load("2018H1")))
    assert (row["value"], row["qualifier"]) == (0, "exact")


def test_a_year_takes_both_its_halves(folder):
    folder.write("2018H1/observations.csv", "\n".join([HEADER, line("KUS"), ""]))
    folder.write("2018H2/observations.csv", "\n".join([HEADER, line("PAR"), line("KUS", 5), ""]))
    row = only(completeness(folder.load("2018")))
    assert row["value"] == 2 / 22  # Turkistan and Shymkent instead of South Kazakhstan


def test_nothing_handed_in_says_nothing(folder):
    folder.write("2018H1/highlights.csv", "organisation,topic,text_kk,text_ru,text_en,source\n")
    assert completeness(folder.load("2018H1")).empty


def test_the_published_period(tables):
    row = only(completeness(tables))
    assert 0 < row["value"] < 1


def form(organisation, filed):
    return {
        "organisation": organisation,
        "filed": pd.Timestamp(filed),
        "batch": "2017H1",
        "origins": [organisation],
    }


def test_who_filed_on_time(tables):
    forms = pd.DataFrame([form("KUS", "2017-07-15"), form("AKT", "2017-07-16"), form("ATY", None)])
    row = completeness(replace(tables, filings=forms)).set_index("indicator").loc["organisations_on_time"]
    filed = round(completeness(tables)["value"][0] * 21)
    assert pd.isna(row["value"])
    assert row["low"] == 1 / filed  # KUS; the form without a day and those without a form may be late
    assert row["high"] == (filed - 1) / filed
    assert row["origins"][:3] == ["KUS", "AKT", "ATY"]


def test_the_first_form_of_an_organisation_counts(tables):
    forms = pd.DataFrame([form("KUS", "2017-08-01"), form("KUS", "2017-07-01"), form("KUS", None)])
    assert list(on_time(replace(tables, filings=forms))["on_time"]) == [True]


def test_nothing_is_said_of_time_without_forms(tables):
    assert list(completeness(tables)["indicator"]) == ["organisations"]
