"""Parts of a whole: a bar of 100 %, a few parts and the rest, for each whole."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named
from aqparat.charts.sheet import GAP, PAD, Sign, box, legend, reach, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import MAIN, TONES
from aqparat.words.inline import capital
from aqparat.words.renderer import Renderer

THICK = LINE + PAD  # inches: a bar


@dataclass(frozen=True)
class Segment:
    """A part: whose it is, and its share (a fraction), of which the value, else the lower bound, is drawn."""

    label: str
    share: Named


@dataclass(frozen=True)
class Whole:
    """A whole: its title and its parts, the greatest first, at most four; what they leave is the others'."""

    title: str
    parts: Sequence[Segment]


def parts(wholes: Sequence[Whole], renderer: Renderer) -> tuple[Figure, list[Mark]]:
    """Draw a bar for each whole, on one scale: its full width is 100 %.

    Takes `value`, else `low`, of the shares; what is left is the others'.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Whole by whole: its parts, then the others, who have no number.
    """
    titles = [wrapped(whole.title, WIDTH - 2 * GAP, renderer.language, "bold") for whole in wholes]
    signs = [_signs(whole, renderer) for whole in wholes]
    sizes = [
        tall(title) + 0.6 * PAD + THICK + 0.6 * PAD + legend(None, told, 0, renderer.language) + PAD
        for title, told in zip(titles, signs, strict=True)
    ]
    figure, axes = sheet(GAP + sum(sizes))
    marks = []
    y = GAP
    for whole, title, told, size in zip(wholes, titles, signs, sizes, strict=True):
        write(axes, GAP, y, title, va="top", weight="bold")
        top = y + tall(title) + 0.6 * PAD
        marks += _bar(axes, whole, top, renderer)
        legend(axes, told, top + THICK + 0.6 * PAD, renderer.language)
        y += size
    return figure, marks


def _size(fact: Fact | None) -> float:
    if fact is None:
        return 0
    return fact.value if fact.value is not None else fact.low or 0


def _rest(whole: Whole) -> float:
    return max(1 - sum(_size(part.share.fact) for part in whole.parts), 0)


def _fills(whole: Whole) -> list[tuple[str, str]]:
    """Return fill and letters of the parts, the first the darkest; the others have the palest."""
    return [*TONES[: -len(whole.parts) - 1 : -1], TONES[0]]


def _signs(whole: Whole, renderer: Renderer) -> list[Sign]:
    language = renderer.language
    told = [
        f"{part.label} {language.percent(part.share.fact)}" if part.share.fact else part.label
        for part in whole.parts
    ]
    if _rest(whole):
        told.append(capital(language.label("chart.others")))
    return [
        (functools.partial(_swatch, fill=fill), text)
        for (fill, _), text in zip(_fills(whole), told, strict=False)
    ]


def _swatch(axes: Axes, x: float, y: float, fill: str) -> None:
    box(axes, x - 0.06, y - 0.07, 0.12, 0.14, facecolor=fill, edgecolor=MAIN)


def _bar(axes: Axes, whole: Whole, top: float, renderer: Renderer) -> list[Mark]:
    language = renderer.language
    full, left = WIDTH - 2 * GAP, GAP
    marks = []
    for part, (fill, letters) in zip(whole.parts, _fills(whole), strict=False):
        wide = full * _size(part.share.fact)
        shape = box(axes, left, top, wide, THICK, facecolor=fill, edgecolor=MAIN)
        text = str(language.percent(part.share.fact)) if part.share.fact else ""
        if breadth(text) + 2 * GAP < wide:
            write(axes, left + wide / 2, top + THICK / 2, text, "center", color=letters)
        answering = reach(axes, left, top - 0.6 * PAD, wide, THICK + 1.2 * PAD)
        marks.append(part.share.mark(shape, renderer, answering))
        left += wide
    rest = full * _rest(whole)
    if rest:
        shape = box(axes, left, top, rest, THICK, facecolor=TONES[0][0], edgecolor=MAIN)
        marks.append(Mark(shape, f"{whole.title}: {language.label('chart.others')}"))
    return marks
