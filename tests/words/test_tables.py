from dataclasses import replace

import pytest
from aqparat.choices import LANGUAGES
from aqparat.words.inline import text
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES, measures
from aqparat.words.tables.table import NOTHING, compact, narrow
from reported import report

OF = {
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
    assert made("copies").numeric == [False, True, True, True, True]
    assert made("site_lowest").numeric == [False, True, True, True]
    assert made("carried").numeric == [False, False, True, False]


def test_copies_by_year_with_growth():
    assert column("copies", 0) == ["2015", "2016", "2017"]
    assert column("copies", 1) == ["3 331", "3 965", "4 746"]
    assert column("copies", 2) == ["–", "+19,0%", "+19,7%"]
    assert column("copies", 3) == ["", "720", "1 525"]
    assert column("copies", 4) == ["", "–", "+111,8%"]


def test_who_sent_least_by_window():
    table = made("site_lowest")
    codes = ["ALM", "ATY", "PAR", "SEM", "SEV", "UST"]  # by the Kazakh alphabet
    names = report().data.tables.organisations.loc[codes, "name_kk"].to_list()
    assert [str(row[0]) for row in table.rows] == names
    assert table.columns[1:] == ["2015", "2016", "2017 ж. 1-жартыжылдық"]
    assert ["«Парасат»", "0", "7", ""] in [list(map(str, row)) for row in table.rows]


def test_a_bound_stays_one_in_a_table():
    assert column("carried", 2) == ["60-тан астам", "156", "14", "21"]


@pytest.mark.parametrize(
    "name, empty",
    [
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
    assert "<b>*ел*</b>" in TABLES["copies"](told.section("subscription"), renderer).columns
    cells = [row[0] for row in TABLES["carried"](told.section("newspapers"), renderer).rows]
    assert "<b>*ел*</b>" in map(str, cells)


def cells(*rows):
    return [[text(words) if words else NOTHING for words in row] for row in rows]


def told(made):
    columns, rows = made
    return columns, [[str(cell) for cell in row] for row in rows]


def test_a_column_that_is_empty_throughout_is_left_out():
    rows = cells(("А", "1", ""), ("Ә", "2", "–"))
    assert told(compact(["ұйым", "саны", "өсім"], rows)) == (["ұйым", "саны"], [["А", "1"], ["Ә", "2"]])


def test_the_only_column_beside_the_names_stays():
    rows = cells(("А", "–"), ("Ә", "–"))
    assert compact(["ұйым", "саны"], rows) == (["ұйым", "саны"], rows)


def test_words_in_few_rows_go_into_the_first_cell():
    rows = cells(("А", "бір", ""), ("Ә", "екі", ""), ("Б", "үш", "облыс"), ("В", "төрт", ""))
    columns, found = told(compact(["Ұйым", "Шара", "Кіммен бірге"], rows))
    assert columns == ["Ұйым", "Шара"]
    assert [row[0] for row in found] == ["А", "Ә", "Б (кіммен бірге: облыс)", "В"]


def test_words_in_half_of_the_rows_keep_their_column():
    rows = cells(("А", "бір", ""), ("Ә", "екі", "облыс"))
    assert compact(["ұйым", "шара", "кіммен"], rows) == (["ұйым", "шара", "кіммен"], rows)


def test_a_range_stands_below_its_number(facts):
    about = replace(
        facts["volume.publications.TOTAL.union-site.2017H1"], unit="index", metric="activity_index"
    )
    words = narrow(language("en").shown(replace(about, value=85.8, low=77.6, high=87.1, qualifier="about")))
    assert [(part.text, part.role) for part in words.parts] == [
        ("85.8", ""), (" ", ""), ("(77.6–87.1)", "small"),
    ]  # fmt: skip
    assert words.above == "85.8"
    assert words.facts == [about.id]


@pytest.mark.parametrize(("code", "told"), [
    ("ru", "Подписано 40 экземпляров."),
    ("kk", "Подписано 40 экземпляров. (орыс тілінде)"),
    ("en", "Подписано 40 экземпляров. (in Russian)"),
])  # fmt: skip
def test_what_was_done_says_in_which_language_it_stands(code, told):
    words = measures._noted("Подписано 40 экземпляров.", language(code))
    assert str(words) == told
    assert {part.lang for part in words.parts if "Подписано" in part.text} == {"" if code == "ru" else "ru"}
