"""Panels of horizontal bars: one scale, each bar labelled before it, its number behind it.

Places are worked out from the width of the letters, so that in every language all of it fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from aqparat.charts.lettering import breadth, tall, wrapped
from aqparat.charts.marks import Mark, numbers, worded
from aqparat.charts.sheet import GAP, PAD
from aqparat.charts.style import WIDTH, bare
from aqparat.metrics.facts import Fact
from aqparat.palette import INK, MAIN, PALE
from aqparat.words.renderer import Renderer

GUTTER = 0.4 * WIDTH  # labels take so much at most
ARROW = 0.24  # behind a bar that is open
BAR = 0.62  # of the height of a row


@dataclass(frozen=True)
class Bar:
    """A bar to be drawn: its label, its fact, and what the mark's words and data name it by."""

    label: str
    fact: Fact
    names: Sequence[str]
    row: Sequence[str]
    colour: str = MAIN


@dataclass(frozen=True)
class Panel:
    """Bars below a title; a dotted line stands before the bar `parted`."""

    bars: Sequence[Bar]
    title: str = ""
    parted: int | None = None


def panels(shown: Sequence[Panel], renderer: Renderer) -> tuple[Figure, list[Mark]]:
    """Draw panels below one another on one scale."""
    every = [bar for panel in shown for bar in panel.bars]
    labels = {id(bar): wrapped(bar.label, GUTTER, renderer.language) for bar in every}
    left = max(breadth(text) for text in labels.values()) + 2 * GAP
    width = WIDTH - left - GAP
    far = max(_end(bar) / max(1 - _behind(bar, renderer) / width, 0.2) for bar in every) or 1
    rows = [[tall(labels[id(bar)]) + PAD for bar in panel.bars] for panel in shown]
    headed = [wrapped(panel.title, WIDTH - 2 * GAP, renderer.language, "bold") for panel in shown]
    titles = [tall(text) + 2 * GAP if text else 0 for text in headed]
    height = sum(map(sum, rows)) + sum(titles) + GAP * (len(shown) + 1)
    figure = Figure(figsize=(WIDTH, height))
    marks: list[Mark] = []
    top = height - GAP
    for panel, sizes, title, text in zip(shown, rows, titles, headed, strict=True):
        figure.text(GAP / WIDTH, (top - GAP) / height, text, weight="bold", va="top", linespacing=1.0)
        bottom = top - title - sum(sizes)
        place = (left / WIDTH, bottom / height, width / WIDTH, sum(sizes) / height)
        axes = figure.add_axes(place)
        marks += _drawn(axes, panel, sizes, [labels[id(bar)] for bar in panel.bars], renderer)
        axes.set(xlim=(0, far), ylim=(sum(sizes), 0))
        top = bottom - GAP
    return figure, marks


def _drawn(
    axes: Axes, panel: Panel, sizes: Sequence[float], labels: Sequence[str], renderer: Renderer
) -> list[Mark]:
    tops = [sum(sizes[:i]) for i in range(len(sizes))]
    middles = [top + size / 2 for top, size in zip(tops, sizes, strict=True)]
    thick = min(sizes) * BAR
    drawn = axes.barh(middles, [_solid(bar) for bar in panel.bars], height=thick, edgecolor=MAIN, linewidth=0)
    marks = []
    for bar, patch, middle, top, size in zip(panel.bars, drawn, middles, tops, sizes, strict=True):
        patch.set_facecolor(bar.colour)
        if bar.colour == PALE:
            patch.set_linewidth(0.8)
        whole = patch
        if bar.fact.high is None:
            patch.set(facecolor=PALE, hatch="///", linewidth=0.8)
            axes.annotate(
                "", (_end(bar), middle), (16, 0), textcoords="offset points",
                arrowprops={"arrowstyle": "<|-", "color": MAIN, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
        elif _end(bar) > _solid(bar):
            whole = axes.add_patch(
                Rectangle(
                    (_solid(bar), middle - thick / 2), _end(bar) - _solid(bar), thick,
                    facecolor="none", edgecolor=MAIN, linestyle=(0, (3, 2)), linewidth=1.2,
                )
            )  # fmt: skip
        reach = axes.add_patch(
            Rectangle((0, top), 1, size, transform=axes.get_yaxis_transform(), fill=False, linewidth=0)
        )
        text = worded(renderer, bar.fact, *bar.names)
        marks.append(Mark(whole, text, bar.fact, [*bar.row, *numbers(bar.fact)], reach))
        space = GAP + (ARROW if bar.fact.high is None else 0)
        axes.annotate(
            _number(bar, renderer),
            (_end(bar), middle),
            (72 * space, 0),
            textcoords="offset points",
            va="center",
        )
    if panel.parted is not None:
        axes.axhline(tops[panel.parted], color=INK, linewidth=0.8, linestyle=(0, (1, 3)))
    bare(axes, keep="left")
    axes.set_yticks(middles, labels, linespacing=1.0)
    axes.tick_params(axis="y", pad=72 * GAP)
    return marks


def _solid(bar: Bar) -> float:
    """Return how far a bar is filled: to what is certain; for "more than 60" to the 60 that is written."""
    fact = bar.fact
    if fact.high is None and fact.value is not None:
        return fact.value
    return fact.low or 0


def _end(bar: Bar) -> float:
    return _solid(bar) if bar.fact.high is None else bar.fact.high


def _number(bar: Bar, renderer: Renderer) -> str:
    return str(renderer.language.count(bar.fact))


def _behind(bar: Bar, renderer: Renderer) -> float:
    """Return the inches that the number behind a bar takes."""
    return breadth(_number(bar, renderer)) + 2 * GAP + (ARROW if bar.fact.high is None else 0)
