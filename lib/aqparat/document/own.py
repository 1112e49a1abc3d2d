"""What an analyst added to a notebook: Markdown, tables, pictures, printed text, as blocks.

Nothing in them acts in a page: of HTML only the cells of its tables are taken, as text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from aqparat.markup import picture

if TYPE_CHECKING:
    from nbformat import NotebookNode

Block = dict[str, Any]
_PICTURES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpeg"}
_STEERING = re.compile("\x1b\\[.*?[@-~]")  # by which a program colours what it prints (ECMA-48, CSI)
_SILENT = ("style", "script", "head", "title")


def written(cell: NotebookNode) -> Iterator[Block]:
    """Give the block of a Markdown cell: `kind` markdown, `text`."""
    if cell.source.strip():
        yield {"kind": "markdown", "text": cell.source}


def shown(output: NotebookNode) -> Iterator[Block]:
    """Give the blocks of an output: of its forms the one that shows most.

    Yields
    ------
    dict
        `kind` markdown or output (`text`), picture (`form`, `content` in bytes, `alt`, perhaps empty) or
        grid (`head` and `body`: rows of cells, as many in each, with `text` and whether it is a `head`;
        `title`, perhaps empty).
        What is written to standard error is for the analyst, not for readers.
    """
    if output.output_type == "stream" and output.name == "stdout" and output.text.strip():
        yield {"kind": "output", "text": _plain(output.text).strip("\n")}
    elif "data" in output:
        yield from _displayed(output.data, output.get("metadata", {}))


def blocks(cell: NotebookNode) -> Iterator[Block]:
    """Give the blocks of a cell of a notebook that is no report."""
    if cell.cell_type == "markdown":
        yield from written(cell)
    for output in cell.get("outputs", []):
        yield from shown(output)


def _displayed(data: dict[str, Any], metadata: dict[str, Any]) -> Iterator[Block]:
    plain = _text(data.get("text/plain", ""))
    for kind, form in _PICTURES.items():
        content = _content(kind, data)
        if content:
            alt = metadata.get(kind, {}).get("alt") or metadata.get("alt") or plain
            yield {"kind": "picture", "form": form, "content": content, "alt": _worded(alt)}
            return
    if "text/html" in data:
        reader = _Tables()
        reader.feed(_text(data["text/html"]))
        filled = zip(reader.tables, reader.captions, strict=True)
        tables = [{**_grid(t), "title": " ".join(c.split())} for t, c in filled if any(t["head"] + t["body"])]
        yield from tables
        beside = reader.rest.strip() or ("" if tables else plain)  # such as how many rows there are in all
        if beside:
            yield {"kind": "output", "text": beside}
    elif "text/markdown" in data:
        yield {"kind": "markdown", "text": _text(data["text/markdown"])}
    elif plain.strip():
        yield {"kind": "output", "text": _plain(plain)}


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _content(kind: str, data: dict[str, Any]) -> bytes:
    """Give the bytes of a picture; none where it is not there or damaged."""
    if kind not in data:
        return b""
    text = _text(data[kind])
    try:
        content = text.encode("utf-8") if kind == "image/svg+xml" else base64.b64decode(text)
        picture.size(content, _PICTURES[kind])
    except ValueError:
        return b""
    return content


def _worded(alt: str) -> str:
    """Give an alternative text; what Python calls an object (`<Figure size 640x480>`) says nothing."""
    return "" if alt.startswith("<") else " ".join(alt.split())


def _grid(table: dict[str, list[list[Block]]]) -> Block:
    """Give a table with a cell in every place: one that goes over several stands in each of them."""
    laid = {part: _laid(rows) for part, rows in table.items()}
    columns = max(len(row) for rows in laid.values() for row in rows)
    empty = {"text": "", "head": False}
    return {
        "kind": "grid",
        **{part: [row + [empty] * (columns - len(row)) for row in rows] for part, rows in laid.items()},
    }


def _laid(rows: list[list[Block]]) -> list[list[Block]]:
    laid: list[list[Block]] = []
    below: dict[tuple[int, int], Block] = {}  # places taken by a cell of a row above
    for number, row in enumerate(rows):
        line: list[Block] = []
        for cell in row:
            while (number, len(line)) in below:
                line.append(below[number, len(line)])
            shown = {"text": cell["text"].strip(), "head": cell["head"]}
            for _ in range(cell["across"]):
                below |= {(number + down, len(line)): shown for down in range(1, cell["down"])}
                line.append(shown)
        while (number, len(line)) in below:
            line.append(below[number, len(line)])
        laid.append(line)
    return laid


class _Tables(HTMLParser):
    """Reads the tables of some HTML as rows of text, and the text beside them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[dict[str, list[list[Block]]]] = []
        self.captions: list[str] = []  # one a table
        self.rest = ""
        self._captioned = False
        self._head = False
        self._cell: Block | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._silent += tag in _SILENT
        if tag == "table":
            self.tables.append({"head": [], "body": []})
            self.captions.append("")
        elif not self.tables:
            return
        elif tag in ("thead", "tbody", "tfoot"):
            self._head = tag == "thead"
        elif tag == "tr":
            self.tables[-1]["head" if self._head else "body"].append([])
        elif tag in ("th", "td"):
            spans = {"across": _span(given.get("colspan")), "down": _span(given.get("rowspan"))}
            self._cell = {"text": "", "head": tag == "th", **spans}
            rows = self.tables[-1]["head" if self._head else "body"]
            if not rows:
                rows.append([])
            rows[-1].append(self._cell)
        elif tag == "caption":
            self._captioned = True
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in ("th", "td", "tr", "table"):
            self._cell = None
        if tag in ("thead", "table"):
            self._head = False
        if tag in ("caption", "tr", "table"):
            self._captioned = False

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._cell is not None:
            self._cell["text"] += " ".join(data.split("\n"))
        elif self._captioned:
            self.captions[-1] += data
        else:
            self.rest += data


def _span(value: str | None) -> int:
    return min(int(value), 100) if value and value.isdecimal() and int(value) else 1


def _plain(printed: str) -> str:
    """Take out what steers a terminal."""
    return _STEERING.sub("", printed)
