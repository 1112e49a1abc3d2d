"""Dots on one scale, a row each: now (full) against then (open), or two series; with lines across.

A row that is surely more than it was is blue, one that is surely less brown, any other grey; in grey print
the full dot tells now from then. What is known by bounds alone is an outline from one to the other; what
has no upper bound ends in an arrow; what was not reported has no dot but words, and 0 a dot at 0.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import LINE, breadth, tall, wrapped
from aqparat.charts.marks import Mark, Named, short
from aqparat.charts.sheet import (
    ARROW,
    DOT,
    GAP,
    PAD,
    Sign,
    arrow,
    box,
    diamond,
    dot,
    legend,
    line,
    reach,
    shared,
    sheet,
    write,
)  # fmt: skip
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import ACCENT, GREY, INK, MAIN, MID, QUIET, WASH
from aqparat.words.extent import extent
from aqparat.words.renderer import Renderer

GUTTER = 0.4 * WIDTH  # labels take so much at most
BEHIND = DOT + GAP  # from the middle of a dot to the text behind it


@dataclass(frozen=True)
class Row:
    """A row of dots.

    Parameters
    ----------
    label : str
    now : Named
        The full dot; its number stands behind the row.
    then : Named or None
        The open dot; nothing where it is None or not known.
    second : Named or None
        A diamond, of another series on the same scale; its number stands in a column of its own.
    band : Fact or None
        What chance or other weights may do: a line from its `interval_low` to its `interval_high`.
    note : str
        Behind the number, or in its place where nothing was reported: "silent".
    """

    label: str
    now: Named
    then: Named | None = None
    second: Named | None = None
    band: Fact | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A dotted line across all rows: a median, a target; its words, number and all, stand on top.

    Parameters
    ----------
    number : Named or float
        A fact; or a number that is a setting, as a target is: its mark has the words alone.
    text : str
    """

    number: Named | float
    text: str

    @property
    def place(self) -> float:
        """Where it stands on the scale."""
        if isinstance(self.number, Named):
            return self.number.fact.least if self.number.fact else 0
        return self.number

    def mark(self, artist: Artist, renderer: Renderer, answering: Artist) -> Mark:
        """Return its mark."""
        if isinstance(self.number, Named):
            return self.number.mark(artist, renderer, answering)
        return Mark(artist, self.text, reach=answering)


@dataclass(frozen=True)
class _Frame:
    """Where things are: a value is `left` plus so many inches a unit."""

    left: float
    unit: float
    renderer: Renderer

    def at(self, value: float) -> float:
        return self.left + self.unit * value

    def written(self, fact: Fact | None) -> str:
        """Return a number; the bounds around one are an outline beside it, not letters."""
        if fact and extent(fact).manner == "around":
            return short(fact, self.renderer).lstrip("≈")
        return str(self.renderer.language.shown(fact)) if fact else ""


def dots(
    rows: Sequence[Row],
    renderer: Renderer,
    *,
    lines: Sequence[Line] = (),
    names: tuple[str, str] | None = None,
) -> tuple[Figure, list[Mark]]:
    """Draw rows of dots in the order given.

    Takes of each fact `value`, `low` and `high`, of a band `interval_low` and `interval_high`.

    Parameters
    ----------
    rows : sequence of Row
    renderer : Renderer
    lines : sequence of Line
    names : pair of str, optional
        What the two marks of a row are, said above them: two periods, or two series.

    Returns
    -------
    figure : Figure
    marks : list of Mark
        Row by row, then those of the lines.
    """
    language = renderer.language
    labels = [wrapped(row.label, GUTTER, language) for row in rows]
    left = max(map(breadth, labels)) + 2 * GAP + DOT
    plain = _Frame(0, 1, renderer)
    two = any(row.second for row in rows)
    columns = _columns(rows, plain) if two else ()
    width = WIDTH - left - GAP - sum(columns)
    far = max(
        [_end(row) / max(1 - _behind(row, plain, two) / width, 0.25) for row in rows]
        + [line.place / 0.97 for line in lines]
    )
    frame = _Frame(left, width / (far or 1), renderer)
    signs = _signs(names, two)
    head = legend(None, signs, 0, language) + GAP if signs else 0.0
    heads = _heads(lines, frame)
    top = GAP + head + (max((row for _, row in heads), default=-1) + 1) * (LINE + 0.03)
    sizes = [tall(label) + PAD for label in labels]
    figure, axes = sheet(top + sum(sizes) + GAP)
    if signs:
        legend(axes, signs, GAP, language)
    drawn: list[Mark] = []
    covered = []
    y = top
    for row, label, size in zip(rows, labels, sizes, strict=True):
        write(axes, left - DOT - GAP, y + size / 2, label, "right")
        marks, text = _row(axes, row, frame, y, size, columns)
        drawn += marks
        covered.append((y, y + size, text))
        y += size
    for told, (x, place) in zip(lines, heads, strict=True):
        words = write(
            axes, x, GAP + head + place * (LINE + 0.03) + LINE / 2, told.text, "center", color=QUIET
        )
        start = GAP + head + place * (LINE + 0.03) + LINE + 0.02
        across = _across(axes, frame.at(told.place), start, y, covered)
        wide = breadth(told.text)
        answering = reach(axes, x - wide / 2, GAP + head + place * (LINE + 0.03), wide, LINE)
        drawn.append(told.mark(words if across is None else across, renderer, answering))
    return figure, drawn


def _signs(names: tuple[str, str] | None, two: bool) -> list[Sign]:
    if names is None:
        return []
    second: Callable[..., Artist]
    second = (
        functools.partial(diamond, colour=ACCENT) if two else functools.partial(dot, colour=GREY, full=False)
    )
    return [(functools.partial(dot, colour=MAIN if two else GREY), names[0]), (second, names[1])]


def _columns(rows: Sequence[Row], frame: _Frame) -> tuple[float, float]:
    """Return how wide the columns of numbers at the right are."""
    known = [row for row in rows if not _silent(row)]
    first = max((breadth(_text(row, frame)) for row in known), default=0)
    second = max((breadth(_of(row.second, frame)) for row in known), default=0)
    return first + 2 * GAP, second + 3 * GAP


def _silent(row: Row) -> bool:
    """Whether nothing was reported of either series: that is said once, over both columns."""
    return row.now.fact is None and row.second is not None and row.second.fact is None


def _of(number: Named | None, frame: _Frame) -> str:
    if number is None:
        return ""
    return frame.written(number.fact) if number.fact else frame.renderer.language.label("chart.no_data")


def _text(row: Row, frame: _Frame) -> str:
    """Return what stands behind a row."""
    if row.now.fact is None and row.note:
        return row.note
    return " · ".join(filter(None, [_of(row.now, frame), row.note]))


def _solid(fact: Fact) -> float:
    """Return where a dot is: at the value, else at the lower bound."""
    return fact.value if fact.value is not None else fact.low or 0


def _most(fact: Fact) -> float:
    return max(_solid(fact), fact.high or 0)


def _end(row: Row) -> float:
    """Return how far a row's marks go on its scale."""
    ends = [_most(n.fact) for n in (row.now, row.then, row.second) if n and n.fact]
    if row.band:
        ends += [n for n in (row.band.interval_high, row.band.high) if n is not None][:1]
    return max(ends, default=0)


def _open(row: Row) -> bool:
    """Whether a row's farthest mark ends in an arrow."""
    return any(n.fact.high is None for n in (row.now, row.then, row.second) if n and n.fact)


def _behind(row: Row, frame: _Frame, two: bool) -> float:
    """Return the inches that what stands behind a row takes."""
    text = 0 if two else breadth(_text(row, frame)) + BEHIND
    return text + GAP + (ARROW if _open(row) else 0)


def _heads(lines: Sequence[Line], frame: _Frame) -> list[tuple[float, int]]:
    """Return the middle of each line's words, and in which line of text they stand so that none meet."""
    placed: list[tuple[float, float, int]] = []
    for told in lines:
        half = breadth(told.text) / 2
        x = frame.at(told.place)
        x = min(max(x, GAP + half), WIDTH - GAP - half)
        near = {row for other, wide, row in placed if abs(other - x) < half + wide + GAP}
        placed.append((x, half, next(row for row in range(len(lines)) if row not in near)))
    return [(x, row) for x, _, row in placed]


def _across(
    axes: Axes,
    x: float,
    top: float,
    bottom: float,
    covered: Sequence[tuple[float, float, tuple[float, float]]],
) -> Artist | None:
    """Draw a dotted line down all rows but where letters stand; return it."""
    pieces: list[float] = [top]
    for start, end, (first, last) in covered:
        if first - 0.03 < x < last + 0.03:
            pieces += [start, end]
    pieces.append(bottom)
    ys: list[float] = []
    for start, end in zip(pieces[::2], pieces[1::2], strict=True):
        if end > start:
            ys += [start, end, float("nan")]
    if not ys:
        return None
    (drawn,) = axes.plot(
        [x] * len(ys), ys, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2.5)), zorder=1, dash_capstyle="butt"
    )
    return drawn


def _row(
    axes: Axes, row: Row, frame: _Frame, top: float, size: float, columns: Sequence[float]
) -> tuple[list[Mark], tuple[float, float]]:
    """Draw a row; return its marks, and from where to where letters stand in it."""
    y = top + size / 2
    colour = MAIN if row.then is None else _colour(row)
    text, span = _letters(axes, row, frame, y, columns)
    line(axes, (frame.left, y), (max(span[0] - GAP, frame.left), y), color=WASH, zorder=0)
    if row.band:
        _band(axes, row.band, frame, y)
    if row.now.fact and row.now.fact.value is not None and row.then and row.then.fact:
        ends = [frame.at(_solid(fact)) for fact in (row.now.fact, row.then.fact)]
        line(axes, (ends[0], y), (ends[1], y), color=colour, linewidth=1.6, zorder=2)
    found: list[tuple[Named, Artist, float]] = []
    if row.now.fact:
        place = frame.at(_solid(row.now.fact))
        found.append(
            (row.now, _mark(axes, row.now.fact, frame, y, functools.partial(dot, colour=colour)), place)
        )
    else:
        found.append((row.now, text, span[0]))
    if row.second and row.second.fact is None:
        wide = columns[1] if columns else 0
        place = WIDTH - GAP - wide / 2
        found.append((row.second, reach(axes, place, top, wide / 2, size), place))
    draw: Callable[..., Artist]
    if row.second and row.second.fact:
        draw = functools.partial(diamond, colour=ACCENT)
        found.append(
            (row.second, _mark(axes, row.second.fact, frame, y, draw), frame.at(_solid(row.second.fact)))
        )
    elif not row.second and row.then and row.then.fact:
        draw = functools.partial(dot, colour=colour, full=False, zorder=2.5)
        found.append((row.then, _mark(axes, row.then.fact, frame, y, draw), frame.at(_solid(row.then.fact))))
    spans = shared(found[0][2], found[1][2], 0, WIDTH) if len(found) == 2 else ((0.0, WIDTH),)
    marks = [
        number.mark(artist, frame.renderer, reach(axes, start, top, end - start, size))
        for (number, artist, _), (start, end) in zip(found, spans, strict=True)
    ]
    return marks, span


def _colour(row: Row) -> str:
    """Return the colour of a change: blue if surely more, brown if surely less."""
    now, then = row.now.fact, row.then.fact if row.then else None
    if now is None or then is None:
        return GREY if now is None else MAIN
    if now.least > then.most:
        return MAIN
    return ACCENT if now.most < then.least else GREY


def _letters(
    axes: Axes, row: Row, frame: _Frame, y: float, columns: Sequence[float]
) -> tuple[Artist, tuple[float, float]]:
    """Write the numbers of a row; return the first, and from where to where they stand."""
    text = _text(row, frame)
    wide = breadth(text)
    colour = QUIET if row.now.fact is None else INK
    if columns and _silent(row):
        return write(axes, WIDTH - GAP, y, text, "right", color=colour), (WIDTH - GAP - wide, WIDTH)
    if columns:
        right = WIDTH - GAP - columns[1]
        other = ACCENT if row.second and row.second.fact else QUIET
        first = write(axes, right, y, text, "right", color=colour)
        write(axes, WIDTH - GAP, y, _of(row.second, frame), "right", color=other)
        return first, (right - wide, WIDTH)
    start = frame.at(_end(row)) + BEHIND + (ARROW if _open(row) else 0)
    return write(axes, start, y, text, color=colour), (start, start + wide)


def _mark(axes: Axes, fact: Fact, frame: _Frame, y: float, draw: Callable[..., Artist]) -> Artist:
    """Draw a number: a dot at its value; its bounds where they leave something open."""
    start, end = frame.at(fact.low or 0), frame.at(_most(fact))
    if fact.high is None:
        arrow(axes, frame.at(_solid(fact)), y, MAIN)
    elif fact.low != fact.high:
        wide = {"edgecolor": MAIN, "linestyle": (0, (3, 2)), "linewidth": 1.2}
        range_ = box(axes, start, y - 1.3 * DOT, end - start, 2.6 * DOT, **wide)
        if fact.value is None:
            return range_
    return draw(axes, frame.at(_solid(fact)), y)


def _band(axes: Axes, fact: Fact, frame: _Frame, y: float) -> None:
    """Draw what chance may do to a number."""
    low, high = fact.interval_low, fact.interval_high
    if low is None or high is None:
        low, high = fact.low, fact.high
    if low is not None and high is not None and low < high:
        line(axes, (frame.at(low), y), (frame.at(high), y), color=MID, linewidth=5, zorder=1)
