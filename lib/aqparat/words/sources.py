"""Raw rows as a reader is told of them: file, sheet, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aqparat.legible import legible


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
    """Put raw rows together by file and sheet.

    Parameters
    ----------
    places : iterable of mapping
        `file`, `sheet` and `rows` (text such as `2-35,40`), as facts.json has them; in folders
        published before, `row` (one number) instead of `rows`.
    """

    def key(place: Mapping[str, Any]) -> tuple[str, str]:
        return place["file"], place.get("sheet") or ""

    def rows(place: Mapping[str, Any]) -> list[int]:
        return numbers(place["rows"]) if "rows" in place else [place["row"]]

    return [
        Source(legible(file), legible(sheet), spans(sorted({row for place in same for row in rows(place)})))
        for (file, sheet), same in groupby(sorted(places, key=key), key=key)
    ]


def located(origins: Iterable[str]) -> list[Source]:
    """Put the origins of a fact together, `file#rows` or `file#sheet!rows`."""
    places = []
    for origin in origins:
        file, within = origin.rsplit("#", 1)
        sheet, _, rows = within.rpartition("!")
        places.append({"file": file, "sheet": sheet.replace("%23", "#").replace("%25", "%"), "rows": rows})
    return sources(places)


def numbers(rows: str) -> list[int]:
    """Give the single rows of a text such as `2-35,40`."""
    found: list[int] = []
    for run in rows.split(","):
        first, _, last = run.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def spans(rows: list[int]) -> str:
    """Write rising numbers with runs drawn together: 2, 5–9."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
