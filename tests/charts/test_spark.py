"""The small line of a card."""

from xml.etree import ElementTree

from aqparat.charts.spark import HEIGHT, drawn
from aqparat.metrics.facts import Fact
from aqparat.period import Period


def facts(*values):
    periods = [Period(2015 + n // 2, n % 2 + 1) for n in range(len(values))]
    return [
        Fact(f"f{n}", "volume", "publications", "TOTAL", "", "", p.window, None, v, v, v, "exact", "item")
        for n, (p, v) in enumerate(zip(periods, values, strict=True))
    ]  # fmt: skip


def points(svg):
    lines = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}polyline")
    return [[tuple(map(float, p.split(","))) for p in line.get("points").split()] for line in lines]


def test_a_greater_number_stands_higher():
    [line] = points(drawn(facts(10, 30, 20)))
    heights = [HEIGHT - y for _, y in line]
    assert heights[0] < heights[2] < heights[1]
    assert heights[2] == (heights[0] + heights[1]) / 2


def test_a_period_that_is_not_known_parts_the_line():
    assert [len(line) for line in points(drawn(facts(10, 30, None, 20, 25)))] == [2, 2]


def test_nothing_is_drawn_of_equal_or_too_few_numbers():
    assert drawn(facts(5, 5, 5)) == drawn(facts(5, 6)) == drawn(facts(5, 6, None)) == ""


def test_the_number_compared_with_is_an_open_dot():
    course = facts(10, 30, 20)
    assert drawn(course, course[0]).count("<circle") == 2
    assert drawn(course).count("<circle") == 1
