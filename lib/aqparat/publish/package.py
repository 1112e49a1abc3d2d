"""The prepared data as a Tabular Data Package: CSV files, and `datapackage.json` that says what is in them.

Data Package v1 (specs.frictionlessdata.io), which every tool reads. Its `title` and `description` are one
text each, in English here; `titles` and `descriptions` beside them hold all three languages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aqparat import disk
from aqparat.choices import LANGUAGES
from aqparat.data import titles
from aqparat.data.prepare import Tables
from aqparat.data.schemas import BATCH, KEY, KINDS, REFERENCE, TABLES, TOTAL
from aqparat.document.download import guarded_column
from aqparat.publish.manifest import write_json
from aqparat.words.inline import capital
from aqparat.words.language import Language
from aqparat.words.languages import language

RESOURCES = (*BATCH, *(t for t in REFERENCE if t != "union"))  # the union is the row TOTAL
_UNION = "union"  # the kind of the row TOTAL, which organisations.csv has so that every code leads somewhere
_UNITS = tuple(f"unit_{code}" for code in LANGUAGES)
_ADDED = {  # to the columns of the raw table
    "observations": {
        "low": "number",
        "high": "number",
        "counted": "count",
        "batch": "text",
        "sources": "text",
    },
    "indicators": {**dict.fromkeys(_UNITS, "text"), "sources": "text"},
}
_CODED = ("organisations", "outlets", "indicators")  # have a code a row
_KEYS = {"observations": KEY, "aliases": ["alias", "table"], **{name: ["code"] for name in _CODED}}
_ALWAYS = {"batch": "text", "sources": "text"}
_TYPES = {"date": "date", "number": "number", "count": "integer"}  # of Table Schema; the others are strings
_LEADS = {
    "organisation": "organisations",
    "organisation_or_total": "organisations",
    "outlet": "outlets",
    "indicator": "indicators",
}
_WRITTEN = 20_000  # lines written at once
_SEVERAL = "[A-Z]{3}(?: [A-Z]{3})*"


def write(folder: Path, tables: Tables) -> None:
    """Write the package of a period's prepared tables: every column of every raw table is in it.

    Item rows (`publications`) are in it as they are, and as the observations they count to. A text that a
    spreadsheet would take for a formula gets an apostrophe before it, which the description says; numbers
    and codes never do.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    tables : Tables
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = {code: language(code) for code in LANGUAGES}
    resources = []
    for name in RESOURCES:
        kinds = _kinds(name)
        frames = tables.publication_batches() if name == "publications" else [getattr(tables, name)]
        size, sha = 0, hashlib.sha256()
        path = folder / f"{name}.csv"
        with disk.naming(path), path.open("wb") as file:
            for content in _csv((_published(name, frame, tables, words) for frame in frames), kinds):
                file.write(content)
                sha.update(content)
                size += len(content)
        resources.append(_resource(name, size, sha.hexdigest(), kinds, words))
    period = tables.period
    package = {
        "profile": "tabular-data-package",
        "name": f"aqparat-{str(period).lower()}",
        "version": metadata.version("aqparat"),
        **_said("title", lambda w: _title(tables, w), words),
        **_said("description", lambda w: w.label("package.description"), words),
        **({"union": tables.union} if tables.union else {}),
        "resources": resources,
    }
    write_json(folder / "datapackage.json", package)


def _resource(
    name: str, size: int, sha: str, kinds: dict[str, str], words: dict[str, Language]
) -> dict[str, Any]:
    """Describe a file of the package."""
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        **_said("title", lambda w: titles.table(name, w.code), words),
        **_said("description", lambda w: w.label(f"package.table.{name}"), words),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(name, kinds, words),
    }


def _title(tables: Tables, words: Language) -> str:
    """Name the package; invented data are named so first of all."""
    period = capital(str(words.window(tables.period.window, "name")))
    title = capital(words.label("package.title", period=period))
    if union := words.union(tables.union):
        title = f"{union}: {words.label('package.title', period=period)}"
    return f"[{words.label('report.synthetic')}] {title}" if tables.synthetic else title


def _said(key: str, say: Callable[[Language], str], words: dict[str, Language]) -> dict[str, Any]:
    """Say one thing in English, as the standard has it, and in all languages beside."""
    told = {code: say(word) for code, word in words.items()}
    return {key: told["en"], f"{key}s": told}


def _kinds(name: str) -> dict[str, str]:
    """Return the columns of a resource and their kinds (`schemas.KINDS`)."""
    own = {c: column.kind for c, column in TABLES[name].columns.items()}
    always = {"sources": "text"} if name in REFERENCE else _ALWAYS
    return {**own, **_ADDED.get(name, always)}


def _published(name: str, frame: pd.DataFrame, tables: Tables, words: dict[str, Language]) -> pd.DataFrame:
    """Return a prepared table, or a part of it, in the order of rows and columns that is published."""
    if name == "observations":
        frame = frame.sort_values([*KEY, "batch"], kind="stable")
    if name in _CODED:
        frame = frame.rename_axis("code").reset_index()
    if name == "publications":
        frame = frame.assign(origins=frame["place"].astype(str) + frame["row"].astype(str))
    if name == "organisations":
        union = {
            f"name_{code}": tables.union.get(code) or word.label("union") for code, word in words.items()
        }
        total = pd.DataFrame([{"code": TOTAL, "kind": _UNION, **union, "successors": [], "origins": []}])
        frame = pd.concat([frame, total.reindex(columns=frame.columns)], ignore_index=True)
    if name == "indicators":
        for code, word in words.items():
            named = word.labels["package"]["unit"]
            frame = frame.assign(**{f"unit_{code}": frame["unit"].map(named).fillna(frame["unit"])})
    return frame.rename(columns={"origins": "sources"})


def _csv(frames: Iterable[pd.DataFrame], kinds: dict[str, str]) -> Iterator[bytes]:
    """Yield UTF-8 with LF, quotes where RFC 4180 asks for them, an empty cell for what is not known."""
    yield (",".join(kinds) + "\n").encode()
    for frame in frames:
        columns = [_quoted(_column(name, frame[name], kind)) for name, kind in kinds.items()]
        lines = pc.binary_join_element_wise(*columns, ",")
        for start in range(0, len(lines), _WRITTEN):
            yield ("\n".join(lines[start : start + _WRITTEN].to_pylist()) + "\n").encode()


def _quoted(cells: pd.Series[Any]) -> pa.Array:
    """Return cells as a CSV file has them."""
    try:
        texts = pa.array(cells, pa.string())
    except UnicodeEncodeError:  # half of a pair of surrogates is no character
        texts = pa.array([cell.encode("utf-8", "replace").decode() for cell in cells], pa.string())
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    special = pc.match_substring_regex(texts, '[",\n]')
    if not pc.any(special).as_py():
        return texts
    inner = pc.replace_substring(texts, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', inner, '"', ""), texts)


def _column(name: str, cells: pd.Series[Any], kind: str) -> pd.Series[Any]:
    if kind == "date":
        return pd.to_datetime(cells).dt.strftime("%Y-%m-%d").fillna("")
    if kind in _TYPES:
        numbers = cells.astype(float).replace(float("inf"), float("nan"))  # unbounded
        return numbers.astype(str).str.removesuffix(".0").where(numbers.notna(), "")
    if (kind == "organisations" or name == "sources") and not pd.api.types.is_string_dtype(cells):
        return cells.astype(object).str.join("|" if name == "sources" else " ").fillna("")
    texts = cells.astype(object).fillna("").astype(str)
    if texts.str.contains("\r", regex=False).any():
        texts = texts.str.replace("\r\n?", "\n", regex=True)
    return guarded_column(texts) if kind == "text" else texts


def _schema(name: str, kinds: dict[str, str], words: dict[str, Language]) -> dict[str, Any]:
    """Describe a resource by Table Schema."""
    schema: dict[str, Any] = {
        "fields": [_field(name, column, kind, words) for column, kind in kinds.items()],
        "missingValues": [""],
    }
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    keys = [
        {"fields": [c], "reference": {"resource": "" if _LEADS[k] == name else _LEADS[k], "fields": ["code"]}}
        for c, k in kinds.items()
        if k in _LEADS
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


def _field(name: str, column: str, kind: str, words: dict[str, Language]) -> dict[str, Any]:
    raw = TABLES[name].columns.get(column)
    field = {
        "name": column,
        "type": _TYPES.get(kind, "string"),
        "format": "default",
        **_said("title", lambda w: _heading(name, column, w), words),
    }
    if raw is None:
        field |= _said("description", lambda w: w.label(f"package.holds.{column.partition('_')[0]}"), words)
    else:
        field["description"] = raw.title
    if name == "observations" and column in ("value", "low", "high", "counted"):
        field |= _said("unit", lambda w: w.label("package.unit_of"), words)
    constraints = dict(_constraints(name, column, kind, raw))
    return {**field, "constraints": constraints} if constraints else field


def _heading(name: str, column: str, words: Language) -> str:
    if column in TABLES[name].columns:
        return titles.column(column, words.code)
    if column in _UNITS:
        return f"{titles.column('unit', words.code)} ({column.removeprefix('unit_')})"
    return words.label(f"package.column.{column}")


def _constraints(name: str, column: str, kind: str, raw: Any) -> Iterator[tuple[str, Any]]:
    """Return what must hold in a column, as the raw table's checks have it."""
    if raw is None:
        if kind in _TYPES:
            yield "minimum", 0
        elif column in ("batch", *_UNITS):
            yield "required", True
        return
    if raw.required:
        yield "required", True
    if raw.allowed:
        more = [_UNION] if (name, column) == ("organisations", "kind") else []
        yield "enum", [*raw.allowed, *more]
    elif kind == "organisations":
        yield "pattern", _SEVERAL
    elif (pattern := KINDS[kind].pattern) and kind not in _TYPES:
        yield "pattern", pattern + (f"|{TOTAL}" if kind == "organisation_code" else "")
    if raw.low is not None:
        yield "minimum", raw.low
