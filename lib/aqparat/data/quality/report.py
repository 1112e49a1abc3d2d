"""What the checks found, gathered for a person: like faults together, rows accounted for.

Free of language: the quality page, the terminal and the marked copies only word it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from aqparat.data.quality.filing import Batch, Filed, filed
from aqparat.data.reading.files import SYNTHETIC
from aqparat.data.reading.raw import Account, Raw
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.runs import Run, runs

SEVERITIES = ("error", "warning", "guess")
KINDS = 8  # so many different contents of one column are told apart; the rest stands in one line
LINES = 100  # of one file; a person mends these first and checks again
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


@dataclass(frozen=True)
class Sheaf:
    """The findings of one file: its rows, how many problems of each severity, and the findings themselves.

    Parameters
    ----------
    file : str
    rows : int or None
        Rows read; None where no account was kept (a file that could not be read).
    counts : dict of str to int
        Severity to problems.
    findings : tuple of Finding
        Errors first, then as they stand in the file; at most `LINES`. Guesses stand apart.
    left : int
        Problems that are in no finding listed.
    """

    file: str
    rows: int | None
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    left: int


@dataclass(frozen=True)
class Quality:
    """All that a person is told of the raw data for a period.

    Parameters
    ----------
    period : Period
    sheaves : tuple of Sheaf
        Every file: those with errors first, then those with warnings, then the others.
    guesses : Sheaf
        What was understood from a guess, of all files.
    accounts : tuple of Account
    batches : tuple of Batch
        The batches of the period.
    names : dict of str to dict of str to str
        Organisation to language to name.
    synthetic : bool
    union : dict of str to str
        Names of the union by language; empty where the data name none.
    """

    period: Period
    sheaves: tuple[Sheaf, ...]
    guesses: Sheaf
    accounts: tuple[Account, ...]
    batches: tuple[Batch, ...]
    names: dict[str, dict[str, str]]
    synthetic: bool
    union: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """Problems of all files by severity."""
        return {severity: sum(s.counts[severity] for s in self.sheaves) for severity in SEVERITIES}

    @property
    def rows(self) -> tuple[int, int, int] | None:
        """Rows read, used and set aside; None where nothing was accounted for."""
        if not self.accounts:
            return None
        return (
            sum(a.rows for a in self.accounts),
            sum(a.used for a in self.accounts),
            sum(a.aside for a in self.accounts),
        )

    def record(self) -> dict[str, Any]:
        """Return the same in JSON's types, for keeping; `restored` reads it."""
        told: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return {**told, "period": str(self.period)}


def restored(record: dict[str, Any]) -> Quality:
    """Read what `Quality.record` gave."""
    return Quality(
        period=Period.parse(record["period"]),
        sheaves=tuple(map(_kept_sheaf, record["sheaves"])),
        guesses=_kept_sheaf(record["guesses"]),
        accounts=tuple(Account(**account) for account in record["accounts"]),
        batches=tuple(
            Batch(
                batch["name"],
                date.fromisoformat(batch["due"]),
                tuple(
                    Filed(**{**f, "day": date.fromisoformat(f["day"]) if f["day"] else None})
                    for f in batch["filed"]
                ),
            )
            for batch in record["batches"]
        ),
        names=record["names"],
        synthetic=record["synthetic"],
        union=record["union"],
    )


def _kept_sheaf(record: dict[str, Any]) -> Sheaf:
    listed = (
        Finding(
            **{
                **finding,
                "problem": Problem(**finding["problem"]),
                "rows": tuple(tuple(run) for run in finding["rows"]),
                "found": tuple(finding["found"]),
            }
        )
        for finding in record["findings"]
    )
    return Sheaf(**{**record, "findings": tuple(listed)})


def quality(raw: Raw, period: Period) -> Quality:
    """Gather what was found in the raw tables of a period.

    Parameters
    ----------
    raw : Raw
        As `intake.read` gives it; `problems` may hold more than it found.
    period : Period

    Returns
    -------
    Quality
    """
    told: dict[str, list[Problem]] = {file: [] for file in raw.files if not file.endswith(f"/{SYNTHETIC}")}
    for problem in raw.problems:
        told.setdefault(problem.file, []).append(problem)
    sheaves = [_sheaf(file, problems, raw.accounts, SEVERITIES[:2]) for file, problems in told.items()]
    sheaves.sort(key=lambda s: (not s.counts["error"], not s.counts["warning"], s.file))
    return Quality(
        period=period,
        sheaves=tuple(sheaves),
        guesses=_sheaf("", raw.problems, [], SEVERITIES[2:]),
        accounts=tuple(raw.accounts),
        batches=tuple(filed(raw, period)),
        names=_names(raw),
        synthetic=f"raw/{SYNTHETIC}" in raw.files,
        union=raw.union,
    )


def findings(problems: Iterable[Problem]) -> list[Finding]:
    """Put like problems together: of one place but for the row, and of one content.

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


def weight(problem: Problem) -> int:
    """Count the cells a problem stands for: `more` says how many have not been told one by one."""
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


def _sheaf(
    file: str, problems: Sequence[Problem], accounts: Sequence[Account], severities: Sequence[str]
) -> Sheaf:
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.severity] += weight(problem)
    listed = findings(p for p in problems if p.severity in severities)
    rows = [a.rows for a in accounts if a.file == file]
    return Sheaf(
        file,
        sum(rows) if rows else None,
        {severity: counts[severity] for severity in SEVERITIES},
        tuple(listed[:LINES]),
        sum(f.count for f in listed[LINES:]),
    )


def _names(raw: Raw) -> dict[str, dict[str, str]]:
    table = raw.tables["organisations"].dropna(subset=["code"]).drop_duplicates("code").set_index("code")
    named = table.rename(columns=lambda c: c.removeprefix("name_"))[["kk", "ru", "en"]].fillna("")
    return {
        str(code): {str(k): str(v) for k, v in row.items()} for code, row in named.to_dict("index").items()
    }
