from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import (
    active_months,
    calendar_months,
    issues,
    month_counts,
    regularity,
    seasonality,
    volume,
)
from aqparat.period import Period
from figured import NONE, of, only
from truth import ANY, holds, say

OUTLETS = pd.DataFrame({"channel": ["website", "newspaper"]}, index=["union-site", "bilimdi-el"])


def seasonal(frame):
    return seasonality(volume(frame, NONE), years=3)


def items(text):
    """Item rows from lines of `date organisation outlet`."""
    lines = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(lines, columns=["date", "organisation", "outlet"])
    dates = pd.to_datetime(frame["date"]).astype("datetime64[us]")
    place = pd.Categorical(["publications.csv#"] * len(frame))
    return frame.assign(date=dates, title="x", place=place, row=range(2, 2 + len(frame)))


def active(frame, period, members):
    return active_months(frame, OUTLETS, Period.parse(period), members)


def calendar(period, codes):
    rows = {code: [f"organisations.csv#{n}"] for n, code in enumerate(("AKT", "KUS", "PAR", "ZAI"), 2)}
    reference = pd.DataFrame({"origins": list(rows.values())}, index=list(rows))
    return calendar_months(reference, Period.parse(period), pd.Index(codes))


def regular(frame, period, members):
    counted = active(frame, period, members)
    months = calendar(period, counted["organisation"].unique())
    found = regularity(counted, months, ["organisation"], "publications")
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
    assert row["id"] == "seasonality.publications.TOTAL.union-site.2014-01-01_2016-12-31"
    windows = ("2014H1", "2014", "2016H1", "2016")
    assert row["inputs"] == tuple(f"volume.publications.TOTAL.union-site.{w}" for w in windows)


@pytest.mark.parametrize(("years", "expected"), [(3, 0.5), (4, 0.4)])
def test_the_last_years_tell_the_season(observed, years, expected):
    shares = {2014: 10, 2015: 30, 2016: 50, 2017: 70}
    lines = [
        f"publications TOTAL union-site {year}{half} {n}"
        for year, share in shares.items()
        for half, n in (("H1", share), ("", 100))
    ]
    row = only(seasonality(volume(observed("\n".join(lines)), NONE), years=years))
    assert row["value"] == pytest.approx(expected)
    assert row["start"].year == 2018 - years
    assert len(row["inputs"]) == 2 * years


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


def seasons(observed, *lines):
    return only(seasonal(observed("\n".join(f"publications TOTAL union-site {line}" for line in lines))))


def test_a_bound_of_a_half_is_a_bound_of_its_share(observed):
    row = seasons(observed, "2015H1 40", "2015 100", "2016H1 50 at_least", "2016 100")
    assert (*of(row, "low", "high"), row["qualifier"]) == (0.4, 1, "at_least")


def test_a_year_that_may_be_nothing_tells_nothing(observed):
    row = seasons(observed, "2014H1 4", "2014 10", "2015H1 4", "2015 10", "2016H1 0", "2016 10 at_most")
    assert of(row) == (0.4, 0.4, 0.4)
    assert len(row["inputs"]) == 4


def test_a_half_that_may_be_more_than_its_year_has_no_value(observed):
    row = seasons(observed, "2015H1 42", "2015 41 about", "2016H1 42", "2016 42")
    assert np.isnan(row["value"])
    assert of(row, "low", "high") == pytest.approx((42 / (41 * 1.05), 1))


def test_true_seasons_lie_within_the_bounds(observed):
    random = Random(5)
    truth, lines = {}, []
    for series in (f"S{n}" for n in range(120)):
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
    bounds = {key: (row["low"], row["high"]) for key, row in found.iterrows()}
    assert bounds == {
        ("AKT", "union-site"): (2 / 6, 2 / 6),
        ("KUS", "bilimdi-el"): (1 / 6, 1 / 6),
        ("KUS", "union-site"): (2 / 6, 2 / 6),
        ("TOTAL", "bilimdi-el"): (1 / 6, 1),  # nothing is known of AKT in it
        ("TOTAL", "union-site"): (3 / 6, 3 / 6),
    }
    row = found.loc["KUS", "union-site"]
    assert row["id"] == "regularity.publications.KUS.union-site.2017H1"
    assert row["inputs"] == (
        "volume.active_months.KUS.union-site.2017H1",
        "volume.calendar_months.KUS.any.2017H1",
    )
    assert (row["indicator"], row["channel"]) == ("publications", "website")
    assert (row["start"], row["end"]) == (pd.Timestamp("2017-01-01"), pd.Timestamp("2017-06-30"))


def test_the_months_are_counted_from_rows(observed):
    rows = items("""
        2017-01-10 KUS union-site
        2017-01-31 KUS union-site
        2017-06-30 KUS union-site
        2017-07-01 KUS union-site
        2017-03-01 AKT union-site
    """)
    found = active(rows, "2017H1", pd.Index(["AKT", "KUS"])).set_index("organisation")
    assert of(found.loc["KUS"]) == (2, 2, 2)
    assert of(found.loc["TOTAL"]) == (3, 3, 3)
    assert found["origins"].to_dict() == {
        "AKT": ["publications.csv#6"],
        "KUS": ["publications.csv#2-4"],
        "TOTAL": ["publications.csv#2-4,6"],
    }
    assert found["inputs"].to_list() == [()] * 3


@pytest.mark.parametrize(("period", "months"), [("2017H2", 6), ("2017", 12)])
def test_the_months_there_are(period, months):
    found = calendar(period, ["KUS", "TOTAL"]).set_index("organisation")
    assert found["value"].to_list() == [months, months]
    assert found["origins"].to_dict() == {"KUS": ["organisations.csv#3"], "TOTAL": ["organisations.csv#2-5"]}


def test_who_lists_nothing_leaves_the_union_open():
    found = regular(items("2017-01-10 KUS union-site"), "2017H1", pd.Index(["AKT", "KUS"]))
    row = found.loc["TOTAL", "union-site"]
    assert (row["low"], row["high"], row["qualifier"]) == (1 / 6, 1, "at_least")
    assert found.loc["KUS", "union-site"]["value"] == 1 / 6
    year = active(items("2017-01-10 KUS union-site"), "2017", pd.Index(["AKT", "KUS"]))
    assert of(year.set_index("organisation").loc["TOTAL"], "low", "high") == (1, 12)


def test_a_register_with_fewer_items_than_were_reported_has_at_least_its_months(observed):
    rows = items("""
        2017-01-10 KUS union-site
        2017-02-10 KUS union-site
        2017-08-10 KUS union-site
        2017-01-10 AKT union-site
    """)
    reported = observed("""
        publications KUS union-site 2017H1 3
        publications AKT union-site 2017H1 1
        publications AKT union-site 2017   9
        videos       AKT union-site 2017H1 9
    """)
    members = pd.Index(["AKT", "KUS"])
    half = active_months(rows, OUTLETS, Period.parse("2017H1"), members, reported)
    assert of(half.set_index("organisation").loc["KUS"])[1:] == (2, 6)
    assert of(half.set_index("organisation").loc["AKT"]) == (1, 1, 1)
    assert of(half.set_index("organisation").loc["TOTAL"])[1:] == (2, 6)
    year = active_months(rows, OUTLETS, Period.parse("2017"), members, reported)
    assert of(year.set_index("organisation").loc["KUS"])[1:] == (
        3,
        7,
    )  # of the second half it is all there is
    total = observed("publications TOTAL union-site 2017H1 4")
    half = active_months(rows, OUTLETS, Period.parse("2017H1"), members, total)
    assert of(half.set_index("organisation").loc["TOTAL"])[1:] == (2, 6)  # three are listed


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
    row = found.loc["AKT", "union-site"]  # what it lists of a paper tells nothing of the site
    assert (row["low"], row["high"]) == (1 / 12, 7 / 12)


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


def by_month(observed, listed, stated=""):
    """Give the counts of months and their seasons, the register being all there is unless stated."""
    years = listed["date"].dt.year.value_counts()
    lines = [f"publications TOTAL union-site {year} {n}" for year, n in years.items()]
    volumes = volume(observed(stated or "\n".join(lines)), NONE)
    counts = month_counts(listed, volumes, OUTLETS, 3)
    return counts, seasonality(volumes, counts, years=3)


def two_years():
    """List an item a month of two years, and twelve more in March 2017: 2 in its mean month, 13 in March."""
    rows = [f"{year}-{month:02}-05 KUS union-site" for year in (2017, 2018) for month in range(1, 13)]
    return items("\n".join([*rows, *["2017-03-06 ATY union-site"] * 12]))


def test_months_over_the_mean_month(observed):
    _, told = by_month(observed, two_years())
    told = told.set_index("start")
    assert len(told) == 12
    march = told.loc[pd.Timestamp("2017-03-01")]
    assert (march["end"], march["organisation"]) == (pd.Timestamp("2018-03-31"), "TOTAL")
    assert (march["low"], march["value"], march["high"]) == (1.0, (6.5 + 1) / 2, 6.5)
    windows = ("2017-03-01_2017-03-31", "2017", "2018-03-01_2018-03-31", "2018")
    assert march["inputs"] == tuple(f"volume.publications.TOTAL.union-site.{w}" for w in windows)
    assert told["value"].sum() == pytest.approx(12)


def test_a_month_is_counted_from_its_rows(observed):
    counts, _ = by_month(observed, two_years())
    march = counts.set_index("start").loc["2017-03-01"]
    assert of(march) == (13, 13, 13)
    assert march["origins"] == ["publications.csv#4,26-37"]


def test_a_month_without_items_has_searched_its_year(observed):
    counts, told = by_month(observed, items("2017-01-05 KUS union-site\n2018-12-05 KUS union-site"))
    june = counts.set_index("start").loc["2017-06-01"]
    assert (of(june), june["origins"]) == ((0, 0, 0), ["publications.csv#2"])
    season = told.set_index("start")
    assert of(season.loc["2017-06-01"]) == (0, 0, 0)
    assert of(season.loc["2017-01-01"]) == (6, 0, 12)


@pytest.mark.parametrize("stated", ["2017 {} at_least", "2017 25", "2016 24"], ids=["bound", "more", "none"])
def test_a_year_that_is_not_all_in_the_register_does_not_count(observed, stated):
    lines = f"publications TOTAL union-site {stated.format(24)}\npublications TOTAL union-site 2018 12"
    counts, told = by_month(observed, two_years(), lines)
    assert set(counts["start"].dt.year) == {2018}
    assert told.empty


def test_months_of_one_year_tell_no_season(observed):
    rows = "\n".join(f"2017-{month:02}-05 KUS union-site" for month in range(1, 13))
    _, told = by_month(observed, items(rows))
    assert told.empty


PAPERS = pd.DataFrame(
    {
        "channel": "newspaper",
        "publisher": ["ATY", "ZAI"],
        "issues_per_month": [2.0, np.nan],
        "valid_from": [pd.Timestamp("2017-02-23"), pd.NaT],
        "origins": [["outlets.csv#13"], ["outlets.csv#14"]],
    },
    index=["ustazdyq-engbek", "mektep-zhane-qogam"],
)


def test_issues_out_over_issues_due():
    listed = items("""
        2017-03-01 ATY ustazdyq-engbek
        2017-03-01 ATY ustazdyq-engbek
        2017-03-15 ATY ustazdyq-engbek
        2017-04-01 ZAI mektep-zhane-qogam
        2017-08-01 ATY ustazdyq-engbek
    """)
    out, due = issues(listed, PAPERS, Period(2017, 1))
    assert of(only(due)) == (8, 8, 8)  # 128 days, two issues a month
    assert of(only(out), "low", "high", "organisation") == (2, np.inf, "ATY")  # others with nobody's items
    assert only(out)["origins"] == ["publications.csv#2-4"]
    assert only(due)["origins"] == ["outlets.csv#13"]
    told = only(regularity(out, due, ["organisation", "outlet"], "issues"))
    assert (told["organisation"], told["indicator"]) == ("ATY", "issues")
    assert of(told, "low", "high", "qualifier") == (2 / 8, 1, "at_least")
    assert np.isnan(told["value"])
    assert told["inputs"] == tuple(
        f"volume.issues_{what}.ATY.ustazdyq-engbek.2017H1" for what in ("out", "due")
    )


def test_issues_are_due_from_the_day_a_paper_began():
    papers = pd.DataFrame(
        {
            "channel": ["newspaper", "magazine", "newspaper", "newspaper"],
            "publisher": ["KUS", "ATY", "ZAI", ""],
            "issues_per_month": [365.25 / 12, 1.0, 1.0, 4.0],
            "valid_from": [pd.Timestamp("2010-01-01"), pd.NaT, pd.Timestamp("2017-06-25"), pd.NaT],
            "origins": [[f"outlets.csv#{n}"] for n in (2, 3, 4, 5)],
        },
        index=["own-daily", "monthly", "new", "of-nobody"],
    )
    listed = items("""
        2017-06-28 KUS own-daily
        2017-03-01 ATY monthly
        2017-06-29 ZAI new
        2017-03-01 KUS of-nobody
    """)
    out, due = (frame.set_index("outlet") for frame in issues(listed, papers, Period(2017, 1)))
    assert due["value"].to_dict() == {"own-daily": 181, "monthly": 5, "new": 1}  # one at least
    assert due["origins"].to_dict() == papers["origins"].drop("of-nobody").to_dict()
    for frame in (out, due):
        for column, name in (("organisation", "publisher"), ("channel", "channel")):
            assert frame[column].to_dict() == papers[name].drop("of-nobody").to_dict()


def test_more_issues_than_were_due_are_all_of_them():
    rows = "\n".join(f"2017-03-{day:02} ATY ustazdyq-engbek" for day in range(1, 20))
    out, due = issues(items(rows), PAPERS, Period(2017, 1))
    assert (only(out)["low"], only(due)["value"]) == (19, 8)
    told = only(regularity(out, due, ["organisation", "outlet"], "issues"))
    assert of(told, "low", "high") == (1, 1)


def test_without_one_organisations_items_there_may_be_as_many_issues():
    listed = items("""
        2017-03-01 ATY ustazdyq-engbek
        2017-03-15 KUS ustazdyq-engbek
        2017-04-01 KUS ustazdyq-engbek
    """)
    before, after = (
        only(issues(rows, PAPERS, Period(2017, 1))[0])
        for rows in (listed, listed[listed["organisation"] == "ATY"])
    )
    assert (before["low"], after["low"]) == (3, 1)
    assert after["high"] >= before["high"]
