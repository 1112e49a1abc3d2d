"""What most organisations have filed stands in tables of all of them, and is not told once more in words."""

import pytest
from aqparat.metrics import collect
from aqparat.sections.overview import overview
from aqparat.sections.portraits import broadest, portraits
from aqparat.sections.report_data import ReportData
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


def cells(data, name, code="en"):
    renderer = Renderer(data.tables, code, data.facts)
    table = TABLES[name](overview(data), renderer)
    return table.columns, {str(row[0]): [str(c) for c in row[1:]] for row in table.rows}


def test_a_figure_of_another_place_is_no_missing_one(half):
    columns, rows = cells(half, "figures_by_organisation")
    assert columns == ["Organisation", "Videos"]  # one organisation's trained are no column
    assert rows["Akmola"] == ["0"]
    assert rows["Kostanay"] == ["more than 5 (union website)"]


def test_what_a_table_shows_is_not_told_again(half):
    (atyrau,) = [p for p in portraits(half) if p.organisation == "ATY"]
    assert atyrau.told == []
    assert {f.indicator for f in atyrau.facts} == {"videos", "publications"}


def test_fewer_are_told_in_words(tables, facts):
    data = ReportData(tables, facts)
    assert overview(data).columns == []
    assert {p.organisation for p in portraits(data)} == {"AKT", "ATY", "KUS", "VOS", "ZAI"}
    (kus,) = [p for p in portraits(data) if p.organisation == "KUS"]
    assert kus.told == kus.facts
    assert kus.lessons


def test_the_chart_of_channels_is_of_who_has_most_of_them(half, tables, facts):
    assert broadest(half).organisation == "ZAP"  # as many channels as others, most items
    assert broadest(ReportData(tables, facts)).organisation == "KUS"
