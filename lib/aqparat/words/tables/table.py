"""A table of the report: rows and columns of inline text, and how a function that gives them becomes one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.words import inline
from aqparat.words.inline import Inline, spoken
from aqparat.words.renderer import Renderer

NONE = inline.text("–")
NOTHING = Inline()
FEW = 0.25  # of the rows: words that stand in no more of them need no column
Rows = tuple[list[str], list[list[Inline]]]  # headings, rows of cells
RowsOf = Callable[[Any, Renderer], Rows | None]


@dataclass(frozen=True)
class Table:
    """A table ready to be shown; the first cell of each row heads it.

    Parameters
    ----------
    name : str
        Name of the function that made it.
    title, note : Inline
    columns : sequence of str
        Headings, bare text.
    numeric : sequence of bool
        Which columns hold numbers, set to the right.
    rows : sequence of sequence of Inline
    folded : bool
        Whether a chart beside it shows the same numbers: on a page it folds away, on paper it is left out.
    """

    name: str
    title: Inline
    note: Inline
    columns: Sequence[str]
    numeric: Sequence[bool]
    rows: Sequence[Sequence[Inline]]
    folded: bool = False

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order."""
        return inline.joined([self.title, *(cell for row in self.rows for cell in row), self.note]).facts


TableOf = Callable[[Any, Renderer], Table | None]


def table(rows_of: RowsOf) -> TableOf:
    """Make a table function of one that gives headings and rows: add title, note and alignment."""
    return _made(rows_of, folded=False)


def folded(rows_of: RowsOf) -> TableOf:
    """Make a table function as `table` does, of a table whose numbers a chart beside it shows."""
    return _made(rows_of, folded=True)


def _made(rows_of: RowsOf, *, folded: bool) -> TableOf:
    @functools.wraps(rows_of)
    def made(section: Any, renderer: Renderer) -> Table | None:
        given = rows_of(section, renderer)
        if given is None or not given[1]:
            return None
        columns, rows = compact(*given)
        name = rows_of.__name__
        cells = [cell for row in rows for cell in row]
        signs = {"dashes": NONE in cells, "blanks": NOTHING in cells}  # what a note has to explain
        words = renderer.blocks(f"tables/{name}", {"section": section, **signs})
        numeric = [i > 0 and all(_is_number(row[i]) for row in rows) for i in range(len(columns))]
        told = [[spoken(cell, renderer.language.code) for cell in row] for row in rows]
        return Table(name, words["title"], words["note"], columns, numeric, told, folded)

    return made


def compact(columns: list[str], rows: list[list[Inline]]) -> Rows:
    """Let a column give way that has little to say.

    One that is empty throughout is left out, unless no other is left beside the names; words that stand in
    few rows only go into the first cell of these, with what the column is called.
    """
    filled = [sum(row[i] not in (NOTHING, NONE) for row in rows) for i in range(len(columns))]
    numeric = [all(_is_number(row[i]) for row in rows) for i in range(len(columns))]
    kept, moved = [0], list[int]()
    for place in range(1, len(columns)):
        if not filled[place]:
            continue
        few = filled[place] <= len(rows) * FEW and not numeric[place]
        (moved if few else kept).append(place)
    if len(kept) == 1:
        return columns, rows
    names = [inline.text(columns[i][:1].lower() + columns[i][1:]) for i in moved]
    told = []
    for row in rows:
        said = [
            inline.joined([n, ": ", row[i]])
            for n, i in zip(names, moved, strict=True)
            if row[i] not in (NOTHING, NONE)
        ]
        first = inline.joined([row[0], " (", inline.joined(said, "; "), ")"]) if said else row[0]
        told.append([first, *(row[i] for i in kept[1:])])
    return [columns[i] for i in kept], told


def _is_number(cell: Inline) -> bool:
    """Return whether a cell holds a number of this report or of one before, or nothing."""
    return cell in (NOTHING, NONE) or cell.is_number


def narrow(words: Inline) -> Inline:
    """Let what is possible around a number, in brackets behind it, stand below it."""
    shown = str(words)
    behind = shown.find(" (")
    if behind < 0:
        return words
    return words.cut(0, behind) + " " + words.cut(behind + 1, len(shown)).each(role="small")


def change(renderer: Renderer, fact: Fact | None) -> Inline:
    """Return a change for a cell; a dash where none is known."""
    return renderer.language.change(fact) if fact else NONE
