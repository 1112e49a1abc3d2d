"""Which texts of a long register are plain: nothing in them is to be mended or told of.

Nothing is judged here in a way of its own. Texts that repeat themselves are put, each once, before what
judges every other table (`cells`, `prose`, `validation`). Of titles and addresses, of which each is another,
quick signs leave those that may have something to tell; these are judged in the same way, and the rest cannot
have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aqparat.data import schemas
from aqparat.data.reading import cells, prose, signs
from aqparat.data.reading.cells import Known
from aqparat.data.reading.sheet import failed
from aqparat.data.reading.signs import Letters
from aqparat.data.reading.validation import is_address, validate
from aqparat.text_columns import TEXT

TABLE = "publications"
WORDY = ("title", "url")  # columns whose texts seldom repeat themselves
CODED = tuple(name for name in schemas.BATCH[TABLE].columns if name not in WORDY)
_ADDRESS = "^https?://[!-~]+$"  # the plainest of those that `checks` takes for one
_SHORT = 24  # bytes within which every error of a spreadsheet stands that does not begin with a number sign
_FOREIGN = -1  # the code of a text that is not plain
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]


@dataclass
class Vocabulary:
    """The texts of the columns that repeat themselves, each judged when it is first met.

    Parameters
    ----------
    known : Known
        What code columns may hold.
    """

    known: Known
    _codes: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in CODED})
    _guessed: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in CODED})
    _values: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {"": 0} for name in CODED})

    def values(self, name: str) -> list[str]:
        """Return the texts that the codes of a column stand for, as the schemas have them."""
        return list(self._values[name])

    def code(self, name: str, value: str) -> int:
        """Return the code of a text as the schemas have it; a new one where it was not met before."""
        return self._values[name].setdefault(value, len(self._values[name]))

    def spellings(self, name: str, value: str) -> list[str]:
        """Return the texts met in a column that mean a text as the schemas have it."""
        code = self._values.get(name, {}).get(value)
        return [text for text, own in self._codes[name].items() if own == code] if code is not None else []

    def codes(self, name: str, texts: list[str]) -> Codes:
        """Return the code of each text; -1 for one that is not plain."""
        return np.array([self._codes[name][text] for text in texts], dtype=np.int32)

    def guesses(self, name: str, texts: list[str]) -> list[int]:
        """Return which texts are plain but for being understood from a guess."""
        return [place for place, text in enumerate(texts) if text in self._guessed[name]]

    def learn(self, met: dict[str, list[str]]) -> None:
        """Judge the texts that were not met before, by column."""
        new = [(name, text) for name, texts in met.items() for text in texts if text not in self._codes[name]]
        if not new:
            return
        frame = self._filled(new)
        summing = cells.totals(frame, TABLE)
        mended, guesses = cells.mended(frame, TABLE, self.known)
        told = [*prose.check(mended, TABLE), *validate(mended, schemas.BATCH[TABLE], self.known)]
        wrong = {int(p.file) for p in told} | {n for n, sums in enumerate(summing) if sums}
        wrong |= {n for n, (_, text) in enumerate(new) if failed([text])}
        guessed = {int(p.file) for p in guesses}
        for number, (name, text) in enumerate(new):
            if number in wrong or (not text and schemas.BATCH[TABLE].columns[name].required):
                self._codes[name][text] = _FOREIGN
                continue
            value = mended[name].iloc[number]
            self._codes[name][text] = self.code(name, "" if pd.isna(value) else str(value))
            if number in guessed:
                self._guessed[name].add(text)

    def _filled(self, new: list[tuple[str, str]]) -> pd.DataFrame:
        """Return rows of which each holds one of some texts, and else what is as it should be."""
        named = (self.known.organisations, self.known.outlets)
        organisation, outlet = (min(names.codes, default=None) for names in named)
        row = {"date": "2000-01-01", "organisation": organisation, "outlet": outlet, "title": "–"}
        columns: dict[str, Any] = {name: [row.get(name)] * len(new) for name in schemas.BATCH[TABLE].columns}
        for number, (name, text) in enumerate(new):
            columns[name][number] = text or row.get(name)
        frame = pd.DataFrame({name: pd.Series(texts, dtype=TEXT) for name, texts in columns.items()})
        files = [str(number) for number in range(len(new))]  # each in a file of its own is told of by itself
        return frame.assign(file=files, sheet="", row=range(len(new)), batch="")


def foreign_titles(titles: Letters) -> Mask:
    """Return which titles are missing, or have something in them that is told of."""
    offsets, held = titles.offsets, titles.held
    lengths = np.diff(offsets)
    foreign = lengths == 0
    first = held[np.minimum(offsets[:-1], len(held) - 1)] if len(held) else lengths
    failing = ~foreign & ((lengths <= _SHORT) | (first == ord("#")))
    for place in np.flatnonzero(signs.suspect(titles) | failing):
        title = titles.texts[int(place)].as_py()
        foreign[place] |= prose.is_told(title) or bool(failed([title]))
    return foreign


def foreign_addresses(addresses: pa.StringArray) -> Mask:
    """Return which addresses are not missing, and are none."""
    missing = pc.equal(addresses, "").to_numpy(zero_copy_only=False)
    foreign = ~(pc.match_substring_regex(addresses, _ADDRESS).to_numpy(zero_copy_only=False) | missing)
    for place in np.flatnonzero(foreign):
        address = addresses[int(place)].as_py()
        foreign[place] = bool(failed([address])) or not is_address(address)
    return foreign
