"""A spark: a small line over periods, as SVG; of a card of a report, and of the front page of reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.palette import LIGHT
from aqparat.words.extent import bounds, extent

WIDTH, HEIGHT, EDGE, DOT = 120.0, 28.0, 4.0, 3.0
LEAST = 3  # numbers that make a line worth drawing beside a single one
HEAD = 3.0  # of the arrow by which a number is open on one side
_POINTS = ("exact", "about", "around")  # how a number is known that is a point
_UP, _DOWN = ("more_than", "at_least"), ("less_than", "at_most")
_MAIN, _PAPER = LIGHT["main"], LIGHT["paper"]


@dataclass(frozen=True)
class _Mark:
    """A figure at its place, counted in periods from the first, and all numbers that are said of it."""

    fact: Fact
    place: int
    manner: str
    numbers: tuple[float, ...]

    @classmethod
    def of(cls, fact: Fact, place: int) -> _Mark:
        told = extent(fact)
        return cls(fact, place, told.manner, (*told.numbers, *bounds(fact).numbers))


@dataclass(frozen=True)
class _Scale:
    """Where a place and a number are in the picture."""

    step: float
    unit: float
    lowest: float
    foot: float

    @classmethod
    def over(cls, marks: Sequence[_Mark]) -> _Scale:
        numbers = [number for mark in marks for number in mark.numbers]
        roof = EDGE + 2 * HEAD * any(mark.manner in _UP for mark in marks)
        foot = HEIGHT - EDGE - 2 * HEAD * any(mark.manner in _DOWN for mark in marks)
        step = (WIDTH - 2 * EDGE) / (marks[-1].place or 1)
        return cls(step, (foot - roof) / (max(numbers) - min(numbers)), min(numbers), foot)

    def x(self, mark: _Mark) -> float:
        return EDGE + mark.place * self.step

    def y(self, number: float) -> float:
        return self.foot - (number - self.lowest) * self.unit


def drawn(course: Sequence[Fact], earlier: Fact | None = None, least: int = LEAST) -> str:
    """Return the line of some figures as SVG; empty where there is none to draw.

    Parameters
    ----------
    course : sequence of Fact
        Of periods of one length, earliest first. A period that is not among them, or whose number is not
        known, parts the line. A number that is only a bound is a stroke, open on its side, and no point.
    earlier : Fact, optional
        The one that the last is compared with: an open dot.
    least : int
        How many numbers it takes.

    Returns
    -------
    str
        Empty where fewer numbers are known, all are the same, or the last is not known. Its zero is not its
        foot: it shows the way, not the size.
    """
    marks = [m for m in map(_Mark.of, course, _places(course)) if m.numbers]
    if len(marks) < least or marks[-1].fact != course[-1] or len({n for m in marks for n in m.numbers}) == 1:
        return ""
    scale = _Scale.over(marks)
    strokes = "".join(_stroke(mark, scale) for mark in marks)
    lines = "".join(_line(run, scale) for run in _runs(marks))
    dots = ""
    if earlier in course[:-1]:
        style = f'class="open" fill="{_PAPER}" stroke="{_MAIN}" stroke-width="1.4"'
        dots += "".join(_dot(m, scale, DOT, style) for m in marks if m.fact == earlier)
    dots += _dot(marks[-1], scale, DOT, f'class="last" fill="{_MAIN}"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}">{strokes}{lines}{dots}</svg>'
    )


def _places(course: Iterable[Fact]) -> list[int]:
    """Return how many periods each is after the first; their order, where one is not of a period."""
    periods = [fact.window.period for fact in course]
    if None in periods:
        return list(range(len(periods)))
    counts = [p.year * 2 + (p.half or 0) if p.is_half else p.year for p in periods if p]
    return [count - counts[0] for count in counts]


def _runs(marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """Return the points that follow one another without a gap."""
    runs: list[list[_Mark]] = []
    for mark in (m for m in marks if m.manner in _POINTS):
        if not runs or runs[-1][-1].place + 1 != mark.place:
            runs.append([])
        runs[-1].append(mark)
    return runs


def _line(run: Sequence[_Mark], scale: _Scale) -> str:
    if len(run) == 1:
        return _dot(run[0], scale, DOT / 2, f'class="last" fill="{_MAIN}"')
    points = " ".join(f"{scale.x(m):.1f},{scale.y(m.numbers[0]):.1f}" for m in run)
    return (
        f'<polyline class="line" points="{points}" fill="none" '
        f'stroke="{_MAIN}" stroke-width="1.6" stroke-linejoin="round"/>'
    )


def _stroke(mark: _Mark, scale: _Scale) -> str:
    """Draw what is possible: from bound to bound, or from the one bound on, with the head of an arrow."""
    x, ends = scale.x(mark), [scale.y(n) for n in (min(mark.numbers), max(mark.numbers))]
    head = 0.0
    if mark.manner in _UP:
        ends, head = [scale.y(mark.numbers[0]), EDGE], HEAD
    elif mark.manner in _DOWN:
        ends, head = [scale.y(mark.numbers[0]), HEIGHT - EDGE], -HEAD
    elif ends[0] == ends[1]:
        return ""
    path = f"M{x:.1f},{ends[0]:.1f}V{ends[1]:.1f}"
    if head:
        path += (
            f"M{x - HEAD:.1f},{ends[1] + head:.1f}L{x:.1f},{ends[1]:.1f}L{x + HEAD:.1f},{ends[1] + head:.1f}"
        )
        path += f"M{x - HEAD:.1f},{ends[0]:.1f}H{x + HEAD:.1f}"
    return f'<path class="line" d="{path}" fill="none" stroke="{_MAIN}" stroke-width="1.2"/>'


def _dot(mark: _Mark, scale: _Scale, radius: float, style: str) -> str:
    if mark.manner not in _POINTS:
        return ""
    return f'<circle cx="{scale.x(mark):.1f}" cy="{scale.y(mark.numbers[0]):.1f}" r="{radius:g}" {style}/>'
