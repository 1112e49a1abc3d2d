"""Raw files in: every table of the batches up to a period as text, with all that is wrong.

Each row keeps its file, sheet and number; a row that is left out has a problem that says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from aqparat import settings
from aqparat.data import schemas, titles
from aqparat.data.origin import places
from aqparat.data.reading import archive, cells, checks, headings, prose, sheets, submitted, written
from aqparat.data.reading.body import rows_of
from aqparat.data.reading.cells import Known
from aqparat.data.reading.columns import Columns, Numbers
from aqparat.data.reading.endings import CSV
from aqparat.data.reading.files import LEFT_BY_SYSTEMS, Files, is_data, is_named
from aqparat.data.reading.ledger import Ledger, left_out
from aqparat.data.reading.opening import Ahead
from aqparat.data.reading.plain import Vocabulary
from aqparat.data.reading.raw import Filing, Raw
from aqparat.data.reading.registers import Registers
from aqparat.data.reading.sheet import Sheet
from aqparat.data.reading.submitted import SubmittedForm
from aqparat.data.reading.tables import named, unknown_file, unknown_kind, unknown_sheet
from aqparat.data.reading.validation import row_problems, validate
from aqparat.data.texts import COLUMNS, Writer
from aqparat.data.titles import OWN_SHEETS
from aqparat.memory import Round, digest
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.text_columns import without_rows


def read(data: Path | Files, period: Period, writer: Writer | None = None) -> Raw:
    """Return every table a report for the period needs, read and checked.

    Parameters
    ----------
    data : Path or Files
        The data folder, as `find` gives it, or its files where they have been looked at before.
    period : Period
        The period of the report.
    writer : Writer, optional
        Takes the texts of long registers; without it they are not kept.

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
    with Ahead(files) as ahead:
        return _read(files, period, writer, ahead)


def _read(files: Files, period: Period, writer: Writer | None, ahead: Ahead) -> Raw:
    raw = Raw({}, {})
    if files.synthetic.is_file():
        raw.files[files.name(files.synthetic)] = files.digest(files.synthetic)
    parts = _Parts(raw, settings.languages(files.data))
    parts.folder(files, "reference", schemas.REFERENCE)
    for name, schema in schemas.REFERENCE.items():
        raw.tables[name] = parts.table(name, schema)
        if name != "union" and not parts.has(name):
            raw.problems.append(Problem("missing_table", f"raw/reference/{name}.csv"))
    known = parts.known_by_now()
    registers = Registers(ahead, Vocabulary(known), writer)
    _settings(raw, files, known)
    raw.problems += _strangers(files)
    for name in files.batches:
        parts.folder(files, name, schemas.BATCH, known, registers)
    parts.twice()
    parts.repeating(registers, known)
    for name, schema in schemas.BATCH.items():
        raw.tables[name] = parts.table(name, schema)
    raw.problems += checks.lost_aliases(raw.tables, known)
    for name, frame in raw.tables.items():
        raw.tables[name], problems, raw.typed[name] = parts.understood(frame, name, known)
        raw.problems += problems
    raw.problems += checks.one_union(raw.tables["union"])
    raw.items = parts.items(registers)
    raw.texts = (writer or Writer(files.data)).texts(parts.texts())
    filings = [f for f in raw.filings if not f.unread]
    raw.problems += checks.check(raw.tables, raw.typed, raw.items, period, raw.settings, filings)
    raw.problems = parts.as_written(registers)
    raw.problems = [_headed(p, raw) for p in _once(raw.problems, _unnamed(raw))]
    raw.accounts = parts.ledger.accounts(raw, registers.read.values())
    return raw


def _headed(problem: Problem, raw: Raw) -> Problem:
    """Return a problem with its column called as the file itself calls it."""
    named = raw.headings.get((problem.file, problem.sheet), {}).get(problem.column or "")
    return replace(problem, heading=named) if named else problem


def _settings(raw: Raw, files: Files, known: Known) -> None:
    """Read the house's own settings, where it has some."""
    path = files.settings
    if path.is_file():
        raw.files[files.name(path)] = files.digest(path)
        raw.settings, problems = settings.read(files.content(path), sorted(known.indicators.codes))
        raw.problems += [
            replace(p, **known.nearest("indicators", p.found or "")) if p.code == "unknown_indicator" else p
            for p in problems
        ]
    elif path.exists() or path.is_symlink():
        raw.problems.append(Problem("no_file", files.name(path)))


def _strangers(files: Files) -> list[Problem]:
    """Return what lies among the folders of the periods and is not read, since it is of none."""
    return [
        Problem("unknown_batch", files.name(path), expected=f"raw/{files.period}", severity="warning")
        for path in files.strangers()
    ]


def _whole(
    frame: pd.DataFrame, table: str, known: Known, aside: Collection[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows without those that sum up or repeat others, their cells mended, and what is wrong.

    Rows of files that are set aside are checked one by one but not held against others, and left out.
    """
    if frame.empty:
        return frame, []
    problems = []
    summing = cells.totals(frame, table)
    problems += row_problems("totals_row", frame[summing], severity="warning")
    kept, guesses = cells.mended(frame[~summing], table, known)
    problems += [*guesses, *prose.check(kept, table)]
    out = kept["file"].isin(aside)
    problems += validate(kept[out], schemas.TABLES[table], known)
    kept = kept[~out]
    repeated = kept.duplicated([*schemas.TABLES[table].columns, "batch"])
    problems += checks.repeated(kept, repeated, [*schemas.TABLES[table].columns, "batch"], "repeated_row")
    kept = kept[~repeated]
    return kept, [*problems, *validate(kept, schemas.TABLES[table], known)]


def _unnamed(raw: Raw) -> set[str]:
    """Return the problems that follow from a reference table without rows; that it has none is told."""
    empty = {table for table in _CODED if raw.tables[table].empty}
    wrong = any(p.severity == "error" and p.file.startswith("raw/reference/") for p in raw.problems)
    if not wrong and "organisations" in empty and any(len(raw.tables[name]) for name in schemas.BATCH):
        raw.problems.append(Problem("no_organisations", "raw/reference"))
        return {"unknown_organisation"}
    return {f"unknown_{_CODED[table]}" for table in empty} if wrong else set()


def _once(problems: list[Problem], unnamed: Collection[str]) -> list[Problem]:
    """Return problems sorted; of what could not be read only that is said, not what follows from it.

    Parameters
    ----------
    problems : list of Problem
    unnamed : collection of str
        Codes of problems with a code of a table that has no rows.
    """
    uncoded = {(p.file, p.sheet, p.column) for p in problems if p.code in unnamed}
    unread = {_cell(p) for p in problems if p.code in _UNREAD}
    merged = {_cell(p)[:3] for p in problems if p.code == "merged_cells"}
    nobodys = {p.file for p in problems if titles.is_front(p.sheet) and p.column == "organisation"}
    replaced = {p.file for p in problems if p.code in _WHOLE_FILE}
    borrowed = {_cell(p) for p in problems if p.code in _BORROWED}

    def follows(p: Problem) -> bool:
        if p.code in unnamed or (p.code == "more" and (p.file, p.sheet, p.column) in uncoded):
            return True
        if p.code == "empty_cell" and not titles.is_front(p.sheet):
            return _cell(p)[:3] in merged or (p.column == "organisation" and p.file in nobodys)
        if p.file in replaced and p.code not in _WHOLE_FILE:
            return True
        if p.code in prose.CODES and _cell(p) in borrowed:
            return True
        return p.code not in _UNREAD and _cell(p) in unread

    kept = [p for p in dict.fromkeys(problems) if not follows(p)]
    return sorted(kept, key=lambda p: (p.file, p.sheet, p.row or 0, p.column or "", p.code, p.found or ""))


_REGISTER = "publications"
_LONGEST = 128 << 20  # bytes of a CSV file that is not read piece by piece
_CODED = {"organisations": "organisation", "outlets": "outlet", "indicators": "indicator"}
_WHOLE_FILE = ("filed_twice", "form_corrected", "form_as_csv")  # no more need be said of a file
_BORROWED = ("not_translated", "another_language")  # the text of another cell stands for that of this one
_UNREAD = ("cell_error", "formula_without_value", "merged_cells")


def _cell(problem: Problem) -> tuple[str, str, int | None, str | None]:
    return problem.file, problem.sheet, problem.row, problem.column


class _Parts:
    """The rows of each table, file by file, as they are read."""

    def __init__(self, raw: Raw, languages: Collection[str]) -> None:
        self.raw, self.languages = raw, languages
        self._round = Round("read")
        self._marks: list[bytes] = []  # digests of what has been read in small files, in their order
        self._reference: tuple[Hashable, ...] = ()  # what the codes that are known depend on
        self.aside: set[str] = set()  # forms of which no row counts as they stand
        self._frames: dict[str, list[pd.DataFrame]] = {}
        self.ledger = Ledger()

    def of(self, table: str) -> list[pd.DataFrame]:
        """Return the parts of a table."""
        return self._frames.get(table, [])

    def has(self, table: str) -> bool:
        """Return whether a table was there, read or not."""
        return table in self.ledger.tables

    def table(self, name: str, schema: Any) -> pd.DataFrame:
        """Return the parts of a table one below the other."""
        nothing = without_rows((*schema.columns, "file", "sheet", "batch"), "row")
        return pd.concat([nothing, *self.of(name)], ignore_index=True)

    def known_by_now(self) -> Known:
        """Return what the code columns may hold: the reference tables have been read."""
        self._reference = (*self._marks, *sorted(self.languages))
        return self._round.recalled(("known", self._reference), lambda: Known.of(self.raw.tables))

    def understood(
        self, frame: pd.DataFrame, table: str, known: Known
    ) -> tuple[pd.DataFrame, list[Problem], pd.DataFrame]:
        """Return the whole rows of a table, what is wrong, and the same rows typed."""

        def made() -> tuple[pd.DataFrame, list[Problem], pd.DataFrame]:
            kept, problems = _whole(frame, table, known, self.aside)
            return kept, problems, cells.typed(kept, table)

        if not self._round.keeps or (rows := digest(frame)) is None:
            return made()
        depends_on = (rows, frozenset(self.aside), self._reference)
        kept, problems, typed = self._round.recalled(("understood", table, depends_on), made)
        return kept.copy(deep=False), problems, typed.copy(deep=False)

    def repeating(self, registers: Registers, known: Known) -> None:
        """Take from long registers what may repeat another row, to look at it like all that is not plain."""
        if not registers.read:
            return
        frame = self.table(_REGISTER, schemas.BATCH[_REGISTER])
        mended, _ = cells.mended(frame, _REGISTER, known)
        for register, rows in registers.repeating(cells.typed(mended, _REGISTER)):
            if len(rows):
                self._look_at(register, rows)

    def _look_at(self, register: Columns, rows: Numbers) -> None:
        for place, part in enumerate(self.of(_REGISTER)):
            if part["file"].eq(register.file).any():
                more = register.hand_on(rows).assign(batch=part["batch"].iloc[0])
                self._frames[_REGISTER][place] = pd.concat([part, more]).sort_values("row", kind="stable")

    def items(self, registers: Registers) -> pd.DataFrame:
        """Return the items of all registers without their texts."""
        firsts = [part.iloc[:1] for part in self.of(_REGISTER) if len(part)]
        batches = {places(first).iloc[0]: str(first["batch"].iloc[0]) for first in firsts}
        return registers.items(self.raw.tables[_REGISTER], batches)

    def as_written(self, registers: Registers) -> list[Problem]:
        """Return what is wrong, with what was found as it stands in the files."""
        read = registers.read.values()
        return written.as_written(self.raw.problems, self._frames, read, registers.vocabulary)

    def texts(self) -> pd.DataFrame:
        """Return the texts of the items that are not plain."""
        typed = self.raw.typed[_REGISTER]
        return typed[["place", "row", *COLUMNS]].astype({"place": str})

    def folder(
        self,
        files: Files,
        batch: str,
        tables: Mapping[str, Any],
        known: Known | None = None,
        registers: Registers | None = None,
    ) -> None:
        """Read every file of a folder."""
        seen: dict[str, Path] = {}
        for path in files.folder(batch):
            file = files.name(path)
            if path.is_dir():
                self._subfolder(path, file)
            elif not path.is_file():  # a pipe, a device, a link that leads nowhere: never opened
                self._add(Problem("no_file", file))
            elif not is_named(path):
                self._add(Problem("name_undecodable", file))
            elif not is_data(path):
                self._other_file(path, file, tables)
            else:
                sha = files.digest(path)
                self.raw.files[file] = sha
                if path.stat().st_size and sha in seen and not self._is_blank(files.name(seen[sha])):
                    self._add(Problem("same_file", file, found=seen[sha].name, severity="warning"))
                    continue
                seen[sha] = path
                if path.suffix.lower() not in CSV and path.stat().st_size > archive.MOST:
                    self._add(sheets.too_large(file, path.stat().st_size))
                    continue
                if registers and known and (register := registers.of(path)):
                    self._register(register, batch, tables, registers, known)
                    continue
                if path.stat().st_size > _LONGEST:
                    self._add(sheets.too_large(file, path.stat().st_size, _LONGEST))
                    continue
                content = files.content(path)
                mark = hashlib.sha256(content).digest()
                self._marks.append(mark)
                found, problems = self._round.recalled(
                    ("sheets", file, mark),
                    partial(sheets.read, content, file, partial(headings.count, list(tables))),
                )
                self._add(*problems)
                if known and any(submitted.is_sheet_of_form(s, list(tables)) for s in found):
                    self._add(Problem("form_as_csv", file, expected=".xlsx"))
                    found = []
                if found:
                    self._file(file, batch, found, tables, known, mark)
                elif known and (code := submitted.organisation_of(path.stem, known)):
                    self.raw.filings.append(Filing(file, code, batch, None, touched=False, unread=True))

    def _register(
        self, register: Columns, batch: str, tables: Mapping[str, Any], registers: Registers, known: Known
    ) -> None:
        """Take in a long register."""
        before = len(self.of(_REGISTER))
        self._add(*register.problems)
        self._file(register.file, batch, [register.sheet], tables, known)
        self.ledger.add(register.file, len(register.rows))
        if len(self.of(_REGISTER)) > before:  # its columns can be told
            registers.read[register.place] = register

    def twice(self) -> None:
        """Set aside all but the latest of several forms that an organisation has filled in for a batch.

        A later day makes it a correction of the others; of two forms of one day, or without one, nobody but
        who sent them knows which is right.
        """
        filled: dict[tuple[str, str], list[Filing]] = {}
        for filing in self.raw.filings:
            if filing.touched and not filing.unread:
                filled.setdefault((filing.batch, filing.organisation), []).append(filing)
        for (_, code), filings in filled.items():
            filings.sort(key=lambda f: (f.filed or date.min, f.file))
            told = "/".join(f"{PurePosixPath(f.file).name}/{f.filed or ''}" for f in filings)
            last, days = filings[-1], [f.filed for f in filings]
            unclear = None in days or days.count(last.filed) > 1
            for filing in filings[:-1]:
                self._add(
                    Problem(
                        "filed_twice" if unclear else "form_corrected",
                        filing.file,
                        row=filing.row,
                        column="filed",
                        found=code,
                        expected=told if unclear else f"{PurePosixPath(last.file).name}/{last.filed}",
                        severity="error" if unclear else "warning",
                        sheet=filing.sheet,
                    )
                )
                for frames in self._frames.values():
                    frames[:] = [f[f["file"] != filing.file] for f in frames]

    def _is_blank(self, file: str) -> bool:
        """Return whether a file has been read that holds headings only: another like it repeats nothing."""
        return self.ledger.rows(file) == 0 and all(filing.file != file for filing in self.raw.filings)

    def _add(self, *problems: Problem) -> None:
        self.raw.problems += problems

    def _subfolder(self, path: Path, file: str) -> None:
        if not path.name.startswith(".") and any(path.iterdir()):
            self._add(Problem("subfolder", file, severity="warning"))

    def _other_file(self, path: Path, file: str, tables: Mapping[str, Any]) -> None:
        if not path.name.startswith(LEFT_BY_SYSTEMS):
            self._add(unknown_kind(path, file, tables))

    def _file(
        self,
        file: str,
        batch: str,
        found: list[Sheet],
        tables: Mapping[str, Any],
        known: Known | None,
        mark: bytes | None = None,
    ) -> None:
        """Read the sheets of a file."""
        front = next((s for s in found if titles.is_front(s.name)), None)
        form = SubmittedForm.read(front, batch, known) if front is not None and known else None
        if form:
            self._add(*form.problems)
            self.raw.headings[file, form.sheet] = form.headings
        holding = [
            s
            for s in found
            if s is not front
            and not (front is not None and s.name.startswith(OWN_SHEETS))
            and s.cells.notna().any(axis=None)
        ]
        if found and not holding and front is None:
            self._add(Problem("empty_file", file))
        read = [self._sheet(s, batch, holding, tables, form, known, mark) for s in holding]
        wrong = any(p.file == file and p.severity == "error" for p in self.raw.problems)
        if holding and not any(read) and not form and not wrong:
            self._add(unknown_file(file, tables))
        if form and form.organisation:
            self._filing(file, batch, form)

    def _filing(self, file: str, batch: str, form: SubmittedForm) -> None:
        """Take down a form that an organisation has handed in."""
        touched = any((frame["file"] == file).any() for parts in self._frames.values() for frame in parts)
        another = any(p.code == "form_of_another" and p.file == file for p in self.raw.problems)
        if foreign := form.foreign or another:
            self.aside.add(file)
        about = (form.row, form.sheet, form.complete)
        self.raw.filings.append(
            Filing(file, form.organisation, batch, form.filed, touched, *about, unread=foreign)
        )
        if touched and form.filed is None and not any(p.column == "filed" for p in form.problems):
            self._add(Problem("form_undated", file, severity="warning", sheet=form.sheet))

    def _sheet(
        self,
        sheet: Sheet,
        batch: str,
        holding: list[Sheet],
        tables: Mapping[str, Any],
        form: SubmittedForm | None,
        known: Known | None,
        mark: bytes | None,
    ) -> bool:
        """Read one sheet; return False if it holds none of the tables."""
        by_name = named(sheet.name or Path(sheet.file).stem, tables)
        if by_name is None and sheet.name and len(holding) == 1:
            by_name = named(Path(sheet.file).stem, tables)
        table = by_name or headings.infer(sheet, list(tables))
        if table is None:
            if sheet.name and (form or len(holding) > 1):
                self._add(unknown_sheet(sheet, tables))
            return False
        if sheet.hidden:
            self._add(Problem("hidden_sheet", sheet.file, sheet=sheet.name))
            return True
        if by_name is None:
            self._add(Problem("guessed_table", sheet.file, found=table, severity="guess", sheet=sheet.name))
        make = partial(rows_of, sheet, table, form, known, self.languages)
        if mark and form is None:
            depends_on = (mark, known and self._reference)
            body = self._round.recalled(("rows", sheet.file, sheet.name, table, depends_on), make)
        else:
            body = make()
        told = left_out(sheet.file, self.raw.problems) if not sheet.name else 0
        self._add(*body.problems)
        self.raw.headings[sheet.file, sheet.name] = body.headings
        self.ledger.put((sheet.file, sheet.name, table), body.rows + told, body.unfilled)
        if body.frame is not None:
            self._frames.setdefault(table, []).append(body.frame.assign(batch=batch))
        return True
