"""CSV, in any encoding and with any of the usual delimiters, to a sheet of text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np
import pyarrow
import pyarrow.csv as arrow_csv

from aqparat.data.reading import prose
from aqparat.data.reading.archive import COLUMNS
from aqparat.data.reading.encoding import UndecodableError, decoded
from aqparat.data.reading.sheet import HEAD, Sheet, as_text
from aqparat.data.reading.validation import MOST
from aqparat.problem import Problem
from aqparat.runs import runs, worded

_DELIMITERS = ",;\t"
_CELLS = 32_000_000  # cells that a file may have: they are all in memory at once
_SPOKEN = re.compile(r"[^\W\d_]{2}.*[\s:]|[\s:].*[^\W\d_]{2}")  # words, not one cell of a row
Broken = tuple[int, int, int, str]  # a row, how many cells it has and should have, its text
Headings = Callable[[list[str]], int]  # how many of the cells of a row are known headings


def read(content: bytes, file: str, headings: Headings) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheet of a CSV file, as `sheets.read` does of any."""
    try:
        source = decoded(content)
    except UndecodableError as error:
        return [], [Problem("encoding", file, row=error.row, expected="UTF-8")]
    text = source.text.rstrip("\r\n")
    if not text.strip():
        return [], [Problem("empty_file", file)]
    problems = []
    if source.guessed:
        problems.append(Problem("guessed_encoding", file, found=source.encoding, severity="guess"))
    text = re.sub(r"\r\n?", "\n", text)
    if text.count('"') % 2:
        problems.append(Problem("open_quote", file, row=_open_quote(text)))
        return [], problems
    if (most := _most_cells(text)) > COLUMNS:
        return [], [*problems, Problem("too_many_columns", file, found=str(most), expected=str(COLUMNS))]
    if (text.count("\n") + 1) * most > _CELLS:
        return [], [*problems, Problem("too_many_cells", file, expected=str(_CELLS))]
    delimiter, titles, lines = layout(text, headings)
    above = len(titles)
    table, broken, fault = _parsed(text, delimiter, lines)
    if table is None:
        return [], [*problems, Problem("unreadable", file, found=fault, expected=".csv")]
    if len(table) + len(broken) < text.count("\n") + 1 - lines and (row := _swallowed(text, delimiter)):
        return [], [*problems, Problem("open_quote", file, row=row)]
    problems += [
        Problem("row_above", file, row=row, found=title, severity="guess")
        for row, title in enumerate(titles, 1)
        if title
    ]
    problems += told(broken, len(table), file, above)
    every = np.arange(1, len(table) + len(broken) + 1)
    numbers = np.delete(every, np.array([row - 1 for row, *_ in broken], dtype=int))
    return [Sheet(file, "", as_text(table, numbers + above))], problems


def told(broken: list[Broken], whole: int, file: str, above: int = 0) -> list[Problem]:
    """Return the rows of a file with too few or too many cells as remarks below the table, or as faults.

    Parameters
    ----------
    broken : list of Broken
    whole : int
        How many other rows there are.
    file : str
    above : int
        Rows left out above the first.
    """
    problems = []
    remarks = _remarks(broken, whole + len(broken)) if whole > 1 else []
    if remarks:
        rows = worded(runs([above + row for row, *_ in remarks]))
        found = prose.without_names("; ".join(line for *_, line in remarks if line))
        first = above + remarks[0][0]
        problems.append(Problem("remarks", file, row=first, found=found, expected=rows, severity="warning"))
    wrong = broken[: len(broken) - len(remarks)]
    problems += [
        Problem("cells", file, row=above + row, found=str(found), expected=str(expected))
        for row, found, expected, _ in wrong[:MOST]
    ]
    if rest := [above + row for row, *_ in wrong[MOST:]]:
        told_rows = worded(runs(rest))
        problems.append(Problem("more_cells", file, row=rest[0], found=str(len(rest)), expected=told_rows))
    return problems


def row_reader(delimiter: str, broken: list[Broken], above: int = 0) -> arrow_csv.ParseOptions:
    """Return how rows are parsed; those with too few or too many cells are left out and put down in `broken`.

    These are given as (row, found, expected, text), the row counted from 1 below the lines left out above.
    """

    def report(bad: Any) -> str:
        text = (bad.text or "").strip()
        broken.append((bad.number - above, bad.actual_columns, bad.expected_columns, text))
        return "skip"

    return arrow_csv.ParseOptions(
        delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=report
    )


def _remarks(broken: list[Broken], last: int) -> list[Broken]:
    """Return the last lines of a file, where they are not parted into cells: remarks below the table."""
    found: list[Broken] = []
    for line in reversed(broken):
        row, cells, _, text = line
        if row != last - len(found) or cells != 1 or (text and not _SPOKEN.search(text)):
            break
        found.insert(0, line)
    while found and not found[0][3]:  # a blank line above them is none
        found.pop(0)
    return found


def _parsed(text: str, delimiter: str, lines: int) -> tuple[pyarrow.Table | None, list[Broken], str]:
    """Return the rows of text below some lines; also those with too few or too many cells.

    As `row_reader` has them.
    """
    broken: list[Broken] = []
    content = (text + "\n").encode("utf-8", errors="replace")
    try:
        arrow = arrow_csv.read_csv(
            io.BytesIO(content),
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                block_size=max(1 << 20, len(content) + 1),
                autogenerate_column_names=True,
                skip_rows=lines,
            ),
            parse_options=row_reader(delimiter, broken, lines),
            convert_options=arrow_csv.ConvertOptions(check_utf8=False, default_column_type=pyarrow.string()),
        )
        return arrow, broken, ""
    except pyarrow.ArrowException as error:
        return None, broken, str(error).split("\n")[0]


def layout(text: str, headings: Headings) -> tuple[str, list[str], int]:
    """Return the delimiter, and the titles that stand above the table, and on how many lines.

    The delimiter is the one by which a row has the most known headings, then the most cells.
    Titles that have as many cells as the table need not be left out here.
    """
    best, found = (-1, -1), (",", list[str](), 0)
    for delimiter in _DELIMITERS:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = [(row, lines.line_num) for row in islice(lines, HEAD)]
        except csv.Error:
            continue
        scores = [(headings(row), len(row)) for row, _ in rows]
        first = max(range(len(rows)), key=lambda i: scores[i][0])
        ragged = any(len(row) != len(rows[first][0]) for row, _ in rows[:first])
        if scores[first] > best:
            best = scores[first]
            titles = [" ".join(filter(None, map(str.strip, row))) for row, _ in rows[:first]]
            found = (delimiter, titles, rows[first - 1][1]) if ragged else (delimiter, [], 0)
    return found


def _most_cells(text: str) -> int:
    """Return how many cells the first rows have at most, by the marks that may part them."""
    first = text.split("\n", HEAD)[:HEAD]
    return max(line.count(mark) for line in first for mark in _DELIMITERS) + 1


def _open_quote(text: str) -> int:
    """Return the row in which a quotation mark is opened that nothing closes."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count('"') % 2:
            return number
    return 1


def _swallowed(text: str, delimiter: str) -> int | None:
    """Return the row in which an open quotation mark swallows other rows, up to the next mark."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for number, _ in enumerate(rows, 2):  # noqa: B007
            pass
    except csv.Error:
        return number
    return None
