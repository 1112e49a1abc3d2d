import csv
import io

import pytest
from aqparat.choices import LANGUAGES
from aqparat.explore import panel
from aqparat.explore.known import Known
from aqparat.explore.questions import QUESTIONS
from bs4 import BeautifulSoup
from invented import FULL, folder
from reported import data

PANELS = ("questions", "pickers", "tiles", "beside")


@pytest.fixture(scope="module")
def published():
    return {code: Known("2017H1", code, data()) for code in LANGUAGES}


@pytest.fixture(scope="module")
def full():
    return Known("2019H1", "ru", folder("full", *FULL))


def field(made, name):
    return next(field for field in made.fields if field["name"] == name)


def values(made, name):
    return [value for value, _ in field(made, name)["options"]]


def title(made):
    (page,) = made.pages
    return page["title"]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", PANELS)
def test_a_panel_is_told_in_its_language(published, code, name):
    made = getattr(panel, name)(published[code])
    assert all(field["label"] for field in made.fields)
    assert len({field["label"] for field in made.fields}) == len(made.fields)
    assert all(made.words[word] for word in ("panel", "clear", "save", "sort", "run"))
    assert made.words["mark"] == ""
    assert made.pages[0]["title"]
    assert not made.pages[0]["html"].startswith("<p>")  # an answer, not an error


def test_each_question_can_be_asked_with_all_it_can_be_asked_of(published):
    known = published["kk"]
    made = panel.questions(known)
    assert values(made, "question") == [question.key for question in QUESTIONS]
    for question in QUESTIONS:
        made.choose(question=question.key)
        assert [field["name"] for field in made.fields] == ["question", *question.choices]
        assert title(made).startswith(question.title("kk"))


def test_a_question_of_another_period_and_organisation_follows(full):
    made = panel.questions(full)
    made.choose(question="did", organisation="KUS", period="2018H1")
    assert title(made).endswith("(" + ", ".join([full.name("KUS"), "первое полугодие 2018 года"]) + ")")
    made.choose(question="silent")
    assert field(made, "period")["value"] == "2018H1"  # what is chosen stays from question to question


def test_what_may_stay_open_can_be(published):
    made = panel.questions(published["en"])
    made.choose(question="months")
    assert field(made, "organisation")["options"][0] == ("", "All")
    assert field(made, "organisation")["value"] == ""


def test_metrics_places_and_periods_are_those_of_the_indicator(full):
    made = panel.pickers(full)
    assert field(made, "indicator")["value"] == "publications"
    assert field(made, "periods")["value"] == ["2019H1"]
    assert "rate" in values(made, "metric")
    made.choose(indicator="copies", metric="penetration", periods=["2018", "2019"])
    assert "rate" not in values(made, "metric")
    assert {place.split(".")[0] for place in values(made, "channels")} == {"copies"}
    assert "2019H1" not in values(made, "periods")
    made.choose(indicator="activity")
    assert [field["name"] for field in made.fields] == ["indicator", "metric", "organisations", "periods"]


def test_television_radio_and_social_media_can_be_picked(full):
    made = panel.pickers(full)
    channels = set()
    for indicator in values(made, "indicator"):
        made.choose(indicator=indicator)
        channels |= {*values(made, "channels")} if indicator != "activity" else set()
    assert {"broadcasts.television", "broadcasts.radio", "publications.social"} <= channels


def test_what_is_kept_is_what_is_measured(full):
    made = panel.pickers(full)
    made.choose(indicator="broadcasts", channels=["broadcasts.television"], organisations=["KUS", "ATY"])
    rows = list(csv.DictReader(io.StringIO(made.pages[0]["csv"])))
    assert {row["organisation"] for row in rows} == {"KUS", "ATY"}
    for row in rows:
        fact = full.data.facts[row["fact"]]
        assert [float(row[side]) for side in ("value", "low", "high")] == [fact.value, fact.low, fact.high]
    assert made.pages[0]["name"] == "2019H1-pickers-synthetic"
    assert made.words["mark"] == full.label("report.synthetic")


def test_bounds_are_kept_as_bounds(published):
    made = panel.pickers(published["en"])
    rows = {}
    for metric in ("volume", "growth"):
        made.choose(indicator="publications", organisations=["TOTAL"], metric=metric, periods=[])
        rows[metric] = list(csv.DictReader(io.StringIO(made.pages[0]["csv"])))
    every = [row for found in rows.values() for row in found]
    assert every
    for row in every:
        fact = published["en"].data.facts[row["fact"]]
        for side in ("value", "low", "high"):
            number = getattr(fact, side)
            assert (float(row[side]) if row[side] else None) == number


def test_the_slider_goes_over_periods_of_one_length_the_latest_last(full):
    made = panel.tiles(full)
    assert field(made, "period")["kind"] == "steps"
    assert values(made, "period") == FULL
    assert field(made, "period")["value"] == "2019H1"
    made.choose(period="2018H1")
    assert "2018" in title(made)
    made.choose(indicator="copies")
    assert all("H" not in code for code in values(made, "period"))
    assert {"growth", "rank"} & {*values(made, "metric")} == set()


def test_the_latest_period_stands_beside_the_same_a_year_before(full):
    made = panel.beside(full)
    assert (field(made, "first")["value"], field(made, "second")["value"]) == ("2018H1", "2019H1")
    made.choose(first="2017H1", second="2017H2")
    assert "1-е полугодие 2017, 2-е полугодие 2017" in title(made)
    made.choose(second="2017H1")  # none is set beside itself
    assert field(made, "first")["value"] != "2017H1" and "2017H1" not in values(made, "first")
    made.choose(indicator="copies")  # of which there is no half-year: both are chosen anew
    assert (field(made, "first")["value"], field(made, "second")["value"]) == ("2018", "2019")


def test_what_cannot_be_answered_is_told_in_words(published, monkeypatch):
    made = panel.beside(published["ru"])
    monkeypatch.setattr(panel, "side_by_side", lambda known, **of: known.at("2016"))
    made.choose()
    (page,) = made.pages
    assert page["csv"] == page["svg"] == ""
    assert BeautifulSoup(page["html"], "html.parser").p.text == page["text"] != ""
