"""The facts of a period, computed once and kept beside its prepared tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from aqparat import passing
from aqparat.data.precedence import Precedence
from aqparat.data.schemas import TOTAL
from aqparat.data.store import Store, digest_of
from aqparat.memory import afterwards, recalled
from aqparat.metrics.collection import collect
from aqparat.metrics.facts import Fact, Facts
from aqparat.period import Window

_PACKAGES = ("numpy", "pandas", "scipy")  # whose versions may change the last bits of a number
_DAYS = ("start", "end", "base_start", "base_end")
_TEXTS = ("id", "metric", "indicator", "organisation", "outlet", "channel", "qualifier", "unit")
_NUMBERS = ("value", "low", "high", "interval_low", "interval_high")
_LISTS = ("origins", "inputs")
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.float64()) for name in _NUMBERS),
        *((name, pa.date32()) for name in _DAYS),
        *((name, pa.list_(pa.string())) for name in _LISTS),
    ]
)


def facts(store: Store, organisation: str | None = None, union: Facts | None = None) -> Facts:
    """Return the facts of a period: those kept under the same stamp, else computed and kept.

    Parameters
    ----------
    store : Store
    organisation : str, optional
        Code of an organisation whose own figures of all windows are added, for its own report.
    union : Facts, optional
        Those without any organisation's, where they are at hand.
    """
    found = list(union) if union else _kept(store, "facts", None, lambda: collect(store.tables))
    precedence = Precedence.of(store.tables)
    if organisation is None:
        return Facts(found, precedence)
    known = {fact.id for fact in found}

    def more() -> Iterator[Fact]:
        return (
            f for f in collect(store.tables, history=True) if f.id not in known and f.organisation != TOTAL
        )

    return Facts([*found, *_kept(store, "history", organisation, more)], precedence)


def _kept(
    store: Store, name: str, organisation: str | None, compute: Callable[[], Iterable[Fact]]
) -> list[Fact]:
    """Read facts, of one organisation or all; where they are not up to date, compute and keep them."""
    path, stamp = store.folder / f"{name}.parquet", _stamp(store)
    return recalled((path, stamp, organisation), lambda: _read(path, stamp, organisation, compute))


def _read(
    path: Path, stamp: bytes, organisation: str | None, compute: Callable[[], Iterable[Fact]]
) -> list[Fact]:
    with suppress(OSError, ValueError):
        if (kept := parquet.read_schema(path).metadata) and kept.get(b"stamp") == stamp:
            wanted = None if organisation is None else [("organisation", "==", organisation)]
            return list(map(_fact, parquet.read_table(path, filters=wanted).to_pylist()))
    found = list(compute())

    def save() -> None:
        with suppress(OSError):  # it is only kept to be quicker the next time
            _save(found, path, stamp)

    afterwards(save)
    return [fact for fact in found if organisation in (None, fact.organisation)]


def _stamp(store: Store) -> bytes:
    """Digest all that facts depend on: the tables, the code of this folder, the packages that compute."""
    return hashlib.sha256(json.dumps([store.stamp, *_program()]).encode()).hexdigest().encode()


@cache
def _program() -> tuple[str, dict[str, str]]:
    return digest_of(Path(__file__).parent), {name: metadata.version(name) for name in _PACKAGES}


def _save(found: list[Fact], path: Path, stamp: bytes) -> None:
    columns: dict[str, list[Any]] = {name: [] for name in _SCHEMA.names}
    for fact in found:
        for name in (*_TEXTS, *_NUMBERS, *_LISTS):
            columns[name].append(getattr(fact, name))
        for name, window in (("", fact.window), ("base_", fact.base)):
            columns[f"{name}start"].append(window and window.start)
            columns[f"{name}end"].append(window and window.end)
    table = pa.table(columns, schema=_SCHEMA).replace_schema_metadata({"stamp": stamp})
    with passing.Folder(path.parent) as folder:
        new = Path(folder) / path.name
        parquet.write_table(table, new)
        new.replace(path)


def _fact(row: dict[str, Any]) -> Fact:
    start, end, base_start, base_end = (row.pop(name) for name in _DAYS)
    row |= {name: tuple(row[name]) for name in _LISTS}
    return Fact(**row, window=Window(start, end), base=_window(base_start, base_end))


def _window(start: date | None, end: date | None) -> Window | None:
    return Window(start, end) if start else None
