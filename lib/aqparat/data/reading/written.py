"""What stands in the file where a problem says what was made of it: a date, a name or a number as written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from aqparat.data import schemas
from aqparat.data.reading import cells
from aqparat.data.reading.cells import Known
from aqparat.data.reading.columns import Columns
from aqparat.data.reading.plain import TABLE, Vocabulary
from aqparat.problem import Problem

Cell = tuple[str, str, int | None, str | None, str | None]  # file, sheet, row, column, what was found


def as_written(
    problems: Sequence[Problem],
    frames: Mapping[str, Sequence[pd.DataFrame]],
    registers: Iterable[Columns],
    vocabulary: Vocabulary,
) -> list[Problem]:
    """Return problems that say what they found as it stands in the file.

    Parameters
    ----------
    problems : sequence of Problem
        What was found in a cell may be told as it was understood: `2018-01-19`, `KUS`.
    frames : mapping of str to sequence of DataFrame
        Of each table the rows as found, those of one sheet at a time, with `file`, `sheet`, `row`.
    registers : iterable of Columns
        The long registers, whose plain rows are in no frame.
    vocabulary : Vocabulary
        What the texts of the registers mean.
    """
    wanted: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.row and problem.column and problem.found and problem.code != "more":
            wanted[problem.file, problem.sheet].append(problem)
    texts: dict[Cell, str] = {}
    for table, parts in frames.items():
        for part in parts:
            if len(part) and (told := wanted.get((part["file"].iloc[0], part["sheet"].iloc[0]))):
                texts |= _texts(told, part, table, vocabulary.known)
    for register in registers:
        texts |= _of_register(wanted.get((register.file, ""), []), register, vocabulary)
    return [replace(p, found=texts[cell]) if (cell := _cell(p)) in texts else p for p in problems]


def _cell(problem: Problem) -> Cell:
    return problem.file, problem.sheet, problem.row, problem.column, problem.found


def _texts(problems: Iterable[Problem], part: pd.DataFrame, table: str, known: Known) -> dict[Cell, str]:
    """Return the texts of the cells of one sheet that were understood as what some problems found."""
    held = part[part["row"].isin({p.row for p in problems})].drop_duplicates("row").set_index("row")
    columns = schemas.TABLES[table].columns

    @cache
    def meant(column: str, text: str) -> str:
        return cells.meant(table, column, text, known)

    found = {}
    for problem in problems:
        if problem.column not in columns or problem.row not in held.index:
            continue
        text = held.loc[problem.row, problem.column]
        if isinstance(text, str) and text != problem.found and meant(problem.column, text) == problem.found:
            found[_cell(problem)] = text
    return found


def _of_register(problems: Iterable[Problem], register: Columns, vocabulary: Vocabulary) -> dict[Cell, str]:
    """Return the same of the plain rows of a long register; it is read again only where it must be."""
    unclear = []
    for problem in problems:
        column, value = str(problem.column), str(problem.found)
        spellings = vocabulary.spellings(column, value)
        if spellings and spellings != [value] and _has(register, problem.row):
            unclear.append(problem)
    if not unclear:
        return {}
    rows = np.array(sorted({p.row for p in unclear if p.row}), dtype=register.rows.dtype)
    return _texts(unclear, register.as_found(rows), TABLE, vocabulary.known)


def _has(register: Columns, row: int | None) -> bool:
    place = int(np.searchsorted(register.rows, row)) if row else len(register.rows)
    return place < len(register.rows) and register.rows[place] == row
