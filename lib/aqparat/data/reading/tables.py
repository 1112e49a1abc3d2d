"""Which table a file or sheet holds by its name, and what is told where it holds none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from aqparat.data import titles
from aqparat.data.reading.endings import ENDINGS
from aqparat.data.reading.sheet import Sheet
from aqparat.problem import Problem, nearest


def named(name: str, tables: Iterable[str]) -> str | None:
    """Return the table that a file or sheet is named after: by its code or title, whatever follows it."""
    folded = titles.folded(name)
    for table in tables:
        for title in titles.tables(table):
            if re.match(re.escape(titles.folded(title)) + r"(?![^\W_])", folded):
                return table
    return None


def unknown_file(file: str, tables: Iterable[str]) -> Problem:
    """Return the problem of a file that holds none of some tables."""
    path = PurePosixPath(file)
    near = nearest(path.name, [f"{table}{path.suffix}" for table in tables])
    return Problem("unknown_file", file, found=path.name, expected=", ".join(tables), nearest=near)


def unknown_sheet(sheet: Sheet, tables: Iterable[str]) -> Problem:
    """Return the problem of a sheet among others that holds none of some tables."""
    return Problem(
        "unknown_sheet",
        sheet.file,
        found=sheet.name,
        expected=", ".join(tables),
        nearest=nearest(sheet.name, tables),
        severity="warning",
        sheet=sheet.name,
    )


def unknown_kind(path: Path, file: str, tables: Iterable[str]) -> Problem:
    """Return the problem of a file that is none of those that can be read."""
    near = nearest(path.name, [f"{t}.csv" for t in tables])
    expected = ", ".join(ENDINGS)
    return Problem(
        "unknown_kind",
        file,
        found=path.suffix or path.name,
        expected=expected,
        nearest=near,
        severity="warning",
    )
