"""How far the sheets of an Excel file of before 2007 reach: who reads one makes every cell up to the last."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from aqparat.data.reading.formats import OLE

# Sectors that end a chain, or are of none ([MS-CFB], 2.1).
_END = 0xFFFFFFFA
_ENTRY = 128  # bytes of an entry of the directory
_STREAMS = ("Workbook", "Book")
# Records of a sheet ([MS-XLS], 2.3): where one begins, and those of cells, which begin with row and column.
_BEGIN, _PASSWORD = 0x0809, 0x002F
_SEVERAL = 0x00BD  # of many cells in a row: the last column stands at its end
_CELLS = frozenset((0x0203, 0x00FD, 0x0204, 0x00D6, 0x027E, _SEVERAL, 0x0006, 0x0206, 0x0406, 0x0205))


def area(content: bytes) -> int:
    """Return how many cells the sheets of a file have together, each from its first to its last.

    One that is locked by a password has none.

    Raises
    ------
    ValueError, LookupError, struct.error
        If it is not such a file, or damaged.
    """
    stream = _workbook(content) if content.startswith(OLE) else content
    sheets: list[list[tuple[int, int, int]]] = [[]]
    for kind, data in _records(stream):
        if kind == _PASSWORD:  # what follows cannot be read by anybody
            return 0
        if kind == _BEGIN:
            sheets.append([])
        elif kind in _CELLS and len(data) >= 4:
            row, column = struct.unpack_from("<HH", data)
            last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _SEVERAL else column
            sheets[-1].append((row, column, last))
    return sum(_area(cells) for cells in sheets if cells)


def _area(cells: list[tuple[int, int, int]]) -> int:
    rows, columns = [c[0] for c in cells], [n for c in cells for n in c[1:]]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the records of a workbook's stream."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook(content: bytes) -> bytes:
    """Return the stream of the workbook in a compound file."""
    size, small = 1 << content[30], 1 << content[32]
    directory, least, smalls = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    sector = [content[at : at + size] for at in range(size if size > 512 else 512, len(content), size)]
    table = [
        number
        for place in _table(content, sector)
        for number in struct.unpack_from(f"<{len(sector[place]) // 4}I", sector[place])
    ]
    entries = b"".join(sector[n] for n in _chain(table, directory))
    found = dict[str, tuple[int, int]]()
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le")
        start, bytes_ = struct.unpack_from("<II", entries, at + 116)
        found.setdefault("Root Entry" if at == 0 else name, (start, bytes_))
    start, length = found[next((name for name in _STREAMS if name in found), "")]
    if length >= least:
        return b"".join(sector[n] for n in _chain(table, start))[:length]
    parts = b"".join(sector[n] for n in _chain(table, found["Root Entry"][0]))
    within = b"".join(sector[n] for n in _chain(table, smalls))
    shorter = list(struct.unpack_from(f"<{len(within) // 4}I", within))
    return b"".join(parts[n * small : (n + 1) * small] for n in _chain(shorter, start))[:length]


def _table(content: bytes, sector: list[bytes]) -> Iterator[int]:
    """Walk the sectors that the table of chains is in."""
    yield from (n for n in struct.unpack_from("<109I", content, 76) if n < _END)
    more, seen = struct.unpack_from("<I", content, 68)[0], set[int]()
    while more < _END and more not in seen:
        seen.add(more)
        *numbers, more = struct.unpack(f"<{len(sector[more]) // 4}I", sector[more])
        yield from (n for n in numbers if n < _END)


def _chain(table: list[int], start: int) -> Iterator[int]:
    """Walk the sectors of a chain."""
    seen = set[int]()
    while start < _END:
        if start in seen:
            raise ValueError("a chain without an end")
        seen.add(start)
        yield start
        start = table[start]
