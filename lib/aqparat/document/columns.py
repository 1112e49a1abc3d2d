"""How the columns of a table are set: a name that repeats stands once, numbers on their decimal mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aqparat.words.inline import Inline
from aqparat.words.language import Language

_NUMBER = re.compile(r"[+−]?[\d\s.,]*\d")


def spans(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Count for each row how many of the rows from it on have the same first cell; 0 for one that repeats it.

    Examples
    --------
    >>> spans([["a", 1], ["a", 2], ["b", 3], ["a", 4]])
    [2, 0, 1, 1]
    """
    found: list[int] = []
    first = 0
    for place, row in enumerate(rows):
        if place and row[0] == rows[first][0] and str(_read(row[0])):
            found[first] += 1
            found.append(0)
        else:
            first = place
            found.append(1)
    return found


def lacking(block: dict[str, Any], language: Language) -> list[list[str]]:
    """Give what the number of each cell lacks to the decimals of the longest of its column: `.00`, `0`.

    Only numbers that stand alone are counted, with a sign or a unit; words and ranges stand at the edge.
    """
    mark = language.number(0.5, 1)[1]
    decimals = [[_decimals(_above(cell), mark) for cell in row] for row in block["rows"]]
    longest = [
        max((len(d) for d in column if d is not None), default=0) for column in zip(*decimals, strict=True)
    ]
    return [
        [
            "" if found is None or not most or not numeric else (mark + "0" * (most - 1))[len(found) :]
            for found, most, numeric in zip(row, longest, block["numeric"], strict=True)
        ]
        for row in decimals
    ]


def _above(cell: Any) -> str:
    """Return the words of a cell without what stands below them."""
    words = _read(cell)
    return words if isinstance(words, str) else words.above


def _decimals(words: str, mark: str) -> str | None:
    """Return the mark and decimals of a number; None where words are more than a number with its unit."""
    number = _NUMBER.match(words)
    if number is None or re.search(r"\d", words[number.end() :]):
        return None
    _, found, decimals = number[0].partition(mark)
    return found + decimals


def _read(words: Any) -> Inline | str:
    return words if isinstance(words, str) else Inline.read(words)
