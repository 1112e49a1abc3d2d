"""Months: a bar each, and a line across it for the same month a year before.

A month that nobody reported has a hatched place and no number; one that had nothing has its 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named
from aqparat.charts.sheet import GAP, Sign, arrow_up, box, hatched, legend, line, reach, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import ACCENT, INK, MAIN, PAPER, QUIET
from aqparat.words.renderer import Renderer

HIGH = 1.9  # inches: of the greatest number
THICK = 0.62  # of the place of a month
STUB = 0.5  # inches: the hatched place of a month not reported
NEAR = 0.12  # inches above and below a line that answer


@dataclass(frozen=True)
class Month:
    """A month: its short name, its number, and that of the same month a year before."""

    label: str
    now: Named
    then: Named | None = None


def months(
    shown: Sequence[Month], renderer: Renderer, *, names: tuple[str, str] | None = None
) -> tuple[Figure, list[Mark]]:
    """Draw a bar a month, in the order given, with the year before as a line across.

    Takes `value`, `low` and `high`: a bar is filled to what is certain, outlined to what is possible.

    Parameters
    ----------
    shown : sequence of Month
        Where their names do not fit side by side, each second one is written, or each third.
    renderer : Renderer
    names : pair of str, optional
        What bars and lines are, said above them.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Month by month: that of now, then that of the year before.
    """
    language = renderer.language
    wide = (WIDTH - 2 * GAP) / len(shown)
    step = math.ceil(max(breadth(month.label) + 0.04 for month in shown) / wide)
    labels = [month.label if n % step == 0 else "" for n, month in enumerate(shown)]
    written = [_number(month.now, wide - 0.02, renderer) for month in shown]
    signs: list[Sign] = []
    if names:
        signs = [(_bar, names[0]), (_short, names[1])]
    head = legend(None, signs, GAP, language) + 2 * GAP if signs else 0.0
    facts = [n.fact for month in shown for n in (month.now, month.then) if n and n.fact]
    most = max((max(_solid(f), f.high or 0) for f in facts), default=0) or 1
    roof = max(map(tall, written)) + GAP
    bottom = GAP + head + roof + HIGH
    figure, axes = sheet(bottom + GAP + max(map(tall, labels)) + GAP)
    if signs:
        legend(axes, signs, GAP, language)
    marks = []
    for n, (month, label, text) in enumerate(zip(shown, labels, written, strict=True)):
        frame = _Frame(GAP + n * wide, wide, bottom, HIGH / most)
        write(axes, frame.middle, bottom + GAP, label, "center", va="top", color=QUIET)
        marks += _month(axes, month, text, frame, renderer)
    line(axes, (GAP, bottom), (WIDTH - GAP, bottom))
    return figure, marks


@dataclass(frozen=True)
class _Frame:
    """The place of a month, in inches."""

    left: float
    wide: float
    bottom: float
    unit: float

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    def y(self, value: float) -> float:
        return self.bottom - self.unit * value


def _bar(axes: Axes, x: float, y: float) -> None:
    box(axes, x - 0.06, y - 0.07, 0.12, 0.14, facecolor=MAIN, edgecolor=MAIN, linewidth=0)


def _short(axes: Axes, x: float, y: float) -> None:
    line(axes, (x - 0.09, y), (x + 0.09, y), color=ACCENT, linewidth=2)


def _number(number: Named, width: float, renderer: Renderer) -> str:
    """Return what stands over a bar, in lines; where no letters fit, the hatches alone tell."""
    language = renderer.language
    if number.fact:
        text = str(language.shown(number.fact))
        return text if breadth(text) <= width else wrapped(text.replace("–", "– "), width, language)
    text = language.label("chart.no_data")
    return wrapped(text, width, language) if max(map(breadth, text.split())) <= width else ""


def _solid(fact: Fact) -> float:
    """Return how far a bar is filled: to what is certain; of "more than 60" to the 60 that is written."""
    return fact.value if fact.high is None and fact.value is not None else fact.low or 0


def _month(axes: Axes, month: Month, text: str, frame: _Frame, renderer: Renderer) -> list[Mark]:
    thick = THICK * frame.wide
    left = frame.middle - thick / 2
    fact = month.now.fact
    if fact is None:
        top = frame.bottom - STUB
        bar = hatched(axes, left, top, thick, STUB)
    else:
        top = frame.y(_solid(fact))
        bar = box(axes, left, top, thick, frame.bottom - top, facecolor=MAIN, edgecolor=MAIN, linewidth=0)
        if fact.high is None:
            top = arrow_up(axes, frame.middle, top, MAIN)
        elif fact.high > _solid(fact):
            top = frame.y(fact.high)
            open_ = frame.y(_solid(fact)) - top
            box(axes, left, top, thick, open_, edgecolor=MAIN, linestyle=(0, (3, 2)), linewidth=1.2)
    then = month.then
    at = frame.y(_solid(then.fact)) if then and then.fact else None
    foot = top - 0.03
    if at is not None and foot - tall(text) - 0.03 < at < top + 0.02:  # the number goes above the line
        foot = at - 0.04
    write(axes, frame.middle, foot, text, "center", va="bottom", color=INK if fact else QUIET)
    marks = [month.now.mark(bar, renderer, reach(axes, frame.left, 0, frame.wide, frame.bottom))]
    if then and at is not None:
        ends = (left - 0.06, at), (left + thick + 0.06, at)
        line(axes, *ends, color=PAPER, linewidth=4, zorder=2.5)  # so that it is seen on the bar
        across = line(axes, *ends, color=ACCENT, linewidth=2, zorder=3)
        marks.append(then.mark(across, renderer, reach(axes, frame.left, at - NEAR, frame.wide, 2 * NEAR)))
    return marks
