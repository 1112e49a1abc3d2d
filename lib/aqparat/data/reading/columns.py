"""A long register of publications by columns, block by block, in bounded memory.

What is plain in it (`plain`) goes by: of each such row its codes, its number and a number for its title are
kept, and its title and address are written away. All other rows, those near the top, the last ones and those
that may repeat another are handed on as a sheet like any other, so that everything that is told of a register
is found, and worded, in one place. A file that is written in an unusual way is read as a whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aqparat.data import schemas, texts
from aqparat.data.origin import places
from aqparat.data.reading import blocks, delimited, formats, headings, plain, signs
from aqparat.data.reading.blocks import Block, Layout, UnusualError
from aqparat.data.reading.delimited import Broken
from aqparat.data.reading.encoding import UndecodableError, decoded
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.plain import CODED, TABLE, WORDY, Codes, Mask, Vocabulary
from aqparat.data.reading.sheet import HEAD, TEXT, Sheet, as_text
from aqparat.problem import Problem

BLOCK = 4 << 20  # bytes that are parsed at once
LEAST = 4 << 20  # bytes from which a file is read so: below, to read it at once takes neither long nor much
_TAIL = 40  # rows at the end that may be remarks: as many as `body` looks at, and some more
_START = 1 << 18  # bytes that hold the rows near the top
MOST_FOREIGN = 0.2  # of the rows of a file: beyond it, nothing is gained
_ITEM = ("date", "organisation", "outlet", "language", "format")  # what figures are made of
_MOST_TEXTS = 200_000  # different texts of a column that is taken to repeat itself
_OF_BLOCKS = ("cells", "remarks")  # problems that are told of the whole file
Numbers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Sink = Callable[[str, pa.Table], None]  # given the place and, of some rows, `row` and the columns of `texts`


@dataclass
class Columns:
    """A register that was read by columns.

    Parameters
    ----------
    path : Path
    file : str
        Path below the data folder.
    layout : Layout
    heading : Heading
    sheet : Sheet
        The rows that are not plain.
    problems : list of Problem
        Rows with too few or too many cells.
    rows : array of int
        The number of each plain row, as a person counts them.
    codes : dict of str to array
        By column the code (`Vocabulary`) of each plain row.
    keys : array
        For each plain row a number that is the same where day, outlet and title are.
    starts : list of int
        The first row of each block.
    block : int
        Bytes that were parsed at once.
    """

    path: Path
    file: str
    layout: Layout
    heading: Heading
    sheet: Sheet
    problems: list[Problem]
    rows: Numbers
    codes: dict[str, Codes]
    keys: Keys
    starts: list[int]
    block: int

    @property
    def place(self) -> str:
        """What stands before the row in the origin of its rows."""
        return f"{self.file}#"

    def hand_on(self, rows: Numbers) -> pd.DataFrame:
        """Return some plain rows as text, by the columns of the table: they are plain no more."""
        found = blocks.again(self.path, self.layout, rows, self.starts, self.block)
        cells = pd.concat([_cells(table, numbers) for numbers, table in found])
        out = np.isin(self.rows, rows)
        self.rows, self.keys = self.rows[~out], self.keys[~out]
        self.codes = {name: codes[~out] for name, codes in self.codes.items()}
        frame = cells.rename(columns=self.heading.columns)
        frame = frame.reindex(columns=list(schemas.BATCH[TABLE].columns)).astype(TEXT)
        return frame.assign(file=self.file, sheet="", row=frame.index)


def head(path: Path, file: str) -> tuple[Sheet, Layout] | None:
    """Return the first rows of a CSV file and how its cells are parted; None where it is unusual."""
    with path.open("rb") as opened:
        start = opened.read(_START)
    start = start[: start.rfind(b"\n") + 1]
    try:
        if (
            not start
            or formats.of(start) is not formats.Format.TEXT
            or not decoded(start).encoding.startswith("utf-8")
        ):
            return None
        text = decoded(start).text
    except (UndecodableError, ValueError):
        return None
    count = partial(headings.count, list(schemas.BATCH))
    delimiter, _, above = delimited.layout(text.replace("\r\n", "\n").replace("\r", "\n"), count)
    found, problems = delimited.read(start, file, count)
    unusual = [p for p in problems if p.code not in _OF_BLOCKS]
    if above or unusual or not found or len(found[0].cells) < HEAD:
        return None
    return found[0], Layout(delimiter, found[0].cells.shape[1], frozenset())


def read(
    path: Path, start: tuple[Sheet, Layout], vocabulary: Vocabulary, sink: Sink | None
) -> Columns | None:
    """Return a register by columns; None where it is written in a way that only a whole reading tells.

    Parameters
    ----------
    path : Path
    start : tuple of Sheet and Layout
        As `head` gives it.
    vocabulary : Vocabulary
    sink : callable, optional
        Given what no figure is made of, of all plain rows.
    """
    sheet, layout = start
    heading = headings.find(sheet, TABLE)
    if (
        heading is None
        or heading.last > HEAD // 2
        or len(set(heading.columns.values())) < len(heading.columns)
    ):
        return None
    coded = frozenset(place for place, name in heading.columns.items() if name in CODED)
    reader = _Reader(
        sheet.file, Layout(layout.delimiter, layout.width, coded), heading, vocabulary, sink, BLOCK
    )
    try:
        return reader.read(path)
    except UnusualError:
        return None


@dataclass
class _Reader:
    """The reading of one file."""

    file: str
    layout: Layout
    heading: Heading
    vocabulary: Vocabulary
    sink: Sink | None
    block: int
    others: list[pd.DataFrame] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)  # guessed texts that a row is handed on of
    filled: set[int] = field(default_factory=set)  # columns nobody reads that a row is handed on of
    kept: list[tuple[Numbers, dict[str, Codes], Keys]] = field(default_factory=list)

    def read(self, path: Path) -> Columns:
        broken: list[Broken] = []
        starts, rows, lines = [], 0, 0
        for block, sieved in self._sieved(path):
            starts.append(block.first)
            broken += block.broken
            rows, lines = rows + len(block.table), lines + block.lines
            self._keep(block, sieved)
            if sum(map(len, self.others)) > HEAD + _TAIL + MOST_FOREIGN * rows:
                raise UnusualError("too much to look at")
        if not self.kept or (
            rows + len(broken) < lines and not blocks.is_strict(path, self.layout.delimiter)
        ):
            raise UnusualError("an open quotation")
        numbers, codes, keys = zip(*self.kept, strict=True)
        return Columns(
            path=path,
            file=self.file,
            layout=self.layout,
            heading=self.heading,
            sheet=Sheet(self.file, "", pd.concat(self.others)),
            problems=delimited.told(broken, rows, self.file),
            rows=np.concatenate(numbers),
            codes={name: np.concatenate([part[name] for part in codes]) for name in CODED},
            keys=np.concatenate(keys),
            starts=starts,
            block=self.block,
        )

    def _sieved(self, path: Path) -> Iterator[tuple[Block[_Seen], _Sieved]]:
        """Yield blocks with what was found in them; of the last, what may be remarks is not plain."""
        waiting: deque[tuple[Block[_Seen], _Sieved]] = deque()
        for block in blocks.blocks(path, self.layout, self.block, self._seen):
            waiting.append((block, self._judged(block)))
            if len(waiting) > 2:
                yield waiting.popleft()
        left = _TAIL
        for _, sieved in reversed(waiting):
            titled = np.flatnonzero(sieved.titled)
            since = titled[-left] if len(titled) >= left else 0
            sieved.plain[since:] = False
            left = max(left - len(titled), 0) or 1
            if len(titled) >= _TAIL:
                break
        yield from waiting

    def _seen(self, table: pa.Table) -> _Seen:
        """Look at the cells of a block by themselves."""
        held = {name: _stripped(table.column(place)) for place, name in self.heading.columns.items()}
        missing = pa.array([""] * len(table), pa.string())
        titles, addresses = (held.get(name, missing) for name in WORDY)
        speakers = held["speaker"].dictionary_decode() if "speaker" in held else missing
        return _Seen(
            held={name: array for name, array in held.items() if name in CODED},
            texts=pa.table([titles, addresses, speakers], names=list(texts.COLUMNS)),
            titled=pc.not_equal(titles, "").to_numpy(zero_copy_only=False),
            plain=~plain.foreign_titles(titles) & ~plain.foreign_addresses(addresses),
            folded=signs.folded(titles),
        )

    def _judged(self, block: Block[_Seen]) -> _Sieved:
        """Judge the rows of a block."""
        seen, n = block.seen, len(block.table)
        codes: dict[str, Codes] = {}
        plain_ = seen.plain
        if block.first <= HEAD:
            plain_[: HEAD + 1 - block.first] = False
        met = {name: array.dictionary.to_pylist() for name, array in seen.held.items()}
        if any(len(found) > _MOST_TEXTS for found in met.values()):
            raise UnusualError("each another text")
        self.vocabulary.learn(met | {name: [""] for name in CODED if name not in met})
        indices = {name: array.indices.to_numpy() for name, array in seen.held.items()}
        for name in CODED:
            if name in met:
                codes[name] = self.vocabulary.codes(name, met[name])[indices[name]]
            else:
                codes[name] = np.repeat(self.vocabulary.codes(name, [""]), n)
            plain_ &= codes[name] >= 0
        self._hand_on_once(plain_, met, indices, block.table, block.rows)
        keys = _mixed(seen.folded, codes["date"], codes["outlet"])
        return _Sieved(plain_, seen.titled, codes, keys, seen.texts)

    def _hand_on_once(
        self,
        plain_: Mask,
        met: dict[str, list[str]],
        indices: dict[str, Codes],
        table: pa.Table,
        rows: Numbers,
    ) -> None:
        """Take for not plain the first row of each text that is a guess, and of each column nobody reads."""
        for name, found in met.items():
            for place in self.vocabulary.guesses(name, found):
                if (name, found[place]) not in self.told and len(
                    first := np.flatnonzero((indices[name] == place) & plain_)[:1]
                ):
                    plain_[first] = False
                    self.told.add((name, found[place]))
        for column in range(table.num_columns):
            if column not in self.heading.columns and column not in self.filled:
                cells = _stripped(table.column(column))
                filled = pc.not_equal(cells, "").to_numpy(zero_copy_only=False)
                filled[rows <= self.heading.last] = False
                first = np.flatnonzero(filled)[:1]
                if len(first):
                    plain_[first] = False
                    self.filled.add(column)

    def _keep(self, block: Block[_Seen], sieved: _Sieved) -> None:
        """Keep what is plain, and the rest as text."""
        rows, held = block.rows, sieved.plain
        self.kept.append(
            (rows[held], {name: codes[held] for name, codes in sieved.codes.items()}, sieved.keys[held])
        )
        if not held.all():
            others = np.flatnonzero(~held)
            self.others.append(_cells(block.table.take(pa.array(others)), rows[others]))
        if self.sink and held.any():
            told = sieved.texts.filter(pa.array(held)) if not held.all() else sieved.texts
            self.sink(f"{self.file}#", told.add_column(0, "row", pa.array(rows[held])))


@dataclass
class _Seen:
    """What is seen of a block's cells by themselves: which rows have a title and have nothing odd in it."""

    held: dict[str, pa.Array]
    texts: pa.Table
    titled: Mask
    plain: Mask
    folded: Keys


@dataclass
class _Sieved:
    """What was found in a block: which rows are plain, which have a title, and what they hold."""

    plain: Mask
    titled: Mask
    codes: dict[str, Codes]
    keys: Keys
    texts: pa.Table


def _stripped(column: pa.ChunkedArray) -> pa.Array:
    """Return the cells of a column without space around them."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], column.type)
    if pa.types.is_dictionary(array.type):
        dictionary = pc.utf8_trim_whitespace(array.dictionary)
        return pa.DictionaryArray.from_arrays(array.indices, dictionary)
    return pc.utf8_trim_whitespace(array)


def _cells(table: pa.Table, rows: Numbers) -> pd.DataFrame:
    """Return rows as `Sheet.cells` has them."""
    told = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    return as_text(told.to_pandas(), rows)


def repeating(columns: Sequence[Columns], others: pd.DataFrame, vocabulary: Vocabulary) -> list[Numbers]:
    """Return, of each register, the rows that may say the same as another row of any of them.

    Parameters
    ----------
    columns : sequence of Columns
    others : DataFrame
        The rows that are not plain, of all registers, typed.
    vocabulary : Vocabulary
    """
    keys = [part.keys for part in columns]
    same = np.sort(np.concatenate([*keys, _keys(others, vocabulary)]))
    same = np.unique(same[1:][same[1:] == same[:-1]])
    return [part.rows[np.isin(part.keys, same)] if len(same) else part.rows[:0] for part in columns]


def _keys(items: pd.DataFrame, vocabulary: Vocabulary) -> Keys:
    """Return the number of day, outlet and title of typed rows that have all three."""
    items = items[items["date"].notna() & items["title"].ne("")]
    days = items["date"].dt.strftime("%Y-%m-%d")
    day, outlet = (
        _coded(days, partial(vocabulary.code, "date")),
        _coded(items["outlet"], partial(vocabulary.code, "outlet")),
    )
    return _mixed(signs.folded(pa.array(items["title"].tolist(), pa.string())), day, outlet)


def _mixed(titles: Keys, days: Codes, outlets: Codes) -> Keys:
    both = days.astype(np.int64) << 32 | outlets.astype(np.int64) & 0xFFFFFFFF
    return signs.mixed(titles, both.view(np.uint64))


def items(
    frame: pd.DataFrame, columns: Mapping[str, Columns], batches: Mapping[str, str], vocabulary: Vocabulary
) -> pd.DataFrame:
    """Return the items of all registers, typed, without their texts, in the order of files and rows.

    Parameters
    ----------
    frame : DataFrame
        The rows that are not plain: mended text, with `file`, `sheet`, `row`.
    columns : mapping of str to Columns
        The others, by what stands before the row in an origin.
    batches : mapping of str to str
        The same of every file and sheet, in the order in which they were read, to its batch.
    vocabulary : Vocabulary

    Returns
    -------
    DataFrame
        `date` (datetime), `organisation, outlet, language, format` (categories, those of each in the order of
        their letters), `batch`, `place` (categories), `row`.
    """
    whose = pd.Categorical(places(frame), list(batches)).codes
    few: dict[str, npt.NDArray[Any]] = {
        name: _coded(frame[name].fillna(""), partial(vocabulary.code, name)) for name in _ITEM
    }
    few["row"] = frame["row"].to_numpy(np.int64)
    found: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in (*_ITEM, "row")}
    counts = []
    for number, place in enumerate(batches):
        here = np.flatnonzero(whose == number)
        many = columns.get(place)
        counts.append(len(here) + (len(many.rows) if many else 0))
        for name, parts in found.items():
            if many is None:
                parts.append(few[name][here])
                continue
            between = np.searchsorted(many.rows, few["row"][here])
            column: npt.NDArray[Any] = many.rows if name == "row" else many.codes[name]
            parts.append(np.insert(column, between, few[name][here]) if len(here) else column)
    held = {name: np.concatenate(parts) if parts else few[name] for name, parts in found.items()}
    days = pd.to_datetime(pd.Series(vocabulary.values("date")), format="%Y-%m-%d", errors="coerce")
    names = pd.Series(list(batches.values()), dtype=str)
    sequence = np.repeat(np.arange(len(batches), dtype=np.int32), counts)
    return pd.DataFrame(
        {
            "date": days.astype("datetime64[us]").to_numpy()[held["date"]],
            **{name: _categories(held[name], vocabulary.values(name)) for name in _ITEM[1:]},
            "batch": _categories(pd.factorize(names)[0].astype(np.int32)[sequence], list(names.unique())),
            "place": _categories(sequence, list(batches)),
            "row": held["row"],
        }
    )


def _coded(texts: Any, code: Callable[[str], int]) -> Codes:
    numbers, different = pd.factorize(texts)
    return np.array([code(str(text)) for text in different], dtype=np.int32)[numbers]


def _categories(codes: Codes, values: list[str]) -> pd.Categorical:
    """Return codes as categories in the order of their letters, those that there are."""
    there = np.bincount(codes, minlength=len(values)) > 0
    kept = sorted(value for value, held in zip(values, there, strict=True) if held)
    place = {value: number for number, value in enumerate(kept)}
    numbers = np.array([place.get(value, -1) for value in values], dtype=np.int32)
    return pd.Categorical.from_codes(numbers[codes], pd.Index(kept, dtype=str))
