"""The section on measures: the state of each now, against last time."""

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.sections.answers import answer_measures
from aqparat.sections.findings import measures
from aqparat.sections.report_data import ReportData
from aqparat.words import tables as wording
from aqparat.words.renderer import Renderer

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


def test_the_report_says_from_whom_no_news_came(data):
    assert measures(data).unreported == ["AKT"]


WORDED = {
    "kk": ["Өткен жолғы күйі", "Қазіргі күйі", "жаңа дерек берілмеген, мерзімі өтіп кетті", "жаңа шара"],
    "ru": [
        "Состояние в прошлый раз",
        "Состояние сейчас",
        "сведений не представлено, срок прошёл",
        "новая мера",
    ],
    "en": ["State last time", "State now", "no update received, due date passed", "new measure"],
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_table_says_it_in_words(data, code):
    told = wording.TABLES["plan"](measures(data), Renderer(data.tables, code))
    before, now, silent, new = WORDED[code]
    assert told.columns[-2:] == [before, now]
    cells = {str(row[0]): [str(cell) for cell in row] for row in told.rows}
    _, kus, akt, cen = cells.values()
    assert "900" in kus[1]
    assert kus[-1].endswith(". Жазылды.")
    assert akt[-1] == silent
    assert cen[-2] == new


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
