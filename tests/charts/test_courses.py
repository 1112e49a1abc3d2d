import pytest
from aqparat.charts.courses import Course, courses
from aqparat.charts.marks import Named
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.palette import MAIN
from family import complaints, drawn, fact, renderer
from matplotlib.patches import Circle

YEARS = ["2015", "2016", "2017", "2018"]


def named(value, *bounds, **about):
    return Named(fact(value, *bounds, **about), ["Serper"])


def draw(*shown, code="en"):
    panels = [
        Course("Serper " * (n + 1), dict(zip(YEARS, numbers, strict=False)))
        for n, numbers in enumerate(shown)
    ]
    panels = [Course(p.title, {k: v for k, v in p.numbers.items() if v}) for p in panels]
    with styled():
        return courses(panels, YEARS, renderer(code))


def lines(figure):
    return [x for x in figure.axes[0].lines if x.get_color() == MAIN]


def test_a_dot_at_twice_the_number_is_twice_as_high_in_every_panel():
    _, marks = draw([named(0), named(10), named(20)], [named(0), named(20)])
    zero, ten, twenty, nought, other = (mark.artist.center for mark in marks)
    assert zero[1] - twenty[1] == pytest.approx(2 * (zero[1] - ten[1])) == pytest.approx(nought[1] - other[1])
    assert twenty[0] - ten[0] == pytest.approx(ten[0] - zero[0])
    assert other[0] == ten[0]


def test_the_line_parts_where_a_year_is_not_known():
    figure, marks = draw([named(1), None, named(3), named(4)])
    assert len(lines(figure)) == 1
    assert len(marks) == 3
    figure, marks = draw([named(1), Named(None, ["Serper"]), named(3), named(0)])
    assert len(lines(figure)) == 1
    assert marks[1].text == "Serper: not reported"
    assert not isinstance(marks[1].artist, Circle)
    assert isinstance(marks[3].artist, Circle)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_letters_are_cut_or_lie_on_others(code):
    shown = [
        [named(9784), Named(None, ["x"]), named(60, 61, None, qualifier="more_than"), named(0)],
        [
            named(None, 1000, 2000, qualifier="between"),
            named(5000, 4750, 5250, qualifier="about"),
            named(9784),
        ],
    ]
    figure, marks = draw(*shown, code=code)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*draw(*shown, code=code)).svg()
