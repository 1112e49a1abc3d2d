import pytest
from aqparat.charts.marks import Named
from aqparat.charts.matrix import Line, matrix, tone
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from aqparat.palette import PAPER, TONES
from family import complaints, drawn, fact, letters, organisations, renderer
from matplotlib.colors import to_hex

NOTHING = Named(None, ["Semey", "radio"])
HEADS = ["Site", "TV", "Radio"]


def named(value, *bounds, **about):
    return Named(fact(value, *bounds, **about), ["Semey", "site"])


def draw(*lines, heads=HEADS, code="en", **more):
    with styled():
        return matrix(
            heads, [Line(f"Line {n}", cells) for n, cells in enumerate(lines)], renderer(code), **more
        )


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_more_is_darker_and_the_same_is_the_same():
    _, marks = draw([named(1), named(10), named(100)], [named(100), named(10), named(40)])
    fills = [to_hex(mark.artist.get_facecolor()) for mark in marks]
    order = [fill for fill, _ in TONES]
    assert [order.index(fill) for fill in fills] == [0, 1, 4, 4, 1, 3]


@pytest.mark.parametrize(
    "size, step", [(1, 1), (4, 1), (5, 2), (16, 2), (17, 3), (36, 3), (37, 4), (65, 5), (100, 5)]
)
def test_tones_are_equal_steps_of_the_square_root(size, step):
    assert tone(size, 100) == TONES[step - 1]


def test_zero_is_white_with_its_number_and_not_reported_is_hatched_without():
    figure, marks = draw([named(0), NOTHING, named(3)])
    zero, unknown, _ = (mark.artist for mark in marks)
    assert to_hex(zero.get_facecolor()) == PAPER
    assert not zero.get_hatch()
    assert unknown.get_hatch()
    assert [t for t in written(figure) if t.isdigit()] == ["0", "3"]
    assert marks[1].text == "Semey, radio: not reported"


def test_bounds_are_written_short_and_told_in_full():
    figure, marks = draw(
        [
            named(60, 61, None, qualifier="more_than"),
            named(None, 5, 10, qualifier="between"),
            named(90, 85, 95, qualifier="about"),
        ]
    )
    assert {">60", "5–10", "≈90"} <= set(written(figure))
    assert "more than 60" in marks[0].text


def test_letters_on_dark_cells_are_light():
    figure, _ = draw([named(1), named(0), named(100)])
    colours = {t.get_text(): to_hex(t.get_color()) for t in figure.axes[0].texts}
    assert colours["100"] == PAPER != colours["1"] == colours["0"]


def test_totals_stand_below_all_and_have_no_tone():
    figure, marks = draw([named(1)], [named(2)], heads=["Site"], totals=Line("All", [named(1000)]))
    one, two, total = (mark.artist for mark in marks)
    assert total.get_y() > two.get_y() > one.get_y()
    assert to_hex(total.get_facecolor()) == PAPER
    assert to_hex(two.get_facecolor()) == TONES[-1][0], "a total makes the others pale"
    assert "1,000" in written(figure)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("columns", [2, 5, 8])
def test_a_matrix_of_all_fits_with_letters_inside_their_cells(code, columns):
    words = renderer(code)
    outlets = [words.language.name(words.tables.outlets, name) for name in words.tables.outlets.index]
    cells = [[named(n * m % 150) if n % 5 else NOTHING for m in range(columns)] for n in range(23)]
    lines = [Line(name, row) for name, row in zip(organisations(code), cells, strict=False)]
    total = Line("Total of all", [named(1888) for _ in range(columns)])
    with styled():
        figure, marks = matrix(outlets[:columns], lines, words, totals=total)
        again = matrix(outlets[:columns], lines, words, totals=total)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*again).svg()
    assert len(marks) == 24 * columns
    placed = {text.get_text(): box for text, box in letters(figure)}
    cell = marks[-1].artist.get_width() * 72
    assert placed["1,888" if code == "en" else "1\u00a0888"].width <= cell + 3
    assert all(mark.artist.get_height() * 350 / 4.8 >= 20 for mark in marks)
