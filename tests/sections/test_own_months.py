"""An organisation's items by month: only where its register names all that it has reported."""

import pytest
from aqparat.metrics import collect
from aqparat.sections.own import own
from aqparat.sections.own_months import own_months
from aqparat.sections.report_data import ReportData

DAYS = ["2017-07-03", "2017-07-20", "2017-09-01", "2017-12-30"]


@pytest.fixture
def months(folder):
    """Give the months of Kostanay in the second half of 2017, by its register and what it says in all."""

    def months(days, total=None):
        rows = [f"{day},KUS,union-site,item {n}" for n, day in enumerate(days)]
        folder.write("2017H2/publications.csv", "\n".join(["date,organisation,outlet,title", *rows]) + "\n")
        if total:
            head = "indicator,organisation,outlet,start,end,value,qualifier,source\n"
            folder.write(
                "2017H2/observations.csv",
                f"{head}publications,KUS,union-site,2017-07-01,2017-12-31,{total},exact,form\n",
            )
        tables = folder.load("2017H2")
        data = ReportData(tables, collect(tables, history=True))
        return own_months(data, "KUS"), own(data, "KUS")

    return months


def test_each_month_has_its_items(months):
    told, section = months(DAYS)
    assert [f.value for f in told.now] == [2, 0, 1, 0, 0, 1]
    assert [f.window.start.month for f in told.most] == [7]
    assert [f.window.start.month for f in told.fewest] == [8, 10, 11]
    assert told.then == {}
    assert not told.only
    assert all(line.volume.id not in {f.id for f in told.now} for line in section.lines)


def test_the_only_months_with_items_are_said_to_be_the_only_ones(months):
    told, _ = months(["2017-09-01", "2017-09-20"])
    assert [f.window.start.month for f in told.most] == [9]
    assert told.only


def test_a_register_that_lacks_items_has_no_months(months):
    told, _ = months(DAYS, total=9)
    assert told is None


def test_no_picture_of_months_that_are_all_alike(months):
    told, _ = months([f"2017-{month:02}-10" for month in range(7, 13)])
    assert told is None
