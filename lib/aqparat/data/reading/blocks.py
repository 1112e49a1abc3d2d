"""A long CSV file in blocks of whole rows, each parsed by itself: no more than some of them are in memory.

Every block is parsed as `delimited.read` parses a whole file. A row of ours at its end must come out as it
went in: that it does shows that the block ends where a row ends, whatever quotation marks stand in it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from aqparat.data.reading.delimited import Broken, row_reader
from aqparat.data.reading.encoding import UTF_8, AsUtf8, Encoding

THREADS = 2  # that read and look at blocks
_AHEAD = 4  # blocks that are read and looked at while one is kept
Rows = npt.NDArray[np.int64]
_LAST = "\x01"  # in the first cell of the row put at the end of a block
_TRIES = 1000  # ends of lines looked at for one that is the end of a row


class UnusualError(Exception):
    """A file is not written as a long one is read, so it must be read as a whole."""


Seen = TypeVar("Seen")
_Parsed = tuple[pa.Table, list[Broken], int, Seen]  # cells, rows without them, lines, what was seen


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
    above, lines : int
        Rows of titles left out above the first, and on how many lines they stand.
    encoding : Encoding
    """

    delimiter: str
    width: int
    repeating: frozenset[int] = frozenset()
    above: int = 0
    lines: int = 0
    encoding: Encoding = UTF_8

    def opened(self, path: Path) -> BufferedReader:
        """Open a file so laid out at its first row, as UTF-8."""
        file = self.encoding.opened(path)
        for _ in range(self.lines):
            file.readline()
        return file

    def parsed(self, content: bytearray) -> tuple[pa.Table, list[Broken]]:
        """Return the cells of some whole rows, and those that have too few or too many, from 1.

        The content is taken over: a row is put at its end.

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
        content += last
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(content),
                read_options=arrow_csv.ReadOptions(
                    use_threads=False, block_size=len(content) + 1, column_names=names
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


class Blocks(Generic[Seen]):
    """The blocks of a file, in their order, the heading in the first; some are read and looked at ahead.

    Parameters
    ----------
    path : Path
    layout : Layout
    size : int
        Bytes of a block.
    look : callable
        Looks at the table of each block; it runs beside others, in no order.
    pool : Executor
        The threads that read and look.
    then : callable
        Called once when the file has been read to its end, though not all blocks have been given.

    Raises
    ------
    UnusualError
        When a block is asked for, if it is not UTF-8, or its quotation marks do not part it into rows.
    """

    def __init__(
        self,
        path: Path,
        layout: Layout,
        size: int,
        look: Callable[[pa.Table], Seen],
        pool: Executor,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        self._layout, self._look, self._pool, self._then = layout, look, pool, then
        self._file = layout.opened(path)
        self._contents = contents(self._file, size)
        self._reading = Lock()
        self._asked: deque[Future[_Parsed[Seen] | None]] = deque()  # whose content is not yet read
        self._waiting: deque[Future[_Parsed[Seen] | None]] = deque()  # that are not yet given
        for _ in range(_AHEAD):
            self._ask()

    def __iter__(self) -> Iterator[Block[Seen]]:
        """Yield the blocks, once."""
        first, told = 1 + self._layout.above, False
        try:
            while (parsed := self._waiting.popleft().result()) is not None:
                self._ask()
                table, broken, lines, found = parsed
                yield Block(first, table, numbered(broken, first - 1), lines, found)
                first += len(table) + len(broken)
                if self._file.closed and not told:
                    told = True
                    self._then()
        finally:
            self.close()

    @property
    def encoding(self) -> Encoding:
        """The encoding that the file has shown to be in, as far as it has been read."""
        raw = self._file.raw
        return raw.encoding if isinstance(raw, AsUtf8) else self._layout.encoding

    def close(self) -> None:
        """Read no further."""
        for future in self._waiting:
            future.cancel()
        with self._reading:
            self._contents.close()
            self._file.close()

    def _ask(self) -> None:
        """Have the next block read."""
        future: Future[_Parsed[Seen] | None] = Future()
        self._asked.append(future)
        self._waiting.append(future)
        self._pool.submit(self._next)

    def _next(self) -> None:
        """Read the next block for the first that was asked for, and look at it."""
        with self._reading:
            future = self._asked.popleft()
            if not future.set_running_or_notify_cancel():
                return
            try:
                content = next(self._contents, None)
                if content is None:
                    self._file.close()
            except Exception as error:
                future.set_exception(error)
                return
        try:
            future.set_result(None if content is None else self._seen(content))
        except Exception as error:
            future.set_exception(error)

    def _seen(self, content: bytearray) -> _Parsed[Seen]:
        lines = content.count(b"\n")
        table, broken = self._layout.parsed(content)
        return table, broken, lines, self._look(table)


def numbered(broken: list[Broken], more: int) -> list[Broken]:
    """Return rows with their numbers so much higher."""
    return [(number + more, held, asked, text) for number, held, asked, text in broken]


def contents(file: BufferedIOBase, size: int) -> Generator[bytearray]:
    """Yield a file in pieces that end where a line and every quotation ends, without blank lines at its end.

    Raises
    ------
    UnusualError
        If a quotation goes on and on.
    """
    rest = file.read(len(codecs.BOM_UTF8)).removeprefix(codecs.BOM_UTF8)
    while True:
        piece = bytearray(len(rest) + size)
        piece[: len(rest)] = rest
        read = _filled(file, memoryview(piece)[len(rest) :])
        del piece[len(rest) + read :]
        if not read:
            break
        if b"\0" in piece:
            raise UnusualError("a zero byte")
        if piece.endswith(b"\r"):
            piece += file.read(1)
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if end := end_of_rows(piece):
            last = end - 1
            while last and piece[last - 1] == ord("\n"):
                last -= 1
            end = last + 1 if last else 0
        rest = bytes(memoryview(piece)[end:])
        if end:
            del piece[end:]
            yield piece
        if len(rest) > 8 * size:
            raise UnusualError("a quotation without an end")
    if rest := rest.rstrip(b"\n"):
        yield bytearray(rest + b"\n")


def _filled(file: BufferedIOBase, room: memoryview) -> int:
    """Read bytes of a file into all of some room, but for the file's end, and return how many."""
    read = 0
    with room:
        while read < len(room) and (more := file.readinto(room[read:])):
            read += more
    return read


def end_of_rows(piece: bytes | bytearray) -> int:
    """Return where the last line of a piece ends by which every quotation is closed, 0 where none does."""
    marks, end = piece.count(b'"'), len(piece)
    for _ in range(_TRIES):
        before = piece.rfind(b"\n", 0, end)
        if before < 0:
            return 0
        marks -= piece.count(b'"', before, end)
        if marks % 2 == 0:
            return before + 1
        end = before
    return 0


def is_strict(path: Path, layout: Layout) -> bool:
    """Return whether every quotation mark in a file opens or closes a cell, or is doubled in one."""
    with io.TextIOWrapper(layout.opened(path), encoding="utf-8-sig") as lines:
        try:
            for _ in csv.reader(lines, delimiter=layout.delimiter, strict=True):
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
    with layout.opened(path) as file:
        for content, first, since, until in zip(
            contents(file, size), starts, edges[:-1], edges[1:], strict=True
        ):
            if since == until:
                continue
            table, broken = layout.parsed(content)
            rows = Block(first, table, numbered(broken, first - 1), 0, None).rows
            here = np.flatnonzero(np.isin(rows, wanted[since:until]))
            yield rows[here], table.take(here)
