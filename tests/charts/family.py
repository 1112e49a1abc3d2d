"""Facts that a test invents, and the means to look at what a primitive of the family draws."""

import copy
import io
import itertools

import numpy as np
from aqparat.charts.marks import Drawing
from aqparat.charts.style import Chart, Picture, styled
from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.words.inline import text
from aqparat.words.renderer import Renderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.text import Text
from reported import report


def fact(value, low=..., high=..., *, period="2019H1", qualifier="exact", metric="volume", **about):
    """Give a fact of a number; bounds are the number itself unless they are given."""
    when = Period.parse(period)
    named = {"indicator": "publications", "organisation": "AKM", "outlet": "", "channel": "", "unit": "item"}
    known = {**named, **about}
    low, high = (value if bound is ... else bound for bound in (low, high))
    return Fact(
        id=".".join([metric, *map(str, known.values()), period, str(value), str(low), str(high)]),
        metric=metric,
        window=when.window,
        base=None,
        value=value,
        low=low,
        high=high,
        qualifier=qualifier,
        **known,
    )


def renderer(code="en"):
    told = report()
    return Renderer(told.data.tables, code)


def organisations(code="en"):
    """Give the names of all organisations, the longest first."""
    words = renderer(code)
    names = [
        str(words.language.organisation(words.tables, code)) for code in words.tables.organisations.index
    ]
    return sorted((name[:1].upper() + name[1:] for name in names), key=lambda name: (-len(name), name))


def drawn(figure, marks, name="invented"):
    """Give a chart of a figure, its words left out."""
    drawing = Drawing(figure, marks, ())
    picture = Picture(name, drawing.name(name), drawing.data, {}, figure)
    return Chart(name, picture, text("t"), "a", text("n"))


def letters(figure):
    """Give the texts of a figure with the boxes they fill, in points."""
    with styled():
        figure.set_dpi(72)
        canvas = RendererSVG(*figure.bbox.size, io.StringIO())
        figure.draw(canvas)
        found = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
        return [(t, t.get_window_extent(canvas)) for t in found]


def complaints(figure):
    """Say which texts are cut by the edge or lie on one another."""
    placed, whole = letters(figure), figure.bbox
    cut = [
        t.get_text()
        for t, box in placed
        if box.x0 < -1 or box.y0 < -1 or box.x1 > whole.x1 + 1 or box.y1 > whole.y1 + 1
    ]
    return cut + [
        (a.get_text(), b.get_text())
        for (a, first), (b, second) in itertools.combinations(placed, 2)
        if first.padded(-1).overlaps(second.padded(-1)) and lie_on(a, b, figure)
    ]


def lie_on(a, b, figure):
    """Say whether two texts meet, one or both perhaps slanted: whether no line parts them."""
    corners = [np.array(frame(text, figure)) for text in (a, b)]
    for shape in corners:
        for start, end in itertools.pairwise([*shape, shape[0]]):
            across = np.array([end[1] - start[1], start[0] - end[0]])
            (one, other) = (points @ across / np.linalg.norm(across) for points in corners)
            if one.max() < other.min() + 2 or other.max() < one.min() + 2:
                return False
    return True


def frame(text, figure):
    """Give the corners of a text, turned as it is."""
    angle = np.radians(text.get_rotation())
    x, y = text.get_transform().transform(text.get_position())
    flat = copy.copy(text)
    flat.set_rotation(0)
    box = flat.get_window_extent(RendererSVG(*figure.bbox.size, io.StringIO()))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])
    return (corners - [x, y]) @ turn.T + [x, y]


__all__ = ["complaints", "drawn", "fact", "letters", "lie_on", "organisations", "renderer"]
