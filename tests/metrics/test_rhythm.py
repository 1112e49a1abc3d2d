from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import issues, months, regularity, seasonality, volume
from aqparat.period import Period
from truth import ANY, holds, say

NONE = pd.Index([])
OUTLETS = pd.DataFrame({"channel": ["website", "newspaper"]}, index=["union-site", "bilimdi-el"])


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def seasonal(frame):
    return seasonality(volume(frame, NONE))


def items(text):
    """Item rows from lines of `date organisation outlet`."""
    lines = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(lines, columns=["date", "organisation", "outlet"])
    dates = pd.to_datetime(frame["date"]).astype("datetime64[us]")
    return frame.assign(date=dates, origins=[[f"publications.csv#{n}"] for n in range(2, 2 + len(frame))])


def regular(frame, period, members):
    found = regularity(frame, OUTLETS, Period.parse(period), members)
    return found.set_index(["organisation", "outlet"])


def test_the_first_half_of_each_year(observed):
    row = only(
        seasonal(
            observed("""
                publications TOTAL union-site 2014H1 40
                publications TOTAL union-site 2014   100
                publications TOTAL union-site 2015H1 9
                publications TOTAL union-site 2016H1 30
                publications TOTAL union-site 2016H2 20
                publications TOTAL union-site 2017H1 306
            """)
        )
    )
    assert row[["value", "low", "high"]].to_list() == [0.5, 0.4, 0.6]
    assert (row["start"], row["end"]) == (pd.Timestamp("2014-01-01"), pd.Timestamp("2016-12-31"))
    assert row["qualifier"] == "about"
    assert set(row["origins"]) == {f"observations.csv#{n}" for n in (2, 3, 5, 6)}


@pytest.mark.parametrize(
    "lines",
    [
        ["2016H1 40", "2016 100"],
        ["2016H2 40", "2016 100", "2015H2 40", "2015 100"],
        ["2016H1 40", "2015H1 40"],
        ["2016H1 0", "2016 0", "2015H1 40", "2015 100"],
        ["2016H1 140", "2016 100", "2015H1 40", "2015 100"],
    ],
    ids=["one year", "second halves", "no years", "a year of nothing", "a half above its year"],
)
def test_without_two_years_there_is_none(observed, lines):
    assert seasonal(observed("\n".join(f"publications TOTAL union-site {line}" for line in lines))).empty


def test_true_seasons_lie_within_the_bounds(observed):
    random = Random(5)
    truth, lines = {}, []
    for series in (f"S{n}" for n in range(60)):
        shares = []
        for year in (2014, 2015):
            half, rest = random.randint(0, 50), random.randint(1, 50)
            shares.append(half / (half + rest))
            for window, count in ((f"{year}H1", half), (f"{year}", half + rest)):
                said = say(random, count, random.choice(ANY))
                lines += [f"publications {series} union-site {window} {said}"] if said else []
        truth[series] = shares
    rows = list(seasonal(observed("\n".join(lines))).itertuples())
    assert len(rows) > 10
    for row in rows:
        shares = truth[row.organisation]
        assert 0 <= row.low <= row.high <= 1
        assert holds(row, min(shares)) and holds(row, max(shares)) and holds(row, np.mean(shares))


def test_months_with_an_item():
    found = regular(
        items("""
            2017-01-10 KUS union-site
            2017-01-31 KUS union-site
            2017-06-30 KUS union-site
            2017-02-01 KUS bilimdi-el
            2017-01-20 AKT union-site
            2017-03-01 AKT union-site
            2017-07-01 AKT union-site
            2016-12-31 AKT union-site
        """),
        "2017H1",
        pd.Index(["AKT", "KUS"]),
    )
    assert found["value"].to_dict() == {
        ("AKT", "union-site"): 2 / 6,
        ("KUS", "bilimdi-el"): 1 / 6,
        ("KUS", "union-site"): 2 / 6,
        ("TOTAL", "bilimdi-el"): 1 / 6,
        ("TOTAL", "union-site"): 3 / 6,
    }
    assert found["qualifier"].eq("exact").all()
    row = found.loc["KUS", "union-site"]
    assert row["origins"] == ["publications.csv#2", "publications.csv#4"]
    assert (row["indicator"], row["channel"]) == ("publications", "website")
    assert (row["start"], row["end"]) == (pd.Timestamp("2017-01-01"), pd.Timestamp("2017-06-30"))


def test_who_lists_nothing_leaves_the_union_open():
    found = regular(items("2017-01-10 KUS union-site"), "2017H1", pd.Index(["AKT", "KUS"]))
    row = found.loc["TOTAL", "union-site"]
    assert (row["low"], row["high"], row["qualifier"]) == (1 / 6, 1, "at_least")
    assert found.loc["KUS", "union-site"]["value"] == 1 / 6


def test_a_half_without_a_list_leaves_a_year_open():
    rows = items("""
        2017-01-10 KUS union-site
        2017-02-10 KUS union-site
        2017-03-01 AKT bilimdi-el
        2017-08-10 AKT union-site
    """)
    found = regular(rows, "2017", pd.Index(["AKT", "KUS"]))
    row = found.loc["KUS", "union-site"]
    assert (row["low"], row["high"]) == (2 / 12, 8 / 12)
    assert found.loc["AKT", "union-site"]["value"] == 1 / 12


def test_a_district_is_no_part_of_the_union():
    found = regular(items("2017-01-10 ZAI union-site"), "2017H1", pd.Index(["KUS"]))
    assert found.index.to_list() == [("ZAI", "union-site")]


def test_without_items_there_is_none():
    assert regular(items("2016-01-10 KUS union-site"), "2017H1", pd.Index(["KUS"])).empty


def test_true_regularity_lies_within_the_bounds():
    random = Random(7)
    members = pd.Index(["AKT", "KUS", "PAR"])
    for _ in range(20):
        dates = [
            (f"2017-{month:02}-15", code)
            for code in members
            for month in range(1, 13)
            if random.random() < 0.3
        ]
        silent = {(random.choice(members), random.choice([True, False])) for _ in range(2)}
        told = [(d, c) for d, c in dates if (c, d >= "2017-07") not in silent]
        found = regular(items("\n".join(f"{d} {c} union-site" for d, c in told)), "2017", members)
        for (code, _), row in found.iterrows():
            months = {d for d, c in dates if code in (c, "TOTAL")}
            assert 0 <= row["low"] <= row["high"] <= 1
            assert holds(row, len(months) / 12)


def test_months_over_the_mean_month():
    rows = [f"{year}-{month:02}-05 KUS union-site" for year in (2017, 2018) for month in range(1, 13)]
    rows += ["2017-03-06 ATY union-site"] * 12  # 24 items in 2017: 2 in the mean month, 13 in March
    told = months(items("\n".join(rows)), OUTLETS).set_index("start")
    assert len(told) == 12
    march = told.loc[pd.Timestamp("2017-03-01")]
    assert (march["end"], march["organisation"]) == (pd.Timestamp("2018-03-31"), "TOTAL")
    assert (march["low"], march["value"], march["high"]) == (1.0, (6.5 + 1) / 2, 6.5)
    assert told["value"].sum() == pytest.approx(12)


def test_months_of_one_year_tell_no_season():
    rows = "\n".join(f"2017-{month:02}-05 KUS union-site" for month in range(1, 13))
    assert months(items(rows), OUTLETS).empty


def test_issues_out_over_issues_due():
    papers = pd.DataFrame(
        {
            "channel": "newspaper",
            "publisher": ["ATY", "ZAI"],
            "issues_per_month": [2.0, np.nan],
            "valid_from": [pd.Timestamp("2017-02-23"), pd.NaT],
        },
        index=["ustazdyq-engbek", "mektep-zhane-qogam"],
    )
    listed = items("""
        2017-03-01 ATY ustazdyq-engbek
        2017-03-01 ATY ustazdyq-engbek
        2017-03-15 ATY ustazdyq-engbek
        2017-04-01 ZAI mektep-zhane-qogam
        2017-08-01 ATY ustazdyq-engbek
    """)
    told = only(issues(listed, papers, Period(2017, 1)))
    assert (told["organisation"], told["indicator"]) == ("ATY", "issues")
    assert told["value"] == 2 / 8  # 128 days, two issues a month: 8 due
