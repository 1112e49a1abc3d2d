import pytest
from aqparat.charts.marks import Named
from aqparat.charts.months import Month, months
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from family import complaints, drawn, fact, renderer

NAMES = ["January", "February", "March", "April", "May", "June"]


def named(value, *bounds, **about):
    return Named(fact(value, *bounds, **about), ["month"])


def draw(*pairs, code="en", **more):
    shown = [Month(name, *pair) for name, pair in zip(NAMES * 2, pairs, strict=False)]
    with styled():
        return months(shown, renderer(code), **more)


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_a_bar_of_twice_the_number_is_twice_as_high_and_the_year_before_at_its_own_height():
    _, marks = draw([named(10), named(20)], [named(20)], [named(0)])
    ten, before, twenty, zero = (mark.artist for mark in marks)
    assert twenty.get_height() == pytest.approx(2 * ten.get_height()) != 0
    assert zero.get_height() == 0
    assert list(before.get_ydata()) == [twenty.get_y()] * 2


def test_a_month_not_reported_is_hatched_and_zero_is_not():
    figure, marks = draw([named(0)], [Named(None, ["February"])], [named(4)])
    assert not marks[0].artist.get_hatch()
    assert marks[1].artist.get_hatch()
    assert marks[1].text == "February: not reported"
    assert {"0", "not reported"} <= {text.replace("\n", " ") for text in written(figure)}


def test_bounds_are_outlined_from_one_to_the_other():
    figure, marks = draw([named(None, 10, 20, qualifier="between")], [named(10)], [named(20)])
    sure, ten, twenty = (mark.artist for mark in marks)
    assert sure.get_height() == pytest.approx(ten.get_height())
    (outline,) = (p for p in figure.axes[0].patches if p.get_linestyle() not in ("-", "solid"))
    assert outline.get_y() == pytest.approx(twenty.get_y())
    assert outline.get_y() + outline.get_height() == pytest.approx(ten.get_y())


@pytest.mark.parametrize("then", range(0, 60, 3))
def test_a_number_does_not_lie_on_the_line_of_the_year_before(then):
    figure, marks = draw([named(38), named(then)], [named(60)])
    across = marks[1].artist.get_ydata()[0]
    (number,) = (t for t in figure.axes[0].texts if t.get_text() == "38")
    foot = number.get_position()[1]
    assert across <= foot - 0.15 or across >= foot + 0.02


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("many", [3, 6, 12])
def test_no_letters_are_cut_or_lie_on_others(code, many):
    pairs = [[named(1900 - 111 * n), named(1700)] for n in range(many - 2)]
    pairs += [[Named(None, ["x"])], [named(60, 61, None, qualifier="more_than")]]
    figure, marks = draw(*pairs, code=code, names=("now " * 8, "then " * 8))
    assert complaints(figure) == []
    assert len(marks) == 2 * (many - 2) + 2
    again = draw(*pairs, code=code, names=("now " * 8, "then " * 8))
    assert drawn(figure, marks).svg() == drawn(*again).svg()


def test_each_mark_answers():
    _, marks = draw([named(30), named(20)])
    bar, line = (mark.reach for mark in marks)
    assert bar.get_height() > line.get_height() > 0
    assert marks[1].artist.get_zorder() > marks[0].artist.get_zorder()
