"""The tile map: a tile for each organisation where it lies, in one of five tones, with its number in it.

The tones are apart in grey print too. A tile is hatched where nothing was reported; where several classes are
possible it is white, with a strip of their tones at its foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.lettering import LINE, tall, wrapped
from aqparat.charts.marks import Mark, Named, short
from aqparat.charts.sheet import GAP, box, hatched, legend, reach, sheet, write
from aqparat.charts.style import WIDTH
from aqparat.metrics.facts import Fact
from aqparat.palette import INK, PALE, PAPER, TONES
from aqparat.words.language import Language
from aqparat.words.renderer import Renderer

EDGE = 0.02  # inches between a tile and its letters
FOOT = 0.07  # inches: the strip of possible tones
AIR = 0.0125  # inches around a tile


def classes(step: float, language: Language, *, whole: bool = False, percent: bool = False) -> list[str]:
    """Return what the five tones mean, the least first; no two of them have a number in common.

    Of whole numbers the classes are disjoint: 0–4, 5–9; other numbers have their upper edge: 0–20, >20–40.

    Parameters
    ----------
    step : float
        How wide a class is.
    language : Language
    whole : bool
        Whether what is classed is a count.
    percent : bool
        Whether it is a fraction, told in percent.
    """
    if whole:
        spans = [(round(n * step), round((n + 1) * step) - 1) for n in range(len(TONES))]
        ends = [tuple(language.number(end) for end in span) for span in spans]
        return [low if low == high else f"{low}–{high}" for low, high in ends]
    wide = step * (100 if percent else 1)
    decimals = next((n for n in range(3) if abs(round(wide, n) - wide) < 1e-9), 3)
    number = [language.number(n * wide, decimals) for n in range(len(TONES) + 1)]
    told = [f"{low}–{high}" for low, high in pairwise(number)]
    told[1:] = [f">{span}" for span in told[1:]]
    return [language.label("number.percent", number=span) for span in told] if percent else told


@dataclass(frozen=True)
class Tile:
    """An organisation's tile: its name, its row and column from the upper left, its number and class.

    Parameters
    ----------
    label : str
    row, column : int
    number : Named
        Written below the name.
    level : Fact or None
        Its class, 1 to 5 (`activity_class`); a range where several are possible.
    """

    label: str
    row: int
    column: int
    number: Named
    level: Fact | None


def tiles(shown: Sequence[Tile], renderer: Renderer, *, classes: Sequence[str]) -> tuple[Figure, list[Mark]]:
    """Draw tiles, and below them the classes.

    Takes `low` and `high` of the class, and of the number what is written.

    Parameters
    ----------
    shown : sequence of Tile
    renderer : Renderer
    classes : sequence of str
        What the five tones mean (`classes`).

    Returns
    -------
    figure : Figure
    marks : list of Mark
        One a tile.
    """
    language = renderer.language
    columns = max(tile.column for tile in shown) + 1
    rows = max(tile.row for tile in shown) + 1
    wide = (WIDTH - 2 * AIR) / columns
    inner = wide - 2 * AIR - 2 * EDGE
    names = [wrapped(tile.label, inner, language) for tile in shown]
    known = [wrapped(_number(tile, renderer), inner, language, "bold") for tile in shown]
    needs = [tall(a) + tall(b) + 2 * FOOT + 2 * GAP for a, b in zip(names, known, strict=True)]
    highs = [
        max((need for need, tile in zip(needs, shown, strict=True) if tile.row == row), default=GAP)
        for row in range(rows)
    ]
    unknown = [(_unknown, language.label("chart.no_data"))] if any(not t.number.fact for t in shown) else []
    key = legend(None, unknown, 0, language) + GAP if unknown else 0.0
    top = GAP + sum(highs) + 2 * GAP
    figure, axes = sheet(top + LINE + 2 * GAP + key + GAP)
    marks = []
    for tile, name, number in zip(shown, names, known, strict=True):
        place = (AIR + tile.column * wide, GAP + sum(highs[: tile.row]), wide, highs[tile.row])
        marks.append(_tile(axes, tile, name, number, place, renderer))
    step = (WIDTH - 2 * AIR) / len(TONES)
    for n, ((fill, letters), text) in enumerate(zip(TONES, classes, strict=True)):
        box(axes, AIR + n * step, top, step, LINE + GAP, facecolor=fill, edgecolor=PAPER)
        write(axes, AIR + (n + 0.5) * step, top + (LINE + GAP) / 2, text, "center", color=letters)
    legend(axes, unknown, top + LINE + 2 * GAP, language)
    return figure, marks


def _number(tile: Tile, renderer: Renderer) -> str:
    return short(tile.number.fact, renderer).replace("–", "– ")


def _unknown(axes: Axes, x: float, y: float) -> None:
    hatched(axes, x - 0.08, y - 0.07, 0.16, 0.14)


def _tile(
    axes: Axes,
    tile: Tile,
    name: str,
    number: str,
    place: tuple[float, float, float, float],
    renderer: Renderer,
) -> Mark:
    x, y, wide, high = place
    inside = (x + AIR, y + AIR, wide - 2 * AIR, high - 2 * AIR)
    letters, answering = INK, None
    first, last = _classes(tile.level)
    if tile.number.fact is None:
        box(axes, *inside, edgecolor=PALE)
        answering = reach(axes, *inside)
        upper = y + (high + tall(name) - LINE) / 2 + GAP
        shape = hatched(axes, inside[0] + GAP, upper, inside[2] - 2 * GAP, LINE)
    elif first != last:
        shape = box(axes, *inside, facecolor=PAPER, edgecolor=PALE)
        step = inside[2] / (last - first + 1)
        for n in range(first, last + 1):
            left = inside[0] + (n - first) * step
            box(axes, left, y + high - AIR - FOOT, step, FOOT, facecolor=TONES[n - 1][0], linewidth=0)
    else:
        fill, letters = TONES[first - 1]
        shape = box(axes, *inside, facecolor=fill, edgecolor=fill)
    block = tall(name) + tall(number)
    upper = y + (high - block) / 2
    write(axes, x + wide / 2, upper, name, "center", va="top", color=letters, linespacing=0.95)
    if number:
        upper += tall(name)
        write(axes, x + wide / 2, upper, number, "center", va="top", color=letters, weight="bold")
    return tile.number.mark(shape, renderer, answering)


def _classes(level: Fact | None) -> tuple[int, int]:
    """Return the least and the greatest class that is possible."""
    if level is None:
        return 1, len(TONES)
    return round(max(level.least, 1)), round(min(level.most, len(TONES)))
