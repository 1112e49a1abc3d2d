"""Courses: small multiples below one another on one scale, a line of dots over the same years in each.

The line parts where a year is not known; a year of which nothing was reported says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named
from aqparat.charts.sheet import ARROW, DOT, GAP, arrow_up, dot, line, reach, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import MAIN, QUIET
from aqparat.words.renderer import Renderer

HIGH = 0.75  # inches: of the greatest number
WIDEST = 1.6  # inches: the place of a year


@dataclass(frozen=True)
class Course:
    """A panel: its title, and a number for each label (a year) of which there is one."""

    title: str
    numbers: Mapping[str, Named]


def courses(shown: Sequence[Course], labels: Sequence[str], renderer: Renderer) -> tuple[Figure, list[Mark]]:
    """Draw a line for each course, over labels in the order given; zero is the foot of each panel.

    Takes `value`, else `low`, and draws the bounds as a line upright.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Course by course, as far as there are numbers.
    """
    language = renderer.language
    titles = [wrapped(course.title, WIDTH - 2 * GAP, language, "bold") for course in shown]
    facts = [n.fact for course in shown for n in course.numbers.values() if n.fact]
    unit = HIGH / (max(max(_at(f), f.high or 0) for f in facts) or 1)
    wide = min((WIDTH - 2 * GAP) / len(labels), WIDEST)
    written = [[_written(n, wide, renderer) for n in course.numbers.values()] for course in shown]
    roofs = [
        max(map(tall, texts), default=0) + (ARROW if _open(course) else GAP)
        for texts, course in zip(written, shown, strict=True)
    ]
    sizes = [tall(title) + roof + 4 * GAP + HIGH + GAP for title, roof in zip(titles, roofs, strict=True)]
    figure, axes = sheet(GAP + sum(sizes) + LINE + GAP)
    left = (WIDTH - wide * len(labels)) / 2
    marks = []
    y = GAP
    for course, title, size in zip(shown, titles, sizes, strict=True):
        write(axes, GAP, y, title, va="top", weight="bold")
        foot = y + size - GAP
        line(axes, (GAP, foot), (WIDTH - GAP, foot))
        places = [left + (n + 0.5) * wide for n in range(len(labels))]
        numbers = [course.numbers.get(label) for label in labels]
        marks += _course(axes, numbers, places, (foot, unit, wide), renderer)
        y += size
    step = -(-max(map(breadth, labels)) // wide)
    for n, label in enumerate(labels):
        if (len(labels) - 1 - n) % step == 0:
            write(axes, left + (n + 0.5) * wide, y, label, "center", va="top", color=QUIET)
    return figure, marks


def _at(fact: Fact) -> float:
    return fact.value if fact.value is not None else fact.low or 0


def _open(course: Course) -> bool:
    return any(n.fact.high is None for n in course.numbers.values() if n.fact)


def _written(number: Named, wide: float, renderer: Renderer) -> str:
    """Return what stands over a dot, or at the foot where nothing was reported."""
    language = renderer.language
    text = str(language.shown(number.fact)) if number.fact else language.label("chart.no_data")
    return wrapped(text, max(wide, 0.4), language)


def _course(
    axes: Axes,
    numbers: Sequence[Named | None],
    places: Sequence[float],
    scale: tuple[float, float, float],
    renderer: Renderer,
) -> list[Mark]:
    """Draw a line; `scale` is where zero is, the inches of a unit, and the width of a place."""
    foot, unit, wide = scale
    known = [n.fact.value if n and n.fact else None for n in numbers]
    for (x, value), (to, other) in itertools.pairwise(zip(places, known, strict=True)):
        if value is not None and other is not None:
            line(axes, (x, foot - unit * value), (to, foot - unit * other), color=MAIN, linewidth=2)
    marks = []
    for number, x in zip(numbers, places, strict=True):
        if number is None:
            continue
        text = _written(number, wide, renderer)
        drawn: Artist
        if number.fact is None:
            drawn = write(axes, x, foot - 0.03, text, "center", va="bottom", color=QUIET)
        else:
            drawn, top = _number(axes, number.fact, x, foot, unit)
            write(axes, x, top - 0.04, text, "center", va="bottom")
        answering = reach(axes, x - wide / 2, foot - HIGH - LINE - GAP, wide, HIGH + LINE + GAP)
        marks.append(number.mark(drawn, renderer, answering))
    return marks


def _number(axes: Axes, fact: Fact, x: float, foot: float, unit: float) -> tuple[Artist, float]:
    """Draw a dot, and its bounds; without a value the bounds alone; return it, and how high it reaches."""
    y = foot - unit * _at(fact)
    top = y - DOT
    if fact.high is None:
        top = arrow_up(axes, x, y, MAIN)
    elif fact.low != fact.high:
        ends = (x, foot - unit * (fact.low or 0)), (x, foot - unit * fact.high)
        between: Artist = line(axes, *ends, color=MAIN, linewidth=1.3 if fact.value is not None else 5)
        top = min(top, ends[1][1])
        if fact.value is None:
            return between, top
    return dot(axes, x, y, MAIN), top
