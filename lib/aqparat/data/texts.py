"""What stands in the register of publications that no figure is made of: titles, addresses, speakers.

A register may have a million rows, and a report shows none of their titles; so these are kept apart from the
items that are counted, as Parquet where there are many, and read when they are asked for.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from aqparat import passing

COLUMNS = ("title", "url", "speaker")
GROUP = 100_000  # rows that are read at once, and rows of a row group
_SCHEMA = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in COLUMNS)])
_FEW, _PLACES = "few.parquet", "places.json"  # besides those that are numbered
Rows = npt.NDArray[np.int64]


class Writer:
    """Writes the texts of many rows away as they are read, into a folder of their own.

    Parameters
    ----------
    beside : Path
        Where the folder is made; if it cannot be there, among the temporary files of the system.
    """

    def __init__(self, beside: Path) -> None:
        self._beside = beside
        self._folder: passing.Folder | None = None
        self._writers: dict[str, parquet.ParquetWriter] = {}
        self._numbers: dict[str, int] = {}
        self._thread = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    @property
    def places(self) -> list[str]:
        """What stands before the row in the origins of the files that were written of."""
        return list(self._writers)

    def write(self, place: str, rows: pa.Table) -> None:
        """Write the texts of some rows of a file: `row` and the columns of `COLUMNS`.

        It goes on while others are read, but no more than these wait to be written.

        Raises
        ------
        OSError
            If those before could not be written.
        """
        if self._folder is None:
            self._folder = _temporary(self._beside)
        if place not in self._writers:
            number = self._numbers[place] = max(self._numbers.values(), default=-1) + 1
            path = Path(self._folder.name) / _file(number)
            options: dict[str, Any] = {
                "compression": "lz4",
                "use_dictionary": ["speaker"],
                "write_statistics": False,
            }
            self._writers[place] = parquet.ParquetWriter(path, _SCHEMA, **options)
        self._wait()
        self._writing = self._thread.submit(self._writers[place].write_table, rows, row_group_size=GROUP)

    def forget(self, place: str) -> None:
        """Take back what was written of a file."""
        if place in self._writers:
            assert self._folder is not None
            self._wait()
            self._writers.pop(place).close()
            (Path(self._folder.name) / _file(self._numbers.pop(place))).unlink()

    def _wait(self) -> None:
        """Wait until what was given is written."""
        writing, self._writing = self._writing, None
        if writing:
            writing.result()

    def texts(self, few: pd.DataFrame) -> Texts:
        """Return what was written, with the rows that were looked at one by one.

        Parameters
        ----------
        few : DataFrame
            `place`, `row` and the columns of `COLUMNS`, in the order of the register.
        """
        self._wait()
        self._thread.shutdown()
        for writer in self._writers.values():
            writer.close()
        folder = Path(self._folder.name) if self._folder else None
        return Texts(folder, self._numbers, few.reset_index(drop=True), self._folder)


def _temporary(beside: Path) -> passing.Folder:
    try:
        beside.mkdir(parents=True, exist_ok=True)
        return passing.Folder(beside)
    except OSError:
        return passing.Folder()


def _file(number: int) -> str:
    return f"{number}.parquet"


@dataclass
class Texts:
    """The texts of a register.

    Parameters
    ----------
    folder : Path or None
        Where those of files with many rows are, and the others where they are kept.
    many : dict of str to int
        Place (what stands before the row in an origin) of each such file, and the number of its texts' file.
    few : DataFrame, optional
        Those of rows that were looked at one by one: `place`, `row` and the columns of `COLUMNS`.
    """

    folder: Path | None = None
    many: dict[str, int] = field(default_factory=dict)
    few: pd.DataFrame | None = None
    _temporary: passing.Folder | None = None  # is there as long as this is

    def batches(self, items: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield the texts of the items of a register, some rows at once, in the order of the items.

        Parameters
        ----------
        items : DataFrame
            `place` and `row` of every item of the register.
        """
        few = self._few()
        places, rows = items["place"].cat.codes.to_numpy(), items["row"].to_numpy()
        edges = [0, *(np.flatnonzero(np.diff(places)) + 1).tolist(), len(items)] if len(items) else [0]
        for since, until in pairwise(edges):
            place = str(items["place"].iloc[since])
            own = few[few["place"] == place]
            groups = self._groups(place) if place in self.many else iter([_NONE])
            yield from _joined(groups, own, rows[since:until])

    def all(self, items: pd.DataFrame) -> pd.DataFrame:
        """Return the texts of all items of a register, by the index of the items."""
        parts = [*self.batches(items)]
        none = pd.DataFrame({name: pd.Series(dtype=str) for name in COLUMNS})
        return (pd.concat(parts, ignore_index=True) if parts else none).set_axis(items.index, axis=0)

    def save(self, folder: Path) -> None:
        """Write the texts into a folder that is there, from which `read` reads them."""
        for number in self.many.values():
            assert self.folder is not None
            source, target = self.folder / _file(number), folder / _file(number)
            try:
                target.hardlink_to(source)
            except OSError:
                shutil.copyfile(source, target)
        self._few().to_parquet(folder / _FEW)
        (folder / _PLACES).write_text(json.dumps(self.many), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Texts:
        """Return the texts that were saved into a folder; they are read when they are asked for."""
        return cls(folder, json.loads((folder / _PLACES).read_text(encoding="utf-8")))

    def _few(self) -> pd.DataFrame:
        if self.few is not None:
            return self.few
        assert self.folder is not None
        return pd.read_parquet(self.folder / _FEW)

    def _groups(self, place: str) -> Iterator[pa.Table]:
        assert self.folder is not None
        with parquet.ParquetFile(self.folder / _file(self.many[place])) as file:
            yield from (file.read_row_group(group) for group in range(file.num_row_groups))


def _joined(groups: Iterator[pa.Table], few: pd.DataFrame, rows: Rows) -> Iterator[pd.DataFrame]:
    """Yield the texts of some rows of one file: those of its groups, with the few between them.

    A row that is among the few is taken from there; one of a group that is not asked for is left out.
    """
    done = 0
    group = next(groups)
    for later in chain(groups, [None]):
        numbers = group["row"].to_numpy()
        upto = len(rows) if later is None else int(np.searchsorted(rows, numbers[-1], side="right"))
        wanted, done = rows[done:upto], upto
        beside = few[few["row"].isin(wanted)]
        kept = np.isin(numbers, wanted) & ~np.isin(numbers, beside["row"].to_numpy())
        part = group if kept.all() else group.filter(pa.array(kept))
        frame = part.to_pandas()
        if len(beside):
            frame = pd.concat([frame, beside[frame.columns]], ignore_index=True).sort_values(
                "row", kind="stable"
            )
        if len(frame):
            yield frame[list(COLUMNS)].astype(str).reset_index(drop=True)
        if later is not None:
            group = later


_NONE = _SCHEMA.empty_table()
