import pytest
from aqparat.charts.marks import Named
from aqparat.charts.series import Year, series
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.palette import MAIN, MID
from family import complaints, drawn, fact, renderer
from matplotlib.colors import to_hex

NOTHING = Named(None, ["2017H2"])


def named(value, *bounds, **about):
    return Named(fact(value, *bounds, **about), ["x"])


def draw(*years, code="en"):
    with styled():
        return series(years, renderer(code))


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_a_year_is_as_high_as_its_halves_together():
    _, marks = draw(Year("2018", named(200), named(300), named(500)))
    first, second, whole = (mark.artist for mark in marks)
    assert whole.get_height() == pytest.approx(first.get_height() + second.get_height())
    assert first.get_height() == pytest.approx(second.get_height() * 2 / 3)


def test_first_and_second_halves_are_told_apart():
    figure, marks = draw(Year("2018", named(200), named(300), named(500)))
    assert [to_hex(m.artist.get_facecolor()) for m in marks[:2]] == [MID, MAIN]
    assert marks[0].artist.get_x() < marks[1].artist.get_x()
    assert {"first half", "second half", "whole year", "200", "300", "500"} <= set(written(figure))
    assert "yearly pace (projection)" not in written(figure)


def test_years_stand_side_by_side_on_one_scale():
    _, marks = draw(Year("2017", whole=named(100)), Year("2018", whole=named(200)))
    one, two = (mark.artist for mark in marks)
    assert two.get_height() == pytest.approx(2 * one.get_height())
    assert one.get_x() + one.get_width() < two.get_x()


def test_the_pace_is_an_outline_over_the_half_and_no_sum():
    figure, marks = draw(
        Year("2018", whole=named(765)),
        Year("2019", named(306), pace=named(None, 510, 765, qualifier="between")),
    )
    whole, half, pace = (mark.artist for mark in marks)
    assert pace.get_facecolor()[3] == 0
    assert pace.get_linestyle() not in ("-", "solid")
    assert pace.get_height() == pytest.approx(whole.get_height())
    low = next(x for x in figure.axes[0].lines if x.is_dashed() and len(x.get_xdata()) == 2).get_ydata()[0]
    assert marks[0].artist.get_y() + whole.get_height() - low == pytest.approx(whole.get_height() * 510 / 765)
    assert half.get_height() == pytest.approx(whole.get_height() * 306 / 765)
    assert "510–765" in written(figure)


def test_a_half_not_reported_a_half_of_nothing_and_a_half_to_come_look_different():
    figure, marks = draw(
        Year("2017", named(5), NOTHING), Year("2018", named(5), named(0)), Year("2019", named(5))
    )
    assert len(marks) == 5
    assert marks[1].artist.get_hatch()
    assert not marks[3].artist.get_hatch()
    assert "0" in written(figure)
    assert marks[1].text == "2017H2: not reported"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("many", [1, 3, 6, 9])
def test_no_letters_are_cut_or_lie_on_others(code, many):
    years = [
        Year("2009", named(500), named(0), named(500)),
        Year("2010", named(2), named(3), named(5)),
        Year("2011", named(480), named(20), named(500)),
        Year("2012", named(250), NOTHING),
        Year("2013", named(240), named(None, 200, 260, qualifier="between")),
        Year("2014", whole=named(161)),
        Year("2015", named(60, 61, None, qualifier="more_than"), named(10)),
        Year("2016", named(None, 90, 110), named(90), named(None, 180, 200, qualifier="between")),
    ][: many - 1]
    years.append(Year("2017", named(306), pace=named(None, 510, 765, qualifier="between")))
    figure, marks = draw(*years, code=code)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*draw(*years, code=code)).svg()
