"""What is inside the archive that a workbook is: how much, and whether it is what the archive says."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

MOST = 64 << 20  # bytes that the parts of a workbook may have together, unpacked
COLUMNS = 1000  # that a table may have
CELLS = 1_000_000  # that a workbook may have, those merged into others among them: openpyxl makes each
_FAULTS = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_PLACE = re.compile(r"\$?([A-Z]{1,9})\$?([0-9]{1,15})", re.IGNORECASE)


class TooLargeError(ValueError):
    """A sheet has more cells than can be read, or more columns; `most` is how many may be."""

    def __init__(self, most: int = CELLS, columns: int = 0) -> None:
        super().__init__(f"more than {most}")
        self.most, self.columns = most, columns


def size(content: bytes) -> int:
    """Return how many bytes the parts of an archive have unpacked, as it says; of any other file its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except _FAULTS:
        return len(content)


def is_true(content: bytes) -> bool:
    """Return whether every part of an archive is as long as it says; reads them piece by piece."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None
    except _FAULTS:
        return False


@dataclass
class Reach:
    """How many cells a workbook has, merged ones among them, and how many up to the last one of a sheet."""

    cells: int = 0
    area: int = 0


def reach(content: bytes) -> Reach:
    """Return how far the sheets of an Excel workbook reach; all parts are looked at, whatever their names."""
    found = Reach()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            _Counter(found).feed(archive.read(name))
    return found


class _Counter:
    """Counts the cells of one part (ECMA-376, 18.3.1)."""

    def __init__(self, found: Reach) -> None:
        self._found, self._row, self._column, self._last = found, 0, 0, 0

    def feed(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begun
        with suppress(expat.ExpatError):  # a part may be anything
            parser.Parse(part, True)

    def _begun(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self._row, self._column = _whole(attributes.get("r"), self._row + 1), 0
        elif kind == "c":
            self._found.cells += 1
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._row = int(place[2]) if place else self._row
            self._column = _number(place[1]) if place else self._column + 1
            self._last = max(self._last, self._column)
            self._found.area = max(self._found.area, self._row * self._last)
        elif kind == "mergeCell" and (area := _AREA.fullmatch(attributes.get("ref", ""))):
            across, down = _number(area[3]) - _number(area[1]) + 1, int(area[4]) - int(area[2]) + 1
            self._found.cells += max(across, 0) * max(down, 0)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,15}", text) else otherwise


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
