import itertools

import pytest
from aqparat.charts.map import Tile, tiles
from aqparat.charts.marks import Named
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.palette import PAPER, TONES
from family import complaints, drawn, fact, organisations, renderer
from matplotlib.colors import to_hex

CLASSES = ["0–20", "20–40", "40–60", "60–80", "80–100"]


def index(value, *bounds):
    return Named(fact(value, *bounds, metric="activity_index", unit="index"), ["Semey"])


def tile(level, number, row=0, column=0, label="Semey"):
    return Tile(label, row, column, number, level)


def draw(*shown, code="en"):
    with styled():
        return tiles(shown, renderer(code), classes=CLASSES)


def grey(colour):
    return sum(w * int(colour[i : i + 2], 16) for w, i in ((0.3, 1), (0.59, 3), (0.11, 5)))


def test_each_class_has_its_tone_and_the_legend_says_which():
    shown = [tile(fact(n + 1), index(20 * n + 5), column=n) for n in range(5)]
    figure, marks = draw(*shown)
    assert [to_hex(m.artist.get_facecolor()) for m in marks] == [fill for fill, _ in TONES]
    assert set(CLASSES) <= {t.get_text() for t in figure.axes[0].texts}
    assert "not reported" not in {t.get_text() for t in figure.axes[0].texts}


def test_tones_are_apart_in_grey_print():
    shades = [grey(fill) for fill, _ in TONES]
    assert all(a - b > 25 for a, b in itertools.pairwise(shades))


def test_tiles_lie_where_their_organisations_lie():
    _, marks = draw(*(tile(fact(1), index(5), row, column) for row, column in ((0, 0), (2, 1), (1, 3))))
    (x, y), (east, south), (far, middle) = (m.artist.get_xy() for m in marks)
    assert far - x == pytest.approx(3 * (east - x))
    assert south - y == pytest.approx(2 * (middle - y))


def test_not_reported_is_hatched_and_an_index_of_zero_is_not():
    figure, marks = draw(tile(None, Named(None, ["Semey"])), tile(fact(1), index(0), column=1))
    assert marks[0].artist.get_hatch()
    assert not marks[1].artist.get_hatch()
    assert {"0.0", "not reported"} <= {t.get_text() for t in figure.axes[0].texts}
    assert marks[0].text == "Semey: not reported"


def test_bounds_around_an_index_stand_in_the_words_not_in_the_tile():
    figure, marks = draw(tile(fact(3), index(50, 45, 55)))
    assert "≈50.0" in {t.get_text() for t in figure.axes[0].texts}
    assert "50.0 (45.0–55.0)" in marks[0].text


def test_where_several_classes_are_possible_their_tones_stand_at_the_foot():
    figure, marks = draw(tile(fact(None, 2, 4), index(None, 30, 70)))
    assert to_hex(marks[0].artist.get_facecolor()) == PAPER
    inside = [
        p
        for p in figure.axes[0].patches
        if p.get_y() < marks[0].artist.get_y() + marks[0].artist.get_height()
    ]
    assert [to_hex(p.get_facecolor()) for p in inside[1:]] == [fill for fill, _ in TONES[1:4]]


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_names_fit_their_tiles(code):
    shown = [
        tile(fact(n % 5 + 1), index(None, 10.5, 100), n // 7, n % 7, name)
        for n, name in enumerate(organisations(code))
    ]
    shown.append(tile(None, Named(None, ["x"]), 4, 0, "x"))
    figure, marks = draw(*shown, code=code)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*draw(*shown, code=code)).svg()
