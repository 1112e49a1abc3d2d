"""The long registers that were read by columns, together: what repeats itself in them, and their items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from aqparat.data.origin import places
from aqparat.data.reading import columns, signs
from aqparat.data.reading.columns import Columns, Numbers, mixed
from aqparat.data.reading.opening import Ahead
from aqparat.data.reading.plain import Codes, Vocabulary
from aqparat.data.reading.signs import Keys, Letters
from aqparat.data.texts import Writer

_ITEM = ("date", "organisation", "outlet", "language", "format")  # what figures are made of


@dataclass
class Registers:
    """The long registers of a data folder, each read by columns.

    Parameters
    ----------
    ahead : Ahead
    vocabulary : Vocabulary
    writer : Writer, optional
        Takes the texts of their plain rows.
    read : dict of str to Columns
        Those read, by what stands before the row in an origin.
    """

    ahead: Ahead
    vocabulary: Vocabulary
    writer: Writer | None
    read: dict[str, Columns] = field(default_factory=dict)

    def of(self, path: Path) -> Columns | None:
        """Return a file by columns; None for one that is no long register, or is written unusually."""
        opening = self.ahead.take(path)
        return columns.read(opening, self.vocabulary, self.writer) if opening else None

    def repeating(self, others: pd.DataFrame) -> list[tuple[Columns, Numbers]]:
        """Return, of each register, the rows that may say the same as another row of any of them.

        Parameters
        ----------
        others : DataFrame
            The rows that are not plain, of all registers, typed.
        """
        keys = [register.keys for register in self.read.values()]
        same = np.sort(np.concatenate([*keys, _keys(others, self.vocabulary)]))
        same = np.unique(same[1:][same[1:] == same[:-1]])
        return [
            (register, register.rows[np.isin(register.keys, same)])
            for register in self.read.values()
            if len(same)
        ]

    def items(self, frame: pd.DataFrame, batches: Mapping[str, str]) -> pd.DataFrame:
        """Return the items of all registers, typed, without their texts, in the order of files and rows.

        Parameters
        ----------
        frame : DataFrame
            The rows that are not plain: mended text, with `file`, `sheet`, `row`.
        batches : mapping of str to str
            What stands before the row in an origin of every file and sheet, in the order in which they were
            read, to its batch.

        Returns
        -------
        DataFrame
            `date` (datetime), `organisation, outlet, language, format` (categories, those of each in the
            order of their letters), `batch`, `place` (categories), `row`.
        """
        whose = pd.Categorical(places(frame), list(batches)).codes
        few: dict[str, npt.NDArray[Any]] = {
            name: _coded(frame[name].fillna(""), partial(self.vocabulary.code, name)) for name in _ITEM
        }
        few["row"] = frame["row"].to_numpy(np.int64)
        found: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in (*_ITEM, "row")}
        counts = []
        for number, place in enumerate(batches):
            here = np.flatnonzero(whose == number)
            many = self.read.get(place)
            counts.append(len(here) + (len(many.rows) if many else 0))
            for name, parts in found.items():
                if many is None:
                    parts.append(few[name][here])
                    continue
                between = np.searchsorted(many.rows, few["row"][here])
                column: npt.NDArray[Any] = many.rows if name == "row" else many.codes[name]
                parts.append(np.insert(column, between, few[name][here]) if len(here) else column)
        held = {name: np.concatenate(parts) if parts else few[name] for name, parts in found.items()}
        days = pd.to_datetime(pd.Series(self.vocabulary.values("date")), format="%Y-%m-%d", errors="coerce")
        names = pd.Series(list(batches.values()), dtype=str)
        sequence = np.repeat(np.arange(len(batches), dtype=np.int32), counts)
        return pd.DataFrame(
            {
                "date": days.astype("datetime64[us]").to_numpy()[held["date"]],
                **{name: _categories(held[name], self.vocabulary.values(name)) for name in _ITEM[1:]},
                "batch": _categories(pd.factorize(names)[0].astype(np.int32)[sequence], list(names.unique())),
                "place": _categories(sequence, list(batches)),
                "row": held["row"],
            }
        )


def _keys(items: pd.DataFrame, vocabulary: Vocabulary) -> Keys:
    """Return the number of day, outlet and title of typed rows that have all three."""
    items = items[items["date"].notna() & items["title"].ne("")]
    days = items["date"].dt.strftime("%Y-%m-%d")
    day, outlet = (
        _coded(days, partial(vocabulary.code, "date")),
        _coded(items["outlet"], partial(vocabulary.code, "outlet")),
    )
    titles = Letters.of(pa.array(items["title"].tolist(), pa.string()))
    return mixed(signs.folded(titles), day, outlet)


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
