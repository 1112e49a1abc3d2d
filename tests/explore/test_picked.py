"""Figures picked, the map, two periods side by side: against the figures of all windows."""

import re
from itertools import groupby

import pytest
from aqparat.charts.map import classes
from aqparat.choices import LANGUAGES
from aqparat.explore import panel
from aqparat.explore.making import MOST
from aqparat.explore.mapped import MAPPED, _level, mapped
from aqparat.explore.picked import indicators, metrics, picked, places_of, windows
from aqparat.explore.side_by_side import side_by_side
from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.words.languages import language
from asked import known

WHOLE = pytest.mark.exhaustive
CASES = [
    ("published", "ru"),
    *(pytest.param(*case, marks=WHOLE) for case in (("filed", "kk"), ("full", "en"))),
]


def marks(svg):
    return re.findall(r'id="mark-[^"]*"', svg or "")


@pytest.mark.parametrize(("case", "code"), CASES)
def test_whatever_is_offered_can_be_picked(case, code):
    asked = known(case, code)
    for indicator, _ in indicators(asked):
        for metric, _ in metrics(asked, indicator):
            answer = picked(asked, indicator, metric=metric)
            assert answer.sentence.endswith(".")
            assert len(marks(answer.chart)) <= MOST
            assert len(answer.table) == len(answer.measured)
            if metric in MAPPED:
                assert mapped(asked, indicator, metric=metric).sentence.endswith(".")
            if metric != "growth":
                beside = side_by_side(asked, indicator=indicator, metric=metric)
                assert len(marks(beside.chart)) <= MOST


def test_the_greatest_stand_first_and_what_is_left_out_is_said():
    asked = known("full")
    answer = picked(asked)
    numbers = list(answer.measured["value"])
    assert numbers == sorted(numbers, reverse=True)
    assert len(marks(answer.chart)) == MOST
    left = len(numbers) - MOST
    assert answer.left_out == f"Not in the picture: {left} of {len(numbers)} rows; the table has them all."


def test_a_choice_is_a_choice_of_the_figures():
    asked = known("full")
    answer = picked(asked, "broadcasts", ["television"], ["AKM", "TOTAL"], ["2018H1", "2018H2"], "volume")
    told = asked.history.select("volume", windows=["2018H1", "2018H2"], organisations=["AKM", "TOTAL"])
    wanted = {f.id for f in told if f.indicator == "broadcasts" and f.channel == "television"}
    assert set(answer.measured["fact"]) == wanted
    assert len(wanted) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicator": "publicatons"},
        {"metric": "penetration"},
        {"channels": ["televison"]},
        {"organisations": ["AKX"]},
        {"periods": ["2011H1"]},
        {"periods": ["twice"]},
    ],
)
def test_what_is_not_there_is_an_error_in_words(wrong):
    with pytest.raises(AqparatError) as error:
        picked(known("published"), **wrong)
    for code in LANGUAGES:
        assert error.value.key in known("published", code).language.labels["errors"]


def test_the_map_has_one_scale_over_the_periods():
    asked = known("full")
    legends = []
    for code, _ in windows(asked, "publications"):
        if "H" in code:
            answer = mapped(asked, "publications", "union-site", code)
            legends.append(tuple(re.findall(r"<!-- (\d+–\d+) -->", answer.chart)))
            assert len(marks(answer.chart)) >= 20
    assert len(set(legends)) == 1


def test_periods_of_different_length_tell_no_rise():
    asked = known("full")
    answer = side_by_side(asked, "2018", "2019H1")
    assert "not of the same length" in answer.sentence
    assert list(answer.table.columns) == ["Organisation", "2018", "1st half 2019"]
    even = side_by_side(asked)
    assert list(even.table.columns) == ["Organisation", "1st half 2018", "1st half 2019", "Course"]


def test_a_place_is_one_of_its_indicator():
    asked = known("full")
    assert [p.key for p in places_of(asked, "broadcasts")] == ["broadcasts.television", "broadcasts.radio"]


def test_who_has_been_split_since_is_there_in_its_own_time():
    asked = known("full")
    assert "YUZ" not in asked.members
    told = {f.organisation for f in asked.history.select("volume", asked.place(), windows=["2018H1"])}
    assert "YUZ" in told
    shown = mapped(asked, "publications", "union-site", "2018H1")
    assert "YUZ" in set(shown.measured["organisation"])
    assert "not known" not in shown.sentence
    assert "YUZ" in set(
        picked(asked, "publications", ["union-site"], (), ["2018H1"]).measured["organisation"]
    )
    assert "YUZ" in set(side_by_side(asked, "2018H1", "2019H1").measured["organisation"])
    table = side_by_side(asked, "2018H1", "2019H1").table.set_index("Organisation")
    assert table.loc["South Kazakhstan", "1st half 2019"] == "no member then"
    assert table.loc["Shymkent", "1st half 2018"] == "no member then"


def test_organisations_that_are_alike_stand_in_the_order_of_the_alphabet():
    """By the numbers of their letters Қ and Ө would come after Я."""
    asked = known("filed", "kk")
    rows = picked(asked, "publications").table.to_numpy().tolist()
    alike = [[row[0] for row in same] for _, same in groupby(rows, key=lambda row: row[-1])]
    assert [sorted(names, key=asked.language.sort_key) for names in alike] == alike
    assert [sorted(names) for names in alike] != alike


@pytest.mark.parametrize("code", LANGUAGES)
def test_of_one_period_it_is_said_that_another_is_needed(code):
    asked = known("published", code)
    lone = {"kk": "тағы бір кезеңнің", "ru": "ещё за один", "en": "of another are needed"}[code]
    none = {"kk": "қатар қою мүмкін емес", "ru": "два периода нельзя", "en": "no two periods"}[code]
    told = {}
    for indicator, _ in indicators(asked):
        periods = [c for c, _ in windows(asked, indicator) if re.fullmatch(r"\d{4}(H[12])?", c)]
        answer = side_by_side(asked, indicator=indicator)
        told[min(len(periods), 2)] = answer
        assert (lone in answer.sentence) == (len(periods) == 1), indicator
        assert (none in answer.sentence) == (not periods), indicator
        assert len(answer.table.columns) == 2 or len(periods) > 1
    assert 1 in told
    fields = {f["name"]: f for f in panel.beside(asked).fields}
    assert all(field["options"] for field in fields.values() if field["name"] != "second")


@pytest.mark.parametrize(
    ("step", "whole", "expected"),
    [
        (1, True, ["0", "1", "2", "3", "4"]),
        (2, True, ["0–1", "2–3", "4–5", "6–7", "8–9"]),
        (20, False, ["0–20", ">20–40", ">40–60", ">60–80", ">80–100"]),
        (0.25, False, ["0.00–0.25", ">0.25–0.50", ">0.50–0.75", ">0.75–1.00", ">1.00–1.25"]),
    ],
)
def test_no_number_is_in_two_classes(step, whole, expected):
    shown = classes(step, language("en"), whole=whole)
    assert shown == expected
    assert language("ru").number(0.5, 1) in classes(0.5, language("ru"))[1]
    ends = [float(part) for text in shown for part in text.strip(">").split("–")]
    if whole:
        assert sorted(set(ends)) == ends or step == 1


@pytest.mark.parametrize(("number", "whole"), [(n, w) for n in (0, 1, 4, 5, 7, 24) for w in (True, False)])
def test_a_number_is_in_the_class_whose_span_it_is_in(number, whole):
    about = ("f", "volume", "copies", "KUS", "", "", Period.parse("2017").window, None)
    fact = Fact(*about, number, number, number, "exact", "copy")
    at = int(_level(fact, 5, whole).low) - 1
    span = classes(5, language("en"), whole=whole)[at]
    low, high = map(float, span.strip(">").split("–"))
    assert low <= number <= high and (number > low or not span.startswith(">"))
