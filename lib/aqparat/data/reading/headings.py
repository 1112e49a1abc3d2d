"""The heading of a sheet: which row it is, and which column of a table each of its cells names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aqparat.data import schemas, titles
from aqparat.data.reading.names import fold
from aqparat.data.reading.sheet import Sheet
from aqparat.texts import remembered

LEAST = 2  # known cells that make a row a heading


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet that holds a table.

    Parameters
    ----------
    table : str
    row, last : int
        Its first and last row, as a person counts them.
    columns : dict of int to str
        Column of the sheet to column of the table.
    texts : dict of int to str
        Every heading as it stands, also those that name no column of the table.
    guessed : dict of int to str
        Headings understood from a guess.
    rows : dict of int to int
        The row of each heading of `texts` that stands below `row`.
    parted : bool
        Whether the heading is in two rows, of which each names other columns.
    named : dict of str to str
        What the sheet calls each column, where that is not its code.
    """

    table: str
    row: int
    last: int
    columns: dict[int, str]
    texts: dict[int, str]
    guessed: dict[int, str] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    parted: bool = False
    named: dict[str, str] = field(default_factory=dict)


@remembered  # the same texts are looked at for each way of parting a file's rows
def column_of(table: str, text: str) -> tuple[str | None, bool]:
    """Return the column that a heading names, and whether that is a guess."""
    exact, others = _spellings(table)
    if (folded := titles.folded(text)) in exact:
        return exact[folded], False
    parts = {exact.get(titles.folded(part)) for part in re.split(r"[/\n|]", text)}
    if len(parts) == 1 and None not in parts:
        return parts.pop(), False
    return others.get(fold(text)), True


@remembered
def _spellings(table: str) -> tuple[dict[str, str], dict[str, str]]:
    exact = titles.spellings_of_columns(table)
    also = {fold(text): column for text, column in titles.other_headings(table).items()}
    return exact, {**also, **{fold(text): column for text, column in exact.items()}}


def count(tables: list[str], texts: list[str]) -> int:
    """Return how many cells of a row are headings, by the table that knows most of them."""
    return max((len({column_of(t, x)[0] for x in texts if x} - {None}) for t in tables), default=0)


def find(sheet: Sheet, table: str) -> Heading | None:
    """Return the heading of a table in a sheet: the row near the top with most of its headings.

    Parameters
    ----------
    sheet : Sheet
    table : str
        One of `schemas.TABLES`.

    Returns
    -------
    Heading or None
        None where no row has at least two known headings.
    """
    rows = sheet.top
    scored = [(count([table], list(texts.values())), -number) for number, texts in rows]
    score, at = max(scored, default=(0, 0))
    if score < min(LEAST, len(schemas.TABLES[table].columns)):
        return None
    texts, below = dict(dict(rows)[-at]), dict[int, int]()
    last, parted = _end(sheet, -at), False
    for number, others in rows:
        if number <= -at or number > last + 1:
            continue
        again = {place: column_of(table, text)[0] for place, text in others.items()}
        first = {place: column_of(table, text)[0] for place, text in texts.items()}
        same = [place for place, column in again.items() if column and first.get(place) == column]
        if len(same) >= LEAST and all(first.get(p) in (None, c) for p, c in again.items() if c):
            added = [place for place in others if place not in texts]  # in a column without a code
        elif number <= last or _completes(again, first):
            added, parted = list(others), True
        else:
            break
        texts |= {place: others[place] for place in added}
        below |= dict.fromkeys(added, number)
        last = max(last, number)
    columns, guessed = {}, {}
    for place, text in texts.items():
        column, guess = column_of(table, text)
        if column:
            columns[place] = column
            if guess:
                guessed[place] = text
    named = _named(table, [texts for number, texts in rows if -at <= number <= last], columns)
    return Heading(table, -at, last, columns, texts, guessed, below, parted, named)


def _named(table: str, rows: list[dict[int, str]], columns: dict[int, str]) -> dict[str, str]:
    """Return what the rows of a heading call each column but by its code: in a form, in two languages."""
    said: dict[str, dict[str, None]] = {}
    for texts in rows:
        for place, text in texts.items():
            column = columns.get(place)
            if column and column_of(table, text)[0] == column and titles.folded(text) != column:
                said.setdefault(column, {})[" ".join(text.split())] = None
    return {column: " / ".join(texts) for column, texts in said.items()}


def _end(sheet: Sheet, row: int) -> int:
    """Return the last row of a heading that cells merged downwards show to be of more than one row."""
    downwards = [bottom for top, left, bottom, right in sheet.merged if top == row and left == right]
    return max(downwards, default=row) if len(downwards) >= LEAST else row


def _completes(again: dict[int, str | None], first: dict[int, str | None]) -> bool:
    """Return whether a row only names columns that the row above does not name."""
    named = [column for column in again.values() if column]
    return bool(named) and len(named) == len(again) and not set(named) & set(first.values())


def infer(sheet: Sheet, tables: list[str]) -> str | None:
    """Return the table that a sheet holds by its headings: the one whose required columns are all there."""
    fitting = []
    for table in tables:
        heading = find(sheet, table)
        required = {n for n, c in schemas.TABLES[table].columns.items() if c.required}
        if heading and required <= set(heading.columns.values()):
            fitting.append((len(heading.columns), table))
    fitting.sort(reverse=True)
    alone = len(fitting) == 1 or (len(fitting) > 1 and fitting[0][0] > fitting[1][0])
    return fitting[0][1] if fitting and alone else None
