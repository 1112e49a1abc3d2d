"""The ledger of what is read: how many rows each file has, and what has become of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from aqparat import runs
from aqparat.data.reading.columns import Columns
from aqparat.data.reading.raw import Account, Raw
from aqparat.problem import Problem

Part = tuple[str, str, str]  # file, sheet, table
_REGISTER = "publications"


class Ledger:
    """The rows of each file, sheet and table, as they are read."""

    def __init__(self) -> None:
        self._rows: dict[Part, int] = {}
        self._unfilled: dict[Part, int] = {}

    @property
    def tables(self) -> set[str]:
        """The tables that were there, read or not."""
        return {table for _, _, table in self._rows}

    def put(self, part: Part, rows: int, unfilled: int) -> None:
        """Take down how many rows a part has, and how many of them stood in a form and nobody filled in."""
        self._rows[part], self._unfilled[part] = rows, unfilled

    def add(self, file: str, rows: int) -> None:
        """Add rows of a long register, whose own sheet has been taken down."""
        self._rows[file, "", _REGISTER] += rows

    def rows(self, file: str) -> int | None:
        """Return how many rows a file has; None where nothing was taken down of it."""
        own = [count for (of, _, _), count in self._rows.items() if of == file]
        return sum(own) if own else None

    def accounts(self, raw: Raw, registers: Collection[Columns]) -> list[Account]:
        """Return of each file and table how many rows were read and how many are in the tables.

        Parameters
        ----------
        raw : Raw
            With all tables and problems.
        registers : collection of Columns
            Long registers, whose plain rows are not in `raw.tables`.
        """
        used = Counter(
            (file, sheet, name)
            for name, frame in raw.tables.items()
            for file, sheet in zip(frame["file"], frame["sheet"], strict=True)
        )
        for register in registers:
            used[register.file, "", _REGISTER] += len(register.rows)
        wrong = _wrong(raw, registers)
        return [
            Account(*part, rows, kept, rows - kept, wrong.get(part, 0), self._unfilled.get(part, 0))
            for part, rows in sorted(self._rows.items())
            for kept in (used[part],)
        ]


def left_out(file: str, problems: Iterable[Problem]) -> int:
    """Return how many lines of a CSV file are no rows of its sheet, each of them told."""
    told = [p for p in problems if p.file == file]
    remarks = [_rows(p.expected) for p in told if p.code == "remarks"]
    lines = sum(last - first + 1 for found in remarks for first, last in found)
    more = sum(int(p.found or 0) for p in told if p.code == "more_cells")
    return lines + more + sum(p.code == "cells" for p in told)


def _wrong(raw: Raw, registers: Collection[Columns]) -> Counter[Part]:
    """Count the rows in the tables that have an error, by file, sheet and table."""
    told: dict[tuple[str, str], set[int]] = {}
    for p in raw.problems:
        if p.severity == "error" and p.row:
            rows = _rows(p.expected) if p.code == "more" else [(p.row, p.row)]
            these = told.setdefault((p.file, p.sheet), set())
            these.update(number for first, last in rows for number in range(first, last + 1))
    found: Counter[Part] = Counter()
    if not told:
        return found
    for name, frame in raw.tables.items():
        there = frame[frame["file"].isin({file for file, _ in told})]
        for (file, sheet), part in there.groupby(["file", "sheet"], observed=True):
            found[file, sheet, name] += int(part["row"].isin(told.get((file, sheet), set())).sum())
    for register in registers:
        numbers = list(told.get((register.file, ""), set()))
        found[register.file, "", _REGISTER] += int(np.isin(register.rows, numbers).sum())
    return found


def _rows(worded: str) -> Sequence[runs.Run]:
    return runs.read(worded.replace("–", "-"))
