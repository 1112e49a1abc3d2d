"""The body of a sheet: the rows of a table below its heading, and what is wrong with the sheet itself."""

from __future__ import annotations

import pandas as pd

from aqparat.data import cells, headings, schemas, titles
from aqparat.data.filled import FilledForm
from aqparat.data.sheets import TEXT, Sheet
from aqparat.problem import Problem, nearest


def rows_of(
    sheet: Sheet, table: str, form: FilledForm | None
) -> tuple[pd.DataFrame | None, list[Problem], int]:
    """Give the rows of a table in a sheet, what is wrong with the sheet, and how many rows it has."""
    file = sheet.file
    columns = schemas.TABLES[table].columns
    expected = ", ".join(columns)
    heading = headings.find(sheet, table)
    filled = sheet.cells.dropna(how="all")
    if heading is None:
        found = ", ".join(str(text) for text in filled.iloc[0].dropna()) if len(filled) else ""
        return (
            None,
            [Problem("no_heading", file, 1, None, found, expected, None, "error", sheet.name)],
            len(filled),
        )
    problems = [
        Problem(
            "row_above", file, int(row), None, " ".join(cells_.dropna()), severity="guess", sheet=sheet.name
        )
        for row, cells_ in filled[filled.index < heading.row].iterrows()
    ]
    problems += [
        Problem(
            "guessed_heading",
            file,
            heading.row,
            None,
            text,
            heading.columns[place],
            None,
            "guess",
            sheet.name,
        )
        for place, text in heading.guessed.items()
    ]
    body = sheet.cells[sheet.cells.index > heading.last]
    body, merged = _unmerged(sheet, heading, body)
    problems += merged
    body = body.dropna(how="all")
    known = list(heading.columns.values())
    repeated = sorted({c for c in known if known.count(c) > 1})
    if repeated:
        told = [Problem("repeated_column", file, heading.row, c, sheet=sheet.name) for c in repeated]
        return None, problems + told, len(body)
    for place in body:
        text = heading.texts.get(place)
        if place in heading.columns or body[place].isna().all():
            continue
        if text is None:
            first = body[place].dropna()
            problems.append(
                Problem(
                    "no_column_name",
                    file,
                    int(first.index[0]),
                    None,
                    str(first.iloc[0]),
                    severity="warning",
                    sheet=sheet.name,
                )
            )
        else:
            near = nearest(text, columns)
            problems.append(
                Problem(
                    "unknown_column", file, heading.row, text, text, expected, near, "warning", sheet.name
                )
            )
    supplied = form.supplies if form else ()
    missing = [c for c in columns if c not in known and columns[c].required and c not in supplied]
    if missing:
        texts = ", ".join(heading.texts.values())
        near_to = [t for p, t in heading.texts.items() if p not in heading.columns]
        told = [
            Problem(
                "missing_column", file, heading.row, c, texts, c, nearest(c, near_to), "error", sheet.name
            )
            for c in missing
        ]
        return None, problems + told, len(body)
    problems += _unreadable_cells(sheet, heading)
    frame = body.rename(columns=heading.columns)
    frame = frame.reindex(columns=[*columns, titles.PREVIOUS]).astype(TEXT)
    frame = frame.assign(file=file, sheet=sheet.name, row=frame.index)
    rows = len(frame)
    if form:
        frame, told = form.completed(frame, table)
        problems += told
    return frame.drop(columns=titles.PREVIOUS), problems, rows


def _unmerged(
    sheet: Sheet, heading: headings.Heading, body: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem]]:
    """Write the value of cells merged down a column into each of them; cells merged across are an error."""
    problems, body = [], body.copy()
    for top, left, bottom, right in sheet.merged:
        if top not in body.index or pd.isna(body.loc[top].get(left)):
            continue
        column = heading.columns.get(left, heading.texts.get(left))
        found = str(body.loc[top, left])
        if cells.sums_up(found):
            continue
        if left == right:
            body.loc[body.loc[top:bottom].dropna(how="all").index, left] = found
            problems.append(
                Problem(
                    "filled_down",
                    sheet.file,
                    top,
                    column,
                    found,
                    f"{top}–{bottom}",
                    None,
                    "guess",
                    sheet.name,
                )
            )
        else:
            problems.append(Problem("merged_cells", sheet.file, top, column, found, sheet=sheet.name))
    return body, problems


def _unreadable_cells(sheet: Sheet, heading: headings.Heading) -> list[Problem]:
    """Report formulas without a value and errors of the spreadsheet, in columns that are read."""
    found = [("formula_without_value", place, text) for place, text in sheet.formulas.items()]
    found += [("cell_error", place, text) for place, text in sheet.errors().items()]
    return [
        Problem(code, sheet.file, row, heading.columns[column], text, sheet=sheet.name)
        for code, (row, column), text in found
        if row > heading.last and column in heading.columns
    ]
