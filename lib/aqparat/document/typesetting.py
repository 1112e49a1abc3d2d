"""Text, inline text and prose in Typst, with nothing in them that could be Typst markup."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from aqparat.legible import CONTROLS, drawable, legible
from aqparat.words.inline import Inline, Part
from aqparat.words.language import Language
from aqparat.words.prose import Passage

_LONG = re.compile(r"[^\s\u200b]{32,}")  # the longest word of the languages has fewer letters
_PIECES = re.compile(r"\S{1,12}[\u0300-\u036f]*")
_ENDING = re.compile(r"-\w+")
_ISOLATES = "\u2068\u2069"  # what HTML says by <bdi>
_LINE, _GAP = 90, 3  # letters in a line of a table, and between two of its columns
_BROKEN = 9  # letters: a word of a heading that may be broken, where there is no other way
_WIDE = 40  # letters: what a long text asks for at most
_SHORT = 24  # letters: a period, "2017 ж. 1-жартыжылдық"


def string(value: str) -> str:
    """Quote a text as a Typst string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'


def text(value: str) -> str:
    """Set a text as it is: no character of it is Typst markup, and each can be drawn."""
    return f"#{string(drawn(legible(value)))};" if value else ""


def drawn(value: str) -> str:
    """Give a text as the faces can draw it, with places to break a word longer than any line."""
    return _LONG.sub(lambda m: "\N{ZERO WIDTH SPACE}".join(_PIECES.findall(m[0])), drawable(value))


def raw(value: str, lang: str = "none") -> str:
    """Set code, without the characters that no font has."""
    value = re.sub(rf"(?![\t\n])[{CONTROLS}]", "", value)
    quoted = "none" if lang == "none" else string(lang)
    return f"#raw({string(drawn(value))}, block: true, lang: {quoted})"


def widths(block: dict[str, Any]) -> str:
    """Give the columns of a table: as wide as numbers and short texts are, other text by how much there is.

    Where nothing is long, the first column takes what is left of the line. In a `crowded` table each has its
    longest word, and beyond that what its longest text asks for, as all have to share a line.
    """
    lengths, long = _lengths(block)
    if crowded(block):
        words = _words(block, _BROKEN if dense(block) else _LINE)
        given = _shared(_LINE - _GAP * len(words), words, lengths)
        return ", ".join(f"{n + _GAP:g}fr" for n in given) + ","
    if not any(long):
        long[0] = True
    parts = [f"{min(max(n, 8), _WIDE)}fr" if wide else "auto" for n, wide in zip(lengths, long, strict=True)]
    return ", ".join(parts) + ","


def crowded(block: dict[str, Any]) -> bool:
    """Return whether the headings of a table and its texts are too much for a line, long ones broken."""
    lengths, _ = _lengths(block)
    natural = (max(min(n, _WIDE), len(str(name))) for n, name in zip(lengths, block["columns"], strict=True))
    return sum(n + _GAP for n in natural) > _LINE


def dense(block: dict[str, Any]) -> bool:
    """Return whether not even the longest words of a table's columns have room on a line."""
    words = _words(block, _LINE)
    return sum(words) + _GAP * len(words) > _LINE


def heading(words: str, language: Language) -> str:
    """Set the heading of a column of a `dense` table: a long word may be broken between syllables."""
    parts = (
        "#sym.hyph.soft;".join(map(text, language.syllables(word))) if len(word) > _BROKEN else text(word)
        for word in re.split(r"(?<=[ -])", words)
    )
    return "".join(parts)


def _words(block: dict[str, Any], most: int) -> list[int]:
    """Return the longest word of each column; one of a heading counts up to so many letters."""

    def longest(words: str) -> int:
        return max(map(len, re.split("[ -]", words)))

    heads = (min(longest(str(name)), most) for name in block["columns"])
    return [max(head, longest(" ".join(cells))) for head, cells in zip(heads, _cells(block), strict=True)]


def _shared(amount: float, least: Sequence[float], most: Sequence[float]) -> list[float]:
    """Share a line by the roots of what is asked for; none gets less than its least or more than it asks for.

    A text of four times the length gets twice the width, and then takes twice the lines.
    """

    def given(unit: float) -> list[float]:
        return [max(low, min(unit * math.sqrt(n), n)) for low, n in zip(least, most, strict=True)]

    low, high = 0.0, amount
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(given(middle)) < amount else (low, middle)
    return [round(n) for n in given(low)]


def _cells(block: dict[str, Any]) -> list[list[str]]:
    """Return the texts of a table by columns."""
    return [[str(_read(row[i])) for row in block["rows"]] for i in range(len(block["columns"]))]


def _lengths(block: dict[str, Any]) -> tuple[list[int], list[bool]]:
    """Return the longest text of each column, and whether it is more than a short one."""
    lengths = [max(map(len, cells)) for cells in _cells(block)]
    return lengths, [n > _SHORT and not number for n, number in zip(lengths, block["numeric"], strict=True)]


def inline(words: Inline | Sequence[Any], traced: Mapping[str, str] = MappingProxyType({})) -> str:
    """Set inline text as Typst content.

    Parameters
    ----------
    words : Inline or list
        The text, or what JSON has of it.
    traced : mapping of str to str
        Facts, and the label of what the document tells of each: its words become a link to it.
    """
    found = []
    for (strong, emphasis), group in groupby(_read(words).parts, attrgetter("strong", "emphasis")):
        content = _setting(list(group), traced)
        content = f"#emph[{content}];" if emphasis else content
        found.append(f"#strong[{content}];" if strong else content)
    return "".join(found)


def prose(
    passages: Iterable[Passage | dict[str, Any]],
    shift: int = 0,
    traced: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Set paragraphs, headings and lists; `shift` is added to the levels of headings."""
    read = (p if isinstance(p, Passage) else Passage.read(p) for p in passages)
    return "\n\n".join(_passage(passage, shift, traced) for passage in read)


def _read(words: Inline | Sequence[Any]) -> Inline:
    return words if isinstance(words, Inline) else Inline.read(words)


def _passage(passage: Passage, shift: int, traced: Mapping[str, str]) -> str:
    items = [inline(item, traced) for item in passage.items]
    if passage.kind == "list":
        return "#list(" + ", ".join(f"[{item}]" for item in items) + ")"
    return f"#heading(level: {passage.level + shift})[{items[0]}]" if passage.kind == "heading" else items[0]


def _setting(parts: Sequence[Part], traced: Mapping[str, str]) -> str:
    """Set parts; a number and the ending behind it stay on one line: 19,7%-ға."""
    found: list[str] = []
    fact = False
    for part in parts:
        ending = _ENDING.match(part.text) if fact and part.is_bare else None
        if ending:
            found[-1] = f"#box[{found[-1]}{text(ending[0])}];"
            part = replace(part, text=part.text[ending.end() :])
        found.append(_part(part, traced))
        fact = bool(part.fact)
    return "".join(found)


def _part(part: Part, traced: Mapping[str, str]) -> str:
    words = text(part.text)
    if part.isolated:
        words = f"#{string(_ISOLATES[0])};{words}#{string(_ISOLATES[1])};"
    if part.lang:
        words = f"#std.text(lang: {string(part.lang.partition('-')[0])})[{words}];"
    words = f"#traced({string(traced[part.fact])})[{words}];" if part.fact in traced else words
    return f"#below[{words}];" if part.role == "small" else words
