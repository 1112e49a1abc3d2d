"""Signs in the bytes of many texts at once: which of them may have something in them that is told of.

A text without a sign has nothing; one with a sign need not have anything. Each sign is weaker than what
`prose` looks for, so that it can be found among a million titles in a moment.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]  # numbers of texts: of two that are not the same text, the same by chance only

_WORD = "[А-Яа-я][А-Яа-я]"  # no text that was read in a wrong encoding has two such letters together


def suspect(texts: pa.StringArray) -> Mask:
    """Return which texts may have lost letters, wrong ones, or a person's name."""
    found = np.zeros(len(texts), dtype=bool)
    if not len(texts):
        return found
    offsets, held = parts(texts)
    if len(held) > 2:
        places = np.concatenate([_lost(held), _foreign(held), _initials(held)])
        found[np.searchsorted(offsets, places, side="right") - 1] = True
    return found | ~_with_words(texts, offsets, held)


def parts(texts: pa.StringArray) -> tuple[npt.NDArray[np.int32], Bytes]:
    """Return where each text begins among the bytes of all, with the end of the last; and the bytes."""
    _, ends, data = texts.buffers()
    offsets = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return offsets, np.frombuffer(data, np.uint8) if data is not None and data.size else np.empty(0, np.uint8)


def _lost(held: Bytes) -> npt.NDArray[np.intp]:
    """Return where a question mark is, or what begins like the sign of a lost character."""
    return np.flatnonzero((held == ord("?")) | (held == 0xEF))


def _foreign(held: Bytes) -> npt.NDArray[np.intp]:
    """Return where a letter may be that a table in one of the three languages does not have.

    U+00A1 to U+00FF but for « and » (C2 or C3 …), and those of other Cyrillic alphabets: D0 83 to D0 8F but
    for І, D1 93 to D1 9F but for і, D2 90 and D2 91.
    """
    first, second = held[:-1], held[1:]
    latin = np.flatnonzero((first & 0xFE) == 0xC2)
    after = second[latin]
    latin = latin[(first[latin] == 0xC3) | ((after != 0xAB) & (after != 0xBB) & (after != 0xA0))]
    alike = second - ((first & 1) << 4)  # D1 93 as D0 83
    others = ((first & 0xFE) == 0xD0) & ((alike - np.uint8(0x83)) <= 0x0C) & (alike != 0x86)
    kazakh = (first == 0xD2) & ((second & 0xFE) == 0x90)
    return np.concatenate([latin, np.flatnonzero(others | kazakh)])


def _initials(held: Bytes) -> npt.NDArray[np.intp]:
    """Return where a full stop stands after a capital letter, or after two letters that may be one."""
    stops = np.flatnonzero(held[2:] == ord(".")) + 2
    last, before = held[stops - 1], held[stops - 2]
    capital = (last >= ord("A")) & (last <= ord("Z"))
    capital |= (before == 0xD0) & (last < 0xB0)
    capital |= (before == 0xD2) | (before == 0xD3) | ((before >= 0xC3) & (before <= 0xC5))
    two = np.isin(before, np.frombuffer(b"SCZKY", np.uint8)) & np.isin(last, np.frombuffer(b"hau", np.uint8))
    zh = stops[(before == 0xD0) & (last == 0xB6) & (stops >= 4)]
    zh = zh[(held[zh - 4] == 0xD0) & (held[zh - 3] == 0x94)]  # Дж.
    return np.concatenate([stops[capital | two], zh, np.flatnonzero(held[1:2] == ord(".")) + 1])


def _with_words(texts: pa.StringArray, offsets: npt.NDArray[np.int32], held: Bytes) -> Mask:
    """Return which texts have two letters together that are Russian and Kazakh alike."""
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


def folded(texts: pa.StringArray) -> Keys:
    """Return a number for each text that is the same for all that differ in case or space alone.

    Seldom two others have the same: it is made of their length and some of their bytes.
    """
    small = pc.utf8_lower(texts)
    offsets, held = parts(small)
    numbers = _numbers(offsets, held)
    if len(odd := np.flatnonzero(_oddly_spaced(len(texts), offsets, held))):
        plain = [" ".join(text.split()) for text in small.take(pa.array(odd)).to_pylist()]
        numbers[odd] = _numbers(*parts(pa.array(plain, pa.string())))
    return numbers


def _oddly_spaced(n: int, offsets: npt.NDArray[np.int32], held: Bytes) -> Mask:
    """Return which texts may have a space that is not one ordinary one."""
    found = np.zeros(n, dtype=bool)
    if len(held) < 3:
        return ~found
    two = (held[:-1] == ord(" ")) & (held[1:] == ord(" "))
    wide = np.flatnonzero((held < ord(" ")) | (held == 0xE1) | (held == 0xE3))
    after_e2 = np.flatnonzero(held[:-2] == 0xE2)
    second, third = held[after_e2 + 1], held[after_e2 + 2]
    after_e2 = after_e2[((second == 0x80) & ((third <= 0x8A) | (third >= 0xA8))) | (second == 0x81)]
    after_c2 = np.flatnonzero(held[:-1] == 0xC2)
    after_c2 = after_c2[np.isin(held[after_c2 + 1], [0x85, 0xA0])]
    places = np.concatenate([np.flatnonzero(two), wide, after_e2, after_c2])
    found[np.searchsorted(offsets, places, side="right") - 1] = True
    return found


_MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio as a fraction of 2^64: Fibonacci hashing (Knuth, 6.4)
_SPREAD = np.uint64(32)


def mixed(numbers: Keys, more: Keys) -> Keys:
    """Return one number for each pair."""
    both = (numbers ^ more) * _MIX
    return both ^ (both >> _SPREAD)


def _numbers(offsets: npt.NDArray[np.int32], held: Bytes) -> Keys:
    starts, ends = offsets[:-1].astype(np.int64), offsets[1:].astype(np.int64)
    lengths = ends - starts
    numbers = mixed(np.zeros(len(starts), np.uint64), lengths.astype(np.uint64))
    if len(held) < 8:
        held = np.concatenate([held, np.zeros(8, np.uint8)])
    words = np.ndarray((len(held) - 7,), dtype="<u8", buffer=held, strides=(1,))
    short = lengths < 8
    for at in (starts, starts + lengths // 4, starts + lengths // 2, starts + 3 * lengths // 4, ends - 8):
        here = np.clip(np.minimum(at, ends - 8), starts, None)
        where = np.minimum(here, len(words) - 1)
        word = words[where] >> (8 * (here - where)).astype(np.uint64)  # at the end of all bytes
        rest = np.where(short, 8 * (8 - lengths), 0).astype(np.uint64)
        word = np.where(lengths == 0, 0, (word << rest) >> rest) if short.any() else word
        numbers = mixed(numbers, word)
    return numbers
