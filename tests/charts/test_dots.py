from dataclasses import replace

import pytest
from aqparat.charts.dots import Line, Row, dots
from aqparat.charts.marks import Named
from aqparat.charts.sheet import DOT
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.palette import ACCENT, GREY, MAIN, PAPER
from family import complaints, drawn, fact, organisations, renderer
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

NOTHING = Named(None, ["Ustaz"])


def named(value, *bounds, **about):
    return Named(fact(value, *bounds, **about), ["Semey"])


def draw(*rows, code="en", **more):
    with styled():
        return dots(rows, renderer(code), **more)


def row(now, then=None, **more):
    return Row("Semey", now, then, **more)


def circles(figure):
    """Give the dots as place, whether full, colour."""
    found = [p for p in figure.axes[0].patches if isinstance(p, Circle)]
    return [(c.center[0], to_hex(c.get_facecolor()) != PAPER, to_hex(c.get_edgecolor())) for c in found]


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_a_dot_at_twice_the_value_is_twice_as_far():
    figure, _ = draw(row(named(0)), row(named(10)), row(named(20)))
    zero, ten, twenty = (x for x, _, _ in circles(figure))
    assert twenty - zero == pytest.approx(2 * (ten - zero)) != 0


def test_now_is_full_and_then_open_at_its_own_place_on_the_same_scale():
    figure, _ = draw(row(named(0)), row(named(20), named(10)))
    (zero, _, _), (now, full, _), (then, other, _) = circles(figure)
    assert now - zero == pytest.approx(2 * (then - zero))
    assert (full, other) == (True, False)


@pytest.mark.parametrize(
    "now, then, colour",
    [
        (named(5), named(4), MAIN),
        (named(4), named(5), ACCENT),
        (named(5), named(5), GREY),
        (named(None, 4, 6), named(5), GREY),
        (named(60, 61, None), named(50), MAIN),
    ],
)
def test_only_what_is_surely_more_or_less_has_its_colour(now, then, colour):
    figure, _ = draw(row(now, then))
    assert circles(figure)[-1][2] == colour


def test_zero_is_a_dot_and_unknown_is_words():
    figure, marks = draw(row(named(0), note="silent"), row(NOTHING), row(named(9)))
    assert len(circles(figure)) == 2
    assert {"0 · silent", "not reported", "9"} <= set(written(figure))
    assert marks[1].text == "Ustaz: not reported"
    assert list(marks[1].row) == ["Ustaz", "", "", ""]
    assert list(marks[0].row) == ["Semey", 0, 0, 0]


def test_what_is_known_by_bounds_goes_from_one_to_the_other():
    figure, marks = draw(row(named(0)), row(named(10)), row(named(None, 5, 10, qualifier="between")))
    (zero, _, _), (ten, _, _) = circles(figure)
    outline = marks[2].artist
    assert outline.get_x() - zero == pytest.approx((ten - zero) / 2)
    assert outline.get_x() + outline.get_width() == pytest.approx(ten)
    assert "5–10" in marks[2].text


def test_bounds_around_a_value_are_an_outline_and_stand_in_the_words():
    index = Named(fact(50, 40, 60, metric="activity_index", unit="index"), ["Semey"])
    figure, marks = draw(row(index), row(named(60)))
    assert "50.0" in written(figure)
    assert "50.0 (40.0–60.0)" in marks[0].text
    assert any(p.get_linestyle() not in ("-", "solid") for p in figure.axes[0].patches)


def test_more_than_sixty_ends_in_an_arrow():
    plain = len(draw(row(named(60)))[0].axes[0].patches)
    figure, _ = draw(row(named(60, 61, None, qualifier="more_than")))
    assert len(figure.axes[0].patches) == plain + 1
    assert "more than 60" in written(figure)


def test_a_line_stands_at_its_value_and_not_under_letters():
    median = Line(Named(fact(10), ["median"]), "median 10")
    figure, marks = draw(row(named(10)), row(named(9)), row(named(20)), lines=[median])
    ten = circles(figure)[0][0]
    across = marks[-1].artist
    xs, ys = across.get_data()
    assert set(xs) == {ten}
    assert any(y != y for y in ys[:-1]), "it goes through the number behind 9"
    assert "median 10" in written(figure)


def test_two_series_stand_on_one_scale_with_their_numbers_in_columns():
    figure, marks = draw(
        row(named(2)), row(named(1), second=named(2)), row(named(0), second=NOTHING), names=("A", "B")
    )
    diamond = marks[2].artist.get_xy()
    assert (diamond[:, 0].min() + diamond[:, 0].max()) / 2 == pytest.approx(circles(figure)[1][0])
    assert {"A", "B", "not reported"} <= set(written(figure))


def test_what_was_not_reported_of_two_series_is_said_once_and_each_mark_says_it():
    figure, marks = draw(row(named(1), second=named(2)), row(NOTHING, second=Named(None, ["Serper"])))
    assert written(figure).count("not reported") == 1
    assert [m.text for m in marks[2:]] == ["Ustaz: not reported", "Serper: not reported"]
    alone, _ = draw(row(named(1), second=named(2)))
    assert circles(alone) == circles(figure), "what is said of one row makes the scale of all narrower"
    assert drawn(figure, marks).svg()


def test_a_band_goes_as_far_as_its_interval():
    index = replace(fact(50), interval_low=25, interval_high=100)
    figure, _ = draw(row(named(0)), row(named(100)), row(Named(index, ["x"]), band=index))
    (zero, _, _), (hundred, _, _), (middle, _, _) = circles(figure)
    band = max(figure.axes[0].lines, key=lambda drawn: drawn.get_linewidth()).get_xdata()
    assert list(band) == pytest.approx([zero + (hundred - zero) / 4, hundred])
    assert middle == pytest.approx((zero + hundred) / 2)


def test_each_mark_of_a_row_answers_up_to_the_middle_between_them():
    _, marks = draw(row(named(20), named(10)))
    now, then = (mark.reach for mark in marks)
    assert then.get_x() == 0
    assert then.get_x() + then.get_width() == now.get_x()
    assert marks[0].artist.center[0] - marks[1].artist.center[0] == pytest.approx(
        2 * (marks[0].artist.center[0] - now.get_x())
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_letters_are_cut_or_lie_on_others(code):
    many = [
        Row(name, named(2 * n % 23), named(n, period="2018H1"), note="" if n else "silent")
        for n, name in enumerate(organisations(code))
    ]
    lines = [Line(Named(fact(n), ["median"]), f"median and so on {n}") for n in (0, 1, 22)]
    figure, marks = draw(*many, code=code, lines=lines, names=("now " * 9, "then " * 9))
    assert complaints(figure) == []
    assert (
        drawn(figure, marks).svg()
        == drawn(*draw(*many, code=code, lines=lines, names=("now " * 9, "then " * 9))).svg()
    )


def test_rows_are_high_enough_for_a_finger():
    _, marks = draw(row(named(1)), row(named(2)))
    assert marks[0].reach.get_height() * 350 / 4.8 >= 24
    assert DOT * 2 * 350 / 4.8 >= 8
