"""Signs in the bytes of many texts at once: which of them may have something in them that is told of.

A text without a sign has nothing; one with a sign need not have anything. Each sign is weaker than what
`prose` looks for, so that it can be found among a million titles in a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]  # numbers of texts: of two that are not the same text, the same by chance only

_FIRST, _MOST = np.uint8(0xD4), 0x4B  # from D4 round to 1F: no ASCII or Cyrillic text begins a letter so
_LATIN, _LATINS = np.uint8(0xEC), 0x0F  # C0 to CF, counted from D4
_WORD = "[А-Яа-я][А-Яа-я]"  # no text that was read in a wrong encoding has two such letters together


@dataclass(frozen=True)
class Letters:
    """The bytes of many texts together, and where those stand that few titles have.

    Parameters
    ----------
    texts : array of str
    offsets : array of int
        Where each text begins, with the end of the last.
    held : array of bytes
        Those of all texts.
    rare : array of int
        Where a control character is, or the first byte of a letter that is neither ASCII nor Cyrillic.
    """

    texts: pa.StringArray
    offsets: npt.NDArray[np.int32]
    held: Bytes
    rare: Places

    @classmethod
    def of(cls, texts: pa.StringArray) -> Letters:
        """Return the bytes of texts without nulls."""
        _, ends, data = texts.buffers()
        offsets = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        held = np.frombuffer(data, np.uint8) if data is not None and data.size else np.empty(0, np.uint8)
        held = held[: offsets[-1]]
        since = held - _FIRST
        rare = since <= _MOST
        since -= _LATIN
        rare |= since <= _LATINS
        return cls(texts, offsets, held, np.flatnonzero(rare))

    def at(self, places: Places) -> Mask:
        """Return which texts some bytes belong to."""
        found = np.zeros(len(self.texts), dtype=bool)
        found[np.searchsorted(self.offsets, places, side="right") - 1] = True
        return found

    def after(self, places: Places, steps: int) -> Bytes:
        """Return the bytes so many steps after some; 0 beyond the last."""
        there = places + steps
        return np.where(there < len(self.held), self.held[np.minimum(there, len(self.held) - 1)], 0)


def suspect(letters: Letters) -> Mask:
    """Return which texts may have lost letters, wrong ones, or a person's name."""
    if not len(letters.held):
        return np.ones(len(letters.texts), dtype=bool)
    places = np.concatenate([_lost(letters), _foreign(letters), _initials(letters.held)])
    return letters.at(places) | ~_with_words(letters)


def _lost(letters: Letters) -> Places:
    """Return where a question mark is, or what begins like the sign of a lost character."""
    signs = letters.rare[letters.held[letters.rare] == 0xEF]
    return np.concatenate([np.flatnonzero(letters.held == ord("?")), signs])


def _foreign(letters: Letters) -> Places:
    """Return where a letter may be that a table in one of the three languages does not have.

    U+00A1 to U+00FF but for « and » (C2 or C3 …), and those of other Cyrillic alphabets: D0 83 to D0 8F but
    for І, D1 93 to D1 9F but for і, D2 90 and D2 91.
    """
    rare, held = letters.rare, letters.held
    first, after = held[rare], letters.after(rare, 1)
    latin = rare[(first == 0xC3) | ((first == 0xC2) & (after != 0xAB) & (after != 0xBB) & (after != 0xA0))]
    alike = held[:-1] & 1
    alike <<= 4
    np.subtract(held[1:] - np.uint8(0x83), alike, out=alike)  # D1 93 as D0 83, which is 0
    likely = np.flatnonzero(alike <= 0x0E)
    first, alike = held[likely], alike[likely]
    others = ((first & 0xFE) == 0xD0) & (alike <= 0x0C) & (alike != 0x03)
    kazakh = (first == 0xD2) & (alike >= 0x0D)
    return np.concatenate([latin, likely[others | kazakh]])


def _initials(held: Bytes) -> Places:
    """Return where a full stop stands after a capital letter, or after two letters that may be one."""
    if len(held) < 3:
        return np.arange(0)
    stops = np.flatnonzero(held[2:] == ord(".")) + 2
    last, before = held[stops - 1], held[stops - 2]
    capital = (last >= ord("A")) & (last <= ord("Z"))
    capital |= (before == 0xD0) & (last < 0xB0)
    capital |= (before == 0xD2) | (before == 0xD3) | ((before >= 0xC3) & (before <= 0xC5))
    two = np.isin(before, np.frombuffer(b"SCZKY", np.uint8)) & np.isin(last, np.frombuffer(b"hau", np.uint8))
    zh = stops[(before == 0xD0) & (last == 0xB6) & (stops >= 4)]
    zh = zh[(held[zh - 4] == 0xD0) & (held[zh - 3] == 0x94)]  # Дж.
    return np.concatenate([stops[capital | two], zh, np.flatnonzero(held[1:2] == ord(".")) + 1])


def _with_words(letters: Letters) -> Mask:
    """Return which texts have two letters together that are Russian and Kazakh alike."""
    texts, offsets, held = letters.texts, letters.offsets, letters.held
    found = np.zeros(len(texts), dtype=bool)
    long = np.flatnonzero(np.diff(offsets) >= 4)
    at = offsets[long]
    one, two = ((held[at + n].astype(np.uint16) << 8) | held[at + n + 1] for n in (0, 2))
    found[long] = _is_letter(one) & _is_letter(two)
    rest = np.flatnonzero(~found)
    if len(rest):
        found[rest] = pc.match_substring_regex(texts.take(pa.array(rest)), _WORD).to_numpy(
            zero_copy_only=False
        )
    return found


def _is_letter(pair: npt.NDArray[Any]) -> Mask:
    """Return which pairs of bytes are one of А-Я, а-я: U+0410 to U+044F."""
    found: Mask = ((pair >= 0xD090) & (pair <= 0xD0BF)) | ((pair >= 0xD180) & (pair <= 0xD18F))
    return found


def folded(letters: Letters) -> Keys:
    """Return a number for each text that is the same for all that differ in case or space alone.

    Seldom two others have the same: it is made of their length and some of their bytes, less what differs
    between a Cyrillic or ASCII letter and its capital.
    """
    numbers = _numbers(letters.offsets, letters.held)
    spaced = _oddly_spaced(letters)
    odd = np.flatnonzero(spaced | _oddly_cased(letters))
    if len(odd):
        texts, spaced = letters.texts.take(pa.array(odd)), spaced[odd]
        for rows, small in (
            (odd[spaced], pa.array(plain(texts.filter(pa.array(spaced))), pa.string())),
            (odd[~spaced], pc.utf8_lower(texts.filter(pa.array(~spaced)))),
        ):
            told = Letters.of(small)
            numbers[rows] = _numbers(told.offsets, told.held)
    return numbers


def plain(texts: pa.StringArray) -> list[str]:
    """Return texts in small letters, with one space between words: those that `folded` takes as the same."""
    return [" ".join(text.split()) for text in pc.utf8_lower(texts).to_pylist()]


def _oddly_spaced(letters: Letters) -> Mask:
    """Return which texts may have a space that is not one ordinary one."""
    rare, held = letters.rare, letters.held
    blank = held == ord(" ")
    two = np.flatnonzero(blank[:-1] & blank[1:])
    first, second, third = held[rare], letters.after(rare, 1), letters.after(rare, 2)
    wide = (first < ord(" ")) | (first == 0xE1) | (first == 0xE3)
    wide |= (first == 0xC2) & ((second == 0x85) | (second == 0xA0))
    after_e2 = ((second == 0x80) & ((third <= 0x8A) | (third >= 0xA8))) | (second == 0x81)
    return letters.at(np.concatenate([two, rare[wide | ((first == 0xE2) & after_e2)]]))


def _oddly_cased(letters: Letters) -> Mask:
    """Return which texts may have a letter whose capital differs in more than `_numbers` leaves out.

    Those that are not ASCII, D0 80 to D3 BF but for D3 80 to D3 8F, or one of the signs « », quotation marks
    and dashes (E2 80 90 to E2 80 9F), … and №.
    """
    rare, held = letters.rare, letters.held
    first, second, third = held[rare], letters.after(rare, 1), letters.after(rare, 2)
    plain = (first == 0xC2) & ((second == 0xAB) | (second == 0xBB))
    plain |= (first == 0xE2) & (second == 0x80) & (((third & 0xF0) == 0x90) | (third == 0xA6))
    plain |= (first == 0xE2) & (second == 0x84) & (third == 0x96)
    other = np.flatnonzero((held[:-1] == 0xD3) & (held[1:] < 0x90))
    return letters.at(np.concatenate([rare[~plain], other]))


_MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio as a fraction of 2^64: Fibonacci hashing (Knuth, 6.4)
_SPREAD = np.uint64(32)


def mixed(numbers: Keys, more: Keys) -> Keys:
    """Return one number for each pair."""
    both = (numbers ^ more) * _MIX
    return both ^ (both >> _SPREAD)


_ALL = np.uint64(0x0101010101010101)  # 1 in each of eight bytes
_CASE, _OTHER_CASE = np.uint64(0x20), np.uint64(0x11)  # by these bits a and A differ; with them also і and І


def _numbers(offsets: npt.NDArray[np.int32], held: Bytes) -> Keys:
    starts, lengths = offsets[:-1].astype(np.int64), np.diff(offsets).astype(np.int64)
    numbers = mixed(np.zeros(len(starts), np.uint64), lengths.astype(np.uint64))
    held = np.concatenate([held, np.zeros(8, np.uint8)])
    words = np.ndarray((len(held) - 7,), dtype="<u8", buffer=held, strides=(1,))
    room = np.maximum(lengths - 8, 0)
    short = np.flatnonzero(lengths < 8)
    kept = ~np.uint64(0) >> (8 * (8 - np.maximum(lengths[short], 1))).astype(np.uint64)
    kept[lengths[short] == 0] = 0
    for quarter in range(5):
        word = words[starts + (room * quarter >> 2)]
        word[short] &= kept
        word &= ~(_ALL * _CASE | ((word >> np.uint64(7)) & _ALL) * _OTHER_CASE)
        numbers = mixed(numbers, word)
    return numbers
