"""Letters inside charts: how wide a text is, and how it is broken into lines that fit."""

from __future__ import annotations

import re
from functools import lru_cache

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from aqparat.words.inline import Inline, capital
from aqparat.words.language import Language

LINE, MORE = 0.17, 0.2  # inches: the height of a line of text, and of each line after it
_JOINTS = re.compile(r"(?<=-)| ")


def shorten(text: Inline | str) -> str:
    """Return the words of a text for a label inside a chart."""
    return capital(str(text))


def breadth(text: str, weight: str = "normal") -> float:
    """Measure a text's widest line, in inches, at the size of all text in charts."""
    face = (*matplotlib.rcParams["font.family"],), weight, matplotlib.rcParams["font.size"]
    return max(_width(line, *face) for line in text.split("\n")) / 72


@lru_cache(10_000)  # the same words are tried on several lines, and stand in several charts
def _width(line: str, family: tuple[str, ...], weight: str, size: float) -> float:
    """Measure a line, in points."""
    font = FontProperties(family=list(family), weight=weight, size=size)
    return float(text_to_path.get_text_width_height_descent(line, font, False)[0])


def tall(text: str) -> float:
    """Return the height of a text in lines, in inches."""
    return LINE + MORE * text.count("\n")


def wrapped(text: str, width: float, language: Language, weight: str = "normal") -> str:
    """Break a text into lines no wider than `width` inches: at spaces, hyphens, else at syllables."""
    lines = [""]
    for word in _JOINTS.split(text):
        if not word:
            continue
        gap = "" if not lines[-1] or lines[-1].endswith("-") else " "
        if breadth(lines[-1] + gap + word, weight) <= width:
            lines[-1] += gap + word
            continue
        if lines[-1]:
            lines.append("")
        for part in language.syllables(word):
            _append(lines, part, word.endswith(part), width, weight)
    return "\n".join(lines)


def _append(lines: list[str], part: str, last: bool, width: float, weight: str) -> None:
    """Set a syllable behind the last line, or on a new one; part by letters what is wider than a line."""
    if breadth(lines[-1] + part + ("" if last else "-"), weight) <= width:
        lines[-1] += part
        return
    if lines[-1]:
        lines[-1] += "" if lines[-1].endswith("-") else "-"
        lines.append("")
    for letter in part:
        if lines[-1] and breadth(lines[-1] + letter + "-", weight) > width:
            lines[-1] += "-"
            lines.append("")
        lines[-1] += letter
