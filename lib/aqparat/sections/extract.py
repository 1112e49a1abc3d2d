"""What an organisation's own report is made from: nothing else of the data reaches its words and charts.

So a report whose extract is the same as before, by its digest, need not be made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from aqparat.data.origin import place
from aqparat.data.prepare import Tables
from aqparat.metrics.facts import Fact, Facts
from aqparat.sections import CONTENTS, OWN, ReportData

NAMES = ("revisions", *OWN)  # the sections that an own report has of its own data
_LEAVES = (str, int, float, date, type(None))
_REFERENCE = ("organisations", "outlets", "indicators")


@dataclass(frozen=True, eq=False)
class Extract:
    """What an organisation's own report is made from.

    Parameters
    ----------
    sections : mapping
        What each section of `NAMES` holds.
    facts : Facts
        The facts in them, and all that those are computed from.
    tables : Tables
        The reference tables, and of the raw rows that these facts stand in only what they say of where they
        are from. Of the raw files, those that the organisation's own figures stand in have their digests.
    """

    sections: Mapping[str, Any]
    facts: Facts
    tables: Tables

    def digest(self) -> str:
        """Return one SHA-256 of all that is in it.

        Raises
        ------
        TypeError
            If a section holds what has no digest.
        """
        tables = self.tables
        parts = (
            self.sections,
            list(self.facts),
            {name: getattr(tables, name) for name in (*_REFERENCE, "observations")},
            (tables.period, tables.files, tables.union, tables.settings.flat()),
        )
        told = json.dumps(_plain(parts), ensure_ascii=False)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def extract(data: ReportData, organisation: str) -> Extract:
    """Return what the own report of an organisation is made from.

    Parameters
    ----------
    data : ReportData
        With the organisation's own facts of all windows.
    organisation : str
        Code.
    """
    own = {name: of(data, organisation) for name, of in OWN.items()}
    sections = {"revisions": CONTENTS["revisions"](data), **own}
    held = [*_within(sections)]
    told = [fact for fact in held if isinstance(fact, Fact)]
    known = data.facts
    behind = known.behind(name for fact in told for name in (fact.id, *fact.inputs))
    ratios = [known[name].beside("rate_ratio") for name in behind]  # asked for by what is told of a change
    facts = Facts((known[name] for name in known.behind([*behind, *ratios])), known.precedence)
    rows = (row for row in held if isinstance(row, dict))
    origins = [origin for fact in (*facts, *told) for origin in fact.origins]
    origins += [origin for row in rows for origin in row.get("origins", ())]
    files = {place(o).file for fact in facts if fact.organisation == organisation for o in fact.origins}
    return Extract(sections, facts, data.tables.cited(origins, files))


def _within(value: Any) -> Iterator[Any]:
    """Walk what sections hold, facts and rows of tables, each once; not what stands in a fact."""
    seen: set[int] = set()
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, _LEAVES) or id(value) in seen:
            continue
        seen.add(id(value))
        yield value
        if not isinstance(value, Fact):
            left += _parts(value)


def _parts(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        yield from (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value


def _plain(value: Any) -> Any:
    """Return a value in JSON's types, so that two that differ in anything differ."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    for kinds, give in _PLAIN:
        if isinstance(value, kinds):
            return give(value)
    if is_dataclass(value):
        inner = [(field.name, getattr(value, field.name)) for field in fields(value)]
        return [type(value).__name__, *_plain(inner)]
    raise TypeError(f"{type(value).__name__} has no digest")


def _sorted(values: Collection[Any]) -> list[Any]:
    return sorted(map(_plain, values), key=json.dumps)


def _fact(fact: Fact) -> list[Any]:
    days = (fact.window.start, fact.window.end, *((fact.base.start, fact.base.end) if fact.base else ()))
    return [*_TOLD(fact), *map(str, days)]


_TOLD = attrgetter(*(field.name for field in fields(Fact) if field.name not in ("window", "base")))
_PLAIN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Fact, _fact),
    (date, lambda value: f"day {value.isoformat()}"),
    ((list, tuple), lambda value: [*map(_plain, value)]),
    ((set, frozenset), lambda value: ["set", *_sorted(value)]),
    (Mapping, lambda value: ["map", *([_plain(key), _plain(inner)] for key, inner in value.items())]),
    (np.generic, lambda value: _plain(value.item())),
    (np.ndarray, lambda value: _plain(value.tolist())),
    ((pd.DataFrame, pd.Series), lambda value: _plain(value.reset_index().to_dict("tight"))),
)


__all__ = ["NAMES", "Extract", "extract"]
