"""The validation of one table's cells: by its schema, then against the known codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import pandas as pd

from aqparat.data import schemas, titles
from aqparat.data.reading import cells
from aqparat.data.reading.cells import Known
from aqparat.data.reading.names import Names, contradict
from aqparat.data.schemas import Column, Table
from aqparat.problem import Problem, likeness, nearest
from aqparat.runs import runs, worded

_APART = 0.1  # by so much the name that is hinted at is more like the text than any other (0 to 1)
ADDRESS = r"https?://\S+$"
_SPANS = (("start", "end"), ("valid_from", "valid_to"))
MOST = 50  # like problems of one column told one by one; the rest of them together


def validate(frame: pd.DataFrame, table: Table, known: Known) -> list[Problem]:
    """Return every wrong cell of a table whose cells have been mended.

    Parameters
    ----------
    frame : DataFrame
        Mended text, with `file`, `sheet`, `row`.
    table : Table
    known : Known

    Returns
    -------
    list of Problem
    """
    if frame.empty:
        return []
    problems = list(_wrong_cells(frame, table))
    for name, column in table.columns.items():
        names = known.names(column.kind)
        if names is not None:
            problems += _unknown_codes(frame, name, column.kind, known)
    if {"qualifier", "value"} <= set(table.columns):
        nothing = (frame["qualifier"] == "less_than") & (pd.to_numeric(frame["value"], errors="coerce") <= 0)
        problems += row_problems("range", frame[nothing.fillna(False)], "value", "≥ 1")
    for first, last in _SPANS:
        if {first, last} <= set(table.columns):
            late = (frame[last] < frame[first]).fillna(False)
            late &= _is_day(frame[last]) & _is_day(frame[first])
            for start, part in frame[late].groupby(first):
                problems += row_problems("end_before_start", part, last, str(start))
    return problems


def row_problems(
    code: str,
    rows: pd.DataFrame,
    column: str | None = None,
    expected: str = "",
    near: Callable[[str], str | None] | None = None,
    severity: str = "error",
    among: Callable[[str], dict[str, Any]] | None = None,
) -> list[Problem]:
    """Return a problem for each of some rows; beyond `MOST` in one file the rest in one.

    Parameters
    ----------
    code, column, expected, severity
        As in `Problem`.
    rows : DataFrame
        With `file`, `sheet`, `row` and the column.
    near : callable, optional
        Gives the nearest right value for what was found.
    among : callable, optional
        Gives what is expected for what was found, as `Known.nearest` does.
    """
    problems: list[Problem] = []
    if rows.empty:
        return problems
    for (file, sheet), part in rows.groupby(["file", "sheet"], sort=False):
        of = partial(Problem, file=str(file), column=column, severity=severity, sheet=str(sheet))
        texts = part[column] if column in part else pd.Series(None, index=part.index, dtype=object)
        for row, text in list(zip(part["row"], texts, strict=True))[:MOST]:
            found = None if pd.isna(text) else str(text)
            nearby = near(found) if near and found else None
            told = among(found) if among and found else {"expected": expected}
            problems.append(of(code, row=int(row), found=found, nearest=nearby, **told))
        if len(part) > MOST:
            rest = part["row"].iloc[MOST:]
            problems.append(
                of("more", row=int(rest.min()), found=str(len(rest)), expected=worded(runs(rest)))
            )
    return problems


def is_address(text: str) -> bool:
    """Return whether a text is the address of a page."""
    return re.match(ADDRESS, text) is not None


def _is_day(texts: pd.Series[Any]) -> pd.Series[bool]:
    return texts.isin([t for t in texts.dropna().unique() if schemas.is_date(t)])


def _wrong_cells(frame: pd.DataFrame, table: Table) -> Iterator[Problem]:
    """Find what is empty, repeated or not of its kind; each distinct text of a column is looked at once."""
    unique = [name for name in table.unique if name in frame]
    repeated = frame.duplicated(unique, keep=False) if unique else None
    for name, column in table.columns.items():
        if name not in frame:
            continue
        texts = frame[name]
        if column.required:
            empty = texts.isna()
            if empty.any():
                yield from _cases("empty_cell", frame[empty], name, column)
        if name in unique and repeated is not None and repeated.any():
            yield from _cases("repeated_key", frame[repeated & texts.notna()], name, column)
            texts = texts[~repeated]
        different = texts.dropna().unique()
        wrong = {text for text in different if not column.fits(text)}
        small = {text for text in different if text not in wrong and not column.reaches(text)}
        taken = {text for text in different if text not in wrong and not column.is_free(text)}
        for code, found in ((f"not_{column.kind}", wrong), ("range", small), ("reserved_code", taken)):
            if found:
                yield from _cases(code, frame.loc[texts.index[texts.isin(found)]], name, column)


def _cases(code: str, rows: pd.DataFrame, name: str, column: Column) -> list[Problem]:
    if rows.empty:
        return []
    near: Callable[[str], str | None] | None = None
    if column.allowed:
        called = titles.named(name, column.allowed)
        spelled = {text: value for value, by in called.items() for text in by.values()}
        near = partial(_meant, {**spelled, **{value: value for value in column.allowed}})
    elif code == "not_date":
        faults = rows[name].fillna("").map(cells.fault_of_day)
        return [
            problem
            for code, expected in faults.unique()
            for problem in row_problems(
                code, rows[faults == (code, expected)], name, expected, cells.likely_day
            )
        ]
    elif code == "not_code" and (named := titles.spellings_of_choices("", name)):
        return row_problems(
            code, rows, name, ", ".join(dict.fromkeys(named.values())), partial(_meant, named)
        )
    if code in ("not_number", "not_count"):
        texts = rows[name].fillna("")
        unclear = texts.map(cells.is_ambiguous)
        in_words = texts.str.contains(r"\d") & ~unclear & ~texts.str.contains(r"^[\d., -]+$")
        return [
            *row_problems("unclear_number", rows[unclear], name),
            *row_problems("worded_number", rows[in_words], name),
            *row_problems(code, rows[~unclear & ~in_words], name),
        ]
    expected = f"≥ {column.low:g}" if code == "range" else ", ".join(column.allowed)
    return row_problems(code, rows, name, expected, near)


def _meant(named: Mapping[str, str], text: str) -> str | None:
    """Return the code whose name is most like a text."""
    best = nearest(text, named)
    return named[best] if best else None


def _near(text: str, likely: list[str], names: Names) -> str | None:
    """Return the code or name most like a text; None where a name of something else is almost as like it."""
    if text == schemas.TOTAL:
        return None
    fitting = [name for name in likely if not contradict(text, name)]
    best = nearest(text, fitting)
    if best is None or best in names.codes or best == schemas.TOTAL:
        return best
    others = [name for name in fitting if names.meant(name) != names.meant(best)]
    second = nearest(text, others)
    return best if second is None or likeness(text, best) - likeness(text, second) >= _APART else None


def _unknown_codes(frame: pd.DataFrame, name: str, kind: str, known: Known) -> list[Problem]:
    """Return what is no code, name or alias of the table, or may be that of several."""
    names = known.names(kind)
    assert names is not None
    allowed = names.codes | {schemas.TOTAL} if kind == "organisation_or_total" else names.codes
    held = frame[["file", "sheet", "row", name]].dropna(subset=[name])
    if kind == "organisations":
        held = held.assign(**{name: held[name].str.split(r"[,;\s]+", regex=True)}).explode(name)
        held = held[held[name] != ""]
    held = held[~held[name].isin(allowed)]
    if held.empty:
        return []
    several = {t: m for t in held[name].unique() if len(m := names.meant(t)) > 1}
    problems = []
    for text, meant in several.items():
        problems += row_problems("ambiguous_name", held[held[name] == text], name, ", ".join(sorted(meant)))
    what = "organisation" if kind.startswith("organisation") else kind
    likely = [*sorted(allowed), *sorted(names.exact)]  # of two that are as near, the code
    near = {t: _near(t, likely, names) for t in held[name].unique()}
    rest = held[~held[name].isin(list(several))]
    among = cache(partial(known.nearest, f"{what}s"))
    return problems + row_problems(f"unknown_{what}", rest, name, near=near.get, among=among)
