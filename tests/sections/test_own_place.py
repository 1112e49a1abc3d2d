"""Where an organisation stands among all: only what is sure is said."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.own_place import Rate, Standing, own_place

HALF = Window(date(2017, 7, 1), date(2017, 12, 31))


def score(low, high):
    value = low if low == high else None
    exact = "exact" if value is not None else "about"
    return Fact("score", "score", "site", "KUS", "", "", HALF, None, value, low, high, exact, "index")


@pytest.mark.parametrize(
    ("low", "high", "quarter"),
    [
        (75, 75, "upper"),
        (80, 97, "upper"),
        (70, 97, ""),  # it may be either
        (25, 25, "lower"),
        (3, 25, "lower"),
        (3, 26, ""),
        (26, 74, "middle"),
        (25, 74, ""),
        (0, 100, ""),
    ],
)
def test_a_quarter_is_told_where_it_is_sure(low, high, quarter):
    rate = Rate("site", None, [], score(low, high))
    assert rate.quarter == quarter
    assert (rate in Standing("KUS", [rate]).lying(quarter)) is bool(quarter) or not quarter


def test_without_a_score_nothing_is_told():
    assert Rate("site", None, [], None).quarter == ""


def filed_by(filed, members, figures):
    lines = [f"{code} {n}" for code, n in zip(members, figures, strict=True)]
    return filed(*lines, indicator="trained", outlet="")


def test_rates_of_few_are_not_compared(filed, tables):
    members = list(tables.members())
    data = filed_by(filed, members[:5], range(5, 10))
    assert own_place(data, members[0]) is None


def test_a_picture_needs_rates_that_differ(folder, tables):
    from aqparat.metrics import collect
    from aqparat.sections.report_data import ReportData

    def standing(numbers):
        members = list(folder.load().members())
        head = "indicator,organisation,start,end,value,qualifier,source\n"
        days = "2017-07-01,2017-12-31"
        rows = [f"members,{code},{days},1000,exact,form" for code in members]
        rows += [f"trained,{code},{days},{n},exact,form" for code, n in zip(members, numbers, strict=True)]
        folder.write("2017H2/observations.csv", head + "\n".join(rows) + "\n")
        made = folder.load("2017H2")
        return own_place(ReportData(made, collect(made)), members[0])

    count = len(folder.load().members())
    assert standing([40] * count) is None
    told = standing(range(40, 40 + count))
    (rate,) = told.rates
    assert (rate.kind, rate.own.value, len(rate.others)) == ("training", 0.04, count - 1)
    assert rate.quarter == "lower"
    assert [f.least for f in rate.others] == sorted(f.least for f in rate.others)
    assert replace(told, rates=[]).own == []


def test_of_three_nobody_is_in_a_quarter(folder):
    from aqparat.metrics import collect
    from aqparat.sections.report_data import ReportData

    def standing(members):
        table = folder.text("reference/organisations.csv").splitlines(keepends=True)
        kept = [line for line in table if line[:3] in ("cod", "CEN", *members)]
        folder.write("reference/organisations.csv", "".join(kept))
        head = "indicator,organisation,start,end,value,qualifier,source\n"
        rows = [
            f"{indicator},{code},2017-07-01,2017-12-31,{value},exact,form\n"
            for n, code in enumerate(members, 1) for indicator, value in (("members", 1000), ("trained", n))
        ]  # fmt: skip
        folder.write("2017H2/observations.csv", head + "".join(rows))
        shutil.rmtree(folder.path / "raw" / "2017H1", ignore_errors=True)
        folder.write("reference/aliases.csv", "alias,table,code\n")
        folder.write("reference/outlets.csv", folder.text("reference/outlets.csv").splitlines()[0] + "\n")
        tables = folder.load("2017H2")
        return own_place(ReportData(tables, collect(tables)), "AKM")

    assert standing(["AKM", "AKT", "ATY", "KAR"]).lying("lower")
    assert standing(["AKM", "AKT", "ATY"]) is None
