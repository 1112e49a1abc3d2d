"""Bytes to text: the encodings that files from Kazakhstan come in; of a long file piece by piece."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ["kz1048", "cp1251", "koi8_r", "cp866", "mac_cyrillic"]
# Letters of cp1251 that no language of Kazakhstan has: KZ-1048 has the Kazakh ones in their places.
_NOT_KAZAKH = re.compile("[ЃѓЄєЇїЈјЉљЊњЋћЌќЎўЅѕЏџҐґ]")
# What a table in one of the three languages is written with; UTF-16 read the wrong way is not.
_PLAUSIBLE = re.compile(r"[\t\r\n -~\u00a0-\u052f\u2000-\u23ff]*")
_SAMPLE = 1 << 16  # bytes of lines with other than ASCII letters; enough to tell one alphabet from another
START = 16 * _SAMPLE  # bytes among which these are looked for
_PIECE = 1 << 20  # bytes that are turned into text at once


class UndecodableError(ValueError):
    """The bytes are no text in any known encoding; `row` is where UTF-8 breaks off."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row}")
        self.row = row


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was in, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool = False


def decoded(content: bytes) -> Decoded:
    """Return the text in the bytes of a file.

    UTF-8 with or without its mark, UTF-16 and UTF-32 with theirs are certain. What is none of these is
    guessed: UTF-16 by its zero bytes, else one of the Cyrillic code pages by what its text would be.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    Decoded

    Raises
    ------
    UndecodableError
        If it is no text, or UTF-8 with broken places.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                return Decoded(content.decode(name), name)
            except UnicodeDecodeError as error:
                raise UndecodableError(_row(content, error.start)) from error
    if b"\0" in content:
        if wide := _wide(content):
            return wide
        if content.count(0) * 10 > len(content):  # fewer are stray characters in a text
            raise UndecodableError(_row(content, content.index(b"\0")))
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        row = _row(content, error.start)
    name = _guessed(content, row)
    try:
        text = content.decode(name)
        if name == "cp1251" and _NOT_KAZAKH.search(text):
            name, text = "kz1048", content.decode("kz1048")
    except UnicodeDecodeError as error:
        raise UndecodableError(_row(content, error.start)) from error
    return Decoded(text, name, guessed=True)


def _guessed(content: bytes, row: int) -> str:
    """Return which Cyrillic code page a text is in.

    Raises
    ------
    UndecodableError
        If it is UTF-8 with a broken place in a row, or in none of them.
    """
    sample = b"\n".join(re.findall(rb"[^\r\n]*[\x80-\xff][^\r\n]*", content[:START]))[:_SAMPLE]
    if _mostly_utf8(sample):
        raise UndecodableError(row)
    from charset_normalizer import from_bytes  # here: few files are not UTF-8

    best = from_bytes(sample, cp_isolation=_CYRILLIC).best()
    if best is None:
        raise UndecodableError(row)
    return best.encoding


@dataclass(frozen=True)
class Encoding:
    """The encoding that a text begins in, and whether that was guessed."""

    name: str
    guessed: bool = False

    @classmethod
    def of(cls, start: bytes) -> Encoding:
        """Return the encoding of a text, as `decoded` finds it, by its first `START` bytes.

        Raises
        ------
        UndecodableError
            If they are no text.
        """
        for mark, name in _MARKS:
            if start.startswith(mark):
                return cls(name)
        if b"\0" in start and (wide := _wide(start[: len(start) // 4 * 4])):
            return cls(wide.encoding, guessed=True)
        try:
            codecs.getincrementaldecoder("utf-8")().decode(start)
            return cls("utf-8")
        except UnicodeDecodeError as error:
            return cls(_guessed(start, _row(start, error.start)), guessed=True)

    def opened(self, path: Path) -> io.BufferedReader:
        """Open a file in this encoding to be read as UTF-8."""
        file = path.open("rb")
        return file if self.name.startswith("utf-8") else io.BufferedReader(AsUtf8(file, self), _PIECE)


UTF_8 = Encoding("utf-8")


class AsUtf8(io.RawIOBase):
    """A file in another encoding, read as UTF-8; what `decoded` would make of the whole.

    Parameters
    ----------
    file : file
        Read from its start.
    encoding : Encoding
        That it begins in: a Kazakh letter in what was taken for cp1251 shows that it is KZ-1048.

    Raises
    ------
    UndecodableError
        When it is read on, if it is none after all.
    """

    def __init__(self, file: BinaryIO, encoding: Encoding) -> None:
        self._file = file
        self.encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding.name)()
        self._left = b""

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, room: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read bytes into some room, and return how many."""
        while not self._left:
            content = self._file.read(_PIECE)
            self._left = self._decoded(content).encode()
            if not content:
                break
        read = min(len(room), len(self._left))
        room[:read] = self._left[:read]
        self._left = self._left[read:]
        return read

    def _decoded(self, content: bytes) -> str:
        try:
            text = self._decoder.decode(content, final=not content)
            if self.encoding.name == "cp1251" and _NOT_KAZAKH.search(text):
                self.encoding = Encoding("kz1048", guessed=True)
                self._decoder = codecs.getincrementaldecoder("kz1048")()
                text = self._decoder.decode(content, final=not content)
        except UnicodeDecodeError as error:
            raise UndecodableError(0) from error
        if self.encoding.guessed and "utf-16" in self.encoding.name and not _PLAUSIBLE.fullmatch(text):
            raise UndecodableError(0)
        return text

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def _wide(content: bytes) -> Decoded | None:
    """Return UTF-16 that has no mark as text: in Latin letters and delimiters every second byte is zero."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    name = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        return None
    return Decoded(text, name, guessed=True) if _PLAUSIBLE.fullmatch(text) else None


def _mostly_utf8(sample: bytes) -> bool:
    """Return whether this is UTF-8 with a broken place, not another encoding: most letters are whole."""
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(ord(c) > 0x7F for c in text) - broken
    return whole > 4 * broken


def _row(content: bytes, at: int) -> int:
    return content[:at].count(b"\n") + 1
