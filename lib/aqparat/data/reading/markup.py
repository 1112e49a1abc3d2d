"""Tables of HTML, which many programs save under the name of an Excel file, to sheets of text."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd

from aqparat.data.reading.archive import COLUMNS, TooLargeError
from aqparat.data.reading.encoding import decoded
from aqparat.data.reading.sheet import Merged, Sheet, as_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MOST = 1000  # rows or columns that one cell may span (HTML, 4.9.11)
_CELLS = 1_000_000  # cells of the table up to its last one
_DECLARATION = re.compile("<[!?][^>]*>")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read(content: bytes, file: str) -> Sheet | None:
    """Return the table of an HTML file; None where there is none, or more than one.

    Raises
    ------
    UndecodableError
        If it is no text.
    TooLargeError
        If the table has more cells, or columns, than can be read.
    """
    parser = _Table()
    parser.feed(_plain(_text(content)))
    parser.close()
    if parser.tables != 1 or not parser.cells:
        return None
    height = max(row for row, _ in parser.cells)
    width = max(column for _, column in parser.cells) + 1
    if width > COLUMNS:
        raise TooLargeError(COLUMNS, width)
    if height * width > _CELLS:
        raise TooLargeError(_CELLS)
    texts = [["".join(parser.cells.get((row, c), ())) for c in range(width)] for row in range(1, height + 1)]
    frame = as_text(pd.DataFrame(texts, columns=range(width)), np.arange(1, height + 1))
    return Sheet(file, "", frame, merged=sorted(parser.merged), unseen=frozenset(parser.unseen))


def _text(content: bytes) -> str:
    """Return the text in the encoding that the file names, or else in that which fits."""
    if named := _CHARSET.search(content[:4096]):
        try:
            return content.decode(codecs.lookup(named[1].decode("ascii")).name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(content).text


def _plain(text: str) -> str:
    """Return a page without comments and declarations, and without what is begun at its end and never closed.

    For each that has no end the parser would look through all the rest of the page.
    """
    kept, at = [], 0
    while (begun := text.find("<!--", at)) >= 0:
        kept.append(text[at:begun])
        end = text.find("-->", begun)
        at = end + 3 if end >= 0 else len(text)
    kept.append(text[at:])
    whole, closed, rest = "".join(kept).rpartition(">")
    return _DECLARATION.sub("", whole + closed) + rest.partition("<")[0]


class _Table(HTMLParser):
    """The cells of the tables of a page, by row (from 1) and column (from 0)."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = 0
        self.cells: dict[tuple[int, int], list[str]] = {}
        self.merged: list[Merged] = []
        self.unseen: set[int] = set()
        self._row, self._at = 0, (0, 0)
        self._next = 0  # the first column of the row that may be free
        self._taken: dict[int, int] = {}  # by column the last row that a cell from above reaches
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self._row, self._next, self._open = self._row + 1, 0, False
            if _HIDDEN.search(given.get("style") or ""):
                self.unseen.add(self._row)
        elif tag in ("td", "th") and self._row:
            self._cell(_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag == "br" and self._open:
            self.cells[self._at].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[self._at].append(re.sub(r"\s+", " ", data))

    def _cell(self, down: int, across: int) -> None:
        column = self._next
        while self._taken.get(column, 0) >= self._row:
            column += 1
        self._at, self._open, self._next = (self._row, column), True, column + across
        self.cells[self._at] = []
        if down > 1 and column < COLUMNS:
            self._taken.update(dict.fromkeys(range(column, self._next), self._row + down - 1))
        if down * across > 1:
            self.merged.append((self._row, column, self._row + down - 1, column + across - 1))


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST) if text and text.isascii() and text.isdigit() else 1
