"""A funnel plot: rates against sizes, within the limits of what chance alone explains.

The smaller an organisation, the wider the limits around the rate of all: who lies inside them differs from
the others by no more than chance may do. D. J. Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from babel.numbers import format_compact_decimal
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named
from aqparat.charts.sheet import ARROW, DOT, GAP, arrow_up, dot, line, reach, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.metrics.pooled_rate import control
from aqparat.palette import ACCENT, GREY, MAIN, PALE, QUIET, WASH
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer

HIGH = 3.0  # inches: the plot
STRONG = 1.35  # times as large is a dot beyond the outer limits
FINGER = 0.17  # inches around a dot that answer, where no other is as near
ROOF = 1.08  # of the greatest rate
FAR = 1.25  # times the widest limit: what is farther is off the plot
STEPS = 90  # of a curve


@dataclass(frozen=True)
class Place:
    """An organisation.

    Parameters
    ----------
    label : str
        Written beside it where it lies outside.
    rate : Named
        Items per 1000 members: how high it lies.
    members : Fact
        How far to the right.
    limits : pair of Fact
        `limit_95` and `limit_998`: the interval of each is what chance explains.
    """

    label: str
    rate: Named
    members: Fact
    limits: tuple[Fact, Fact]

    @property
    def outside(self) -> tuple[int, int]:
        """On which side it surely lies (1 above, -1 below, 0 inside), and of how many of the limits."""
        fact = self.rate.fact
        if fact is None:
            return 0, 0
        above = sum(fact.least > limit.chance_most for limit in self.limits)
        below = sum(fact.most < limit.chance_least for limit in self.limits)
        return (1, above) if above else (-1 if below else 0, below)


@dataclass(frozen=True)
class _Plot:
    """Where a size and a rate are, in inches."""

    left: float
    right: float
    top: float
    bottom: float
    most: float
    roof: float

    def x(self, members: float) -> float:
        return self.left + (self.right - self.left) * members / self.most

    def y(self, rate: float) -> float:
        return self.bottom - (self.bottom - self.top) * min(rate, self.roof) / self.roof


Box = tuple[float, float, float, float]  # left, top, right, bottom


def funnel(
    places: Sequence[Place],
    pooled: Named,
    renderer: Renderer,
    *,
    union: str,
    up: str,
    across: str,
    levels: tuple[float, float] = (0.95, 0.998),
) -> tuple[Figure, list[Mark]]:
    """Draw rates against numbers of members; those surely outside the limits are named.

    Takes `value`, `low` and `high` of rates, members and the pooled rate, `interval_low` and
    `interval_high` of the limits. A place without a rate or members is left out.

    Parameters
    ----------
    places : sequence of Place
    pooled : Named
        The rate of all.
    renderer : Renderer
    union : str
        What is written at the line of the pooled rate, its number included.
    up, across : str
        What the axes show: "items per 1,000 members", "members".
    levels : pair of float
        Of the limits.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        One a place, then that of the pooled rate.
    """
    language = renderer.language
    shown = [p for p in places if p.rate.fact and _at(p.members) > 0]
    most = max((max(_at(p.members), p.members.high or 0) for p in shown), default=1)
    roof = _roof(shown, pooled.fact)
    ticks = [float(t) for t in MaxNLocator(4).tick_values(0, roof) if 0 <= t <= roof]
    decimals = _decimals(ticks)
    written = [language.number(t, decimals if t else 0) for t in ticks]
    told = wrapped(union, 1.0, language)
    percent = [
        language.label("number.percent", number=language.number(100 * n, _decimals([100 * n])))
        for n in levels
    ]
    beside = max(map(breadth, (told, *percent))) + GAP
    head = wrapped(up, WIDTH - 2 * GAP, language)
    foot = wrapped(across, WIDTH - 2 * GAP, language)
    left = max(map(breadth, written)) + 2 * GAP
    off = any(_at(p.rate.fact) > roof for p in shown)
    top = GAP + tall(head) + 2 * GAP + (ARROW if off else 0)
    plot = _Plot(left, WIDTH - beside - GAP, top, top + HIGH, most * 1.04, roof)
    figure, axes = sheet(plot.bottom + GAP + LINE + GAP + tall(foot) + GAP)
    write(axes, GAP, GAP, head, va="top", color=QUIET)
    write(axes, plot.right, plot.bottom + GAP + LINE + GAP, foot, "right", va="top", color=QUIET)
    for tick, text in zip(ticks, written, strict=True):
        write(axes, left - GAP, plot.y(tick), text, "right", color=QUIET)
    for size in map(float, MaxNLocator(3).tick_values(0, most)):
        text = _thousands(size, renderer)
        if 0 < size <= plot.most and plot.x(size) + breadth(text) / 2 < WIDTH - GAP:
            line(axes, (plot.x(size), plot.bottom), (plot.x(size), plot.bottom + 0.04))
            write(axes, plot.x(size), plot.bottom + GAP + LINE / 2, text, "center", color=QUIET)
    line(axes, (left, plot.bottom), (plot.right, plot.bottom))
    sizes = np.unique(np.concatenate([np.linspace(*_range(shown), STEPS), [_at(p.members) for p in shown]]))
    ends = [
        _limits(axes, plot, pooled.fact, sizes, level, fill)
        for level, fill in zip(levels, (True, False), strict=True)
    ]
    y = plot.y(_at(pooled.fact))
    across_ = line(axes, (left, y), (plot.right, y), color=MAIN, linewidth=1.1, zorder=1)
    write(axes, plot.right + GAP, y, told, color=MAIN)
    above = y - tall(told) / 2
    taken: list[Box] = [(plot.right, above, WIDTH, y + tall(told) / 2)]
    for end, text in zip(ends, percent, strict=True):
        place = min(plot.y(end), above - LINE / 2)
        write(axes, plot.right + GAP, place, text, color=QUIET)
        above = place - LINE / 2
        taken.append((plot.right, above, WIDTH, above + LINE))
    marks = _marks(axes, plot, shown, renderer)
    answering = reach(axes, plot.right, y - tall(told) / 2, WIDTH - plot.right, tall(told))
    marks.append(pooled.mark(across_, renderer, answering))
    _label(axes, plot, shown, taken, language)
    return figure, marks


def _at(fact: Fact | None) -> float:
    """Return where a number lies: at its value, else in the middle of its bounds, else at the lower."""
    if fact is None:
        return 0
    if fact.value is not None:
        return fact.value
    return fact.low or 0 if fact.high is None else ((fact.low or 0) + fact.high) / 2


def _roof(places: Sequence[Place], pooled: Fact | None) -> float:
    """Return the greatest rate that the plot has place for.

    One that is far beyond all limits would press all others together at the foot: it stands at the upper edge
    with an arrow and its number.
    """
    limits = [limit.chance_most for p in places for limit in p.limits if math.isfinite(limit.chance_most)]
    widest = max([*limits, 2 * _at(pooled)])
    rates = [n for p in places if p.rate.fact for n in (_at(p.rate.fact), p.rate.fact.high or 0)]
    return ROOF * max([rate for rate in rates if rate <= FAR * widest] + [2 * _at(pooled)]) or 1


def _range(places: Sequence[Place]) -> tuple[float, float]:
    sizes = [_at(p.members) for p in places] or [1.0]
    return min(sizes), max(sizes)


def _decimals(numbers: Sequence[float]) -> int:
    return next((n for n in range(6) if all(abs(x - round(x, n)) < 1e-9 for x in numbers)), 6)


def _thousands(number: float, renderer: Renderer) -> str:
    """Return a round number of members in words: 10 thousand."""
    if number < 1000:
        return renderer.language.number(number)
    code, digits = renderer.language.code, 1 if number % 1000 else 0
    exact = int(number) if number.is_integer() else float(number)  # the plural is that of 20, not of 20.0
    return str(format_compact_decimal(exact, format_type="long", locale=code, fraction_digits=digits))


def _limits(
    axes: Axes, plot: _Plot, pooled: Fact | None, sizes: np.ndarray, level: float, fill: bool
) -> float:
    """Draw the limits for all sizes between the least and the greatest; return the upper at the end."""
    if pooled is None:
        return 0
    low, high = pooled.low or 0, _at(pooled) if pooled.high is None else pooled.high
    lower = np.minimum(control(low * sizes / 1000, (1 - level) / 2) * 1000 / sizes, low)
    upper = np.maximum(control(high * sizes / 1000, (1 + level) / 2) * 1000 / sizes, high)
    xs = [plot.x(size) for size in sizes]
    lows, highs = ([plot.y(rate) for rate in edge] for edge in (lower, upper))
    if fill:
        axes.fill_between(xs, lows, highs, color=WASH, linewidth=0, zorder=0)
    for ys in (lows, highs):
        axes.plot(xs, ys, color=PALE, linewidth=1, linestyle="-" if fill else (0, (4, 2)), zorder=0.5)
    return float(upper[-1])


def _radius(place: Place) -> float:
    return DOT * (STRONG if place.outside[1] > 1 else 1)


def _marks(axes: Axes, plot: _Plot, places: Sequence[Place], renderer: Renderer) -> list[Mark]:
    centres = [(plot.x(_at(p.members)), plot.y(_at(p.rate.fact))) for p in places]
    marks = []
    for n, (place, (x, y)) in enumerate(zip(places, centres, strict=True)):
        side, _ = place.outside
        colour = {1: MAIN, 0: GREY, -1: ACCENT}[side]
        fact = place.rate.fact
        assert fact is not None
        if fact.low != fact.high:
            end = plot.top if fact.high is None else plot.y(fact.high)
            line(axes, (x, plot.y(fact.low or 0)), (x, end), color=colour, linewidth=1.3, zorder=2)
        if place.members.low != place.members.high and place.members.high is not None:
            ends = [(plot.x(size), y) for size in (place.members.low or 0, place.members.high)]
            line(axes, *ends, color=colour, linewidth=1.3, zorder=2)
        if _at(fact) > plot.roof:
            arrow_up(axes, x, y, colour)
        shape = dot(axes, x, y, colour, radius=_radius(place), zorder=3 if side else 2.5)
        near = [max(abs(x - a), abs(y - b)) for m, (a, b) in enumerate(centres) if m != n]
        half = min([FINGER, *(max(d / 2, DOT) for d in near)])
        answering = reach(axes, x - half, y - half, 2 * half, 2 * half)
        marks.append(place.rate.mark(shape, renderer, answering))
    return marks


def _label(axes: Axes, plot: _Plot, places: Sequence[Place], taken: list[Box], language: Language) -> None:
    """Name the places outside, the farthest first, where no dot, no bar and no other letters are."""
    for place in places:
        x, y, r = plot.x(_at(place.members)), plot.y(_at(place.rate.fact)), _radius(place)
        taken.append((x - r, y - r, x + r, y + r))
        fact = place.rate.fact
        if fact and fact.low != fact.high:
            end = plot.top if fact.high is None else plot.y(fact.high)
            taken.append((x - 0.02, end, x + 0.02, plot.y(fact.low or 0)))
    outside = [p for p in places if p.outside[0]]
    for place in sorted(outside, key=lambda p: (-p.outside[1], p.label)):
        x, y, r = plot.x(_at(place.members)), plot.y(_at(place.rate.fact)), _radius(place)
        name = place.label
        if place.rate.fact and _at(place.rate.fact) > plot.roof:
            name = f"{name} {language.shown(place.rate.fact)}"
        spots = _spots(x, y, r, [name, wrapped(name, 0.6 * breadth(name), language)])
        for text, box in spots:
            if not _inside(plot, box) or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            middle = (box[1] + box[3]) / 2
            write(axes, box[0], middle, text, zorder=4)
            if abs(middle - y) > 1.5 * LINE:
                edge = min(max(x, box[0]), box[2])
                line(axes, (x, y), (edge, box[1] if middle > y else box[3]), linewidth=0.6, zorder=1.5)
            break


def _inside(plot: _Plot, box: Box) -> bool:
    across = plot.left <= box[0] and box[2] <= WIDTH - GAP
    return across and plot.top - LINE <= box[1] and box[3] <= plot.bottom


def _spots(x: float, y: float, r: float, texts: Sequence[str]) -> Iterator[tuple[str, Box]]:
    """Give the places for a name: right, left, above, below its dot, then ever farther up and down."""
    for text in texts:
        wide, half = breadth(text), tall(text) / 2
        for n in range(13):
            away = (n + 1) // 2 * (0.6 * LINE) * (-1 if n % 2 else 1)
            lefts = [x + r + GAP, x - r - GAP - wide] + ([x - wide / 2] if abs(away) > r + half else [])
            for left in lefts:
                yield text, (left, y + away - half, left + wide, y + away + half)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
