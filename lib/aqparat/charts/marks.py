"""The marks of a chart: what each bar, point, tile and segment stands for, in words and in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from aqparat.metrics.facts import Fact
from aqparat.words.extent import extent
from aqparat.words.renderer import Renderer
from aqparat.words.writing import writing

BOUNDS = ("value", "low", "high")
SIGNS = {"more_than": ">", "at_least": "≥", "less_than": "<", "at_most": "≤", "about": "≈", "around": "≈"}


@dataclass(frozen=True)
class Mark:
    """One drawn mark.

    Parameters
    ----------
    artist : Artist
        What is drawn.
    text : str
        The exact value with its bounds, worded; bare text.
    fact : Fact or None
        The number drawn; None where the mark shows no number.
    row : sequence
        The mark's row in the chart's data; empty where the mark adds none.
    reach : Artist or None
        A larger, invisible shape that answers to the pointer for a mark that is small.
    """

    artist: Artist
    text: str
    fact: Fact | None = None
    row: Sequence[str | float] = ()
    reach: Artist | None = None


@dataclass(frozen=True)
class Drawing:
    """What a drawing function gives: the figure, its marks, and the names its template uses.

    `columns` are the headings of the data, in the report's language.
    """

    figure: Figure
    marks: list[Mark]
    columns: Sequence[str]
    context: dict[str, Any] = field(default_factory=dict)

    def name(self, chart: str) -> tuple[dict[str, Any], ...]:
        """Return the marks with their ids, in the figure as in what is handed on, and their `row` of data.

        Parameters
        ----------
        chart : str
            Name of the chart, a part of each id, so that ids differ over a page.
        """
        for n, mark in enumerate(self.marks, 1):
            mark.artist.set_gid(f"mark-{chart}-{n}")
            if mark.reach:
                mark.reach.set_gid(f"reach-{chart}-{n}")
        rows = count()
        return tuple(
            {
                "id": mark.artist.get_gid(),
                "text": mark.text,
                "fact": mark.fact.id if mark.fact else None,
                "row": next(rows) if mark.row else None,
            }
            for mark in self.marks
        )

    @property
    def is_flat(self) -> bool:
        """Whether all numbers drawn, more than one, are the same: such a picture tells nothing."""
        numbers = [(m.fact.value, m.fact.low, m.fact.high) for m in self.marks if m.fact]
        return len(numbers) > 1 and len(set(numbers)) == 1

    @property
    def data(self) -> dict[str, list[Any]]:
        """The data drawn, for a CSV: headings, and rows of names and plain numbers; unknown is empty."""
        return {"columns": list(self.columns), "rows": [list(m.row) for m in self.marks if m.row]}


@dataclass(frozen=True)
class Named:
    """A number to be drawn, with the names that its mark's words and its row in the data begin with.

    Parameters
    ----------
    fact : Fact or None
        None where nothing was reported: the mark says so, its numbers in the data are empty.
    names : sequence of str
        Such as an organisation and a period.
    more : str
        What the mark's words end with.
    row : sequence of str, optional
        The names in the data, where they are others.
    """

    fact: Fact | None
    names: Sequence[str]
    more: str = ""
    row: Sequence[str] | None = None

    def mark(self, artist: Artist, renderer: Renderer, reach: Artist | None = None) -> Mark:
        """Return the mark of what has been drawn for it."""
        cells = list(self.names if self.row is None else self.row)
        if self.fact is None:
            text = f"{', '.join(filter(None, self.names))}: {renderer.language.label('chart.no_data')}"
            known: list[str | float] = [""] * len(BOUNDS)
        else:
            text, known = worded(renderer, self.fact, *self.names), numbers(self.fact)
        return Mark(artist, f"{text.strip()} {self.more}".strip(), self.fact, [*cells, *known], reach)


def worded(renderer: Renderer, fact: Fact, *names: str) -> str:
    """Return what a mark shows: its names, then the exact value with its bounds."""
    context = {"names": ", ".join(filter(None, names)), "fact": fact}
    return str(renderer.blocks("charts/mark", context)["text"])


def numbers(fact: Fact) -> list[str | float]:
    """Return value, low and high as in facts.json; empty where unknown or unbounded."""
    return [_plain(n) for n in (fact.value, fact.low, fact.high)]


def short(fact: Fact | None, renderer: Renderer) -> str:
    """Return a number as it fits a small place: 60, >60, 5–10, ≈85.8; empty where nothing was reported."""
    if fact is None:
        return ""
    known, written = extent(fact), writing(fact)
    digits = [renderer.language.digits(n, written) for n in known.numbers]
    if known.manner == "between":
        return "–".join(digits)
    return SIGNS.get(known.manner, "") + digits[0] if digits else ""


def headings(renderer: Renderer, *names: str) -> list[str]:
    """Return the headings of a chart's data: `names` are keys of [chart_data], the numbers follow."""
    return [renderer.language.label(f"chart_data.{key}") for key in (*names, *BOUNDS)]


def _plain(number: float | None) -> str | float:
    if number is None:
        return ""
    return int(number) if number == int(number) else number
