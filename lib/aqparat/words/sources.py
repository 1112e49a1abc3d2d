"""Raw rows as a reader is told of them: file, sheet, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aqparat.data.origin import place
from aqparat.legible import legible
from aqparat.runs import Run, merged, read, worded


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

    def key(one: Mapping[str, Any]) -> tuple[str, str]:
        return one["file"], one.get("sheet") or ""

    def own(one: Mapping[str, Any]) -> list[Run]:
        return read(one["rows"]) if "rows" in one else [(one["row"], one["row"])]

    return [
        Source(
            legible(file),
            legible(sheet),
            worded(merged(run for one in same for run in own(one))),
        )
        for (file, sheet), same in groupby(sorted(places, key=key), key=key)
    ]


def located(origins: Iterable[str]) -> list[Source]:
    """Return the origins of a fact put together, `file#rows` or `file#sheet!rows`."""
    return sources([place(origin)._asdict() for origin in origins])
