"""Lineage: the facts a fact is computed from, down to the raw rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from aqparat.runs import Rows, merged, read

Record = Mapping[str, Any]  # an object of facts.json, as `published_report.checked_records` gives it
Records = Mapping[str, Record]  # by id
Place = tuple[str, str]  # a file, and its sheet ("" without)


def tree(record: Record, records: Records) -> Iterator[tuple[int, Record, bool]]:
    """Walk what a fact is computed from, each input below the fact that names it, in order.

    Yields
    ------
    int, mapping, bool
        Depth (1 for the inputs of the fact itself), the fact, and whether it was walked before: then
        what it comes from is not walked again.
    """
    seen: set[str] = set()
    waiting = [(1, fact_id) for fact_id in reversed(record.get("inputs", []))]
    while waiting:
        depth, fact_id = waiting.pop()
        yield depth, records[fact_id], fact_id in seen
        if fact_id not in seen:
            seen.add(fact_id)
            waiting += [(depth + 1, name) for name in reversed(records[fact_id].get("inputs", []))]


def leaves(record: Record, records: Records) -> dict[str, Record]:
    """Return the facts by id that stand in raw rows and that a fact comes from; itself if it does."""
    if "inputs" not in record:
        return {record["id"]: record}
    return {
        found["id"]: found for _, found, again in tree(record, records) if not again and "inputs" not in found
    }


def places(records: Iterable[Record]) -> dict[Place, Rows]:
    """Return the raw rows of facts by file and sheet, rising."""
    texts: dict[Place, list[str]] = {}
    for source in (source for record in records for source in record["sources"]):
        texts.setdefault((source["file"], source.get("sheet") or ""), []).append(source["rows"])
    return {
        place: np.concatenate([np.arange(first, last + 1) for first, last in merged(chain(*map(read, rows)))])
        for place, rows in ((place, dict.fromkeys(named)) for place, named in texts.items())
    }


def files(record: Record | None, records: Records) -> set[str]:
    """Return the raw files that a fact comes from."""
    found = leaves(record, records).values() if record else ()
    return {source["file"] for leaf in found for source in leaf["sources"]}


def own_rows(before: Records, after: Records) -> dict[Place, set[int]]:
    """Tell by file and sheet the raw rows that are other ones in two sets of facts.

    A row is known to be another one if the number that it alone states is.
    """

    def stated(record: Record | None) -> list[Any] | None:
        return [record["value"], record["qualifier"]] if record else None  # bounds may be the code's doing

    found: dict[Place, set[int]] = {}
    for fact_id in {*before, *after}:
        records = (before.get(fact_id), after.get(fact_id))
        if stated(records[0]) != stated(records[1]):
            for record in filter(None, records):
                sources = record.get("sources", [])
                if record["metric"] == "volume" and len(sources) == 1 and sources[0]["rows"].isdigit():
                    place = (sources[0]["file"], sources[0].get("sheet") or "")
                    found.setdefault(place, set()).add(int(sources[0]["rows"]))
    return found


__all__ = ["Place", "Record", "Records", "files", "leaves", "own_rows", "places", "tree"]
