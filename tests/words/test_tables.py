from dataclasses import replace

import pytest
from aqparat.choices import LANGUAGES
from aqparat.words.renderer import Renderer
from aqparat.words.tables import NONE, TABLES
from reported import report

OF = {
    "key_figures": "summary",
    "site_lowest": "site",
    "copies": "subscription",
    "carried": "newspapers",
    "activities": "lessons",
}
EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
EACH = pytest.mark.parametrize("name", OF)


def made(name, code="kk"):
    return report(code).table(name, of=OF[name]).table


def column(name, place):
    return [str(row[place]).replace("\u00a0", " ") for row in made(name).rows]


@EVERYWHERE
@EACH
def test_a_table_is_whole(name, code):
    table = made(name, code)
    assert table.name == name
    assert table.title and table.note and all(table.columns)
    assert len(set(table.columns)) == len(table.columns) == len(table.numeric)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert all(row[0] for row in table.rows)
    assert not table.numeric[0]


@EVERYWHERE
@EACH
def test_every_number_of_a_table_is_a_fact(name, code):
    facts = report(code).facts
    for row in made(name, code).rows:
        for cell in row:
            assert all(facts[found] for found in cell.facts)
            assert not any(c.isdigit() for c in cell.masked("")), cell


def test_numbers_stand_to_the_right():
    assert made("copies").numeric == [False, False, True, True]
    assert made("site_lowest").numeric == [False, True, True, True]
    assert made("carried").numeric == [False, False, True, False]


def test_copies_by_year_with_growth():
    assert column("copies", 2) == ["3 331", "3 965", "4 746", "720", "1 525"]
    assert column("copies", 3) == ["–", "+19,0%", "+19,7%", "–", "+111,8%"]


def test_who_sent_least_by_window():
    table = made("site_lowest")
    codes = ["ALM", "ATY", "SEV", "SEM", "PAR", "UST"]  # as in the reference table, in every language
    names = report().data.tables.organisations.loc[codes, "name_kk"].to_list()
    assert [str(row[0]) for row in table.rows] == names
    assert table.columns[1:] == ["2015", "2016", "2017 ж. 1-жартыжылдық"]
    assert ["«Парасат»", "0", "7", ""] in [list(map(str, row)) for row in table.rows]


def test_a_bound_stays_one_in_a_table():
    assert column("carried", 2) == ["60-тан астам", "156", "14", "21"]


def test_a_half_is_not_compared_with_a_year():
    shown = dict(zip(column("key_figures", 0), column("key_figures", 3), strict=True))
    assert shown["Салалық кәсіподақ сайты: материалдар"] == str(NONE)


@pytest.mark.parametrize(
    "name, empty",
    [
        ("key_figures", {"figures": []}),
        ("site_lowest", {"silent": [], "lowest": []}),
        ("copies", {"papers": []}),
    ],
)
def test_nothing_to_show_is_no_table(name, empty):
    told = report()
    section = replace(told.section(OF[name]), **empty)
    assert TABLES[name](section, told.renderer) is None


def test_no_coverage_is_no_table():
    assert TABLES["carried"]([], report().renderer) is None


def test_a_hostile_name_is_text_in_a_table():
    told = report()
    outlets = told.data.tables.outlets.copy()
    outlets.loc["bilimdi-el", "name_kk"] = "<b>*ел*</b>"
    renderer = Renderer(replace(told.data.tables, outlets=outlets), "kk")
    cells = [row[0] for row in TABLES["copies"](told.section("subscription"), renderer).rows]
    assert "<b>*ел*</b>" in map(str, cells)
