from dataclasses import replace
from datetime import date

import pytest
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.words.languages import language

EN, KK = language("en"), language("kk")
FACT = Fact(
    "id", "rate", "publications", "KUS", "", "", Window(date(2017, 1, 1), None), None,
    1.25, 1.25, 1.25, "exact", "items per 1000 members",
)  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "unit", "number", "text"),
    [
        ("growth", "fraction", 0.197, "+19.7%"),
        ("growth", "fraction", -0.197, "−19.7%"),
        ("growth", "fraction", 0.00001, "0.0%"),
        ("growth", "fraction", -0.00001, "0.0%"),
        ("share", "fraction", 0.197, "19.7%"),
        ("contribution", "fraction", 0.05, "+5.0 percentage points"),
        ("rank_change", "rank", 2.0, "+2"),
        ("rank_change", "rank", -2.0, "−2"),
        ("rank", "rank", 2.0, "2"),
        ("hhi", "index", 0.1234, "0.123"),
        ("activity_index", "index", 61.25, "61.2"),
        ("score", "index", 0.05, "0.1"),
        ("rate", "items per 1000 members", 0.0123, "0.012"),
        ("rate", "items per 1000 members", 12.345, "12.35"),
        ("component", "fraction", 0.5, "50.0%"),
        ("volume", "item", 4746.0, "4,746"),
        ("volume", "hour", 12.5, "12.5"),
        ("volume", "hour", 0.1 + 0.2, "0.3"),
    ],
)
def test_a_number_is_written_as_its_metric_asks(metric, unit, number, text):
    assert EN.amount(number, replace(FACT, metric=metric, unit=unit)) == text


@pytest.mark.parametrize("fraction, text", [(0.197, "+19,7%"), (2.0994, "+209,9%"), (-0.05, "−5,0%")])
def test_percentages_in_kazakh(fraction, text):
    assert KK.amount(fraction, replace(FACT, metric="growth", unit="fraction")) == text


def test_a_fact_in_words_is_still_that_fact():
    worded = EN.shown(FACT)
    assert (str(worded), worded.facts, worded.number) == ("1.25", ["id"], 1.25)


def test_a_noun_is_no_part_of_the_number():
    worded = EN.counted(replace(FACT, metric="volume", unit="copy", value=1, low=1, high=1))
    assert [part.text for part in worded.parts] == ["1", " copy"]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((8.0, 8.0, 8.0), "8 items"),
        ((7.5, 7.5, 7.5), "7.5 items"),
        ((None, 2.0, 4.5), "2.0–4.5 items"),
        ((None, 2.0, 5.0), "2–5 items"),
    ],
)
def test_a_median_is_a_count_or_lies_between_two(numbers, text):
    value, low, high = numbers
    about = {"metric": "median", "unit": "item", "qualifier": "exact" if value else "about"}
    assert str(EN.counted(replace(FACT, value=value, low=low, high=high, **about))) == text


@pytest.mark.parametrize(("level", "text"), [(0.95, "95%"), (0.998, "99.8%"), (0.9, "90%")])
def test_how_much_lies_within_an_interval(level, text):
    assert EN.level(level) == text
