"""A long CSV file in blocks of whole rows, each parsed by itself: no more than some of them are in memory.

Every block is parsed as `delimited.read` parses a whole file. A row of ours at its end must come out as it
went in: that it does shows that the block ends where a row ends, whatever quotation marks stand in it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from aqparat.data.reading.delimited import Broken, row_reader

_AHEAD, _THREADS = 3, 2  # blocks that are parsed and looked at while one is kept, and by how many threads
Rows = npt.NDArray[np.int64]
_LAST = "\x01"  # in the first cell of the row put at the end of a block
_TRIES = 1000  # ends of lines looked at for one that is the end of a row


class UnusualError(Exception):
    """A file is not written as a long one is read, so it must be read as a whole."""


Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Block(Generic[Seen]):
    """Some rows of a file.

    Parameters
    ----------
    first : int
        The first row of the block, as a person counts them.
    table : Table
        Its cells, columns `0`, `1`, …; those that repeat themselves are dictionaries.
    broken : list of Broken
        Rows with too few or too many cells; they are not in the table.
    lines : int
        How many lines it has: more than rows where a cell goes over several.
    seen : object
        What was seen in the table.
    """

    first: int
    table: pa.Table
    broken: list[Broken]
    lines: int
    seen: Seen

    @property
    def rows(self) -> Rows:
        """The number of each row of the table."""
        every = np.arange(self.first, self.first + len(self.table) + len(self.broken), dtype=np.int64)
        left = np.array([row - self.first for row, *_ in self.broken], dtype=np.int64)
        return np.delete(every, left) if len(left) else every


@dataclass(frozen=True)
class Layout:
    """How the cells of a file are parted.

    Parameters
    ----------
    delimiter : str
    width : int
        How many columns there are.
    repeating : set of int
        Columns whose texts repeat themselves.
    """

    delimiter: str
    width: int
    repeating: frozenset[int]

    def parsed(self, content: bytes) -> tuple[pa.Table, list[Broken]]:
        """Return the cells of some whole rows, and those that have too few or too many, from 1.

        Raises
        ------
        UnusualError
            If they are not whole rows, or no text.
        """
        broken: list[Broken] = []
        last = (_LAST + self.delimiter * (self.width - 1) + "\n").encode()
        names = [str(n) for n in range(self.width)]
        coded = pa.dictionary(pa.int32(), pa.string())
        kinds = {name: coded if n in self.repeating else pa.string() for n, name in enumerate(names)}
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(content + last),
                read_options=arrow_csv.ReadOptions(
                    use_threads=False, block_size=len(content) + len(last) + 1, column_names=names
                ),
                parse_options=row_reader(self.delimiter, broken),
                convert_options=arrow_csv.ConvertOptions(column_types=kinds, null_values=[]),
            )
            if broken:
                content.decode()
        except (pa.ArrowException, UnicodeDecodeError) as error:
            raise UnusualError(str(error)) from error
        if not len(table) or table.column(0)[-1].as_py() != _LAST:
            raise UnusualError("the end of a row")
        return table.slice(0, len(table) - 1), broken


def blocks(path: Path, layout: Layout, size: int, look: Callable[[pa.Table], Seen]) -> Iterator[Block[Seen]]:
    """Yield the blocks of a file, the heading in the first.

    Parameters
    ----------
    path : Path
    layout : Layout
    size : int
        Bytes of a block.
    look : callable
        Looks at the table of each block; it runs beside others, in no order.

    Raises
    ------
    UnusualError
        If it is not UTF-8, or its quotation marks do not part it into rows.
    """

    def seen(content: bytes) -> tuple[pa.Table, list[Broken], int, Seen]:
        table, broken = layout.parsed(content)
        lines = int(np.count_nonzero(np.frombuffer(content, np.uint8) == ord("\n")))
        return table, broken, lines, look(table)

    waiting: deque[Future[tuple[pa.Table, list[Broken], int, Seen]]] = deque()
    first = 1
    with path.open("rb") as file, ThreadPoolExecutor(_THREADS) as pool:
        for content in chain(contents(file, size), repeat(None)):
            if content is not None:
                waiting.append(pool.submit(seen, content))
            if not waiting:
                return
            if content is None or len(waiting) > _AHEAD:
                table, broken, lines, found = waiting.popleft().result()
                yield Block(first, table, _below(broken, first), lines, found)
                first += len(table) + len(broken)


def _below(broken: list[Broken], first: int) -> list[Broken]:
    """Return rows numbered as a person counts them in the whole file."""
    return [(first + number - 1, held, asked, text) for number, held, asked, text in broken]


def contents(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield a file in pieces that end where a line and every quotation ends, without blank lines at its end.

    Raises
    ------
    UnusualError
        If a quotation goes on and on.
    """
    rest = file.read(len(codecs.BOM_UTF8)).removeprefix(codecs.BOM_UTF8)
    while chunk := file.read(size):
        if b"\0" in chunk:
            raise UnusualError("a zero byte")
        if chunk.endswith(b"\r"):
            chunk += file.read(1)
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        piece = rest + chunk if rest else chunk
        end = _end(piece)
        last = len(piece[:end].rstrip(b"\n")) + 1 if end else 0
        if last > 1:
            yield piece[:last]
            rest = piece[last:]
        else:
            rest = piece
        if len(rest) > 8 * size:
            raise UnusualError("a quotation without an end")
    if rest := rest.rstrip(b"\n"):
        yield rest + b"\n"


def _end(piece: bytes) -> int:
    """Return where the last line of a piece ends by which every quotation is closed, 0 where none does."""
    marks = int(np.count_nonzero(np.frombuffer(piece, np.uint8) == ord('"')))
    end = len(piece)
    for _ in range(_TRIES):
        before = piece.rfind(b"\n", 0, end)
        if before < 0:
            return 0
        marks -= piece.count(b'"', before, end)
        if marks % 2 == 0:
            return before + 1
        end = before
    return 0


def is_strict(path: Path, delimiter: str) -> bool:
    """Return whether every quotation mark in a file opens or closes a cell, or is doubled in one."""
    with io.TextIOWrapper(path.open("rb"), encoding="utf-8-sig") as lines:
        try:
            for _ in csv.reader(lines, delimiter=delimiter, strict=True):
                pass
        except csv.Error:
            return False
    return True


def again(
    path: Path, layout: Layout, wanted: Rows, starts: Sequence[int], size: int
) -> Iterator[tuple[Rows, pa.Table]]:
    """Yield some rows of a file that was read by `blocks` before, block by block: their numbers, their cells.

    Parameters
    ----------
    path, layout, size
        As then.
    wanted : array of int
        Rows, rising.
    starts : sequence of int
        The first row of each block.
    """
    edges = np.searchsorted(wanted, [*starts, np.iinfo(np.int64).max])
    with path.open("rb") as file:
        for content, first, since, until in zip(
            contents(file, size), starts, edges[:-1], edges[1:], strict=True
        ):
            if since == until:
                continue
            table, broken = layout.parsed(content)
            rows = Block(first, table, _below(broken, first), 0, None).rows
            here = np.flatnonzero(np.isin(rows, wanted[since:until]))
            yield rows[here], table.take(here)
