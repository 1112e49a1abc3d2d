from dataclasses import replace

import pandas as pd
import pytest
from aqparat.metrics import completeness, filed
from aqparat.metrics.completeness import on_time
from figured import due, of, only
from test_rhythm import items

HEADER = "indicator,organisation,outlet,start,end,value,qualifier,named,source"


def held(tables):
    counted = filed(tables)
    return completeness(counted, due(counted, tables.members()))


def line(organisation, value=1):
    return f"publications,{organisation},union-site,2018-01-01,2018-06-30,{value},exact,,test"


@pytest.fixture
def handed(tables, observed):
    """Give the tables of a half for which just this was handed in."""

    def give(lines="", titles="", activities=(), filings=()):
        of_others = tables.activities.iloc[[0] * len(activities)]
        return replace(
            tables,
            observations=observed(lines) if lines else tables.observations.iloc[:0],
            items=items(titles).assign(batch="2017H1") if titles else tables.items.iloc[:0],
            activities=of_others.assign(
                organisation=activities,
                origins=[[f"activities.csv#{n}"] for n, _ in enumerate(activities, 2)],
            ),
            filings=pd.DataFrame(filings) if filings else tables.filings.iloc[:0],
        )

    return give


def form(organisation, filed):
    return {
        "organisation": organisation,
        "state": "filled",
        "filed": pd.Timestamp(filed),
        "batch": "2017H1",
        "origins": [f"raw/forms/{organisation}.xlsx#form!1"],
    }


def test_who_handed_anything_in(handed):
    lines = """
        publications KUS union-site 2017H1 1
        videos       KUS .          2017H1 2
        publications CEN union-site 2017H1 1
        publications ZAI union-site 2017H1 1
        publications TOTAL union-site 2017H1 9 exact AKT ATY
    """
    tables = handed(lines, "2017-02-01 PAR union-site", ["UST"])
    counted = only(filed(tables))
    assert of(counted) == (3, 3, 3)
    assert (counted["id"], counted["inputs"]) == ("volume.organisations_filed.TOTAL.any.2017H1", ())
    assert counted["origins"] == ["observations.csv#2-3", "activities.csv#2", "publications.csv#2"]
    row = only(held(tables))
    n = len(tables.members())
    assert n == 21
    assert (row["value"], row["qualifier"]) == (3 / n, "exact")
    assert row["id"] == "completeness.organisations.TOTAL.any.2017H1"
    assert (row["start"], row["end"]) == (pd.Timestamp("2017-01-01"), pd.Timestamp("2017-06-30"))
    assert row["inputs"] == (counted["id"], "volume.organisations.TOTAL.any.2017H1")


def test_earlier_batches_do_not_count(handed):
    tables = handed("publications KUS union-site 2016H2 9\npublications TOTAL union-site 2017H1 9")
    tables.observations["batch"] = ["2016H2", "2017H1"]
    row = only(held(tables))
    assert (row["value"], row["qualifier"]) == (0, "exact")
    assert only(filed(tables))["origins"] == ["raw/reference/organisations.csv#3-17,20-21,23,25,27-28"]


def test_a_year_takes_both_its_halves(folder):
    folder.write("2018H1/observations.csv", "\n".join([HEADER, line("KUS"), ""]))
    folder.write("2018H2/observations.csv", "\n".join([HEADER, line("PAR"), line("KUS", 5), ""]))
    row = only(held(folder.load("2018")))
    assert row["value"] == 2 / 21  # South Kazakhstan is what both halves have


def test_nothing_handed_in_says_nothing(handed):
    assert held(handed()).empty


def test_the_published_period(tables):
    row = only(held(tables))
    assert 0 < row["value"] < 1


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


def test_of_a_form_without_a_day_it_is_not_known(tables):
    forms = pd.DataFrame([form("KUS", "2017-08-01"), form("AKT", None)])
    late, unknown = on_time(replace(tables, filings=forms))["on_time"]
    assert not late
    assert unknown is pd.NA


def test_nothing_is_said_of_time_without_forms(tables):
    assert list(filed(tables)["indicator"]) == ["organisations_filed"]
    assert list(held(tables)["indicator"]) == ["organisations"]


def test_a_form_that_only_says_its_day_has_filed_nothing(handed):
    forms = [form("KUS", "2017-07-01"), form("UST", "2017-07-01")]
    tables = handed("publications KUS union-site 2017H1 1", filings=forms)
    kept = filed(tables).set_index("indicator").loc["organisations_on_time"]
    assert of(kept, "point", "low", "high") == (1, 1, 1)


def test_all_may_have_been_on_time_of_whom_it_is_not_known(handed):
    lines = "\n".join(f"publications {code} union-site 2017H1 1" for code in ("KUS", "AKT", "ATY", "PAR"))
    found = held(handed(lines, filings=[form("KUS", "2017-07-01")])).set_index("indicator")
    row = found.loc["organisations_on_time"]
    assert row["id"] == "completeness.organisations_on_time.TOTAL.any.2017H1"
    assert (*of(row, "low", "high"), row["qualifier"]) == (0.25, 1, "at_least")
