"""What the checks found, gathered for a person: like faults together, rows accounted for.

Free of language: the quality page, the terminal and the marked copies only word it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from aqparat.data.quality.filing import Batch, Filed, filed
from aqparat.data.quality.findings import SEVERITIES, Finding, amount, findings, weight
from aqparat.data.reading.files import SYNTHETIC
from aqparat.data.reading.raw import Account, Raw
from aqparat.period import Period, PeriodError
from aqparat.problem import Problem

LINES = 100  # of one file; a person mends these first and checks again


@dataclass(frozen=True)
class FileFindings:
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
    told, told_earlier : dict of str to int
        Severity to how much is told of the files of the period itself and of those that outlive one, and
        of the files of earlier periods (`findings.amount`).
    files : tuple of FileFindings
        Every file: those with errors first, then those with warnings, then the others.
    guesses : FileFindings
        What was understood from a guess, of all files but those of earlier periods.
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
    told: dict[str, int]
    told_earlier: dict[str, int]
    files: tuple[FileFindings, ...]
    guesses: FileFindings
    accounts: tuple[Account, ...]
    batches: tuple[Batch, ...]
    names: dict[str, dict[str, str]]
    synthetic: bool
    union: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """Problems of all files by severity."""
        return {severity: sum(s.counts[severity] for s in self.files) for severity in SEVERITIES}

    @property
    def rows(self) -> tuple[int, ...] | None:
        """Rows of all files as `Account.told` has those of one; None where nothing was accounted for."""
        if not self.accounts:
            return None
        return tuple(map(sum, zip(*(a.told for a in self.accounts), strict=True)))

    @property
    def current(self) -> tuple[FileFindings, ...]:
        """The files of the period itself, and those that outlive a period."""
        return tuple(f for f in self.files if not is_earlier(f.file, self.period))

    @property
    def earlier(self) -> tuple[FileFindings, ...]:
        """The files of earlier periods, of which their own checks have told."""
        return tuple(f for f in self.files if is_earlier(f.file, self.period))

    def record(self) -> dict[str, Any]:
        """Return the same in JSON's types, for keeping; `restored` reads it."""
        record: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return {**record, "period": str(self.period)}


def is_earlier(file: str, period: Period) -> bool:
    """Return whether a file below the data folder is of a batch before a period."""
    _, folder, *below = PurePosixPath(file).parts if file.startswith("raw/") else ("", "")
    try:
        return bool(below) and Period.parse(folder).end < period.start
    except PeriodError:
        return False


def restored(record: dict[str, Any]) -> Quality:
    """Return the quality that `Quality.record` gave."""
    return Quality(
        period=Period.parse(record["period"]),
        told=record["told"],
        told_earlier=record["told_earlier"],
        files=tuple(map(_restored_file, record["files"])),
        guesses=_restored_file(record["guesses"]),
        accounts=tuple(Account(**account) for account in record["accounts"]),
        batches=tuple(
            Batch(
                batch["name"],
                date.fromisoformat(batch["due"]),
                tuple(
                    Filed(**{**f, **{d: _day(f[d]) for d in ("day", "corrected")}}) for f in batch["filed"]
                ),
            )
            for batch in record["batches"]
        ),
        names=record["names"],
        synthetic=record["synthetic"],
        union=record["union"],
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _restored_file(record: dict[str, Any]) -> FileFindings:
    listed = (
        Finding(
            **{
                **finding,
                "problem": _restored_problem(finding["problem"]),
                "rows": tuple(tuple(run) for run in finding["rows"]),
                "found": tuple(finding["found"]),
            }
        )
        for finding in record["findings"]
    )
    return FileFindings(**{**record, "findings": tuple(listed)})


def _restored_problem(record: dict[str, Any]) -> Problem:
    pairs = {name: tuple(map(tuple, record.get(name, ()))) for name in ("names", "listed")}
    return Problem(**{**record, **pairs})


def quality(raw: Raw, period: Period) -> Quality:
    """Return what was found in the raw tables of a period.

    Parameters
    ----------
    raw : Raw
        As `intake.read` gives it; `problems` may hold more than it found.
    period : Period

    Returns
    -------
    Quality
    """
    problems: dict[str, list[Problem]] = {
        file: [] for file in raw.files if not file.endswith(f"/{SYNTHETIC}")
    }
    for problem in raw.problems:
        problems.setdefault(problem.file, []).append(problem)
    files = [_file(file, own, raw.accounts, SEVERITIES[:2]) for file, own in problems.items()]
    files.sort(key=lambda f: (not f.counts["error"], not f.counts["warning"], f.file))
    earlier = [p for p in raw.problems if is_earlier(p.file, period)]
    current = [p for p in raw.problems if not is_earlier(p.file, period)]
    return Quality(
        period=period,
        told=_told(current),
        told_earlier=_told(earlier),
        files=tuple(files),
        guesses=_file("", [p for p in raw.problems if not is_earlier(p.file, period)], [], SEVERITIES[2:]),
        accounts=tuple(raw.accounts),
        batches=tuple(filed(raw, period)),
        names=_names(raw),
        synthetic=f"raw/{SYNTHETIC}" in raw.files,
        union=raw.union,
    )


def _told(problems: Sequence[Problem]) -> dict[str, int]:
    return {severity: amount(p for p in problems if p.severity == severity) for severity in SEVERITIES}


def _file(
    file: str, problems: Sequence[Problem], accounts: Sequence[Account], severities: Sequence[str]
) -> FileFindings:
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.severity] += weight(problem)
    listed = findings(p for p in problems if p.severity in severities)
    rows = [a.rows for a in accounts if a.file == file]
    return FileFindings(
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
