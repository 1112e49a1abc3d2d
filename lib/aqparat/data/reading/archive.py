"""What is inside the archive that a workbook is: how much, and whether it is what the archive says."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from xml.parsers import expat

MOST = 64 << 20  # bytes that the parts of a workbook may have together, unpacked
COLUMNS = 1000  # that a table may have
CELLS = 1_000_000  # that a workbook may have, those merged into others among them: openpyxl makes each
_FAULTS = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')  # of a cell (ECMA-376, 18.3.1.4)


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


def cells(content: bytes) -> int:
    """Return how many cells an Excel workbook has, and how many it merges into others."""
    count = 0

    def begun(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        kind = name.rpartition(":")[2]
        count += kind == "c"
        if kind == "mergeCell" and (found := _AREA.fullmatch(attributes.get("ref", ""))):
            left, right = (_number(found[n].upper().encode()) for n in (1, 3))
            count += max(right - left + 1, 0) * max(int(found[4]) - int(found[2]) + 1, 0)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            parser = expat.ParserCreate()
            parser.StartElementHandler = begun
            with suppress(expat.ExpatError):  # a part may be anything, under any name
                parser.Parse(archive.read(name), True)
    return count


def area(content: bytes) -> int:
    """Return how many cells the largest sheet of an Excel workbook has up to its last row and column."""
    largest = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if "worksheets/" in name.casefold():
                found = _PLACE.findall(archive.read(name))
                rows = max((int(row) for _, row in found), default=0)
                columns = max((_number(letters) for letters in {letters for letters, _ in found}), default=0)
                largest = max(largest, rows * columns)
    return largest


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
