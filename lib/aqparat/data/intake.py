"""Raw files in: every table of the batches up to a period as text, with all that is wrong.

Each row keeps its file, sheet and number; a row that is left out has a problem that says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from aqparat import settings
from aqparat.choices import LANGUAGES
from aqparat.data import cells, checks, headings, schemas, sheets, titles
from aqparat.data.body import rows_of
from aqparat.data.cells import Known
from aqparat.data.files import (
    LEFT_BY_SYSTEMS,
    DataFolderError,
    Files,
    batches,
    find,
    is_data,
)
from aqparat.data.filled import FilledForm
from aqparat.data.sheets import TEXT, Sheet
from aqparat.data.verdict import judged, told
from aqparat.period import Period
from aqparat.problem import Problem, nearest
from aqparat.settings import Settings

FORM, LISTS = "form", "_"  # the sheet that makes a workbook a form; sheets that begin so are the program's


@dataclass(frozen=True)
class Account:
    """What became of the rows of one table in one file: read = used + set aside.

    Parameters
    ----------
    file, sheet, table : str
    rows : int
        Rows below the heading that are not blank.
    used : int
        Those that went into the tables.
    aside : int
        Those left out, each with a problem that says so, and prefilled rows of a form that nobody filled.
    """

    file: str
    sheet: str
    table: str
    rows: int
    used: int
    aside: int


@dataclass(frozen=True)
class Filing:
    """A form handed in by an organisation.

    Parameters
    ----------
    file, organisation, batch : str
    filed : date or None
        The day written in the form.
    touched : bool
        False for a form that nobody has filled in: it counts as not filed.
    row : int
        Row of its first sheet that the day is in.
    """

    file: str
    organisation: str
    batch: str
    filed: date | None
    touched: bool
    row: int = 1


@dataclass
class Raw:
    """The raw tables as text, the files they came from and what is wrong with them.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Table name to rows; text columns as in the schema plus `file`, `sheet`, `row`, `batch`.
    files : dict of str to str
        File (below the data folder, with slashes) to SHA-256.
    problems : list of Problem
        Everything found: errors, warnings and guesses.
    accounts : list of Account
        What became of the rows of each file.
    filings : list of Filing
        The forms handed in.
    settings : Settings
        The house's own choices over the program's.
    typed : dict of str to DataFrame
        The same rows with dates, numbers and codes (`cells.typed`).
    """

    tables: dict[str, pd.DataFrame]
    files: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    settings: Settings = field(default_factory=settings.defaults)
    typed: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def union(self) -> dict[str, str]:
        """Names of the union whose report it is, by language; empty where the data name none."""
        rows = self.tables["union"].fillna("").head(1)
        return {code: str(name) for code in LANGUAGES for name in rows[f"name_{code}"]}

    @property
    def errors(self) -> list[Problem]:
        """Those problems that stop a report."""
        return [p for p in self.problems if p.severity == "error"]


def read(data: Path | Files, period: Period) -> Raw:
    """Read and check every table a report for the period needs.

    Parameters
    ----------
    data : Path or Files
        The data folder, as `find` gives it, or its files where they have been looked at before.
    period : Period
        The period of the report.

    Returns
    -------
    Raw
        Tables, files and problems; never raises for what stands in a file.

    Raises
    ------
    DataFolderError
        If no batch up to the period exists.
    """
    files = data if isinstance(data, Files) else Files(data, period)
    raw = Raw({}, {})
    if files.synthetic.is_file():
        raw.files[files.name(files.synthetic)] = files.digest(files.synthetic)
    parts = _Parts(raw)
    parts.folder(files, "reference", schemas.REFERENCE)
    for name, schema in schemas.REFERENCE.items():
        raw.tables[name] = parts.table(name, schema)
        if not parts.of(name) and name != "union":
            raw.problems.append(Problem("missing_table", f"raw/reference/{name}.csv"))
    known = Known.of(raw.tables)
    _settings(raw, files)
    for name in files.batches:
        parts.folder(files, name, schemas.BATCH, known)
    for name, schema in schemas.BATCH.items():
        raw.tables[name] = parts.table(name, schema)
    raw.problems += checks.lost_aliases(raw.tables)
    for name, frame in raw.tables.items():
        kept, problems = _whole(frame, name, known)
        raw.tables[name] = kept
        raw.problems += problems
    raw.problems += checks.one_union(raw.tables["union"])
    raw.typed = {name: cells.typed(frame, name) for name, frame in raw.tables.items()}
    raw.problems += checks.found(raw.tables, raw.typed, period, raw.settings)
    raw.problems = _once(raw.problems)
    raw.accounts = parts.accounts()
    return raw


def _settings(raw: Raw, files: Files) -> None:
    """Read the house's own settings, where it has some."""
    path = files.settings
    if path.is_file():
        raw.files[files.name(path)] = files.digest(path)
        known = list(raw.tables["indicators"]["code"].dropna())
        raw.settings, problems = settings.read(files.content(path), known)
        raw.problems += problems


def _whole(frame: pd.DataFrame, table: str, known: Known) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out rows that sum up or repeat others, mend the cells of the rest and judge them."""
    if frame.empty:
        return frame, []
    problems = []
    summing = cells.totals(frame, table)
    problems += told("totals_row", frame[summing], severity="warning")
    kept, guesses = cells.mended(frame[~summing], table, known)
    repeated = kept.duplicated([*schemas.TABLES[table].columns, "batch"])
    problems += checks.repeated(kept, repeated, [*schemas.TABLES[table].columns, "batch"], "repeated_row")
    kept = kept[~repeated]
    return kept, [*problems, *guesses, *judged(kept, schemas.TABLES[table], known)]


def _once(problems: list[Problem]) -> list[Problem]:
    """Sort problems; of what could not be read at all only that is said, not what follows from it."""
    unread = {_cell(p) for p in problems if p.code in _UNREAD}
    merged = {_cell(p)[:3] for p in problems if p.code == "merged_cells"}
    nobodys = {p.file for p in problems if (p.sheet, p.column) == (FORM, "organisation")}

    def follows(p: Problem) -> bool:
        if p.code == "empty_cell" and p.sheet != FORM:
            return _cell(p)[:3] in merged or (p.column == "organisation" and p.file in nobodys)
        return p.code not in _UNREAD and _cell(p) in unread

    kept = [p for p in dict.fromkeys(problems) if not follows(p)]
    return sorted(kept, key=lambda p: (p.file, p.sheet, p.row or 0, p.column or "", p.code, p.found or ""))


_UNREAD = ("cell_error", "formula_without_value", "merged_cells")


def _cell(problem: Problem) -> tuple[str, str, int | None, str | None]:
    return problem.file, problem.sheet, problem.row, problem.column


class _Parts:
    """The rows of each table, file by file, as they are read."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self._frames: dict[str, list[pd.DataFrame]] = {}
        self._rows: dict[tuple[str, str, str], int] = {}

    def of(self, table: str) -> list[pd.DataFrame]:
        """Give the parts of a table."""
        return self._frames.get(table, [])

    def table(self, name: str, schema: Any) -> pd.DataFrame:
        """Put the parts of a table one below the other."""
        columns = {c: pd.Series(dtype=TEXT) for c in [*schema.columns, "file", "sheet", "batch"]}
        return pd.concat([pd.DataFrame(columns).assign(row=0)[:0], *self.of(name)], ignore_index=True)

    def accounts(self) -> list[Account]:
        """Say of each file and table how many rows were read and how many are in the tables."""
        used = {
            (file, sheet, name): int(count)
            for name, frame in self.raw.tables.items()
            for (file, sheet), count in frame.groupby(["file", "sheet"], observed=True).size().items()
        }
        return [
            Account(*key, rows, used.get(key, 0), rows - used.get(key, 0))
            for key, rows in sorted(self._rows.items())
        ]

    def folder(self, files: Files, batch: str, tables: Mapping[str, Any], known: Known | None = None) -> None:
        """Read every file of a folder."""
        raw = self.raw
        seen: dict[str, str] = {}
        for path in files.folder(batch):
            if path.is_file() and not is_data(path):
                if not path.name.startswith(LEFT_BY_SYSTEMS):
                    raw.problems.append(_unknown_kind(path, files.name(path), tables))
                continue
            file = files.name(path)
            if path.is_dir():
                if not path.name.startswith(".") and any(path.iterdir()):
                    raw.problems.append(Problem("subfolder", file, severity="warning"))
                continue
            content, sha = files.content(path), files.digest(path)
            raw.files[file] = sha
            if content and sha in seen:
                raw.problems.append(Problem("same_file", file, found=seen[sha], severity="warning"))
                continue
            seen[sha] = path.name
            found, problems = sheets.read(content, file, partial(headings.count, list(tables)))
            raw.problems += problems
            self._file(file, batch, found, tables, known)

    def _file(
        self, file: str, batch: str, found: list[Sheet], tables: Mapping[str, Any], known: Known | None
    ) -> None:
        form = next((s for s in found if titles.folded(s.name) == FORM), None)
        filled = FilledForm.read(form, batch, known) if form is not None and known else None
        if filled:
            self.raw.problems += filled.problems
        holding = [
            s
            for s in found
            if s is not form
            and not (form is not None and s.name.startswith(LISTS))
            and s.cells.notna().any(axis=None)
        ]
        if found and not holding and form is None:
            self.raw.problems.append(Problem("empty_file", file))
        read = [self._sheet(s, batch, holding, tables, filled) for s in holding]
        if holding and not any(read) and not filled:
            expected = ", ".join(tables)
            name = Path(file).name
            near = nearest(name, [f"{t}{Path(file).suffix}" for t in tables])
            told = [p for p in self.raw.problems if p.file == file and p.severity == "error"]
            if not told:
                self.raw.problems.append(Problem("unknown_file", file, None, None, name, expected, near))
        if filled and filled.organisation:
            now = sum(len(f) for parts in self._frames.values() for f in parts if (f["file"] == file).any())
            self.raw.filings.append(
                Filing(file, filled.organisation, batch, filled.filed, now > 0, filled.row)
            )
            if now and filled.filed is None and not any(p.code == "not_date" for p in filled.problems):
                self.raw.problems.append(Problem("form_undated", file, severity="warning", sheet=FORM))

    def _sheet(
        self,
        sheet: Sheet,
        batch: str,
        holding: list[Sheet],
        tables: Mapping[str, Any],
        form: FilledForm | None,
    ) -> bool:
        """Read one sheet; False if it holds none of the tables."""
        raw = self.raw
        named = _named_table(sheet.name or Path(sheet.file).stem, tables)
        if named is None and sheet.name and len(holding) == 1:
            named = _named_table(Path(sheet.file).stem, tables)
        table = named or headings.infer(sheet, list(tables))
        if sheet.hidden and table:
            raw.problems.append(Problem("hidden_sheet", sheet.file, sheet=sheet.name))
            return True
        if table is None:
            if sheet.name and len(holding) > 1:
                near = nearest(sheet.name, tables)
                expected = ", ".join(tables)
                raw.problems.append(
                    Problem(
                        "unknown_sheet",
                        sheet.file,
                        None,
                        None,
                        sheet.name,
                        expected,
                        near,
                        "warning",
                        sheet.name,
                    )
                )
            return False
        if named is None:
            raw.problems.append(
                Problem("guessed_table", sheet.file, found=table, severity="guess", sheet=sheet.name)
            )
        frame, problems, rows = rows_of(sheet, table, form)
        raw.problems += problems
        self._rows[sheet.file, sheet.name, table] = rows + sum(
            p.code == "cells" and p.file == sheet.file for p in raw.problems
        )
        if frame is not None:
            self._frames.setdefault(table, []).append(frame.assign(batch=batch))
        return True


def _unknown_kind(path: Path, file: str, tables: Mapping[str, Any]) -> Problem:
    near = nearest(path.name, [f"{t}.csv" for t in tables])
    expected = ", ".join(sheets.ENDINGS)
    return Problem("unknown_kind", file, None, None, path.suffix or path.name, expected, near, "warning")


def _named_table(name: str, tables: Mapping[str, Any]) -> str | None:
    """Tell which table a file or sheet is named after: by its code or title, whatever follows it."""
    folded = titles.folded(name)
    for table in tables:
        for title in (table, *(titles.table(table, language) for language in LANGUAGES)):
            if re.match(re.escape(titles.folded(title)) + r"(?![^\W_])", folded):
                return table
    return None


__all__ = ["Account", "DataFolderError", "Filing", "Raw", "batches", "find", "read"]
