from dataclasses import replace
from datetime import date

import pytest
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.words.languages import language
from aqparat.words.values import amount, value

EN = language("en")
FACT = Fact(
    "id", "rate", "publications", "KUS", "", "", Window(date(2017, 1, 1), None), None,
    1.25, 1.25, 1.25, "exact", "items per 1000 members",
)  # fmt: skip


def of(metric, unit, value=None, low=None, high=None, qualifier="exact"):
    low, high = (value if b is None and value is not None else b for b in (low, high))
    return replace(FACT, metric=metric, unit=unit, value=value, low=low, high=high, qualifier=qualifier)


@pytest.mark.parametrize(
    ("metric", "unit", "number", "text"),
    [
        ("growth", "fraction", 0.197, "+19.7%"),
        ("growth", "fraction", -0.197, "−19.7%"),
        ("share", "fraction", 0.197, "19.7%"),
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
    ],
)
def test_a_number_is_written_as_its_metric_asks(metric, unit, number, text):
    assert amount(number, of(metric, unit, number), EN) == text


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (of("growth", "fraction", low=-1.0, high=1.557, qualifier="at_most"), "at most +155.7%"),
        (of("share", "fraction", 0.113), "11.3%"),
        (of("rank", "rank", low=1.0, high=8.0, qualifier="about"), "1–8"),
        (of("rank_change", "rank", -3.0), "−3"),
        (of("rate", "items per 1000 members", low=2.5, qualifier="at_least"), "at least 2.50"),
        (of("volume", "item", 60.0, 61.0, None, "more_than"), "more than 60"),
    ],
)
def test_a_fact_is_worded_with_its_bounds(fact, text):
    worded = value(fact, EN)
    assert str(worded) == text
    assert worded.facts == [fact.id]
