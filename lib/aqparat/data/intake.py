"""Raw files in: every table of the batches up to a period as text, with all that is wrong.

Nothing is converted or dropped here. Each row keeps its file and its number.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow as pyarrow
import pyarrow.csv as arrow_csv

from aqparat.data import schemas
from aqparat.period import Period, PeriodError
from aqparat.problem import AqparatError, Problem, nearest

SYNTHETIC = "SYNTHETIC.md"  # the file in raw/ that names a folder's data as invented
TEXT = pd.StringDtype(na_value=float("nan"))


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
    """

    file: str
    organisation: str
    batch: str
    filed: date | None
    touched: bool


@dataclass
class Raw:
    """The raw tables as text, the files they came from and what is wrong with them.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Table name to rows; text columns as in the schema plus `file`, `row`, `batch`.
    files : dict of str to str
        File (below the data folder, with slashes) to SHA-256.
    problems : list of Problem
        Everything found: errors, warnings and guesses.
    accounts : list of Account
        What became of the rows of each file.
    filings : list of Filing
        The forms handed in.
    """

    tables: dict[str, pd.DataFrame]
    files: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """Those problems that stop a report."""
        return [p for p in self.problems if p.severity == "error"]


class DataFolderError(AqparatError):
    """There is no data folder, or no batch for the period in it."""

    def __init__(self, code: str, path: str, period: str = "") -> None:
        super().__init__(f"{code}: {path} {period}")
        self.code, self.path, self.period = code, path, period


def find(data: str | Path) -> Path:
    """Find the data folder: as named, or in a folder above (a notebook runs in `notebooks/`).

    Raises
    ------
    DataFolderError
        If no such folder with a `raw` folder inside exists.
    """
    path = Path(data)
    candidates = [path] if path.is_absolute() else [up / path for up in (Path.cwd(), *Path.cwd().parents)]
    for candidate in candidates:
        if (candidate / "raw" / "reference").is_dir():
            return candidate
    raise DataFolderError("no_data", str(data))


def batches(data: Path, period: Period) -> list[str]:
    """Name the batches handed in up to and including a period, oldest first."""
    found = []
    for folder in (data / "raw").iterdir():
        if folder.is_dir() and folder.name != "reference":
            try:
                batch = Period.parse(folder.name)
            except PeriodError:
                continue
            if batch.end <= period.end:
                found.append(batch)
    return [str(b) for b in sorted(found)]


def read(data: Path, period: Period) -> Raw:
    """Read and check every table a report for the period needs.

    Parameters
    ----------
    data : Path
        The data folder, as `find` gives it.
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
    names = batches(data, period)
    if not names:
        raise DataFolderError("no_batch", str(data / "raw"), str(period))
    raw = Raw({}, {})
    mark = data / "raw" / SYNTHETIC
    if mark.is_file():
        raw.files[mark.relative_to(data).as_posix()] = hashlib.sha256(mark.read_bytes()).hexdigest()
    _read_folder(raw, data, "reference", schemas.REFERENCE)
    for name in names:
        _read_folder(raw, data, name, schemas.BATCH)
    for name, schema in schemas.TABLES.items():
        if name not in raw.tables:
            raw.tables[name] = _empty(schema)
            if name in schemas.REFERENCE:
                raw.problems.append(Problem("missing_table", f"raw/reference/{name}.csv"))
    known = Known.of(raw)
    raw.problems += _lost_aliases(raw)
    for name, frame in raw.tables.items():
        raw.problems += check(frame, schemas.TABLES[name], known)
    raw.problems.sort(key=lambda p: (p.file, p.row or 0, p.column or "", p.code))
    return raw


def _read_folder(raw: Raw, data: Path, batch: str, tables: dict[str, Any]) -> None:
    parts: dict[str, list[pd.DataFrame]] = {}
    for path in sorted((data / "raw" / batch).iterdir()):
        if path.name.startswith((".", "~$")) or path.is_dir():
            continue
        file = path.relative_to(data).as_posix()
        content = path.read_bytes()
        raw.files[file] = hashlib.sha256(content).hexdigest()
        table = path.stem.split("-")[0]
        if path.suffix.lower() != ".csv" or table not in tables:
            raw.problems.append(
                Problem(
                    "unknown_file",
                    file,
                    found=path.name,
                    expected=", ".join(f"{t}.csv" for t in tables),
                    nearest=nearest(path.name, [f"{t}.csv" for t in tables]),
                )
            )
            continue
        frame, problems = _parse(content, file, tables[table])
        raw.problems += problems
        if frame is not None:
            parts.setdefault(table, []).append(frame.assign(batch=batch))
    for table, frames in parts.items():
        if table in raw.tables:
            frames.insert(0, raw.tables[table])
        raw.tables[table] = pd.concat(frames, ignore_index=True)


def _parse(content: bytes, file: str, schema: Any) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Turn the bytes of a CSV file into a frame of text with all columns of the schema."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return None, [Problem("encoding", file, row, expected="UTF-8")]
    if not text.strip():
        return None, [Problem("empty_file", file)]
    broken: list[Problem] = []

    def report(bad: Any) -> str:
        broken.append(
            Problem(
                "cells",
                file,
                bad.number,
                found=str(bad.actual_columns),
                expected=str(bad.expected_columns),
            )
        )
        return "skip"

    try:
        arrow = arrow_csv.read_csv(
            io.BytesIO((text.rstrip("\r\n") + "\n").encode("utf-8")),
            read_options=arrow_csv.ReadOptions(use_threads=False, block_size=max(1 << 20, len(content) + 1)),
            parse_options=arrow_csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=report
            ),
            convert_options=arrow_csv.ConvertOptions(check_utf8=False, default_column_type=pyarrow.string()),
        )
    except pyarrow.ArrowInvalid as error:
        return None, [Problem("unreadable", file, found=str(error).split("\n")[0])]
    if broken:  # rows cannot be numbered with some of them gone
        return None, broken
    headings = [str(h).strip() for h in arrow.column_names]
    repeated = sorted({h for h in headings if headings.count(h) > 1})
    if repeated:
        return None, [Problem("repeated_column", file, 1, h) for h in repeated]
    frame = arrow.rename_columns(headings).to_pandas(strings_to_categorical=False)
    frame = frame.astype(TEXT).apply(lambda c: c.str.strip()).replace("", pd.NA)
    columns = list(schema.columns)
    problems = [
        Problem("unknown_column", file, 1, h, found=h, expected=", ".join(columns),
                nearest=nearest(h, columns), severity="warning")
        for h in headings if h not in columns
    ]  # fmt: skip
    missing = [c for c in columns if c not in headings and schema.columns[c].required]
    problems += [
        Problem(
            "missing_column",
            file,
            1,
            c,
            found=", ".join(headings),
            expected=c,
            nearest=nearest(c, headings),
        )
        for c in missing
    ]
    if missing:
        return None, problems
    frame = frame.reindex(columns=columns).astype(TEXT)
    frame = frame.assign(file=file, row=range(2, len(frame) + 2))
    return frame[frame[columns].notna().any(axis=1)], problems


def _empty(schema: Any) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype=TEXT) for c in schema.columns}).assign(
        file=pd.Series(dtype=TEXT), row=pd.Series(dtype=int), batch=pd.Series(dtype=TEXT)
    )


@dataclass(frozen=True)
class Known:
    """What a code column may hold: code, name or alias to code, for each table."""

    organisations: dict[str, str]
    outlets: dict[str, str]
    indicators: dict[str, str]

    @classmethod
    def of(cls, raw: Raw) -> Known:
        """Collect codes and aliases from the reference tables."""
        aliases = raw.tables["aliases"]

        def codes(table: str) -> dict[str, str]:
            own = raw.tables[table]["code"].dropna()
            other = aliases[aliases["table"] == table].dropna(subset=["alias", "code"])
            return {**dict(zip(other["alias"], other["code"], strict=True)), **{c: c for c in own}}

        return cls(codes("organisations"), codes("outlets"), codes("indicators"))

    def resolver(self, kind: str) -> dict[str, str]:
        """Give the mapping from what may be written to the code, for a kind of column."""
        if kind == "organisation_or_total":
            return {**self.organisations, schemas.TOTAL: schemas.TOTAL}
        return {
            "organisation": self.organisations,
            "organisations": self.organisations,
            "outlet": self.outlets,
            "indicator": self.indicators,
        }.get(kind, {})


def check(frame: pd.DataFrame, schema: Any, known: Known) -> list[Problem]:
    """Find everything wrong in one table's cells: by its schema, then against the known codes."""
    if frame.empty:
        return []
    problems = list(_schema_problems(frame, schema))
    for name, column in schema.columns.items():
        resolver = known.resolver(column.metadata["kind"])
        if resolver:
            problems += _code_problems(frame, name, column.metadata["kind"], resolver)
    if "qualifier" in schema.columns and "value" in schema.columns:
        nothing = frame[
            (frame["qualifier"] == "less_than") & (pd.to_numeric(frame["value"], errors="coerce") <= 0)
        ]
        problems += [Problem("range", r.file, r.row, "value", r.value, "≥ 1") for r in nothing.itertuples()]
    if {"start", "end"} <= set(schema.columns):
        late = frame[(frame["end"] < frame["start"]).fillna(False)]
        problems += [
            Problem("end_before_start", r.file, r.row, "end", r.end, f"≥ {r.start}")
            for r in late.itertuples()
        ]
    return problems


def _lost_aliases(raw: Raw) -> Iterator[Problem]:
    """Find aliases that point to a code that does not exist."""
    for row in raw.tables["aliases"].dropna(subset=["table", "code"]).itertuples():
        if row.table in schemas.REFERENCE:
            codes = list(raw.tables[row.table]["code"].dropna())
            if row.code not in codes:
                code = f"unknown_{row.table.removesuffix('s')}"
                yield Problem(
                    code, row.file, row.row, "code", row.code, ", ".join(codes), nearest(row.code, codes)
                )


def _schema_problems(frame: pd.DataFrame, schema: Any) -> Iterator[Problem]:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        seen: set[tuple[int, str]] = set()
        for case in cases[cases["index"].notna()].itertuples():
            index = int(case.index)
            name = case.column if case.column in schema.columns else (schema.unique or ["?"])[0]
            if (index, name) in seen:
                continue
            seen.add((index, name))
            row = frame.loc[index]
            yield _case(str(case.check), row, name, schema.columns[name])


def _case(check: str, row: pd.Series[Any], name: str, column: pa.Column) -> Problem:
    allowed = column.metadata["allowed"]
    found = None if pd.isna(row[name]) else str(row[name])
    code = {"not_nullable": "empty_cell", "multiple_fields_uniqueness": "repeated_key"}.get(check, "")
    code = code or ("range" if check.startswith("≥") else f"not_{column.metadata['kind']}")
    return Problem(
        code,
        str(row["file"]),
        int(row["row"]),
        name,
        found,
        check if code == "range" else ", ".join(allowed),
        nearest(found, allowed) if found and allowed else None,
    )


def _code_problems(frame: pd.DataFrame, name: str, kind: str, resolver: dict[str, str]) -> Iterable[Problem]:
    cells = frame[["file", "row", name]].dropna(subset=[name])
    words = (
        cells.assign(**{name: cells[name].str.split()}).explode(name) if kind == "organisations" else cells
    )
    for cell in words[~words[name].isin(list(resolver))].itertuples(index=False):
        found = str(cell[2])
        yield Problem(
            f"unknown_{'organisation' if kind.startswith('organisation') else kind}",
            str(cell.file), int(cell.row), name, found,
            ", ".join(sorted(set(resolver.values()))), nearest(found, resolver),
        )  # fmt: skip
