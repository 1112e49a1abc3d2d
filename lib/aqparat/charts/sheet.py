"""A sheet to draw on, measured in inches from its upper left corner.

Where a place is an inch and not a value, the width of letters tells what fits beside what.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.style import WIDTH
from aqparat.palette import INK, PALE, PAPER, QUIET
from aqparat.words.language import Language

GAP, PAD = 0.06, 0.16  # inches: beside a label; around a row (for a finger on a phone)
DOT = 0.055  # the radius of a dot
ARROW = 0.22  # what is known by its lower bound alone goes on so far

SIGN = 0.26  # what a sign of a legend takes
Sign: TypeAlias = tuple[Callable[[Axes, float, float], object], str]


def sheet(height: float) -> tuple[Figure, Axes]:
    """Make an empty figure of the standard width, with axes in inches over all of it."""
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def write(axes: Axes, x: float, y: float, text: str, side: str = "left", **style: Any) -> Text:
    """Write a text: `x` is its left, right or middle by `side`, `y` its middle."""
    style = {"va": "center", "linespacing": 1.0, "color": INK, **style}
    return axes.text(x, y, text, ha=side, **style)


def line(axes: Axes, start: tuple[float, float], end: tuple[float, float], **style: Any) -> Any:
    """Draw a straight line."""
    style = {"color": QUIET, "linewidth": 0.8, "solid_capstyle": "butt", **style}
    (drawn,) = axes.plot([start[0], end[0]], [start[1], end[1]], **style)
    return drawn


def dot(
    axes: Axes, x: float, y: float, colour: str, *, full: bool = True, radius: float = DOT, zorder: float = 3
) -> Circle:
    """Draw a dot, full or open."""
    fill = colour if full else PAPER
    shape = Circle((x, y), radius, facecolor=fill, edgecolor=colour, linewidth=1.3, zorder=zorder)
    axes.add_patch(shape)
    return shape


def diamond(axes: Axes, x: float, y: float, colour: str, *, radius: float = DOT) -> Polygon:
    """Draw a diamond, the mark of a second series."""
    r = radius * 1.25
    corners = [(x - r, y), (x, y - r), (x + r, y), (x, y + r)]
    shape = Polygon(corners, closed=True, facecolor=colour, edgecolor=colour, linewidth=0.8, zorder=3)
    axes.add_patch(shape)
    return shape


def arrow(axes: Axes, x: float, y: float, colour: str) -> None:
    """Let something end open to the right of `x`."""
    line(axes, (x, y), (x + ARROW - 0.05, y), color=colour, linewidth=1.3)
    tip = [(x + ARROW, y), (x + ARROW - 0.09, y - 0.045), (x + ARROW - 0.09, y + 0.045)]
    axes.add_patch(Polygon(tip, closed=True, facecolor=colour, edgecolor=colour, linewidth=0))


def arrow_up(axes: Axes, x: float, y: float, colour: str) -> float:
    """Let something end open above `y`; return where the arrow ends."""
    line(axes, (x, y), (x, y - ARROW + 0.05), color=colour, linewidth=1.3)
    tip = [(x, y - ARROW), (x - 0.045, y - ARROW + 0.09), (x + 0.045, y - ARROW + 0.09)]
    axes.add_patch(Polygon(tip, closed=True, facecolor=colour, edgecolor=colour, linewidth=0))
    return y - ARROW


def box(axes: Axes, x: float, y: float, width: float, height: float, **style: Any) -> Rectangle:
    """Draw a rectangle from its upper left corner."""
    style = {"facecolor": "none", "edgecolor": QUIET, "linewidth": 0.8, **style}
    shape = Rectangle((x, y), width, height, **style)
    axes.add_patch(shape)
    return shape


def hatched(axes: Axes, x: float, y: float, width: float, height: float) -> Rectangle:
    """Draw the place of what was not reported."""
    return box(axes, x, y, width, height, edgecolor=PALE, hatch="////", linewidth=0.8)


def reach(axes: Axes, x: float, y: float, width: float, height: float) -> Rectangle:
    """Make an invisible rectangle that answers to the pointer for a mark that is small."""
    return box(axes, x, y, width, height, linewidth=0)


def shared(x: float, other: float, left: float, right: float) -> tuple[tuple[float, float], ...]:
    """Part a row between two marks in it: each reaches to the middle between them.

    Returns
    -------
    tuple
        Start and end of what reaches for the mark at `x`, and for that at `other`.
    """
    middle = (x + other) / 2
    before, after = (left, middle), (middle, right)
    return (before, after) if x < other else (after, before)


def legend(axes: Axes | None, entries: Sequence[Sign], top: float, language: Language) -> float:
    """Write what signs mean, as many in a line as fit; return the height taken, which no axes only measure.

    Parameters
    ----------
    axes : Axes or None
    entries : sequence of (function, str)
        The function draws a sign around the place x, y.
    top : float
    language : Language
    """
    x, y, high = GAP, top, 0.0
    for draw, text in entries:
        words = wrapped(text, WIDTH - SIGN - 2 * GAP, language)
        wide = SIGN + breadth(words)
        if x > GAP and x + wide > WIDTH - GAP:
            x, y, high = GAP, y + high + GAP, 0.0
        high = max(high, tall(words))
        if axes is not None:
            draw(axes, x + SIGN / 2 - 0.03, y + LINE / 2)
            write(axes, x + SIGN, y, words, va="top")
        x += wide + 2 * PAD
    return y + high - top
