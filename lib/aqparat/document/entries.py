"""The entries of an appendix as they stand in a document: numbered, referring to one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

_TOLD_APART = 4  # inputs of which each has a reference of its own; of more, runs are drawn together


def arranged(entries: Sequence[dict[str, Any]], shown: Iterable[str]) -> list[dict[str, Any]]:
    """Put entries in their order and number them.

    Parameters
    ----------
    entries : sequence of dict
        As a block has them; `inputs` are places in this list.
    shown : iterable of str
        Facts that the document shows, in their order: their entries come first, then those that they are
        computed from, level by level; others are left out.

    Returns
    -------
    list of dict
        The entries, with `number` from 1, whether the document has shown them (`is_shown`), and `inputs` as
        pairs: the first and last number of each run.
    """
    places = {entry["id"]: place for place, entry in enumerate(entries)}
    first = [places[fact] for fact in dict.fromkeys(shown) if fact in places]
    order = _closure(entries, first)
    numbers = {place: number for number, place in enumerate(order, 1)}
    return [
        {
            **entries[place],
            "number": numbers[place],
            "is_shown": numbers[place] <= len(first),
            "inputs": runs([numbers[other] for other in entries[place].get("inputs", ())]),
        }
        for place in order
    ]


def formulas(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give one entry of each metric, in the order of their names."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        found.setdefault(entry["key"], entry)
    return sorted(found.values(), key=lambda entry: str(entry["metric"]))


def lettered(files: Iterable[str]) -> dict[str, str]:
    """Give each file a short name: A to Z, then AA and on, as the columns of a spreadsheet."""
    return {file: _letters(number) for number, file in enumerate(files, 1)}


def _letters(number: int) -> str:
    """Write a number in letters: 26 is Z, 27 AA. openpyxl could, but is not worth its import here."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Draw numbers together that follow one another, where there are many; their order stays.

    Examples
    --------
    >>> runs([4, 5]), runs([9, 2, 3, 4, 5, 7])
    ([(4, 4), (5, 5)], [(9, 9), (2, 5), (7, 7)])
    """
    if len(numbers) <= _TOLD_APART:
        return [(n, n) for n in numbers]
    found: list[tuple[int, int]] = []
    for n in numbers:
        if found and n == found[-1][1] + 1:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return found


def _closure(entries: Sequence[dict[str, Any]], level: list[int]) -> list[int]:
    order = dict.fromkeys(level)
    while level:
        level = [
            p for p in dict.fromkeys(i for e in level for i in entries[e].get("inputs", ())) if p not in order
        ]
        order.update(dict.fromkeys(level))
    return list(order)
