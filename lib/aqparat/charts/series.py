"""A series: half-years over all periods, the two halves of a year side by side before their sum.

A year is a pale bar as high as its sum; its first half a lighter bar in it, its second a darker one. What is
estimated of a year that has not ended is outlined by dashes. A half that nobody reported is a hatched place;
one that is still to come is no place at all.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named
from aqparat.charts.sheet import GAP, Sign, arrow_up, box, hatched, legend, line, reach, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import INK, MAIN, MID, PALE, PAPER, QUIET, WASH
from aqparat.words.renderer import Renderer
from aqparat.words.wording import NBSP

HIGH = 2.2  # inches: of the greatest number
THICK = 0.84  # of the place of a year
WIDEST = 1.3  # inches: the place of a year
STUB = 0.4  # inches: the hatched place of a half not reported
HALVES = ((MID, INK), (MAIN, PAPER))  # fill, letters on it


@dataclass(frozen=True)
class Year:
    """A year: its label, its halves, its sum, and the estimate of it where it has not ended.

    A half that is None is not drawn; one whose fact is None was not reported.
    """

    label: str
    first: Named | None = None
    second: Named | None = None
    whole: Named | None = None
    pace: Named | None = None


def series(years: Sequence[Year], renderer: Renderer) -> tuple[Figure, list[Mark]]:
    """Draw years with their halves, in the order given.

    Takes `value`, `low` and `high`: a bar is filled to what is certain, outlined to what is possible.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Year by year: first half, second half, sum, estimate, as far as there are any.
    """
    language = renderer.language
    signs = _signs(years, renderer)
    head = legend(None, signs, GAP, language) + 2 * GAP if signs else 0.0
    wide = min((WIDTH - 2 * GAP) / len(years), WIDEST)
    labels = [wrapped(year.label, wide - 0.04, language) for year in years]
    most = max((_most(f) for year in years for f in _facts(year)), default=0) or 1
    roof = LINE + 3 * GAP
    bottom = GAP + head + roof + HIGH
    figure, axes = sheet(bottom + GAP + max(map(tall, labels)) + GAP)
    if signs:
        legend(axes, signs, GAP, language)
    marks = []
    left = (WIDTH - wide * len(years)) / 2
    for n, (year, label) in enumerate(zip(years, labels, strict=True)):
        place = _Place(left + n * wide, wide, bottom, HIGH / most)
        write(axes, place.left + wide / 2, bottom + GAP, label, "center", va="top", color=QUIET)
        marks += _year(axes, year, place, renderer)
    line(axes, (GAP, bottom), (WIDTH - GAP, bottom))
    return figure, marks


@dataclass(frozen=True)
class _Place:
    """The place of a year, in inches."""

    left: float
    wide: float
    bottom: float
    unit: float

    def y(self, value: float) -> float:
        return self.bottom - self.unit * value

    @property
    def inner(self) -> tuple[float, float]:
        """Left side and width of the year's bar."""
        return self.left + self.wide * (1 - THICK) / 2, self.wide * THICK


def _facts(year: Year) -> list[Fact]:
    return [n.fact for n in (year.first, year.second, year.whole, year.pace) if n and n.fact]


def _solid(fact: Fact) -> float:
    """Return how far a bar is filled: to what is certain; of "more than 60" to the 60 that is written."""
    return fact.value if fact.high is None and fact.value is not None else fact.low or 0


def _most(fact: Fact) -> float:
    return max(_solid(fact), fact.high or 0)


def _signs(years: Sequence[Year], renderer: Renderer) -> list[Sign]:
    """Return what the signs that are drawn mean."""
    swatch = functools.partial(_swatch, edgecolor=PALE)
    dashed = functools.partial(_swatch, edgecolor=MAIN, linestyle=(0, (2, 1.5)), linewidth=1.2)
    known = [
        (any(y.first for y in years), functools.partial(swatch, facecolor=MID), "first_half"),
        (any(y.second for y in years), functools.partial(swatch, facecolor=MAIN), "second_half"),
        (any(y.whole for y in years), functools.partial(swatch, facecolor=WASH), "whole_year"),
        (any(y.pace for y in years), dashed, "projection"),
    ]
    told: list[Sign] = [
        (draw, renderer.language.label(f"chart.{key}")) for there, draw, key in known if there
    ]
    return told if len(told) > 1 else []


def _swatch(axes: Axes, x: float, y: float, **style: object) -> None:
    box(axes, x - 0.06, y - 0.07, 0.12, 0.14, **style)


def _year(axes: Axes, year: Year, place: _Place, renderer: Renderer) -> list[Mark]:
    """Draw a year: the sum behind, the halves before it, all numbers so that none meet."""
    left, wide = place.inner
    marks: list[Mark] = []
    ceiling = place.bottom
    over = None  # the line at the top of the year's bar
    whole = year.whole
    drawn: Artist | None = None
    if whole and whole.fact:
        over = place.y(_solid(whole.fact))
        drawn = box(axes, left, over, wide, place.bottom - over, facecolor=WASH, edgecolor=PALE, zorder=0.5)
        ceiling = _rest(axes, whole.fact, left, wide, over, place)
    for n, half in enumerate((year.first, year.second)):
        if half is None:
            continue
        thick = wide / 2 - 0.05
        side = left + 0.03 + n * (wide / 2 - 0.01)
        bar, top = _half(axes, half, (side, thick), place, HALVES[n], over, renderer)
        ceiling = min(ceiling, top)
        answering = reach(axes, place.left + n * place.wide / 2, top, place.wide / 2, place.bottom - top)
        marks.append(half.mark(bar, renderer, answering))
    ceiling -= 0.03
    for number, bold in ((whole, True), (year.pace, False)):
        if number is None or number.fact is None:
            continue
        if number is year.pace:
            drawn, ceiling = _pace(axes, number.fact, left, wide, place, ceiling)
        text = _fitted(number.fact, place.wide, renderer)
        style = {"weight": "bold"} if bold else {"color": QUIET}
        write(axes, place.left + place.wide / 2, ceiling, text, "center", va="bottom", **style)
        answering = reach(axes, place.left, ceiling - tall(text), place.wide, tall(text))
        assert drawn is not None
        marks.append(number.mark(drawn, renderer, answering))
        ceiling -= tall(text) + 0.03
    return marks


def _fitted(fact: Fact, width: float, renderer: Renderer) -> str:
    """Return a number in lines no wider than this; empty where a word of it is wider."""
    text = str(renderer.language.shown(fact))
    if breadth(text, "bold") <= width:
        return text
    words = text.replace("–", "– ").replace(NBSP, " ")
    fits = max(breadth(word, "bold") for word in words.split()) <= width
    return wrapped(words, width, renderer.language) if fits else ""


def _rest(axes: Axes, fact: Fact, left: float, wide: float, top: float, place: _Place) -> float:
    """Draw what is possible above what is certain; return where it ends."""
    if fact.high is None:
        return arrow_up(axes, left + wide / 2, top, MAIN)
    if fact.high <= _solid(fact):
        return top
    end = place.y(fact.high)
    box(axes, left, end, wide, top - end, edgecolor=MAIN, linestyle=(0, (3, 2)), linewidth=1.2)
    return end


def _half(
    axes: Axes,
    half: Named,
    side: tuple[float, float],
    place: _Place,
    tone: tuple[str, str],
    over: float | None,
    renderer: Renderer,
) -> tuple[Artist, float]:
    """Draw half a year with its number; return what was drawn, and how high it and the number reach."""
    left, thick = side
    if half.fact is None:
        return hatched(axes, left, place.bottom - STUB, thick, STUB), place.bottom - STUB
    solid = place.y(_solid(half.fact))
    fill, letters = tone
    bar = box(axes, left, solid, thick, place.bottom - solid, facecolor=fill, edgecolor=fill, linewidth=0)
    top = _rest(axes, half.fact, left, thick, solid, place)
    text = _fitted(half.fact, place.wide / 2, renderer)
    foot = top - 0.03
    if over is not None and foot - tall(text) - 0.04 < over < foot + 0.02:  # the line of the year
        if top == solid and place.bottom - solid > LINE + 0.06 and breadth(text) <= thick:
            write(axes, left + thick / 2, solid + 0.03, text, "center", va="top", color=letters)
            return bar, top
        foot = min(over, foot) - 0.03
    write(axes, left + thick / 2, foot, text, "center", va="bottom")
    return bar, foot - tall(text) if text else top


def _pace(
    axes: Axes, fact: Fact, left: float, wide: float, place: _Place, ceiling: float
) -> tuple[Artist, float]:
    """Outline what a year comes to at its pace; return the outline, and how high it reaches."""
    low, high = place.y(fact.low or 0), place.y(_most(fact))
    dashes = {"linestyle": (0, (3, 2)), "linewidth": 1.2}
    outline = box(axes, left, high, wide, place.bottom - high, edgecolor=MAIN, zorder=0.6, **dashes)
    if low - high > 0.03:
        line(axes, (left, low), (left + wide, low), color=MAIN, zorder=0.6, **dashes)
    return outline, min(ceiling, high - 0.03)
