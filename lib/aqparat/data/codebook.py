"""The codebook `data/README.md`, made from the schemas (`make codebook`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from aqparat.data import schemas
from aqparat.disk import outside_raw, put
from aqparat.settings import defaults

_HEAD = """\
# The data

*Made from the schemas by `make codebook`; do not edit by hand.*

`raw/` is what was handed in and is never changed by the program. `raw/reference/` holds what outlives
a period; `raw/<period>/` (such as `raw/2017H1/`) holds the batch handed in for a half-year. A table is
a CSV file with a heading row, or a sheet of the same name in an Excel (`.xlsx`) or OpenDocument (`.ods`)
workbook; several files of one batch may supply the same table (`publications.csv`,
`publications-ABC.csv`, `ABC.xlsx`): they are put one below the other. The order of columns is
free. **An empty cell means "not known", never 0.** A report reads every batch up to and including its
period.

`settings.toml` beside `raw/`, optional, holds the house's own choices (see the end).
`processed/<period>/` holds the prepared tables as Parquet. It can be deleted at any time and comes back.

UTF-8 is best; UTF-16, KZ-1048 and cp1251 are understood, as are `;` and tabs between cells, dates such as
`23.02.2017`, numbers such as `1 234,5`, headings in Kazakh, Russian or English, and organisations, outlets,
indicators and choices by code, name in any of the languages, or alias; names in Kazakh also in its Latin
alphabets (`Qarağandy oblysy`). What was understood from a guess is listed in `reports/<period>/quality/`.
`40,000` and `40.000` may be two numbers and are an error. A table that is HTML or text under the name of an
Excel file is read; so is a workbook not quite as Excel saves it. Hidden rows and rows struck through are
read, with a warning (not seen in `.xls`, nor of rows struck through in `.ods`). Remarks below a table are
left out, with a warning. Of files that systems leave (names with `.` or `~$` first, `Thumbs.db`,
`desktop.ini`) nothing is said.

A workbook with a sheet `Нысан · Форма` (of forms sent out before: `form`) is a form (`aqparat form`): it
gives the organisation, the period and the day it was filled in; in it an empty organisation is the form's
own, an empty qualifier means exact, and a mark in the column `none` means 0. Its sheet of corrections holds
observations too, of earlier dates. Where the form says that the organisation's register of publications is
complete, an outlet of `outlets` without a row in it, and a channel without an outlet there, had 0 items in
the period; that is not taken from a register without a row, or with fewer rows than a figure of the same
outlet.

Of several forms that an organisation has filled in for one period none is preferred: it is an error that
names the files and their days, and one must go. A form of another period, made for another organisation, or
filled in once more with last time's rows is an error too. A form that is locked, damaged or saved as CSV
counts as sent, not read; whose it is, the name of the file says (`ABC.xlsx`).

Texts hold roles, never names of persons: what looks like a name with initials gets a warning, and so does a
text with lost letters. No message repeats such a name in full.

Of a measure that stands in several batches the latest row counts; an empty `due`, `target` or `indicator`
there is as it was before.

Names and texts in a language that is not among `report.languages` of the settings need not be there; such a
column then holds the text of the first language that has one.

In the tables below, columns in **bold** must be there and must not be empty.
"""

_KINDS = {
    "text": "text",
    "organisation_code": "three capital letters",
    "code": "lower-case letters and digits, joined by hyphens or underscores",
    "measure_code": "letters, digits, `.`, `-`, `_`",
    "iso": "such as KZ-11 or KG-GB",
    "date": "date, `2017-02-23`",
    "count": "whole number, 0 or more",
    "number": "number, `1234.5`",
    "organisation": "code or alias of an organisation",
    "organisation_or_total": "code or alias of an organisation, or `TOTAL` for the whole union",
    "organisations": "codes of organisations, separated by spaces",
    "outlet": "code or alias of an outlet",
    "indicator": "code of an indicator",
}

_TAIL = """\
## Qualifiers

| qualifier | 60 means |
| --- | --- |
| exact | 60 |
| more_than | 61 or more |
| at_least | 60 or more |
| about | 57 to 63 (5 % either way, or as `bounds.about` of the settings has it) |
| at_most | 0 to 60 |
| less_than | 0 to 59 |

## Topics of highlights

`note` says what is odd about the data; `active` and `activated` list organisations; `site`, `subscription`,
`press`, `broadcast`, `legal_page`, `print`, `training` go into the section of that name.

## `settings.toml`

Only what is to be another number than in the program, in TOML:

```toml
[completeness]
due_days = 20
```

A setting that is not known, or cannot be, is an error. `lib/aqparat/settings.toml` says what each is for.

| setting | the program's |
| --- | --- |
"""


def codebook() -> str:
    """Return the codebook as Markdown."""
    parts = [_HEAD]
    for folder, tables in (("reference", schemas.REFERENCE), ("<period>", schemas.BATCH)):
        parts.append(f"## `raw/{folder}/`\n")
        parts += [_table(name, schema) for name, schema in tables.items()]
    own = [f"| `{key}` | {_setting(value)} |\n" for key, value in defaults().flat().items()]
    return "\n".join([*parts, _TAIL]) + "".join(own)


def _setting(value: Any) -> str:
    return ", ".join(f"`{part}`" for part in value) if isinstance(value, list) else f"`{value}`"


def _table(name: str, schema: Any) -> str:
    lines = [f"### {name}", "", f"{schema.title}.", "", "| column | holds | values |", "| --- | --- | --- |"]
    for column, described in schema.columns.items():
        shown = f"**{column}**" if described.required else column
        lines.append(f"| {shown} | {described.title} | {_values(described)} |")
    return "\n".join([*lines, ""])


def _values(column: Any) -> str:
    allowed = column.allowed
    return ", ".join(f"`{a}`" for a in allowed) if allowed else _KINDS[column.kind]


if __name__ == "__main__":
    put(outside_raw(Path(sys.argv[1])), codebook())
