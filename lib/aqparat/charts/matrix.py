"""A matrix: organisations down, channels across, each cell with its number and a tone for its size.

0 is a white cell with its 0; what was not reported is hatched and has no number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named, short
from aqparat.charts.sheet import GAP, PAD, box, hatched, line, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import INK, PALE, PAPER, TONES
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer

GUTTER = 0.34 * WIDTH  # the names of lines take so much at most
LEAST = 0.17 * WIDTH  # and may have so much at least
HEADS = (1.0, 1.2, 1.4, 1.6, 1.8)  # inches: how long a slanted head may be, the shorter the better
SLANT = math.radians(60)
AIR = 0.02  # inches around a cell


@dataclass(frozen=True)
class Line:
    """A line of the matrix: its name, and a number for each head; None is not reported."""

    label: str
    cells: Sequence[Named]


def matrix(
    heads: Sequence[str], lines: Sequence[Line], renderer: Renderer, *, totals: Line | None = None
) -> tuple[Figure, list[Mark]]:
    """Draw lines of cells below heads, in the order given; totals, without a tone, below them.

    Takes `value`, `low`, `high` and `qualifier`. The tones are five equal steps of the square root of the
    greatest number, so that small numbers too differ.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Line by line, each cell of it; then the totals.
    """
    language = renderer.language
    every = [*lines, *([totals] if totals else [])]
    labels = _labels(every, len(heads), renderer)
    left = max(map(breadth, labels)) + 2 * GAP
    wide = (WIDTH - left - GAP) / len(heads)
    flat = all(breadth(word) <= wide - 2 * AIR for head in heads for word in head.split())
    if flat:
        shown = [wrapped(head, wide - 2 * AIR, language) for head in heads]
        high = max(map(tall, shown))
    else:
        for _ in range(3):  # the narrower the columns, the fewer lines, the longer the heads
            shown = [_slanted(head, wide, language) for head in heads]
            ends = [
                breadth(t) * math.cos(SLANT) + _aside(t) - (len(heads) - n - 0.5) * wide
                for n, t in enumerate(shown)
            ]
            wide = (WIDTH - left - GAP - max(0, *ends)) / len(heads)
        high = max(breadth(t) * math.sin(SLANT) + tall(t) * math.cos(SLANT) for t in shown)
    sizes = [max(LINE + PAD, tall(label) + GAP) for label in labels]
    top = GAP + high + GAP
    figure, axes = sheet(top + sum(sizes) + GAP + (GAP if totals else 0))
    for n, text in enumerate(shown):
        x = left + (n + 0.5) * wide
        if flat:
            write(axes, x, top - GAP, text, "center", va="bottom")
        else:
            slant = math.degrees(SLANT)
            write(
                axes, x + _aside(text), top - GAP, text, va="bottom", rotation=slant, rotation_mode="anchor"
            )
    most = max((_size(c.fact) for told in lines for c in told.cells if c.fact), default=0)
    marks = []
    y = top
    for told, label, size in zip(every, labels, sizes, strict=True):
        if told is totals:
            y += GAP
            line(axes, (left, y - GAP / 2), (left + wide * len(heads), y - GAP / 2))
        weight = "bold" if told is totals else "normal"
        write(axes, left - GAP, y + size / 2, label, "right")
        for n, cell in enumerate(told.cells):
            place = (left + n * wide + AIR, y + AIR, wide - 2 * AIR, size - 2 * AIR)
            tone = None if told is totals else most
            marks.append(_cell(axes, cell, place, tone, weight, renderer))
        y += size
    return figure, marks


def _labels(lines: Sequence[Line], columns: int, renderer: Renderer) -> list[str]:
    """Return the names of lines, broken so that every number fits its cell; between words if that will do."""
    need = max(breadth(short(c.fact, renderer), "bold") for told in lines for c in told.cells)
    room = WIDTH - 3 * GAP - columns * (need + 2 * AIR + 0.03)
    words = max(breadth(part) for told in lines for part in re.split(r"(?<=-)| ", told.label) if part)
    if room < words and columns * (need + AIR) < WIDTH - 3 * GAP - words:
        room = words
    return [wrapped(told.label, max(min(GUTTER, room), LEAST), renderer.language) for told in lines]


def _aside(text: str) -> float:
    """Return how far to the right a slanted text begins, so that its middle is over its column."""
    return 0.5 * (tall(text) * math.sin(SLANT) - 0.04)


def _slanted(head: str, wide: float, language: Language) -> str:
    """Break a head into as many lines as a column of this width has place for."""
    whole = max(map(breadth, head.split()))  # no word is parted
    lines = (wrapped(head, max(width, whole), language) for width in (*HEADS, 9.0))
    return next(text for text in lines if tall(text) <= wide * math.sin(SLANT) + 0.02 or "\n" not in text)


def _size(fact: Fact) -> float:
    """Return the number that a tone is for: the value, else what is certain."""
    return fact.value if fact.value is not None else fact.low or 0


def tone(size: float, most: float) -> tuple[str, str]:
    """Return the fill and the letters of a cell: white for 0, else one of five tones."""
    if size <= 0 or most <= 0:
        return PAPER, INK
    return TONES[min(math.ceil(round(5 * math.sqrt(size / most), 9)), 5) - 1]


def _cell(
    axes: Axes,
    cell: Named,
    place: tuple[float, float, float, float],
    most: float | None,
    weight: str,
    renderer: Renderer,
) -> Mark:
    """Draw a cell; of a total, which has no tone, `most` is None."""
    x, y, wide, high = place
    fact = cell.fact
    if fact is None:
        return cell.mark(hatched(axes, *place), renderer)
    fill, letters = (PAPER, INK) if most is None else tone(_size(fact), most)
    edge = "none" if most is None else PALE if fill == PAPER else fill
    shape = box(axes, x, y, wide, high, facecolor=fill, edgecolor=edge)
    write(axes, x + wide / 2, y + high / 2, short(fact, renderer), "center", color=letters, weight=weight)
    return cell.mark(shape, renderer)
