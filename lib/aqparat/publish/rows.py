"""Raw rows as they stand in their files: for those who ask where a number comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

import pandas as pd

from aqparat.data import schemas
from aqparat.data.reading import headings, sheets
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.sheet import Sheet


@dataclass
class RawFiles:
    """The raw files of a data folder; each is read when a row of it is first asked for, and only once.

    Parameters
    ----------
    data : Path or None
        The data folder; None where there is none: then no file is there.
    """

    data: Path | None
    _read: dict[str, tuple[str, list[Sheet]]] = field(default_factory=dict)
    _names: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    _digests: dict[str, dict[tuple[str, int], str]] = field(default_factory=dict)

    def digest(self, file: str) -> str:
        """Return the SHA-256 of a file now, empty if it is not there."""
        return self._file(file)[0]

    def row(self, file: str, sheet: str, row: int) -> list[tuple[str, str]] | None:
        """Return the text of a row: heading and cell, those without text left out.

        Parameters
        ----------
        file, sheet : str
            As in facts.json; the sheet is empty where the file has none.
        row : int
            As a spreadsheet numbers it.

        Returns
        -------
        list of (str, str) or None
            None if the file has no such row.
        """
        found = next((s for s in self._file(file)[1] if s.name == sheet), None)
        if found is None or row not in found.cells.index:
            return None
        if (file, sheet) not in self._names:
            heading = _heading(found)
            self._names[file, sheet] = heading.texts if heading else {}
        names, cells = self._names[file, sheet], found.cells.loc[row].tolist()
        told = [
            (int(at), text) for at, text in zip(found.cells.columns, cells, strict=True) if pd.notna(text)
        ]
        return [(names.get(at, str(at + 1)), str(text)) for at, text in told]

    def digests(self, file: str) -> dict[tuple[str, int], str]:
        """Return what tells the rows of a file apart: by sheet and row a digest of what stands in its cells.

        It hangs on the cells and the columns they are in; not on the place of the row or of a column.
        """
        if file not in self._digests:
            sheets = self._file(file)[1]
            self._digests[file] = {
                (sheet.name, row): digest for sheet in sheets for row, digest in _digests(sheet)
            }
        return self._digests[file]

    def _file(self, file: str) -> tuple[str, list[Sheet]]:
        if file not in self._read:
            self._read[file] = self._opened(file)
        return self._read[file]

    def _opened(self, file: str) -> tuple[str, list[Sheet]]:
        path = PurePosixPath(file)
        if self.data is None or path.parts[:1] != ("raw",) or ".." in path.parts:  # only what is raw data
            return "", []
        place = self.data / Path(*path.parts)
        if not place.is_file():
            return "", []
        content = place.read_bytes()
        found, _ = sheets.read(content, file, partial(headings.count, list(schemas.TABLES)))
        return hashlib.sha256(content).hexdigest(), found


def _digests(sheet: Sheet) -> Iterator[tuple[int, str]]:
    heading = _heading(sheet)
    names = {**heading.texts, **heading.columns} if heading else {}
    texts = [names.get(int(place), str(place)) for place in sheet.cells.columns]
    filled = sheet.cells.notna().to_numpy()
    for row, cells, known in zip(sheet.cells.index, sheet.cells.to_numpy(object), filled, strict=True):
        told = sorted((texts[n], str(cells[n])) for n in known.nonzero()[0])
        yield int(row), hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _heading(sheet: Sheet) -> Heading | None:
    """Find the heading of a sheet, whichever table it holds."""
    found = [heading for table in schemas.TABLES if (heading := headings.find(sheet, table))]
    return max(found, key=lambda heading: len(heading.columns), default=None)
