"""The small line of a card."""

from xml.etree import ElementTree

from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.spark import HEIGHT, drawn


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


def bounded(value, low, high, qualifier, period):
    window = Period.parse(period).window
    return Fact(
        "f", "volume", "publications", "TOTAL", "", "", window, None, value, low, high, qualifier, "item"
    )


def test_more_than_is_no_point_and_parts_the_line():
    first, second, last = facts(10, 20, 30)
    svg = drawn([first, bounded(60, 61, None, "more_than", "2015H2"), last])
    assert points(svg) == []  # nothing is joined to a bound
    [stroke] = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path")
    assert stroke.get("d").count("M") == 3  # open above: a stroke, its foot, the head of an arrow
    circles = [
        float(c.get("cx")) for c in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle")
    ]
    assert circles == [4, 116, 116]
    assert drawn([first, second, bounded(60, 61, None, "more_than", "2016H1")]).count("<circle") == 0


def test_about_is_a_point_with_what_is_possible_around_it():
    first, _, last = facts(10, 20, 30)
    svg = drawn([first, bounded(20, 19, 21, "about", "2015H2"), last])
    assert [len(line) for line in points(svg)] == [3]
    assert svg.count("<path") == 1


def test_a_period_without_a_figure_is_a_gap_where_it_would_stand():
    first, second, _, fourth, fifth = facts(10, 20, 0, 20, 30)
    before, after = points(drawn([first, second, fourth, fifth]))
    assert after[0][0] - before[1][0] == 2 * (before[1][0] - before[0][0])
    assert points(drawn([first, second, fourth, fifth])) == points(drawn(facts(10, 20, None, 20, 30)))
