"""Strips: where one organisation stands among all, a row each rate, each on a scale of its own.

A stroke is a member organisation, the large dot the one told of, the taller tick the median.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named
from aqparat.charts.sheet import DOT, GAP, PAD, Sign, arrow, dot, legend, line, reach, shared, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import GREY, INK, MAIN, PALE, QUIET
from aqparat.words.renderer import Renderer

LARGE = 1.35 * DOT  # the radius of the own dot
STROKE, TICK = 0.07, 0.11  # inches above and below: a stroke, the median


@dataclass(frozen=True)
class Row:
    """A rate: what it is, everyone's, the own, the median; `note` stands behind the own number."""

    label: str
    every: Sequence[Fact]
    own: Named
    median: Named | None = None
    note: str = ""


def strips(
    rows: Sequence[Row], renderer: Renderer, *, names: tuple[str, str, str] | None = None
) -> tuple[Figure, list[Mark]]:
    """Draw a strip a row, each from its least number to its greatest, in the order given.

    Takes `value`, `low` and `high`: what is known by bounds alone is a line from one to the other, for the
    own; among the strokes it stands in their middle, and what has no upper bound at its lower.

    Parameters
    ----------
    rows : sequence of Row
    renderer : Renderer
    names : three str, optional
        What the dot, a stroke and the tick are, said above.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Row by row: the own number, then the median.
    """
    language = renderer.language
    labels = [wrapped(row.label, WIDTH - 2 * GAP, language) for row in rows]
    left = GAP + LARGE
    written = [wrapped(_number(row, renderer), WIDTH / 4, language) for row in rows]
    right = WIDTH - GAP - max(map(breadth, written)) - GAP - LARGE
    signs = _signs(names, any(row.median for row in rows))
    head = legend(None, signs, GAP, language) + 2 * GAP if signs else 0.0
    sizes = [tall(a) + tall(b) + PAD for a, b in zip(labels, written, strict=True)]
    figure, axes = sheet(GAP + head + sum(sizes) + GAP)
    if signs:
        legend(axes, signs, GAP, language)
    marks = []
    y = GAP + head
    for row, label, text, size in zip(rows, labels, written, sizes, strict=True):
        write(axes, GAP, y, label, va="top")
        middle = y + tall(label) + 0.03 + tall(text) / 2
        write(axes, right + LARGE + GAP, middle, text, color=INK if row.own.fact else QUIET)
        marks += _row(axes, row, (left, right), middle, (y, size), renderer)
        y += size
    return figure, marks


def _signs(names: tuple[str, str, str] | None, median: bool) -> list[Sign]:
    if names is None:
        return []
    own, stroke, tick = names
    told: list[Sign] = [(functools.partial(dot, colour=MAIN, radius=LARGE), own), (_stroke, stroke)]
    return told + ([(_tick, tick)] if median else [])


def _stroke(axes: Axes, x: float, y: float) -> None:
    _strokes(axes, [x], y)


def _strokes(axes: Axes, xs: Sequence[float], y: float) -> None:
    """Draw strokes as one line that parts between them: a line each takes a second of a full report."""
    ys = [y - STROKE, y + STROKE, float("nan")] * len(xs)
    axes.plot(
        [x for x in xs for _ in range(3)], ys, color=GREY, linewidth=1.1, zorder=1, solid_capstyle="butt"
    )


def _tick(axes: Axes, x: float, y: float) -> Artist:
    drawn: Artist = line(axes, (x, y - TICK), (x, y + TICK), color=INK, linewidth=2, zorder=2)
    return drawn


def _number(row: Row, renderer: Renderer) -> str:
    language = renderer.language
    own = str(language.shown(row.own.fact)) if row.own.fact else language.label("chart.no_data")
    return " · ".join(filter(None, [own, row.note]))


def _at(fact: Fact) -> float:
    """Return where a number lies: at its value, else in the middle of its bounds, else at the lower."""
    if fact.value is not None:
        return fact.value
    low = fact.low or 0
    return low if fact.high is None else (low + fact.high) / 2


def _row(
    axes: Axes,
    row: Row,
    ends: tuple[float, float],
    y: float,
    height: tuple[float, float],
    renderer: Renderer,
) -> list[Mark]:
    """Draw a strip with its middle at `y`; `height` is where its row begins, and how high it is."""
    left, right = ends
    facts = [*row.every, *(n.fact for n in (row.own, row.median) if n and n.fact)]
    reached = [_at(fact) for fact in facts]
    own = row.own.fact
    if own:
        reached += [n for n in (own.low, own.high) if n is not None]
    least, span = min(reached, default=0), max(reached, default=0) - min(reached, default=0)

    def x(value: float) -> float:
        return left + (right - left) * ((value - least) / span if span else 0.5)

    line(axes, (left - LARGE, y), (right + LARGE / 2, y), color=PALE, zorder=0)
    _strokes(axes, [x(_at(fact)) for fact in row.every], y)
    found: list[tuple[Named, Artist, float]] = []
    if own:
        found.append((row.own, _own(axes, own, x, y), x(_at(own))))
    if row.median and row.median.fact:
        place = x(_at(row.median.fact))
        found.append((row.median, _tick(axes, place, y), place))
    spans = shared(found[0][2], found[1][2], 0, WIDTH) if len(found) == 2 else ((0.0, WIDTH),)
    top, high = height
    return [
        number.mark(artist, renderer, reach(axes, start, top, end - start, high))
        for (number, artist, _), (start, end) in zip(found, spans, strict=False)
    ]


def _own(axes: Axes, fact: Fact, x: Callable[[float], float], y: float) -> Artist:
    """Draw the own number: a dot, and a line between its bounds; without a value the line alone."""
    if fact.high is None:
        arrow(axes, x(_at(fact)), y, MAIN)
    elif fact.low != fact.high:
        ends = (x(fact.low or 0), y), (x(fact.high), y)
        between: Artist = line(axes, *ends, color=MAIN, linewidth=6, zorder=2)
        if fact.value is None:
            return between
    return dot(axes, x(_at(fact)), y, MAIN, radius=LARGE)
