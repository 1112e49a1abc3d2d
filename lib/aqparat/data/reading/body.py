"""The body of a sheet: the rows of a table below its heading, and what is wrong with the sheet itself."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

import pandas as pd

from aqparat.choices import LANGUAGES
from aqparat.data import schemas, titles
from aqparat.data.reading import cells, headings, prose
from aqparat.data.reading.cells import Known
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.sheet import Sheet
from aqparat.data.reading.submitted import SubmittedForm
from aqparat.data.reading.validation import row_problems
from aqparat.problem import Problem, nearest
from aqparat.runs import runs, worded
from aqparat.text_columns import TEXT

_TAIL = 30  # rows at the end of a table that may be remarks
_TRANSLATED = ("name", "text")  # what stands in a column a language
_WHOLE = 2  # required cells that a row must lack to be no row of the table but a remark below it


@dataclass(frozen=True)
class Body:
    """The rows of a table in a sheet.

    Parameters
    ----------
    frame : DataFrame or None
        Text, the columns of the table with `file`, `sheet`, `row`; None where they cannot be told.
    problems : list of Problem
        What is wrong with the sheet.
    rows : int
        How many rows it has.
    headings : dict of str to str
        What the sheet calls its columns.
    unfilled : int
        How many rows stood in a form and nobody filled them in; they are not in `frame`.
    """

    frame: pd.DataFrame | None
    problems: list[Problem]
    rows: int
    headings: dict[str, str] = field(default_factory=dict)
    unfilled: int = 0


def rows_of(
    sheet: Sheet,
    table: str,
    form: SubmittedForm | None,
    known: Known | None = None,
    languages: Collection[str] = LANGUAGES,
) -> Body:
    """Return the rows of a table in a sheet and what is wrong with the sheet.

    Parameters
    ----------
    sheet : Sheet
    table : str
        One of `schemas.TABLES`.
    form : SubmittedForm or None
        The form that the sheet is of, if it is one.
    known : Known, optional
        What code columns may hold; without it remarks below the table are not told from rows.
    languages : collection of str
        Those of the house: names and texts in others need not be there.
    """
    others = [f"{kind}_{code}" for kind in _TRANSLATED for code in LANGUAGES if code not in languages]
    supplied = {*(form.supplies if form else ()), *others}
    heading = headings.find(sheet, table)
    if heading is None:
        return _without_heading(sheet, table)
    problems = [*_above(sheet, heading), *_guessed(sheet, heading), *_parted(sheet, heading)]
    body, merged = _unmerged(sheet, heading, sheet.cells[sheet.cells.index > heading.last])
    body = body.dropna(how="all")
    problems += merged
    if repeated := _repeated_columns(sheet, heading):
        return Body(None, problems + repeated, len(body), heading.named)
    problems += _unread_columns(sheet, heading, body)
    if missing := _missing_columns(sheet, heading, supplied):
        return Body(None, problems + missing, len(body), heading.named)
    problems += _unreadable_cells(sheet, heading)
    rows = len(body)
    body, remarks = _without_remarks(sheet, heading, body, supplied, known)
    problems += remarks
    frame = body.rename(columns=heading.columns)
    frame = frame.reindex(columns=[*schemas.TABLES[table].columns, *titles.FORM_COLUMNS]).astype(TEXT)
    frame = frame.assign(file=sheet.file, sheet=sheet.name, row=frame.index)
    frame = _untranslated(frame, others)
    if table == "observations":
        frame, faults = _with_none(frame)
        problems += faults
    unfilled = 0
    if form:
        given = form.filled(frame, table)
        unfilled = len(frame) - len(given)
        frame, faults = form.completed(given, table)
        problems += faults
    problems += _not_to_be_seen(sheet, list(frame["row"]))
    return Body(frame.drop(columns=list(titles.FORM_COLUMNS)), problems, rows, heading.named, unfilled)


def _untranslated(frame: pd.DataFrame, others: Collection[str]) -> pd.DataFrame:
    """Return rows in which a text that need not be translated stands as in the first language that it has."""
    for name in (n for n in others if n in frame):
        told = [f"{name.rpartition('_')[0]}_{code}" for code in LANGUAGES]
        frame = frame.assign(**{name: frame[name].fillna(frame[told].bfill(axis=1).iloc[:, 0])})
    return frame


def _with_none(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows with 0 where the column beside the number says that there was none."""
    said, value = frame[titles.NONE], frame["value"]
    none = said.eq("0").fillna(False)
    problems = row_problems("not_choice", frame[said.notna() & ~none], titles.NONE, "0")
    both = none & value.notna() & value.ne("0").fillna(False)
    problems += row_problems("none_and_number", frame[both], "value", "0")
    return frame.assign(value=value.mask(none & value.isna(), "0")), problems


def _without_heading(sheet: Sheet, table: str) -> Body:
    """Return nothing but the problem: no row names the columns."""
    rows = sheet.cells.dropna(how="all")
    found = ", ".join(str(text) for text in rows.iloc[0].dropna()) if len(rows) else ""
    expected = ", ".join(schemas.TABLES[table].columns)
    problem = Problem("no_heading", sheet.file, row=1, found=found, expected=expected, sheet=sheet.name)
    return Body(None, [problem], len(rows))


def _above(sheet: Sheet, heading: Heading) -> list[Problem]:
    """Return the rows above the heading, which are not read."""
    rows = sheet.cells.dropna(how="all")
    return [
        Problem(
            "row_above",
            sheet.file,
            row=int(row),
            found=" ".join(texts.dropna()),
            severity="guess",
            sheet=sheet.name,
        )
        for row, texts in rows[rows.index < heading.row].iterrows()
    ]


def _guessed(sheet: Sheet, heading: Heading) -> list[Problem]:
    """Return the headings that were understood from a guess."""
    return [
        Problem(
            "guessed_heading",
            sheet.file,
            row=heading.rows.get(place, heading.row),
            found=text,
            expected=heading.columns[place],
            severity="guess",
            sheet=sheet.name,
        )
        for place, text in heading.guessed.items()
    ]


def _parted(sheet: Sheet, heading: Heading) -> list[Problem]:
    """Return the note that the heading stands in two rows, of which each names other columns."""
    if not heading.parted:
        return []
    found = ", ".join(heading.texts[place] for place in sorted(heading.rows))
    rows = f"{heading.row}–{heading.last}"
    return [
        Problem(
            "two_row_heading",
            sheet.file,
            row=heading.row,
            found=found,
            expected=rows,
            severity="guess",
            sheet=sheet.name,
        )
    ]


def _without_remarks(
    sheet: Sheet, heading: Heading, body: pd.DataFrame, supplied: Collection[str], known: Known | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows without the last ones that hold no data but remarks, such as who filled the table in.

    A remark lacks most of what a row must have, and nothing in it can be understood where a code, date
    or number is asked for.
    """
    if known is None:
        return body, []
    columns = schemas.TABLES[heading.table].columns
    required = {n for n, c in columns.items() if c.required and n not in supplied}
    faulty = {row for row, _ in sheet.errors.keys() | sheet.formulas.keys()}
    count = 0
    for place in range(len(body) - 1, max(len(body) - _TAIL, 0) - 1, -1):
        row, texts = body.index[place], body.iloc[place]
        held = {heading.columns.get(at, ""): str(text) for at, text in texts.dropna().items()}
        lacking = required - set(held)
        asked = [n for n in held if n in columns]
        stated = [n for n in asked if columns[n].kind != "text"]
        if (
            row in faulty
            or len(lacking) < min(_WHOLE, len(required))
            or (asked and not stated)
            or any(cells.understood(heading.table, n, held[n], known) for n in stated)
            or any(cells.sums_up(text) for text in held.values())
            or not any(re.search(r"[^\W\d_]{2}", text) for text in held.values())
        ):
            break
        count += 1
    if not count or count == len(body):
        return body, []
    remarks = body.iloc[-count:]
    found = "; ".join(" ".join(map(str, texts.dropna())) for _, texts in remarks.iterrows())
    found = prose.without_names(found)  # they are often signed
    problem = Problem(
        "remarks",
        sheet.file,
        row=int(remarks.index[0]),
        found=found,
        expected=worded(runs(list(remarks.index))),
        severity="warning",
        sheet=sheet.name,
    )
    return body.iloc[:-count], [problem]


def _not_to_be_seen(sheet: Sheet, rows: list[int]) -> list[Problem]:
    """Return the rows that are read though whoever looks at the sheet does not see them, or sees them cut."""
    told = (("hidden_rows", sheet.unseen), ("struck_rows", sheet.struck))
    return [
        Problem(
            code,
            sheet.file,
            row=min(these),
            expected=worded(runs(these)),
            severity="warning",
            sheet=sheet.name,
        )
        for code, marked in told
        if (these := sorted(marked & set(rows)))
    ]


def _repeated_columns(sheet: Sheet, heading: Heading) -> list[Problem]:
    """Return the columns that more than one heading names: which one counts cannot be told."""
    named = list(heading.columns.values())
    return [
        Problem("repeated_column", sheet.file, row=heading.row, column=column, sheet=sheet.name)
        for column in sorted({column for column in named if named.count(column) > 1})
    ]


def _unread_columns(sheet: Sheet, heading: Heading, body: pd.DataFrame) -> list[Problem]:
    """Return the columns with something in them that are not the table's, or have no heading at all."""
    columns = schemas.TABLES[heading.table].columns
    problems = []
    for place in body:
        if place in heading.columns or body[place].isna().all():
            continue
        if text := heading.texts.get(place):
            problem = Problem(
                "unknown_column",
                sheet.file,
                row=heading.rows.get(place, heading.row),
                column=text,
                found=text,
                expected=", ".join(columns),
                nearest=nearest(text, columns) or nearest(text, titles.spellings_of_columns(heading.table)),
                severity="warning",
                sheet=sheet.name,
            )
        else:
            first = body[place].dropna()
            problem = Problem(
                "no_column_name",
                sheet.file,
                row=int(first.index[0]),
                found=str(first.iloc[0]),
                expected=", ".join(columns),
                severity="warning",
                sheet=sheet.name,
            )
        problems.append(problem)
    return problems


def _missing_columns(sheet: Sheet, heading: Heading, supplied: Collection[str]) -> list[Problem]:
    """Return the columns that must be there and are not, but for those that a form supplies itself."""
    columns = schemas.TABLES[heading.table].columns
    there = {*heading.columns.values(), *supplied}
    others = [text for place, text in heading.texts.items() if place not in heading.columns]
    return [
        Problem(
            "missing_column",
            sheet.file,
            row=heading.row,
            column=name,
            found=", ".join(heading.texts.values()),
            expected=name,
            nearest=_missed(name, others),
            sheet=sheet.name,
        )
        for name, column in columns.items()
        if column.required and name not in there
    ]


def _missed(column: str, others: Collection[str]) -> str | None:
    """Return which of the headings that name no column is most like one that is missing."""
    named = [column, *(titles.column(column, code) for code in LANGUAGES)]
    return next((near for name in named if (near := nearest(name, others))), None)


def _unmerged(sheet: Sheet, heading: Heading, body: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows with the value of cells merged down in each of them; cells merged across are an error."""
    problems, body = [], body.copy()
    for top, left, bottom, right in sheet.merged:
        if top not in body.index or pd.isna(body.loc[top].get(left)):
            continue
        column = heading.columns.get(left, heading.texts.get(left))
        text = str(body.loc[top, left])
        if cells.sums_up(text):
            continue
        if left == right:
            body.loc[body.loc[top:bottom].dropna(how="all").index, left] = text
            problem = Problem(
                "filled_down",
                sheet.file,
                row=top,
                column=column,
                found=text,
                expected=f"{top}–{bottom}",
                severity="guess",
                sheet=sheet.name,
            )
        else:
            problem = Problem(
                "merged_cells", sheet.file, row=top, column=column, found=text, sheet=sheet.name
            )
        problems.append(problem)
    return body, problems


def _unreadable_cells(sheet: Sheet, heading: Heading) -> list[Problem]:
    """Return formulas without a value and errors of the spreadsheet, in columns that are read."""
    faults = [("formula_without_value", place, text) for place, text in sheet.formulas.items()]
    faults += [("cell_error", place, text) for place, text in sheet.errors.items()]
    return [
        Problem(code, sheet.file, row=row, column=heading.columns[column], found=text, sheet=sheet.name)
        for code, (row, column), text in faults
        if row > heading.last and column in heading.columns
    ]
