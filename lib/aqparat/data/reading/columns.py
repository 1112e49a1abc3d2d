"""A long register of publications by columns, block by block, in bounded memory.

What is plain in it (`plain`) goes by: of each such row its codes, its number and a number for its title are
kept, and its title and address are written away. All other rows, those near the top, the last ones and those
that may repeat another are handed on as a sheet like any other, so that everything that is told of a register
is found, and worded, in one place. A file that is written in an unusual way is read as a whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aqparat.data import schemas
from aqparat.data.reading import blocks, delimited, signs
from aqparat.data.reading.blocks import Block, Layout, UnusualError
from aqparat.data.reading.delimited import Broken
from aqparat.data.reading.encoding import UndecodableError
from aqparat.data.reading.headings import Heading
from aqparat.data.reading.opening import Opening, Seen, stripped
from aqparat.data.reading.plain import CODED, TABLE, Codes, Mask, Vocabulary
from aqparat.data.reading.sheet import HEAD, Sheet, as_text
from aqparat.data.reading.signs import Keys
from aqparat.data.texts import Writer
from aqparat.problem import Problem
from aqparat.text_columns import TEXT

_TAIL = 40  # rows at the end that may be remarks: as many as `body` looks at, and some more
MOST_FOREIGN = 0.2  # of the rows of a file: beyond it, nothing is gained
_MOST_TEXTS = 200_000  # different texts of a column that is taken to repeat itself
Numbers = npt.NDArray[np.int64]


@dataclass
class Columns:
    """A register that was read by columns.

    Parameters
    ----------
    path : Path
    file, place : str
        Path below the data folder; what stands before the row in the origin of its rows.
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
    place: str
    layout: Layout
    heading: Heading
    sheet: Sheet
    problems: list[Problem]
    rows: Numbers
    codes: dict[str, Codes]
    keys: Keys
    starts: list[int]
    block: int

    def hand_on(self, rows: Numbers) -> pd.DataFrame:
        """Return some plain rows as text, by the columns of the table: they are plain no more."""
        frame = self.as_found(rows)
        out = np.isin(self.rows, rows)
        self.rows, self.keys = self.rows[~out], self.keys[~out]
        self.codes = {name: codes[~out] for name, codes in self.codes.items()}
        return frame

    def as_found(self, rows: Numbers) -> pd.DataFrame:
        """Return some plain rows as text, by the columns of the table."""
        found = blocks.again(self.path, self.layout, rows, self.starts, self.block)
        cells = pd.concat([cells_of(table, numbers) for numbers, table in found])
        frame = cells.rename(columns=self.heading.columns)
        frame = frame.reindex(columns=list(schemas.BATCH[TABLE].columns)).astype(TEXT)
        return frame.assign(file=self.file, sheet="", row=frame.index)


def read(opening: Opening, vocabulary: Vocabulary, writer: Writer | None) -> Columns | None:
    """Return a register by columns; None where it is written in a way that only a whole reading tells.

    Parameters
    ----------
    opening : Opening
    vocabulary : Vocabulary
    writer : Writer, optional
        Takes what no figure is made of, of all plain rows.
    """
    try:
        return _Reader(opening, vocabulary, writer).read()
    except (UnusualError, UndecodableError):
        if writer:
            writer.forget(opening.place)
        return None
    finally:
        opening.blocks.close()


@dataclass
class _Reader:
    """The reading of one file."""

    opening: Opening
    vocabulary: Vocabulary
    writer: Writer | None
    others: list[pd.DataFrame] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)  # guessed texts that a row is handed on of
    filled: set[int] = field(default_factory=set)  # columns nobody reads that a row is handed on of
    kept: list[tuple[Numbers, dict[str, Codes], Keys]] = field(default_factory=list)

    def read(self) -> Columns:
        opening = self.opening
        broken: list[Broken] = []
        starts, rows, lines, above = [], 0, 0, opening.layout.above
        for block, sieved in self._sieved():
            starts.append(block.first)
            broken += blocks.numbered(block.broken, -above)
            rows, lines = rows + len(block.table), lines + block.lines
            self._keep(block, sieved)
            if sum(map(len, self.others)) > HEAD + _TAIL + MOST_FOREIGN * rows:
                raise UnusualError("too much to look at")
        if not self.kept or (
            rows + len(broken) < lines and not blocks.is_strict(opening.path, opening.layout)
        ):
            raise UnusualError("an open quotation")
        numbers, codes, keys = zip(*self.kept, strict=True)
        return Columns(
            path=opening.path,
            file=opening.file,
            place=opening.place,
            layout=opening.layout,
            heading=opening.heading,
            sheet=Sheet(opening.file, "", pd.concat(self.others)),
            problems=[*opening.told(), *delimited.told(broken, rows, opening.file, above)],
            rows=np.concatenate(numbers),
            codes={name: np.concatenate([part[name] for part in codes]) for name in CODED},
            keys=np.concatenate(keys),
            starts=starts,
            block=opening.block,
        )

    def _sieved(self) -> Iterator[tuple[Block[Seen], _Sieved]]:
        """Yield blocks with what was found in them; of the last, what may be remarks is not plain."""
        waiting: deque[tuple[Block[Seen], _Sieved]] = deque()
        for block in self.opening.blocks:
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

    def _judged(self, block: Block[Seen]) -> _Sieved:
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
        keys = mixed(seen.folded, codes["date"], codes["outlet"])
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
            if column not in self.opening.heading.columns and column not in self.filled:
                cells = stripped(table.column(column))
                filled = pc.not_equal(cells, "").to_numpy(zero_copy_only=False)
                filled[rows <= self.opening.heading.last] = False
                first = np.flatnonzero(filled)[:1]
                if len(first):
                    plain_[first] = False
                    self.filled.add(column)

    def _keep(self, block: Block[Seen], sieved: _Sieved) -> None:
        """Keep what is plain, and the rest as text."""
        rows, held = block.rows, sieved.plain
        self.kept.append(
            (rows[held], {name: codes[held] for name, codes in sieved.codes.items()}, sieved.keys[held])
        )
        if not held.all():
            others = np.flatnonzero(~held)
            self.others.append(cells_of(block.table.take(pa.array(others)), rows[others]))
        if self.writer and held.any():
            told = sieved.texts.filter(pa.array(held)) if not held.all() else sieved.texts
            self.writer.write(self.opening.place, told.add_column(0, "row", pa.array(rows[held])))


@dataclass
class _Sieved:
    """What was found in a block: which rows are plain, which have a title, and what they hold."""

    plain: Mask
    titled: Mask
    codes: dict[str, Codes]
    keys: Keys
    texts: pa.Table


def cells_of(table: pa.Table, rows: Numbers) -> pd.DataFrame:
    """Return rows as `Sheet.cells` has them."""
    told = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    return as_text(told, rows)


def mixed(titles: Keys, days: Codes, outlets: Codes) -> Keys:
    """Return one number for the title, the day and the outlet of each row."""
    both = days.astype(np.int64) << 32 | outlets.astype(np.int64) & 0xFFFFFFFF
    return signs.mixed(titles, both.view(np.uint64))
