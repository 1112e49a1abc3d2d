"""The look of charts: one style file, one size; what every chart function shares. Colours are in `palette`.

A chart's SVG is transparent. Marks are groups `mark-<chart>-<n>`; only they answer to the pointer.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts import faces, kept
from aqparat.charts.marks import Drawing
from aqparat.charts.svg import embedded
from aqparat.palette import LIGHT
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer

WIDTH = 4.8  # inches, with letters of 10 pt: on a phone, 350 px wide, they are 10 px high

_FILE = Path(__file__).with_name("aqparat.mplstyle")
P = ParamSpec("P")


@dataclass(frozen=True)
class Picture:
    """What a drawing function has drawn, apart from the words around it.

    Parameters
    ----------
    name : str
        Of the chart function.
    marks, data
        As of the chart.
    context : mapping
        The names that the template of the words uses.
    figure : Figure or None
        None where the SVG was drawn and is kept alone.
    """

    name: str
    marks: tuple[dict[str, Any], ...]
    data: dict[str, list[Any]]
    context: dict[str, Any]
    figure: Figure | None

    @functools.cached_property
    def svg(self) -> str:
        """The figure as SVG."""
        assert self.figure
        buffer = io.StringIO()
        with styled():
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return embedded(buffer.getvalue(), self.name, {colour: name for name, colour in LIGHT.items()})

    def alone(self) -> Picture:
        """Return the picture as SVG alone."""
        svg = self.svg
        alone = replace(self, figure=None)
        alone.__dict__["svg"] = svg
        return alone


@dataclass(frozen=True)
class Chart:
    """A figure with the words that belong to it.

    Parameters
    ----------
    name : str
        Name of the chart function.
    picture : Picture
    title : Inline
        States the finding.
    alt : str
        Tells what the chart tells; bare text.
    note : Inline
        Unit, period and source.
    """

    name: str
    picture: Picture
    title: Inline
    alt: str
    note: Inline

    @property
    def marks(self) -> tuple[dict[str, Any], ...]:
        """Of each mark its `id` in the SVG, its `text`, the id of its `fact` and its `row` of the data."""
        return self.picture.marks

    @property
    def data(self) -> dict[str, list[Any]]:
        """What is drawn, as `columns` and `rows` of names and plain numbers."""
        return self.picture.data

    @property
    def figure(self) -> Figure:
        """The figure, where the picture is not kept as SVG alone."""
        assert self.picture.figure
        return self.picture.figure

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order: in the title, the marks, the note."""
        marks = [mark["fact"] for mark in self.marks if mark["fact"]]
        return list(dict.fromkeys([*self.title.facts, *marks, *self.note.facts]))

    def svg(self) -> str:
        """Draw the figure as SVG, once: the layout settles anew at each drawing."""
        return self.picture.svg


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

    def drawn(section: Any, names: Renderer, *args: P.args, **kwargs: P.kwargs) -> Picture | None:
        with styled():
            drawing = draw(section, names, *args, **kwargs)
        if drawing is None or drawing.is_flat:
            return None
        return Picture(name, drawing.name(name), drawing.data, drawing.context, drawing.figure)

    @functools.wraps(draw)
    def wrapped(section: Any, renderer: Renderer, *args: P.args, **kwargs: P.kwargs) -> Chart | None:
        names = renderer.of_names
        if kept.keeps():
            picture = kept.recalled(
                (name, section, args, kwargs, names.told),
                lambda: (made := drawn(section, names, *args, **kwargs)) and made.alone(),
            )
        else:
            picture = drawn(section, names, *args, **kwargs)
        if picture is None:
            return None
        words = renderer.blocks(f"charts/{name}", {"section": section, **picture.context})
        return Chart(name, picture, words["title"], str(words["alt"]), words["note"])

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
