"""The appendix as it is printed: a row a series, for all organisations, instead of an entry a number."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aqparat.runs import Run, merged, worded
from aqparat.runs import read as read_runs

_APART = 5  # runs of rows that are named one by one


@dataclass
class Row:
    """A row of the printed appendix: what differs only in whose number it is.

    Parameters
    ----------
    number : int
        Its place, from 1.
    entries : list of dict
        The numbers it stands for, as `entries.arranged` gives them.
    inputs : list of pair
        Numbers of the rows that it is computed from: the first and last of each run.
    sources : list of dict
        `file`, `sheet` and `rows` (text such as `2, 5–9`) of raw rows, those of all its numbers together;
        where these lie in many places, `rows` has their first and last, and `count` how many there are.
    told : list of dict
        The entries whose numbers are printed in no sentence and no table.
    """

    number: int
    entries: list[dict[str, Any]]
    inputs: list[Run] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    @property
    def what(self) -> Any:
        """What it is about: metric, indicator, place and time, as inline text."""
        return self.entries[0]["series"]

    @property
    def alone(self) -> dict[str, Any] | None:
        """Its only number, which is told with its formula; None where there are several."""
        return self.entries[0] if len(self.entries) == 1 else None


def rows(entries: Sequence[dict[str, Any]], printed: Collection[str]) -> list[Row]:
    """Put entries that differ only in whose number it is into a row, each where its first one is.

    Parameters
    ----------
    entries : sequence of dict
        In their order, numbered, as `entries.arranged` gives them.
    printed : collection of str
        Facts whose numbers stand in a sentence or a table.
    """
    found: dict[str, Row] = {}
    of: dict[int, Row] = {}  # the row of each entry's number
    for entry in entries:
        row = found.setdefault(json.dumps(entry["series"]), Row(len(found) + 1, []))
        row.entries.append(entry)
        of[entry["number"]] = row
    for row in found.values():
        inputs = {n for e in row.entries for first, last in e["inputs"] for n in range(first, last + 1)}
        others = {of[n].number for n in inputs} - {
            row.number
        }  # a sum of its own numbers says so by its formula
        row.inputs = merged((n, n) for n in others)
        row.sources = _sources(row.entries)
        row.told = [e for e in row.entries if e["id"] not in printed]
    return list(found.values())


def code(entry: dict[str, Any]) -> str:
    """Return the code of the organisation whose number it is; empty for the whole union's."""
    return str(entry["id"]).split(".")[2] if entry.get("who") else ""


def names(made: Iterable[Row]) -> dict[str, Any]:
    """Give the names of the organisations that rows tell the numbers of, by their codes in order."""
    told = {code(entry): entry.get("who") for row in made if not row.alone for entry in row.told}
    return {code: told[code] for code in sorted(told) if code}


def places(made: Iterable[Row]) -> dict[str, str]:
    """Give for each fact the name of the label of its row."""
    return {entry["id"]: f"row-{row.number}" for row in made for entry in row.entries}


def _sources(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the raw rows of some entries together by file and sheet; many places are told by their ends."""
    found: dict[tuple[str, str], list[Run]] = {}
    for entry in entries:
        for source in entry.get("sources", ()):
            written = source["rows"].replace("–", "-").replace(", ", ",")
            found.setdefault((source["file"], source.get("sheet", "")), []).extend(read_runs(written))
    told = []
    for (file, sheet), several in found.items():
        runs = merged(several)
        ends = worded([(runs[0][0], runs[-1][1])])
        count = sum(last - first + 1 for first, last in runs) if len(runs) > _APART else 0
        told.append({"file": file, "sheet": sheet, "rows": ends if count else worded(runs), "count": count})
    return told
