"""The look of charts: one style file, one palette, one size; what every chart function shares."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import matplotlib.style
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.metrics.facts import Fact
from aqparat.words import markup
from aqparat.words.language import Language, capital
from aqparat.words.narrative import Narrator

WIDTH = 5.6  # inches: the measure of the A4 page; on a phone the text still is 9 px high

# Safe for colour-blind readers (blue against orange) and apart in grey print (lightness 27, 63, 82).
MAIN, ACCENT, PALE, INK = "#1b4a72", "#d9822b", "#b9cfe0", "#1c2530"

P = ParamSpec("P")


@dataclass(frozen=True)
class Chart:
    """A figure with the words that belong to it.

    Parameters
    ----------
    name : str
        Name of the chart function.
    figure : Figure
    title : str
        States the finding; inline text with facts.
    alt : str
        Tells what the chart tells; bare text.
    note : str
        Unit, period and source; inline text.
    """

    name: str
    figure: Figure
    title: str
    alt: str
    note: str

    def svg(self) -> str:
        """Draw the figure as SVG, once: the layout settles anew at each drawing."""
        return self._drawn

    @functools.cached_property
    def _drawn(self) -> str:
        buffer = io.StringIO()
        with matplotlib.style.context(style()):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        text = buffer.getvalue()
        return re.sub(r"^.*?(?=<svg)", "", text, flags=re.S)


@functools.cache
def style() -> Path:
    """Register the project's fonts and give the path of the style file."""
    root = Path(str(resources.files("aqparat")))
    for font in sorted((root / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(font)
    return root / "charts" / "aqparat.mplstyle"


def chart(
    draw: Callable[Concatenate[Any, Narrator, P], tuple[Figure, dict[str, Any]] | None],
) -> Callable[Concatenate[Any, Narrator, P], Chart | None]:
    """Make a chart function of one that draws: apply the style, add title, alt text and note.

    The decorated function takes what a section holds and a narrator; it gives a `Chart`, or None
    where the data do not support one. The drawing function gives a figure and the names that the
    template `narrative/<language>/charts/<function>.j2` uses.
    """

    @functools.wraps(draw)
    def wrapped(section: Any, narrator: Narrator, *args: P.args, **kwargs: P.kwargs) -> Chart | None:
        with matplotlib.style.context(style()):
            drawn = draw(section, narrator, *args, **kwargs)
        if drawn is None:
            return None
        figure, context = drawn
        words = narrator.blocks(f"charts/{draw.__name__}", {"section": section, **context})
        return Chart(draw.__name__, figure, words["title"], markup.plain(words["alt"]), words["note"])

    return wrapped  # type: ignore[return-value]  # wraps() keeps no parameter names


def canvas(height: float, rows: int = 1, columns: int = 1, **kwargs: Any) -> tuple[Figure, Any]:
    """Make an empty figure of the standard width; `height` in inches."""
    figure = Figure(figsize=(WIDTH, height))
    return figure, figure.subplots(rows, columns, **kwargs)


def bare(axes: Axes, keep: str = "") -> None:
    """Take the value axis away where every mark carries its number; `keep` names a spine to keep."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == keep)
    axes.set(xlabel="", ylabel="")
    (axes.xaxis if keep == "left" else axes.yaxis).set_ticks([])


def write(
    axes: Axes,
    place: int,
    fact: Fact,
    language: Language,
    value: float | None = None,
) -> None:
    """Write a fact's number at the end of its horizontal bar; leave a bar open that is a lower bound."""
    value = fact.least if value is None else value
    offset = 4
    if fact.high is None:
        bar = axes.patches[place]
        bar.set(facecolor=PALE, edgecolor=MAIN, hatch="///", linewidth=0.8)
        axes.annotate(
            "", (value, place), (16, 0), textcoords="offset points",
            arrowprops={"arrowstyle": "<|-", "color": MAIN, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
        offset = 20
    text = markup.plain(language.count(fact))
    axes.annotate(text, (value, place), (offset, 0), textcoords="offset points", va="center")


def shorten(text: str) -> str:
    """Give inline text as bare text for a label inside a chart."""
    return capital(markup.plain(text))
