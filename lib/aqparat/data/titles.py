"""What tables, columns and choices are called in three languages, and which of those names are understood.

Forms write these titles and the intake reads them back, so both take them from `titles.toml` of each
language (`texts/`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aqparat.data import schemas
from aqparat.texts import texts, together

FORM = "form"  # the sheet that makes a workbook a form, by its code
CORRECTIONS = "corrections"  # the sheet of a form for figures of earlier periods: observations too
OWN_SHEETS = "_"  # the sheets of a form whose names begin so are the program's and hold no table
# Columns that only forms have and that are never read: what was reported last time, what a row stands for,
# what was reported of an earlier period. A row with anything there was written by the program.
PREVIOUS, MEANING, REPORTED = MARKS = ("previous", "meaning", "reported")
NONE = "none"  # the column of a form where "there was none" is said, beside the number
FORM_COLUMNS = (*MARKS, NONE)
# Columns that share their name with another column but not its choices.
_GROUPS = {("organisations", "kind"): "organisation_kind", ("aliases", "table"): "table"}


def table(name: str, language: str) -> str:
    """Return the title of a table."""
    return str(texts("titles", language)["tables"][name])


def tables(name: str) -> list[str]:
    """Return all that a table is or was called: its code, its titles, those of forms sent out before.

    The sheets of a form that hold it are among them.
    """
    current, former = together("titles")["tables"][name], _former("tables").get(name, {})
    sheets = [sheet(name)] if name in schemas.BATCH else []
    sheets += [sheet(CORRECTIONS)] if name == "observations" else []
    return [name, *current.values(), *sheets, *(text for texts in former.values() for text in texts)]


def column(name: str, language: str) -> str:
    """Return the heading of a column, the same in every table that has it."""
    return str(texts("titles", language)["columns"][name])


def sheet(name: str) -> str:
    """Return what a sheet of a form is called, in both languages of a form.

    Parameters
    ----------
    name : str
        A table of a batch, `FORM` or `CORRECTIONS`.
    """
    named = together("forms", ("kk", "ru"))["sheet_names"][name]
    return f"{named['kk']} · {named['ru']}"


def form_source(organisation: str) -> str:
    """Return what a row of an organisation's form has as its source where the form names none."""
    return f"{FORM} {organisation}"


def form_of(source: str) -> str:
    """Return the code of the organisation whose form a source is; of any other source nothing."""
    name, _, code = source.partition(" ")
    return code if name == FORM and code.isalpha() and code.isupper() else ""


def is_front(name: str) -> bool:
    """Return whether a sheet is the first one of a form, by its name now or that of forms sent out before."""
    return folded(name) in (FORM, folded(sheet(FORM)))


def columns() -> frozenset[str]:
    """Return the codes of all columns that have a title."""
    return frozenset(together("titles")["columns"])


def choice(column: str, value: str, language: str) -> str:
    """Return the name of a value of a choice column.

    Parameters
    ----------
    column : str
        The column; `organisation_kind` for `kind` of organisations.
    value, language : str
    """
    return str(texts("titles", language)["choices"][column][value])


def choices(table: str, column: str) -> dict[str, str]:
    """Return the drop-down texts of a column by value; nothing for a column without choices."""
    group = _named(table, column)
    return {value: both(named["kk"], named["ru"]) for value, named in group.items()}


def named(column: str, values: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the names by language of each value of a column that has just these to choose from.

    Nothing where the values have no names. Which table the column is of shows in its values.

    Examples
    --------
    >>> named("kind", ["oblast", "city"])["city"]["en"], named("kind", ["nothing"])
    ('city', {})
    """
    asked = [*values]
    for group in (column, *(g for (_, c), g in _GROUPS.items() if c == column)):
        held = together("titles")["choices"].get(group, {})
        if asked and {*asked} <= held.keys():
            return {value: held[value] for value in asked}
    return {}


def total() -> str:
    """Return what forms call the whole union where the organisation is asked for."""
    named = together("titles", ("kk", "ru"))["values"]["total"]
    return both(named["kk"], named["ru"])


def is_total(text: str) -> bool:
    """Return whether a text stands for the whole union: the code, or what forms and languages call it."""
    named = together("titles")["values"]["total"].values()
    return text == schemas.TOTAL or folded(text) in {folded(name) for name in (*named, total())}


def both(kk: str, ru: str) -> str:
    """Return a name in Kazakh and Russian as headings and drop-down lists show it."""
    kk, ru = " ".join(kk.split()), " ".join(ru.split())
    return kk if kk == ru else f"{kk} / {ru}"


def folded(text: str) -> str:
    """Return a title without case, extra spaces and the star of a required column, to be compared."""
    return " ".join(text.split()).removesuffix("*").rstrip().casefold()


def spellings_of_columns(table: str) -> dict[str, str]:
    """Return the code of its column by every folded heading of a table (titles, `kk / ru`, code).

    The columns that only forms have are among them for the tables of a batch.
    """
    names = [*schemas.TABLES[table].columns, *(FORM_COLUMNS if table in schemas.BATCH else [])]
    return _spellings({name: together("titles")["columns"][name] for name in names}, _former("columns"))


def other_headings(table: str) -> dict[str, str]:
    """Return the code of the column that other headings people write most likely mean."""
    own = schemas.TABLES[table].columns
    also = together("titles")["also"]
    return {folded(h): name for name in also if name in own for said in also[name].values() for h in said}


def spellings_of_choices(table: str, column: str) -> dict[str, str]:
    """Return the value by every folded name of a column's choices (titles, `kk / ru`, value)."""
    return _spellings(_named(table, column), _former("choices").get(_group(table, column), {}))


def _group(table: str, column: str) -> str:
    return _GROUPS.get((table, column), column)


def _named(table: str, column: str) -> dict[str, Any]:
    """Return the names of a column's choices, by value and language."""
    named: dict[str, Any] = together("titles")["choices"].get(_group(table, column), {})
    return named


def _former(group: str) -> dict[str, Any]:
    """Return what older forms, or lists of one's own, call otherwise: names, by code, language."""
    named: dict[str, Any] = together("titles")["former"].get(group, {})
    return named


def _spellings(titles: dict[str, dict[str, str]], former: dict[str, Any]) -> dict[str, str]:
    """Return spellings in which a code wins over a title spelled like it, and a title over a former one."""
    now = {folded(t): c for c, by in titles.items() for t in (*by.values(), both(by["kk"], by["ru"]))}
    before = {folded(t): c for c, by in titles.items() for t in _formerly(by, former.get(c, {}))}
    return {**before, **now, **{folded(code): code for code in titles}}


def _formerly(now: dict[str, str], former: dict[str, list[str]]) -> list[str]:
    """Return former names, each by itself and beside the other language's names as headings show them."""
    kk, ru = ([*former.get(code, []), now[code]] for code in ("kk", "ru"))
    alone = [text for texts in former.values() for text in texts]
    return [*alone, *(both(x, y) for x in kk for y in ru)] if former else []
