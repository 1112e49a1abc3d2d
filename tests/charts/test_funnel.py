from dataclasses import replace

import numpy as np
import pytest
from aqparat.charts.funnel import Place, funnel
from aqparat.charts.marks import Named
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.metrics.pooled_rate import control
from aqparat.palette import ACCENT, GREY, MAIN
from family import complaints, drawn, fact, organisations, renderer
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

UNIT = "items per 1000 members"
POOLED = fact(0.5, metric="pooled_rate", unit=UNIT)


def limits(members):
    """Give what chance explains of 0.5 per 1000, by scipy's own limits."""
    found = []
    for level in (0.95, 0.998):
        ends = [
            float(control(np.array(members / 2000), (1 + s * level) / 2)) * 1000 / members for s in (-1, 1)
        ]
        found.append(replace(POOLED, interval_low=ends[0], interval_high=ends[1]))
    return tuple(found)


def place(rate, members, *bounds, name="Semey"):
    known = Named(fact(rate, *bounds, metric="rate", unit=UNIT), [name])
    return Place(name, known, fact(members, indicator="members"), limits(members))


def draw(*places, code="en"):
    with styled():
        return funnel(
            places, Named(POOLED, ["union"]), renderer(code), union="union 0.50", up="items", across="members"
        )


def circles(figure):
    return [p for p in figure.axes[0].patches if isinstance(p, Circle)]


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_places_agree_with_their_numbers():
    figure, marks = draw(place(0, 10_000), place(0.3, 20_000), place(0.6, 40_000))
    (a, b), (c, d), (e, f) = (circle.center for circle in circles(figure))
    assert e - a == pytest.approx(3 * (c - a))
    assert b - f == pytest.approx(2 * (b - d)) != 0
    assert marks[-1].artist.get_ydata()[0] == pytest.approx(d - (d - f) * 2 / 3)


def test_only_who_is_surely_outside_is_coloured_and_named():
    figure, _ = draw(
        place(0.5, 10_000, name="inside"),
        place(1, 40_000, name="above"),
        place(0.05, 40_000, name="below"),
        place(2, 40_000, 0.4, 3, name="perhaps"),
    )
    assert [to_hex(c.get_facecolor()) for c in circles(figure)] == [GREY, MAIN, ACCENT, GREY]
    assert {"above", "below"} <= set(written(figure))
    assert not {"inside", "perhaps"} & set(written(figure))


def test_one_far_beyond_all_stands_at_the_edge_with_its_number():
    places = [place(0.5, 10_000), place(0.1, 40_000)]
    figure, marks = draw(*places, place(9, 20_000, name="far"))
    ordinary, low, far = (circle.center[1] for circle in circles(figure))
    assert "far 9.00" in written(figure)
    assert low - ordinary > (low - far) / 4, "the others are pressed together"
    assert len(figure.axes[0].patches) == len(draw(*places, place(0.9, 20_000))[0].axes[0].patches) + 1
    assert "9.00" in marks[2].text


def test_beyond_the_outer_limits_a_dot_is_larger():
    near = limits(40_000)[0].interval_high + 0.01
    assert near < limits(40_000)[1].interval_high
    figure, _ = draw(place(near, 40_000), place(2, 40_000))
    inner, outer = (c.radius for c in circles(figure))
    assert outer > inner


def test_the_curves_pass_the_limits_of_each():
    places = [place(0.4, 5_000), place(0.6, 17_345), place(0.5, 60_000)]
    figure, marks = draw(*places)
    zero = circles(draw(place(0, 5_000), *places[1:])[0])[0].center[1]
    pooled = marks[-1].artist.get_ydata()[0]
    curves = [x.get_xydata() for x in figure.axes[0].lines if len(x.get_xdata()) > 50]
    assert len(curves) == 4
    x = circles(figure)[1].center[0]
    seen = sorted(float(y) for curve in curves for a, y in curve if a == x)
    wanted = [end for f in places[1].limits for end in (f.interval_low, f.interval_high)]
    assert seen == pytest.approx(sorted(zero - (zero - pooled) * rate / 0.5 for rate in wanted))


def test_what_is_known_by_bounds_is_a_bar():
    figure, marks = draw(place(0, 10_000), place(None, 30_000, 0.2, 0.4), place(0.4, 20_000))
    place_, lines = circles(figure)[1].center[0], figure.axes[0].lines
    (bar,) = (x for x in lines if set(x.get_xdata()) == {place_} and x.get_color() == GREY)
    zero, four = circles(figure)[0].center[1], circles(figure)[2].center[1]
    assert list(bar.get_ydata()) == pytest.approx([(zero + four) / 2, four])
    assert "0.20–0.40" in marks[1].text


def test_who_has_no_rate_or_members_is_left_out_and_no_members_break_nothing():
    known = place(0.4, 10_000)
    _, marks = draw(known, replace(known, rate=Named(None, ["x"])), replace(known, members=fact(0)))
    assert len(marks) == 2


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
def test_no_letters_are_cut_or_lie_on_others(code, seed):
    rng = np.random.default_rng(seed)
    names = organisations(code)[:22]
    many = [
        place(float(rng.choice([0, 0.1, 0.5, 0.6, 1.2])), int(rng.integers(1000, 60_000)), name=name)
        for name in names
    ]
    figure, marks = draw(*many, code=code)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*draw(*many, code=code)).svg()
    outside = {p.label for p in many if p.outside[0]}
    told = {text.replace("-\n", "-").replace("\n", " ") for text in written(figure)}
    assert len(outside - told) <= len(outside) / 4  # the others' marks tell


def test_thousands_are_words_of_the_language():
    many = [place(0.4, 60_000), place(0.5, 20_000)]
    assert "20 тысяч" in written(draw(*many, code="ru")[0])
    assert "20 мың" in written(draw(*many, code="kk")[0])
    assert "20 thousand" in written(draw(*many)[0])
    assert "40 thousand" in written(draw(*many)[0])
