"""Long registers opened: which files are read by columns, and the reading of the next one begun ahead.

To read and look at blocks needs nothing but the file, so it goes on in threads while other files are read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from aqparat.data import schemas, texts
from aqparat.data.reading import delimited, formats, headings, plain, signs, submitted
from aqparat.data.reading.blocks import THREADS, Blocks, Layout, end_of_rows
from aqparat.data.reading.encoding import UndecodableError, decoded
from aqparat.data.reading.endings import CSV
from aqparat.data.reading.files import Files, is_data
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.plain import CODED, TABLE, WORDY, Mask
from aqparat.data.reading.sheet import HEAD, Sheet
from aqparat.data.reading.signs import Keys, Letters
from aqparat.data.reading.tables import named

BLOCK = 4 << 20  # bytes that are parsed at once
LEAST = 4 << 20  # bytes from which a file is read so: below, to read it at once takes neither long nor much
_STARTS = (
    1 << 15,
    1 << 18,
)  # bytes that hold the rows near the top, if these are short; else with as many more
_OF_BLOCKS = ("cells", "remarks")  # problems that are told of the whole file


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
    blocks : Blocks
    block : int
        Bytes that are parsed at once.
    """

    path: Path
    file: str
    layout: Layout
    heading: Heading
    blocks: Blocks[Seen]
    block: int

    @property
    def place(self) -> str:
        """What stands before the row in the origin of its rows."""
        return f"{self.file}#"


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
    sheet, delimiter = start
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
    layout = Layout(delimiter, sheet.cells.shape[1], coded)
    look = partial(seen, columns=heading.columns)
    return Opening(path, file, layout, heading, Blocks(path, layout, BLOCK, look, pool, then), BLOCK)


def _head(path: Path, file: str) -> tuple[Sheet, str] | None:
    """Return the first rows of a CSV file and what parts its cells; None where it is unusual."""
    with path.open("rb") as opened:
        start = b""
        for size in _STARTS:
            start += opened.read(size)
            if start.count(b"\n") > 2 * HEAD:
                break
    start = start[: end_of_rows(start)]
    try:
        if not start or formats.of(start) is not formats.Format.TEXT:
            return None
        source = decoded(start)
    except (UndecodableError, ValueError):
        return None
    if not source.encoding.startswith("utf-8"):
        return None
    count = partial(headings.count, list(schemas.BATCH))
    delimiter, _, above = delimited.layout(source.text.replace("\r\n", "\n").replace("\r", "\n"), count)
    found, problems = delimited.read(start, file, count)
    unusual = [p for p in problems if p.code not in _OF_BLOCKS]
    if above or unusual or not found or len(found[0].cells) < HEAD:
        return None
    return found[0], delimiter


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
