"""What sections and tables of all have told of organisations is not told once more in words."""

import pytest
from aqparat.metrics import collect
from aqparat.sections.portraits import broadest, portraits
from aqparat.sections.report_data import ReportData
from aqparat.sections.scoreboard import scoreboard
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES

SEVEN = ("AKM", "AST", "AKT", "ALM", "ALA", "ATY", "ZAP")


@pytest.fixture
def half(folder):
    """Give a half-year in which seven organisations filed videos, items in a paper and on the site."""
    head = "indicator,organisation,outlet,start,end,value,qualifier,source"
    when = "2017-07-01,2017-12-31"
    rows = [f"videos,{code},,{when},{n},exact,form" for n, code in enumerate(SEVEN)]
    rows += [f"publications,{code},bilimdi-el,{when},{n + 10},exact,form" for n, code in enumerate(SEVEN)]
    rows += [f"publications,{code},union-site,{when},{n + 20},exact,form" for n, code in enumerate(SEVEN)]
    rows += [f"videos,KUS,union-site,{when},5,more_than,form", f"trained,KUS,,{when},90,about,form"]
    folder.write("2017H2/observations.csv", "\n".join([head, *rows, ""]))
    tables = folder.load("2017H2")
    return ReportData(tables, collect(tables))


def cells(data, name, section, code="en"):
    renderer = Renderer(data.tables, code, data.facts)
    table = TABLES[name](section, renderer)
    return table.columns, {str(row[0]): [str(c) for c in row[1:]] for row in table.rows}


def test_a_figure_of_another_place_is_no_missing_one(half):
    columns, rows = cells(half, "scoreboard", scoreboard(half))
    assert columns == ["Organisation", "Site items", "Newspaper items", "Videos"]  # one trained is no column
    assert rows["Akmola"] == ["20", "at least 10", "0"]  # nothing is known of the other paper
    assert rows["Kostanay"] == ["–", "–", "more than 5 (union website)"]


def test_what_is_left_of_many_is_a_table(half):
    _, rows = cells(half, "other_figures", portraits(half))
    assert rows["Akmola"] == ["Bilimdi El: 10 items"]  # the scoreboard has the two papers together
    assert rows["Kostanay"] == [
        "Union website, 2017 to date: 29 items; Kostanay AQU website, 2017 to date: 26 items"
    ]
    renderer = Renderer(half.tables, "en", half.facts)
    assert renderer.prose("organisations", portraits(half), view=lambda name: True) == []


def test_what_sections_above_tell_is_not_told_again(tables, facts):
    data = ReportData(tables, facts)
    assert scoreboard(data) is None
    (kostanay,) = portraits(data)
    assert kostanay.organisation == "KUS"
    assert sorted((f.indicator, f.outlet, f.value) for f in kostanay.facts) == [
        ("publications", "kostanay-aqu-site", 26),
        ("publications", "union-site", 29),
        ("videos", "union-site", 6),
    ]


def test_the_chart_of_channels_is_of_who_has_most_of_them(half, tables, facts):
    assert broadest(half).organisation == "ZAP"  # as many channels as others, most items
    assert broadest(ReportData(tables, facts)).organisation == "KUS"
