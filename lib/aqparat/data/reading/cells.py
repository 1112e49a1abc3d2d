"""What the text of a cell means: the ways people write dates, numbers, choices and names.

`mended` turns what can be understood into the one way the schemas know and leaves the rest as it was
found, for the schemas to judge. Each text is looked at once, however many cells hold it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd

from aqparat.choices import LANGUAGES
from aqparat.data import schemas, titles
from aqparat.data.origin import origins, places
from aqparat.data.reading.names import Names
from aqparat.problem import Problem, few, nearest

_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?: ?(?:г|ж)\.?)?(?: \d{1,2}:\d\d(?::\d\d)?)?")
_SHORT_YEAR = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2})")
_GROUPED = re.compile(r"[+-]?(?:\d+|\d{1,3}(?: \d{3})+)(?:[.,]\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_FEW = 3  # words that a number may be written in, such as "2500-ден астам"
_MINUS = str.maketrans("\u2212\u2012\u2013", "---")
_TOTALS = frozenset(
    [
        *("барлығы", "жиыны", "жалпы", "жалпы саны", "қорытынды", "итого", "всего", "итог"),
        *("total", "totals", "sum", "grand total"),
    ]
)
_EXCEL_START, _EXCEL_DAYS = date(1899, 12, 30), (20000, 80000)  # days of 1954 to 2119, as Excel counts them


@dataclass(frozen=True)
class Meaning:
    """What a text was understood to be: the text the schemas know, and whether that is a guess."""

    text: str
    guessed: bool = False


@dataclass(frozen=True)
class Known:
    """What the code columns may hold: the names of the three reference tables.

    Parameters
    ----------
    organisations, outlets, indicators : Names
    certain : frozenset of str
        Spellings that are no guess: codes and names as the reference tables have them.
    called : mapping of str to mapping
        Of each table its codes with their names, in the order of the languages.
    listed : mapping of str to tuple of (file, sheet)
        Where each table stands.
    """

    organisations: Names
    outlets: Names
    indicators: Names
    certain: frozenset[str]
    called: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    listed: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame]) -> Known:
        """Return the codes, names and aliases of the reference tables."""
        aliases = tables["aliases"].dropna(subset=["alias", "table", "code"])
        certain: set[str] = {schemas.TOTAL}
        names = {}
        for table in ("organisations", "outlets", "indicators"):
            named = tables[table].dropna(subset=["code"])
            spellings = []
            for row in named[["code", "name_kk", "name_ru", "name_en"]].fillna("").itertuples(index=False):
                both = titles.both(row.name_kk, row.name_ru)
                spellings += [(name, row.code) for name in (*row[1:], both) if name]
            certain |= {spelling for spelling, _ in spellings} | set(named["code"])
            other = aliases[aliases["table"] == table]
            spellings += list(zip(other["alias"], other["code"], strict=True))
            names[table] = Names.of(spellings, named["code"], generic=table == "organisations")
        called = {
            table: dict(
                zip(rows["code"], zip(*(rows[f"name_{c}"] for c in LANGUAGES), strict=True), strict=True)
            )
            for table in names
            for rows in [tables[table].dropna(subset=["code"]).fillna("")]
        }
        listed = {
            table: tuple(
                tables[table][["file", "sheet"]].drop_duplicates().itertuples(index=False, name=None)
            )
            for table in names
        }
        return cls(**names, certain=frozenset(certain), called=called, listed=listed)

    def nearest(self, table: str, text: str) -> dict[str, Any]:
        """Return of the codes of a table those that a text is most like, as a `Problem` has them.

        Where there are few, all; what they are called and where all of them stand.
        """
        spelt = {"organisations": self.organisations, "outlets": self.outlets, "indicators": self.indicators}
        codes = few(text, spelt[table].spelt)
        names = tuple(self.called[table][code] for code in codes)
        listed = self.listed[table] if len(codes) < len(spelt[table].codes) else ()
        return {"expected": ", ".join(codes), "names": names, "listed": listed}

    def names(self, kind: str) -> Names | None:
        """Return the names that a kind of column holds; None for a kind that holds no codes."""
        if kind.startswith("organisation") and kind != "organisation_code":
            return self.organisations
        return {"outlet": self.outlets, "indicator": self.indicators}.get(kind)


def mended(frame: pd.DataFrame, table: str, known: Known) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows in which every cell that can be understood is written the one way the schemas know.

    Parameters
    ----------
    frame : DataFrame
        Rows as found: text, with `file`, `sheet`, `row`.
    table : str
    known : Known

    Returns
    -------
    tuple of DataFrame and list of Problem
        The same rows, and what was guessed: one entry for each text, column and file.
    """
    out, guesses = {}, []
    for name, column in schemas.TABLES[table].columns.items():
        read = _reader(table, name, column, known)
        if read is None:
            continue
        meanings = {text: meaning for text in frame[name].dropna().unique() if (meaning := read(text))}
        changed = {t: m.text for t, m in meanings.items() if t != m.text}
        if changed:
            out[name] = frame[name].map(changed).fillna(frame[name])
        uncertain = [t for t, m in meanings.items() if m.guessed]
        if not uncertain:
            continue
        guessed = frame[name].isin(uncertain)
        firsts = frame.loc[guessed, ["file", "sheet", "row", name]].drop_duplicates(["file", "sheet", name])
        guesses += [
            Problem(
                "guessed_value",
                file,
                row=int(row),
                column=name,
                found=text,
                expected=meanings[text].text,
                severity="guess",
                sheet=sheet,
            )
            for file, sheet, row, text in firsts.itertuples(index=False)
        ]
    return frame.assign(**out) if out else frame, guesses


def meant(table: str, name: str, text: str, known: Known) -> str:
    """Return a text as the schemas have it where it can be understood, else as it is."""
    read = _reader(table, name, schemas.TABLES[table].columns[name], known)
    meaning = read(text) if read else None
    return meaning.text if meaning else text


def _reader(table: str, name: str, column: Any, known: Known) -> Callable[[str], Meaning | None] | None:
    kind = column.kind
    if kind == "date":
        return day
    if kind in ("number", "count"):
        return number
    if kind == "choice":
        return partial(_choice, _choices(table, name))
    if kind == "code":
        return partial(_code, Names.of(titles.spellings_of_choices(table, name).items(), ()))
    names = known.names(kind)
    if names is None:
        return None
    if kind == "organisations":
        return partial(_several, names, known.certain)
    return partial(_one, names, known.certain)


def understood(table: str, name: str, text: str, known: Known) -> bool:
    """Return whether a text is, or is like, what a column of a table holds."""
    column = schemas.TABLES[table].columns[name]
    kind, allowed = column.kind, column.allowed
    if kind == "date":
        return bool(day(text) or likely_day(text) or re.search(r"\b(?:19|20)\d\d\b", text))
    if kind in ("number", "count"):
        return bool(re.search(r"\d", text)) and len(text.split()) <= _FEW
    if kind in ("code", "measure_code", "text"):
        return len(text.split()) <= 1
    names = known.names(kind)
    if names is None:
        return _choice(_choices(table, name), text) is not None or nearest(text, allowed) is not None
    return bool(names.meant(text)) or nearest(text, [*names.codes, *names.exact]) is not None


def day(text: str) -> Meaning | None:
    """Return the date in a text: `2017-02-23`, `23.02.2017`, with a time or without.

    A day and month with slashes is taken as day first, the way of the country, and is a guess.
    """
    if match := _ISO.fullmatch(text):
        year, month, day_ = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day_, month, year = int(match[1]), int(match[3]), int(match[4])
    else:
        return None
    try:
        slashed = "/" in text and day_ <= 12 and day_ != month and not _ISO.fullmatch(text)
        return Meaning(date(year, month, day_).isoformat(), guessed=slashed)
    except ValueError:
        return None


def likely_day(text: str) -> str | None:
    """Return the date that a text may have meant: a year of two digits, the month first, Excel's days."""
    if match := _SHORT_YEAR.fullmatch(text):
        meant = day(f"{match[1]}.{match[2]}.20{match[3]}")
        return meant.text if meant else None
    if match := _DAY_FIRST.fullmatch(text):  # the month stands first
        meant = day(f"{match[3]}.{match[1]}.{match[4]}")
        return meant.text if meant else None
    if re.fullmatch("[0-9]{5}", text) and _EXCEL_DAYS[0] < int(text) < _EXCEL_DAYS[1]:
        return (_EXCEL_START + timedelta(days=int(text))).isoformat()
    return None


def fault_of_day(text: str) -> tuple[str, str]:
    """Return what is wrong with a text that is no date of the tables, and what was expected.

    Returns
    -------
    tuple of str
        `no_such_day` and the last day of the month; `no_such_month`; `year_out_of_range` and the years
        allowed; `not_date` where it is not written as a date at all.
    """
    if match := _ISO.fullmatch(text):
        year, month, day_ = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day_, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _SHORT_YEAR.fullmatch(text):
        day_, month, year = int(match[1]), int(match[2]), 2000 + int(match[3])
    else:
        return "not_date", ""
    if not 1 <= month <= 12:
        return "no_such_month", str(month)
    if not 1900 <= year < 2100:
        return "year_out_of_range", "1900–2099"
    last = monthrange(year, month)[1]
    return ("not_date", "") if 1 <= day_ <= last else ("no_such_day", f"{year}-{month:02}-{last}")


def number(text: str) -> Meaning | None:
    """Return the number in a text: `1234.5`, `1 234,5`, with ordinary, narrow or no-break spaces.

    A comma or point before just three digits may part thousands or decimals: such a text is left as it is.
    """
    plain = _SPACES.sub(" ", text).translate(_MINUS).strip()
    if _ENGLISH.fullmatch(plain):
        return Meaning(plain.replace(",", ""), guessed=True)
    if not plain.isascii() or not _GROUPED.fullmatch(plain) or is_ambiguous(plain):
        return None
    whole = plain.replace(" ", "").replace(",", ".").lstrip("+")
    return Meaning(re.sub(r"\.0+$", "", whole))


def is_ambiguous(text: str) -> bool:
    """Return whether a comma or point in a number may part thousands or decimals."""
    return re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", _SPACES.sub(" ", text).strip()) is not None


def _choices(table: str, column: str) -> Names:
    allowed = schemas.TABLES[table].columns[column].allowed
    return Names.of(titles.spellings_of_choices(table, column).items(), allowed)


def _choice(names: Names, text: str) -> Meaning | None:
    folded = titles.folded(text)
    if text in names.codes or folded in names.exact:
        return Meaning(text if text in names.codes else names.exact[folded])
    meant = names.meant(text)
    return Meaning(meant.pop(), guessed=True) if len(meant) == 1 else None


def _code(names: Names, text: str) -> Meaning:
    """Return a code, of which forms offer some by name, such as "на казахском" for kk."""
    small = text.casefold()
    return _choice(names, text) or Meaning(small, guessed=text != small)


def _one(names: Names, certain: frozenset[str], text: str) -> Meaning | None:
    if titles.is_total(text):
        return Meaning(schemas.TOTAL)
    meant = names.meant(text)
    return Meaning(meant.pop(), guessed=text not in certain) if len(meant) == 1 else None


def _several(names: Names, certain: frozenset[str], text: str) -> Meaning | None:
    """Return the codes in a list of names: parted by commas or semicolons, or codes parted by spaces."""
    whole = _one(names, certain, text)
    if whole:
        return whole
    parts = [p.strip() for p in re.split("[,;\n]" if re.search("[,;\n]", text) else r"\s", text) if p.strip()]
    read = [_one(names, certain, part) for part in parts]
    found = [m for m in read if m]
    if len(found) < len(read):
        return None
    return Meaning(" ".join(m.text for m in found), guessed=any(m.guessed for m in found))


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return mended text as dates, numbers, codes and lists of codes; the origin is one column.

    Parameters
    ----------
    frame : DataFrame
        Mended rows. A date or number that is none becomes unknown: the schemas have judged it.
    table : str

    Returns
    -------
    DataFrame
        The table's columns, `batch` and `origins` (list of one); of a register, which may have a million
        rows, `place` and `row` instead: what stands before the row in an origin, and the row.
    """
    out: dict[str, Any] = {}
    for name, column in schemas.TABLES[table].columns.items():
        kind, cells = column.kind, frame[name]
        if kind == "date":
            dates = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
            out[name] = dates.astype("datetime64[us]")
        elif kind in ("number", "count"):
            out[name] = pd.to_numeric(cells, errors="coerce").astype(float)
        elif kind == "organisations":
            out[name] = cells.fillna("").str.split()
        else:
            out[name] = cells.fillna("").astype(str)
    made = pd.DataFrame(out, index=frame.index).assign(batch=frame["batch"].astype(str))
    if table == "publications":
        return made.assign(place=places(frame).astype("category"), row=frame["row"].astype("int64"))
    return made.assign(origins=origins(frame).to_numpy(dtype=object).reshape(-1, 1).tolist())


def totals(frame: pd.DataFrame, table: str) -> pd.Series[bool]:
    """Return which rows sum up others: "Итого" or the like where a code, date or choice should be."""
    summing = pd.Series(False, index=frame.index)
    for name, column in schemas.TABLES[table].columns.items():
        if column.kind not in ("text", "number", "count"):
            texts = [t for t in frame[name].dropna().unique() if t != schemas.TOTAL]
            summing |= frame[name].isin([t for t in texts if sums_up(t)])
    return summing


def sums_up(text: str) -> bool:
    """Return whether a text names a row that sums up others."""
    return titles.folded(text.rstrip(" :.")) in _TOTALS
