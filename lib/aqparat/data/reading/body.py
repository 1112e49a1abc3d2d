"""The body of a sheet: the rows of a table below its heading, and what is wrong with the sheet itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from aqparat.data import schemas, titles
from aqparat.data.reading import cells, headings
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.sheet import TEXT, Sheet
from aqparat.data.reading.submitted import SubmittedForm
from aqparat.data.reading.validation import row_problems
from aqparat.problem import Problem, nearest


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
    """

    frame: pd.DataFrame | None
    problems: list[Problem]
    rows: int


def rows_of(sheet: Sheet, table: str, form: SubmittedForm | None) -> Body:
    """Return the rows of a table in a sheet and what is wrong with the sheet.

    Parameters
    ----------
    sheet : Sheet
    table : str
        One of `schemas.TABLES`.
    form : SubmittedForm or None
        The form that the sheet is of, if it is one.
    """
    heading = headings.find(sheet, table)
    if heading is None:
        return _without_heading(sheet, table)
    problems = [*_above(sheet, heading), *_guessed(sheet, heading)]
    body, merged = _unmerged(sheet, heading, sheet.cells[sheet.cells.index > heading.last])
    body = body.dropna(how="all")
    problems += merged
    if repeated := _repeated_columns(sheet, heading):
        return Body(None, problems + repeated, len(body))
    problems += _unread_columns(sheet, heading, body)
    if missing := _missing_columns(sheet, heading, form.supplies if form else ()):
        return Body(None, problems + missing, len(body))
    problems += _unreadable_cells(sheet, heading)
    frame = body.rename(columns=heading.columns)
    frame = frame.reindex(columns=[*schemas.TABLES[table].columns, *titles.FORM_COLUMNS]).astype(TEXT)
    frame = frame.assign(file=sheet.file, sheet=sheet.name, row=frame.index)
    if table == "observations":
        frame, faults = _with_none(frame)
        problems += faults
    if form:
        frame, faults = form.completed(frame, table)
        problems += faults
    return Body(frame.drop(columns=list(titles.FORM_COLUMNS)), problems, len(body))


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
            row=heading.row,
            found=text,
            expected=heading.columns[place],
            severity="guess",
            sheet=sheet.name,
        )
        for place, text in heading.guessed.items()
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
                row=heading.row,
                column=text,
                found=text,
                expected=", ".join(columns),
                nearest=nearest(text, columns),
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
            nearest=nearest(name, others),
            sheet=sheet.name,
        )
        for name, column in columns.items()
        if column.required and name not in there
    ]


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
    faults += [("cell_error", place, text) for place, text in sheet.errors().items()]
    return [
        Problem(code, sheet.file, row=row, column=heading.columns[column], found=text, sheet=sheet.name)
        for code, (row, column), text in faults
        if row > heading.last and column in heading.columns
    ]
