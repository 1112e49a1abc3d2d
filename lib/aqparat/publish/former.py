"""Notebooks published before inline text was a value: then it was Markdown with `<data>` and `<time>` in it.

They stay readable by all that reads published folders: the front page, comparisons, revisions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import mistune

from aqparat.blocks import MIME
from aqparat.words.inline import Inline, Part, joined
from aqparat.words.prose import Passage

_INLINE = ("title", "note", "period")  # what was inline text, wherever it stood in a block
_PAGE: Callable[[str], Any] = mistune.create_markdown(escape=False)


def read(notebook: Any) -> Any:
    """Give an executed notebook with its blocks in the form they have now."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            block = output.get("data", {}).get(MIME)
            if block is not None and "facts" not in block:
                output.data[MIME] = _block(block)
    return notebook


def inline(text: str) -> Inline:
    """Read inline text as it was written then."""
    reader = _Reader()
    reader.feed(text)
    return reader.words()


def prose(markdown: str) -> list[Passage]:
    """Read running text as it was written then."""
    reader = _Reader()
    reader.feed(str(_PAGE(markdown)))
    return reader.passages


def _block(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == "prose":
        passages = prose(block["markdown"])
        shown = joined(item for passage in passages for item in passage.items)
        told = [passage.json() for passage in passages]
        return {"kind": "prose", "name": block["name"], "passages": told, "facts": shown.facts}
    texts = {key: inline(block[key]) for key in _INLINE if key in block}
    rows = [[inline(cell) for cell in row] for row in block.get("rows", [])]
    marks = [mark["fact"] for mark in block.get("marks", []) if mark["fact"]]
    shown = joined([texts.get("title", ""), *(cell for row in rows for cell in row), texts.get("note", "")])
    found: dict[str, Any] = {**block, **{key: text.json() for key, text in texts.items()}}
    found["facts"] = list(dict.fromkeys([*shown.facts, *marks]))
    if rows:
        found["rows"] = [[cell.json() for cell in row] for row in rows]
    if "period" in block.get("more", {}):
        found["more"] = {**block["more"], "period": inline(block["more"]["period"]).json()}
    if "entries" in block:
        found["entries"] = [_entry(entry) for entry in block["entries"]]
    return found


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, **{key: inline(entry[key]).json() for key in ("title", "value", "bounds", "period")}}


class _Reader(HTMLParser):
    """Makes parts of the texts in HTML, and passages of its paragraphs, headings and lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._parts: list[Part] = []
        self._around: list[tuple[str, dict[str, Any]]] = []
        self._items: list[Inline] | None = None

    def words(self) -> Inline:
        """Give the text read since the last passage."""
        parts, self._parts = self._parts, []
        words = joined(Inline((part,)) for part in parts)
        return words.cut(0, len(str(words).rstrip()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        about: dict[str, Any] = {}
        if tag == "data":
            value = given.get("value")
            about = {"fact": given.get("data-fact", ""), "value": float(value) if value else None}
        elif tag == "time":
            about = {"day": given.get("datetime", ""), "window": given.get("data-window", "")}
        elif tag == "span":
            about = {"lang": given.get("lang", "")}
        elif tag in ("cite", "samp"):
            about = {"role": tag}
        elif tag in ("strong", "em", "bdi"):
            about = {{"strong": "strong", "em": "emphasis", "bdi": "isolated"}[tag]: True}
        elif tag in ("ul", "ol"):
            self._items = []
        self._around.append((tag, about))

    def handle_endtag(self, tag: str) -> None:
        while self._around and self._around.pop()[0] != tag:
            pass
        if tag in ("ul", "ol") and self._items is not None:
            self.passages.append(Passage("list", tuple(self._items)))
            self._items = None
        elif tag == "li" or (tag == "p" and self._items is None):
            words = self.words()
            if self._items is None:
                self.passages.append(Passage("paragraph", (words,)))
            else:
                self._items.append(words)
        elif re.fullmatch("h[1-6]", tag):
            self.passages.append(Passage("heading", (self.words(),), int(tag[1])))

    def handle_data(self, data: str) -> None:
        inside = any(tag in ("p", "li", "h1", "h2", "h3", "h4") for tag, _ in self._around)
        words = re.sub(r"\s*\n\s*", " ", data)
        if not inside and self._around and not words.strip():
            return  # between the items of a list
        about = {key: value for _, given in self._around for key, value in given.items()}
        if words and (inside or words.strip() or not self.passages):
            self._parts.append(Part(words, **about))
