"""Like faults put together, so that a column of nothing but wrong cells is told in a few lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from aqparat.problem import Problem
from aqparat.runs import Run, runs

_OF_COLUMNS = ("unknown_column", "no_column_name", "missing_column")
SEVERITIES = ("error", "warning", "guess")
KINDS = 8  # so many different contents of one column are told apart; the rest stands in one line
EXAMPLES = 5  # of what was found, where many contents share a line


@dataclass(frozen=True)
class Finding:
    """One fault in all the rows of a column that have it.

    Parameters
    ----------
    problem : Problem
        The first of them; it words the rest.
    rows : tuple of (int, int)
        Runs of rows, first and last; empty where the fault is of no row.
    count : int
        How many problems it stands for.
    found : tuple of str
        What was found, at most `EXAMPLES` of it.
    more : bool
        Whether anything else was found, too.
    """

    problem: Problem
    rows: tuple[Run, ...]
    count: int
    found: tuple[str, ...]
    more: bool = False


def findings(problems: Iterable[Problem]) -> list[Finding]:
    """Return like problems put together: of one place but for the row, and of one content.

    Where a column has more than `KINDS` different contents with the same fault, the rarer ones share
    a finding, so that a column of nothing but wrong cells is told in a few lines.
    """
    faults: dict[tuple[str, ...], dict[tuple[object, ...], list[Problem]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for p in problems:
        fault = (p.severity, p.file, p.sheet, p.column or "", p.code)
        faults[fault][p.found, p.expected, p.nearest].append(p)
    gathered = []
    for contents in faults.values():
        alike = sorted(contents.values(), key=lambda same: (-len(same), same[0].row or 0))
        kept = len(alike) if len(alike) <= KINDS else KINDS - 1
        gathered += [_finding(same) for same in alike[:kept]]
        if alike[kept:]:
            gathered.append(_finding([p for same in alike[kept:] for p in same]))
    return sorted(
        gathered,
        key=lambda f: (
            SEVERITIES.index(f.problem.severity),
            f.problem.file,
            f.problem.sheet,
            f.rows[:1],
            f.problem.column or "",
            f.problem.code,
        ),
    )


def amount(problems: Iterable[Problem]) -> int:
    """Count what problems tell of: a column that several files of a batch have counts once.

    So the number does not depend on how a table is cut into files.
    """
    cells, columns = 0, defaultdict[tuple[str, ...], Counter[str]](Counter)
    for p in problems:
        if p.code in _OF_COLUMNS:
            batch = str(PurePosixPath(p.file).parent)
            columns[p.code, batch, p.column or "", p.expected][p.file] += 1
        else:
            cells += weight(p)
    return cells + sum(max(by_file.values()) for by_file in columns.values())


def weight(problem: Problem) -> int:
    """Return how many cells a problem stands for: `more` says how many have not been told one by one."""
    return int(problem.found) if problem.code == "more" and problem.found else 1


def _finding(problems: Sequence[Problem]) -> Finding:
    rows = [p.row for p in problems if p.row is not None]
    found = list(dict.fromkeys(p.found for p in problems if p.found is not None))
    first = min(problems, key=lambda p: p.row or 0)
    return Finding(
        first,
        tuple(runs(rows)),
        sum(map(weight, problems)),
        tuple(found[:EXAMPLES]),
        more=len(found) > EXAMPLES,
    )
