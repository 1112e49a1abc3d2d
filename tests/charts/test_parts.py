import pytest
from aqparat.charts.marks import Named
from aqparat.charts.parts import Segment, Whole, parts
from aqparat.charts.style import styled
from aqparat.choices import LANGUAGES
from family import complaints, drawn, fact, organisations, renderer
from matplotlib.colors import to_hex


def part(name, share):
    bounds = share if isinstance(share, tuple) else (share,)
    return Segment(name, Named(fact(*bounds, metric="share", unit="fraction"), [name]))


def whole(*shares, title="Bilimdi El", names=()):
    names = [*names] or [f"Part {n}" for n in range(len(shares))]
    return Whole(title, [part(*told) for told in zip(names, shares, strict=False)])


def draw(*wholes, code="en"):
    with styled():
        return parts(wholes, renderer(code))


def written(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def widths(marks):
    return [mark.artist.get_width() for mark in marks]


def test_parts_and_the_rest_fill_the_whole():
    _, marks = draw(whole(0.5, 0.2))
    half, fifth, rest = widths(marks)
    assert fifth / half == pytest.approx(0.4)
    assert half == pytest.approx(fifth + rest)
    assert marks[1].artist.get_x() == pytest.approx(marks[0].artist.get_x() + half)


def test_wholes_are_as_wide_as_one_another():
    _, marks = draw(whole(0.1), whole(0.6, 0.3))
    assert sum(widths(marks[:2])) == pytest.approx(sum(widths(marks[2:])))


def test_each_part_is_named_with_its_number_and_has_its_tone():
    figure, marks = draw(whole(0.374, 0.05))
    assert {"Part 0 37.4%", "37.4%", "Part 1 5.0%", "Other organisations"} <= set(written(figure))
    assert "5.0%" not in written(figure), "wider than its part"
    assert len({to_hex(mark.artist.get_facecolor()) for mark in marks}) == 3
    assert marks[-1].fact is None
    assert marks[-1].text == "Bilimdi El: other organisations"


def test_where_nothing_is_left_there_are_no_others():
    figure, marks = draw(whole(0.75, 0.25))
    assert len(marks) == 2
    assert "Other organisations" not in written(figure)


def test_of_bounds_the_lower_is_drawn():
    _, marks = draw(whole((None, 0.25, 0.5)))
    assert marks[1].artist.get_width() == pytest.approx(3 * marks[0].artist.get_width())


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_letters_are_cut_or_lie_on_others(code):
    names = organisations(code)
    wholes = [whole(0.4, 0.3, 0.2, 0.04, title=f"{name} " * 4, names=names) for name in names[:3]]
    figure, marks = draw(*wholes, code=code)
    assert complaints(figure) == []
    assert drawn(figure, marks).svg() == drawn(*draw(*wholes, code=code)).svg()
