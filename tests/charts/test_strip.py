import pytest
from aqparat.charts.marks import Named
from aqparat.charts.strip import Row, strips
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.palette import GREY
from family import complaints, drawn, fact, renderer


def rate(value, *bounds):
    return fact(value, *bounds, metric="rate", unit="items per 1000 members")


def row(every, own, median=None, **more):
    bounds = own if isinstance(own, tuple) else (own,)
    known = Named(None if own is None else rate(*bounds), ["Semey"])
    middle = Named(rate(median), ["median"]) if median is not None else None
    return Row("Items per 1,000 members", [rate(n) for n in every], known, middle, **more)


def draw(*rows, code="en", **more):
    with styled():
        return strips(rows, renderer(code), **more)


def strokes(figure):
    return sorted(
        {float(x) for drawn in figure.axes[0].lines if drawn.get_color() == GREY for x in drawn.get_xdata()}
    )


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_a_row_goes_from_its_least_number_to_its_greatest():
    figure, marks = draw(row([2, 4, 8], 4, 4), row([200, 400, 800], 800, 400))
    least, middle, most = strokes(figure)
    assert middle - least == pytest.approx((most - least) / 3)
    assert [m.artist.center[0] for m in marks[::2]] == pytest.approx([middle, most])
    assert marks[1].artist.get_xdata()[0] == pytest.approx(middle) == marks[3].artist.get_xdata()[0]


def test_the_own_number_stands_at_the_right_with_its_note():
    figure, marks = draw(row([1, 2, 3], 2, note="target 3"))
    assert "2.00 · target 3" in written(figure)
    assert len(marks) == 1
    assert "Semey" in marks[0].text


def test_what_was_not_reported_is_no_dot_and_zero_is_one():
    figure, marks = draw(row([0, 2, 3], None, 2))
    assert "not reported" in written(figure)
    assert len(marks) == 1
    figure, marks = draw(row([0, 2, 3], (0,)))
    assert marks[0].artist.center[0] == strokes(figure)[0]
    assert "0.00" in written(figure)


def test_bounds_are_a_line():
    figure, (mark,) = draw(row([0, 4], (None, 1, 3)))
    low, high = strokes(figure)
    bounds = mark.artist
    assert list(bounds.get_xdata()) == pytest.approx([low + (high - low) / 4, high - (high - low) / 4])
    assert "1.00–3.00" in written(figure)


def test_marks_of_a_row_share_it():
    _, marks = draw(row([1, 9], 2, 7))
    own, median = (m.reach for m in marks)
    assert own.get_x() + own.get_width() == pytest.approx(median.get_x())
    assert own.get_height() * 350 / 4.8 >= 24


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_letters_are_cut_or_lie_on_others(code):
    rows = [row([1, 2, 3], n, 2, note="target " * n) for n in (1, 2, 3)] + [row([5, 5], 5, 5), row([1], None)]
    names = ("Semey " * 6, "an organisation " * 3, "median " * 4)
    figure, marks = draw(*rows, code=code, names=names)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*draw(*rows, code=code, names=names)).svg()
