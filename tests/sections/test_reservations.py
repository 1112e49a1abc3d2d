"""A finding carries the reservation that a note makes of it."""

from dataclasses import replace

import pandas as pd
import pytest
from aqparat import charts
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.sections.activity import activity
from aqparat.sections.measures import measures
from aqparat.sections.own import own
from aqparat.sections.places import places
from aqparat.sections.report_data import ReportData
from aqparat.sections.reservations import reservations, unclear
from aqparat.words.renderer import Renderer

SAID = {
    "en": "it is unclear whether Almaty city is",
    "ru": "неясно, упоминается ли организация г. Алматы",
    "kk": "Алматы қалалық ұйымының аталған-аталмағаны анық емес",
}


@pytest.fixture
def data(tables, facts):
    return ReportData(tables, facts)


def with_notes(tables, *texts):
    note = tables.highlights[tables.highlights["topic"] == "note"].iloc[:1]
    rows = [note.assign(text_kk=text, text_ru=text, text_en=text) for text in texts]
    rest = tables.highlights[tables.highlights["topic"] != "note"]
    told = replace(tables, highlights=pd.concat([rest, *rows], ignore_index=True))
    return ReportData(told, collect(told))


def test_a_name_that_two_share_may_mean_either(data):
    assert unclear(data) == {"ALM", "ALA"}
    assert activity(data).unclear == ["ALA"]
    assert activity(data).absent == ["AKM", "AST"]


@pytest.mark.parametrize(
    "text, codes",
    [
        ("“Almaty” may be both", {"ALM", "ALA"}),
        ("Бұл «Алматы» деген сөз анық емес", {"ALM", "ALA"}),
        ("«Атырау» is one only", set()),
        ("Almaty is not quoted", set()),
        ("«Қазақстан кәсіподағы» is a paper", set()),
    ],
)
def test_only_a_quoted_name_that_several_share_is_unclear(tables, text, codes):
    assert set(reservations(with_notes(tables, text))) == codes


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_that_says_so_carries_it(data, prose, code):
    assert SAID[code] in prose(data, "activity", activity(data), code)
    chart = charts.mentions_map(places(data), Renderer(data.tables, code, data.facts))
    assert SAID[code] in str(chart.title).replace("\u00a0", " ")
    note = str(reservations(data)["ALA"][0][f"text_{code}"])
    assert note in prose(data, "activity", activity(data), code)
    assert note in prose(data, "findings", measures(data), code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_whom_the_name_may_mean_read_it_in_their_own_reports(data, prose, code):
    note = str(reservations(data)["ALA"][0][f"text_{code}"])
    assert note in prose(data, "own_summary", own(data, "ALA"), code)
    assert note in prose(data, "own_figures", own(data, "ALM"), code)
    assert note not in prose(data, "own_figures", own(data, "ATY"), code)


def test_without_such_a_note_nothing_is_reserved(tables, prose):
    data = with_notes(tables, "No name.")
    assert activity(data).absent == activity(data).unmentioned == ["AKM", "AST", "ALA"]
    assert "Akmola, Almaty city and Astana are not mentioned once" in prose(data, "activity", activity(data))


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("en", "19 organisations are not mentioned once in the data for the second half of 2017"),
        ("ru", "В данных за второе полугодие 2017 года ни разу не упомянуты многие организации (19)"),
        (
            "kk",
            "2017 жылдың екінші жартыжылдығы бойынша тапсырылған деректерде 19 ұйым бірде-бір рет аталмаған",
        ),
    ],
)
def test_a_title_counts_many_instead_of_naming_them(filed, code, title):
    data = filed("KUS 31", "PAV 72")
    drawn = charts.mentions_map(places(data), Renderer(data.tables, code, data.facts))
    assert str(drawn.title).replace("\u00a0", " ") == title
