"""Raw rows as a reader is told of them: file, sheet, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aqparat.legible import legible

Run = tuple[int, int]  # the first and the last row


@dataclass(frozen=True)
class Source:
    """Rows of one raw file.

    Parameters
    ----------
    file : str
        Below the data folder.
    sheet : str
        Empty where the file has none.
    rows : str
        As a person counts them: `2, 5–9`.
    """

    file: str
    sheet: str
    rows: str


def sources(places: Iterable[Mapping[str, Any]]) -> list[Source]:
    """Return raw rows put together by file and sheet.

    Parameters
    ----------
    places : iterable of mapping
        `file`, `sheet` and `rows` (text such as `2-35,40`), as facts.json has them; in folders
        published before, `row` (one number) instead of `rows`.
    """

    def key(place: Mapping[str, Any]) -> tuple[str, str]:
        return place["file"], place.get("sheet") or ""

    def runs(place: Mapping[str, Any]) -> list[Run]:
        return _read(place["rows"]) if "rows" in place else [(place["row"], place["row"])]

    return [
        Source(legible(file), legible(sheet), _written(_merged(run for place in same for run in runs(place))))
        for (file, sheet), same in groupby(sorted(places, key=key), key=key)
    ]


def located(origins: Iterable[str]) -> list[Source]:
    """Return the origins of a fact put together, `file#rows` or `file#sheet!rows`."""
    places = []
    for origin in origins:
        file, within = origin.rsplit("#", 1)
        sheet, _, rows = within.rpartition("!")
        places.append({"file": file, "sheet": sheet.replace("%23", "#").replace("%25", "%"), "rows": rows})
    return sources(places)


def spans(rows: Iterable[int]) -> str:
    """Return numbers with runs drawn together: 2, 5–9."""
    return _written(_merged((row, row) for row in rows))


def _read(rows: str) -> list[Run]:
    pairs = (run.partition("-") for run in rows.split(","))
    return [(int(first), int(last or first)) for first, _, last in pairs]


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Return runs that touch put together; a register may have a million rows, so by their ends alone."""
    found: list[Run] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _written(runs: Iterable[Run]) -> str:
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
