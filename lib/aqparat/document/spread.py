"""How a figure stands on paper: as wide as its letters ask for, and a high one with prose beside it.

A high picture takes more than half of a page. With prose at its left it takes no more than its own height,
and what is said of it stands where it is seen.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import Any

from aqparat.markup.picture import aspect
from aqparat.words.inline import Inline

MEASURE = 15.6  # cm: of the text, of tables, and of a figure with its words
_WIDEST, _LEAST = 10.9, 9.2  # cm: the letters of a picture, drawn in 12.2 cm with 10 pt, are 9 and 7.5 pt
_HIGHEST, _PAGE = 14.5, 21.5  # cm: a picture if its letters stay legible, and in any case
_GAP = 0.6  # cm: between prose and figure
_LETTER, _LINE = 0.2, 0.5  # cm: of prose, with what is lost at the end of a line
_HIGH = 11  # cm: a picture that has prose beside it
_TOP = 2.4  # cm: where a page begins
_FULL = 20.0  # cm: down to there a page is full enough
_FEW = 4  # lines: less is no column


def width(svg: str) -> float:
    """Return how wide a picture is printed, in cm."""
    high = aspect(svg)
    return round(max(min(_WIDEST, _HIGHEST / high), min(_LEAST, _PAGE / high)), 2)


def spread(blocks: Iterable[dict[str, Any]], apart: Collection[str] = ()) -> list[dict[str, Any]]:
    """Give each high figure the last passages of the prose before it, as many as have room: `beside`.

    A table that stands between the two then follows them. Those whose names are in `apart` have no prose
    beside them and stand at an edge of the page, where what comes after fills what they leave empty: see
    `late`.
    """
    found: list[dict[str, Any]] = []
    for block in blocks:
        if block["kind"] != "figure" or block["name"] in apart:
            found.append(block)
        else:
            _put(block, found)
    return found


def _put(figure: dict[str, Any], found: list[dict[str, Any]]) -> None:
    """Put a figure behind blocks, a high one with prose of theirs beside it."""
    place = len(found)
    while place and found[place - 1]["kind"] == "table":
        place -= 1
    before = found[place - 1] if place else None
    kept, beside = _parted(before["passages"], figure) if before and before["kind"] == "prose" else ([], [])
    if before and beside:
        put = [{**before, "passages": kept}] if kept else []
        found[place - 1 : place] = [*put, {**figure, "beside": beside}]
    else:
        found.append(figure)


def late(places: Iterable[dict[str, Any]]) -> str | None:
    """Return the first figure that begins a page behind one not full enough.

    Parameters
    ----------
    places : iterable of dict
        Where blocks end and figures that are not `apart` begin (`starts`), in their order: `name`, `page`,
        and `y` in cm from the upper edge of the page. What ends where a page begins has ended on the page
        before; nobody knows where.
    """
    known = list(places)
    ends: dict[int, list[float]] = {}
    for place in known:
        if not place["starts"] and place["y"] > _TOP:
            ends.setdefault(place["page"], []).append(place["y"])
    for place in known:
        above = [y for y in ends.get(place["page"], ()) if y < place["y"]]
        before = ends.get(place["page"] - 1)
        if place["starts"] and not above and before and max(before) < _FULL:
            return str(place["name"])
    return None


def _parted(passages: list[dict[str, Any]], figure: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Part passages into those that stand before a figure and those that have room beside it."""
    wide = width(figure["svg"])
    high = wide * aspect(figure["svg"])
    if high < _HIGH:
        return passages, []
    room = high / _LINE
    first = len(passages)
    taken = 0.0
    while first and passages[first - 1]["kind"] != "heading":
        taken += _lines(passages[first - 1], MEASURE - _GAP - wide)
        if taken > room:
            break
        first -= 1
    beside = passages[first:]
    few = sum(_lines(passage, MEASURE - _GAP - wide) for passage in beside) < _FEW
    headed = first and passages[first - 1]["kind"] == "heading"  # a heading stays with what it heads
    return (passages, []) if few or headed else (passages[:first], beside)


def _lines(passage: dict[str, Any], wide: float) -> float:
    """Return how many lines a passage takes in a column."""
    letters = wide / _LETTER
    return sum(math.ceil(len(str(Inline.read(item))) / letters) + 0.4 for item in passage["items"])
