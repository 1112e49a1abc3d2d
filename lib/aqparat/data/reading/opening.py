"""Long registers opened: which files are read by columns, and the reading of the next one begun ahead.

To read and look at blocks needs nothing but the file, so it goes on in threads while other files are read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from aqparat.data import schemas, texts
from aqparat.data.reading import delimited, formats, headings, plain, signs, submitted
from aqparat.data.reading.blocks import THREADS, Blocks, Layout, end_of_rows
from aqparat.data.reading.encoding import START, Encoding, UndecodableError
from aqparat.data.reading.endings import CSV
from aqparat.data.reading.files import Files, is_data
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.plain import CODED, TABLE, WORDY, Mask
from aqparat.data.reading.sheet import HEAD, Sheet
from aqparat.data.reading.signs import Keys, Letters
from aqparat.data.reading.tables import named
from aqparat.problem import Problem

BLOCK = 4 << 20  # bytes that are parsed at once
LEAST = 4 << 20  # bytes from which a file is read so: below, to read it at once takes neither long nor much
_STARTS = (
    1 << 15,
    1 << 18,
)  # bytes that hold the rows near the top, if these are short; else with as many more
_OF_BLOCKS, _TITLE = (
    ("cells", "more_cells", "remarks"),
    "row_above",
)  # problems that are told of the whole file; of its start


@dataclass
class Seen:
    """What is seen of a block's cells by themselves.

    Parameters
    ----------
    held : dict of str to array
        By column the texts that repeat themselves, as dictionaries.
    texts : Table
        The columns of `data.texts`.
    titled, plain : array of bool
        Which rows have a title; and nothing odd in it or in the address.
    folded : array
        A number for each title (`signs.folded`).
    """

    held: dict[str, pa.Array]
    texts: pa.Table
    titled: Mask
    plain: Mask
    folded: Keys


@dataclass(frozen=True)
class Opening:
    """A register whose heading is known and whose blocks are being read.

    Parameters
    ----------
    path : Path
    file : str
        Path below the data folder.
    layout : Layout
    heading : Heading
    titles : list of Problem
        Titles above the heading.
    blocks : Blocks
    block : int
        Bytes that are parsed at once.
    """

    path: Path
    file: str
    layout: Layout
    heading: Heading
    titles: list[Problem]
    blocks: Blocks[Seen]
    block: int

    @property
    def place(self) -> str:
        """What stands before the row in the origin of its rows."""
        return f"{self.file}#"

    def told(self) -> list[Problem]:
        """Return what is told of the file as a whole, when it has been read."""
        encoding = self.blocks.encoding
        if not encoding.guessed:
            return self.titles
        guessed = Problem("guessed_encoding", self.file, found=encoding.name, severity="guess")
        return [guessed, *self.titles]


class Ahead:
    """The long registers of a data folder, in the order in which they are read; the next one is begun ahead.

    Parameters
    ----------
    files : Files
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._pool = ThreadPoolExecutor(THREADS)
        self._left = deque(_long(files))
        self._memory = pa.default_memory_pool()
        if self._left:  # blocks come and go: the system's own keeps their memory for the next ones
            pa.set_memory_pool(pa.system_memory_pool())
        self._begun: Opening | None = None
        self._begin()

    def __enter__(self) -> Ahead:
        """Return this: the first is begun already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop what is begun and was not taken."""
        self._left.clear()
        self._begin()
        self._pool.shutdown()
        pa.set_memory_pool(self._memory)

    def take(self, path: Path) -> Opening | None:
        """Return a file to be read at once; None for one that is not read by columns."""
        while path in self._left:  # nothing is begun, or what nobody asks for
            self._begin()
        if self._begun is None or self._begun.path != path:
            return None
        taken, self._begun = self._begun, None
        return taken

    def _begin(self) -> None:
        """Begin the next register there is."""
        if self._begun:
            self._begun.blocks.close()
        self._begun = None
        while self._left and self._begun is None:
            path = self._left.popleft()
            self._begun = _opened(path, self._files.name(path), self._pool, self._begin)


def _long(files: Files) -> list[Path]:
    """Return the files, in the order in which they are read, that are long enough."""
    return [
        path
        for batch in files.batches
        for path in files.folder(batch)
        if path.suffix.lower() in CSV and path.is_file() and is_data(path) and path.stat().st_size >= LEAST
    ]


def _opened(path: Path, file: str, pool: Executor, then: Callable[[], None]) -> Opening | None:
    """Begin to read a file by columns; None where it holds another table or is written unusually."""
    start = _head(path, file)
    if start is None:
        return None
    sheet, layout, titles = start
    tables = list(schemas.BATCH)
    if (named(path.stem, tables) or headings.infer(sheet, tables)) != TABLE:
        return None
    heading = headings.find(sheet, TABLE)
    if (
        submitted.is_sheet_of_form(sheet, tables)
        or heading is None
        or heading.last > HEAD // 2
        or len(set(heading.columns.values())) < len(heading.columns)
    ):
        return None
    coded = frozenset(place for place, name in heading.columns.items() if name in CODED)
    layout = replace(layout, repeating=coded)
    look = partial(seen, columns=heading.columns)
    return Opening(path, file, layout, heading, titles, Blocks(path, layout, BLOCK, look, pool, then), BLOCK)


def _head(path: Path, file: str) -> tuple[Sheet, Layout, list[Problem]] | None:
    """Return the first rows of a CSV file, how its cells are parted and the titles above; None if unusual."""
    try:
        encoding, start = _start(path)
    except (UndecodableError, UnicodeDecodeError):
        return None
    if not start or formats.of(start) is not formats.Format.TEXT:
        return None
    count = partial(headings.count, list(schemas.BATCH))
    text = start.decode("utf-8-sig").replace("\r\n", "\n")
    delimiter, above, lines = delimited.layout(text.replace("\r", "\n"), count)
    found, problems = delimited.read(start, file, count)
    if (lines and "\r" in text) or not found or len(found[0].cells) < HEAD:
        return None
    if any(p.code not in (_TITLE, *_OF_BLOCKS) for p in problems):
        return None
    layout = Layout(delimiter, found[0].cells.shape[1], above=len(above), lines=lines, encoding=encoding)
    return found[0], layout, [p for p in problems if p.code == _TITLE]


def _start(path: Path) -> tuple[Encoding, bytes]:
    """Return the encoding of a file, and its first rows as UTF-8."""
    with path.open("rb") as file:
        encoding = Encoding.of(file.read(START))
    start = b""
    with encoding.opened(path) as file:
        for size in _STARTS:
            start += file.read(size)
            if start.count(b"\n") > 2 * HEAD:
                break
    return encoding, start[: end_of_rows(start)]


def seen(table: pa.Table, columns: Mapping[int, str]) -> Seen:
    """Look at the cells of a block by themselves.

    Parameters
    ----------
    table : Table
        As `Block` has it.
    columns : mapping of int to str
        Column of the file to column of the table.
    """
    held = {name: stripped(table.column(place)) for place, name in columns.items()}
    missing = pa.array([""] * len(table), pa.string())
    titles, addresses = (held.get(name, missing) for name in WORDY)
    speakers = held["speaker"].dictionary_decode() if "speaker" in held else missing
    letters = Letters.of(titles)
    return Seen(
        held={name: array for name, array in held.items() if name in CODED},
        texts=pa.table([titles, addresses, speakers], names=list(texts.COLUMNS)),
        titled=pc.not_equal(titles, "").to_numpy(zero_copy_only=False),
        plain=~plain.foreign_titles(letters) & ~plain.foreign_addresses(addresses),
        folded=signs.folded(letters),
    )


def stripped(column: pa.ChunkedArray) -> pa.Array:
    """Return the cells of a column without space around them."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], column.type)
    if pa.types.is_dictionary(array.type):
        dictionary = pc.utf8_trim_whitespace(array.dictionary)
        return pa.DictionaryArray.from_arrays(array.indices, dictionary)
    return pc.utf8_trim_whitespace(array)
