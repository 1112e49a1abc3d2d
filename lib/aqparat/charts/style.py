"""The look of charts: one style file, one size; what every chart function shares. Colours are in `palette`.

A chart's SVG is transparent. Marks are groups `mark-<chart>-<n>`; only they answer to the pointer.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts import faces
from aqparat.charts.marks import Drawing
from aqparat.charts.svg import embedded
from aqparat.palette import LIGHT
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer

WIDTH = 4.8  # inches, with letters of 10 pt: on a phone, 350 px wide, they are 10 px high

_FILE = Path(__file__).with_name("aqparat.mplstyle")
P = ParamSpec("P")


@dataclass(frozen=True)
class Chart:
    """A figure with the words that belong to it.

    Parameters
    ----------
    name : str
        Name of the chart function.
    figure : Figure
    title : Inline
        States the finding.
    alt : str
        Tells what the chart tells; bare text.
    note : Inline
        Unit, period and source.
    marks : tuple of dict
        For each drawn mark its `id` in the SVG, its `text` (name, exact value, bounds), the id of its `fact`,
        or None, and its `row` of the data, or None.
    data : dict
        What is drawn, as `columns` and `rows` of names and plain numbers.
    """

    name: str
    figure: Figure
    title: Inline
    alt: str
    note: Inline
    marks: tuple[dict[str, Any], ...] = ()
    data: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order: in the title, the marks, the note."""
        marks = [mark["fact"] for mark in self.marks if mark["fact"]]
        return list(dict.fromkeys([*self.title.facts, *marks, *self.note.facts]))

    def svg(self) -> str:
        """Draw the figure as SVG, once: the layout settles anew at each drawing."""
        return self._drawn

    @functools.cached_property
    def _drawn(self) -> str:
        buffer = io.StringIO()
        with styled():
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return embedded(buffer.getvalue(), self.name, {colour: name for name, colour in LIGHT.items()})


def styled() -> AbstractContextManager[None]:
    """Apply the project's faces and its style file, and nothing of what the machine or a caller has set."""
    faces.listed()
    return matplotlib.style.context(_FILE, after_reset=True)


def chart(
    draw: Callable[Concatenate[Any, Renderer, P], Drawing | None],
) -> Callable[Concatenate[Any, Renderer, P], Chart | None]:
    """Make a chart function of one that draws: apply the style, add title, alt text, note and marks.

    The decorated function takes what a section holds and a renderer; it gives a `Chart`, or None
    where the data do not support one or every number drawn is the same. The drawing function gives a
    `Drawing`, whose names the template `texts/<language>/narrative/charts/<function>.j2` uses.
    """
    name = draw.__name__

    @functools.wraps(draw)
    def wrapped(section: Any, renderer: Renderer, *args: P.args, **kwargs: P.kwargs) -> Chart | None:
        with styled():
            drawn = draw(section, renderer, *args, **kwargs)
        if drawn is None or drawn.is_flat:
            return None
        words = renderer.blocks(f"charts/{name}", {"section": section, **drawn.context})
        return Chart(
            name,
            drawn.figure,
            words["title"],
            str(words["alt"]),
            words["note"],
            drawn.name(name),
            drawn.data,
        )

    return wrapped  # type: ignore[return-value]  # wraps() keeps no parameter names


def canvas(height: float, rows: int = 1, columns: int = 1, **kwargs: Any) -> tuple[Figure, Any]:
    """Make an empty figure of the standard width; `height` in inches."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **kwargs)


def bare(axes: Axes, keep: str = "") -> None:
    """Take the value axis away where every mark carries its number; `keep` names a spine to keep."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == keep)
    axes.set(xlabel="", ylabel="")
    (axes.xaxis if keep == "left" else axes.yaxis).set_ticks([])
