"""The section on measures: the state of each now, against last time."""

from dataclasses import replace
from datetime import date

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.period import Period
from aqparat.sections.answers import answer_measures
from aqparat.sections.measures import measures
from aqparat.sections.report_data import ReportData
from aqparat.words import tables as wording
from aqparat.words.renderer import Renderer

YEAR = Period.parse("2017").window
HEAD = "code,organisation,text_kk,text_ru,text_en,indicator,target,due,status,note,source\n"
BEFORE = HEAD + (
    "M-1,KUS,Жазылу.,Подписка.,Subscribe.,copies,900,2017-12-01,planned,,meeting\n"
    "M-2,AKT,Семинар.,Семинар.,A seminar.,,,2017-12-01,under_way,,meeting\n"
    "M-3,PAV,Радио.,Радио.,Radio.,,,2017-05-01,done,,meeting\n"
    "M-4,ATY,Сайт.,Сайт.,The site.,,,2017-09-01,under_way,,meeting\n"
)
NOW = HEAD + (
    "M-1,KUS,Жазылу.,Подписка.,Subscribe.,,,,done,Жазылды.,form KUS\n"
    "M-4,ATY,Сайт.,Сайт.,The site.,,,,under_way,,form ATY\n"
    "M-5,CEN,Газет.,Газета.,A paper.,,,2018-03-01,planned,,form CEN\n"
)


@pytest.fixture(scope="module")
def data(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("measures"))
    folder.write("2017H1/measures.csv", BEFORE)
    folder.write("2017H2/measures.csv", NOW)
    tables = folder.load("2017H2")
    return ReportData(tables, collect(tables))


def test_each_has_its_state_now_against_last_time(data):
    plan = {m.text["code"]: m for m in measures(data).plan}
    assert {code: (m.before, m.status, m.updated) for code, m in plan.items()} == {
        "M-1": ("planned", "done", True),
        "M-2": ("under_way", "under_way", False),  # nobody has said anything
        "M-4": ("under_way", "under_way", True),
        "M-5": (None, "planned", True),  # decided since
    }  # M-3 was done before
    assert plan["M-1"].note == "Жазылды."
    assert plan["M-1"].due.isoformat() == "2017-12-01"


def test_overdue_is_only_what_is_known_not_to_be_done(data):
    plan = {m.text["code"]: (m.overdue, m.past_due) for m in measures(data).plan}
    assert plan == {
        "M-1": (False, False), "M-2": (False, True), "M-4": (True, True), "M-5": (False, False),
    }  # fmt: skip
    assert answer_measures(data).overdue == ["ATY"]


def test_those_due_of_which_no_word_came_stand_apart(data):
    found = measures(data)
    assert [m.text["code"] for m in found.silent] == ["M-2"]
    assert found.unheard == ["AKT"]
    assert (found.late.value, found.late.id) == (1, "volume.measures_past_due.TOTAL.any.2017H2")


def test_the_overdue_are_told_first_and_the_ended_last(data):
    found = measures(data)
    assert [m.text["code"] for m in found.told] == ["M-4", "M-5", "M-1"]
    assert found.overdue == ["ATY"] and found.awaited == []


WORDED = {
    "kk": ["Өткен жолғы күйі", "Қазіргі күйі", "орындалуда, мерзімі өткен", "жаңа шара"],
    "ru": ["Состояние в прошлый раз", "Состояние сейчас", "выполняется, срок истёк", "новая мера"],
    "en": ["State last time", "State now", "under way, overdue", "new measure"],
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_table_says_it_in_words(data, code):
    told = wording.TABLES["plan"](measures(data), Renderer(data.tables, code))
    before, now, late, new = WORDED[code]
    assert told.columns[-2:] == [before, now]
    aty, cen, kus = ([str(cell) for cell in row] for row in told.rows)
    assert "900" in kus[1]
    assert kus[-1].endswith(". Жазылды.")
    assert aty[-1] == late
    assert cen[-2] == new


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_measure_with_a_target_has_the_latest_figures_beside_it(data, code):
    told = wording.TABLES["plan"](measures(data), Renderer(data.tables, code, data.facts))
    place = told.columns.index({"kk": "Қазіргі саны", "ru": "Число сейчас", "en": "Figure now"}[code])
    aty, cen, kus = (row[place] for row in told.rows)
    assert (str(aty), str(cen)) == ("–", "–")
    copies = data.facts.select("volume", indicator="copies", organisation="KUS", window=YEAR)
    assert copies and set(kus.facts) == {f.id for f in copies}


@pytest.mark.parametrize("code", LANGUAGES)
def test_measures_alike_of_which_no_word_came_stand_in_one_row(data, code):
    (silent,) = measures(data).silent
    later = replace(silent, due=date(2017, 12, 20))
    section = replace(measures(data), plan=[silent, later])
    (row,) = wording.TABLES["unheard"](section, Renderer(data.tables, code)).rows
    assert str(row[-1]).replace("\u00a0", " ").count("2017") == 2
    assert wording.TABLES["plan"](section, Renderer(data.tables, code)) is None


TARGETS = {
    "kk": "Жазылу. Межелі мәні (газет данасы): 900 дана.",
    "ru": "Подписка. Целевое значение (экземпляры газет): 900 экземпляров.",
    "en": "Subscribe. Target (newspaper copies subscribed): 900 copies.",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_target_is_a_fact_with_the_noun_of_its_unit(data, code):
    plan = wording.TABLES["plan"](measures(data), Renderer(data.tables, code, data.facts)).rows
    (cell,) = (row[1] for row in plan if "900" in str(row[1]))
    assert str(cell).replace("\u00a0", " ") == TARGETS[code]
    assert cell.facts == ["target.copies.KUS.M-1.2017H2"]
