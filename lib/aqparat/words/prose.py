"""Running text as a value: paragraphs, headings and lists of inline text, made of what a template yields.

A template is Markdown; what it puts in are values. The Markdown is parsed once, each value in it a single
letter that data cannot hold, so no text that is put in can be markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import mistune

from aqparat.words.inline import Inline, capital, capitalised, joined, text

_VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"  # `legible` leaves none in data
_BREAKS = re.compile(r"[ \t\n]+")  # not the no-break space of a number
_DASH = re.compile(r"(?<=\S) –")
_parse: Callable[[str], Any] = mistune.create_markdown(renderer="ast", escape=False)


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading or a list.

    Parameters
    ----------
    kind : {"paragraph", "heading", "list"}
    items : tuple of Inline
        The items of a list; of the others the one text there is.
    level : int
        Of a heading, as in Markdown.
    """

    kind: str
    items: tuple[Inline, ...]
    level: int = 0

    def json(self) -> dict[str, Any]:
        """Return the passage for JSON; `read` takes it back."""
        level = {"level": self.level} if self.level else {}
        return {"kind": self.kind, **level, "items": [item.json() for item in self.items]}

    @classmethod
    def read(cls, passage: dict[str, Any]) -> Passage:
        """Return a passage read from JSON."""
        items = tuple(Inline.read(item) for item in passage["items"])
        return cls(passage["kind"], items, passage.get("level", 0))

    def each(self, change: Callable[[Inline], Inline]) -> Passage:
        """Return the passage with each of its texts changed."""
        return Passage(self.kind, tuple(map(change, self.items)), self.level)


class Draft(tuple[Any, ...]):
    """What a template, a macro or a loop has yielded: its own Markdown (`str`), and what is put in it."""

    @property
    def inline(self) -> Inline:
        """The draft on one line, its own text taken as it stands."""
        own, values = self._laid()
        return _with(_BREAKS.sub(" ", own).strip(), iter(values)).map(lambda words: _BREAKS.sub(" ", words))

    @property
    def passages(self) -> list[Passage]:
        """The draft as the Markdown says.

        Raises
        ------
        ValueError
            If there is something other in it than paragraphs, headings, lists and emphasis.
        """
        own, values = self._laid()
        own = re.sub(r"[ \t]{2,}", " ", re.sub(r"[ \t]*\n[ \t]*", "\n", own))
        left = iter(values)
        passages = [passage for token in _parse(_undashed(own)) for passage in _passage(token, left)]
        return [passage.each(lambda words: words.map(_tidy)) for passage in passages]

    def capitalised(self) -> Draft:
        """Begin with a capital letter."""
        for place, piece in enumerate(self):
            if piece:
                return Draft((*self[:place], _capital(piece), *self[place + 1 :]))
        return self

    def _laid(self) -> tuple[str, list[Inline]]:
        """Return the Markdown with a letter for each value, and the values."""
        own, values = [], []
        for piece in _flat(self):
            own.append(_VALUE if isinstance(piece, Inline) else piece)
            values += [piece] if isinstance(piece, Inline) else []
        return "".join(own), values


def _undashed(words: str) -> str:
    """Keep a line from beginning with a dash."""
    return _DASH.sub("\u00a0–", words)


def _tidy(words: str) -> str:
    return _undashed(re.sub(" {2,}", " ", words))


def _flat(draft: Draft) -> Iterator[str | Inline]:
    for piece in draft:
        if isinstance(piece, Draft):
            yield from _flat(piece)
        elif piece:
            yield piece


def _capital(piece: Any) -> Any:
    if isinstance(piece, Draft):
        return piece.capitalised()
    return capitalised(piece) if isinstance(piece, Inline) else capital(piece)


def _with(own: str, values: Iterator[Inline]) -> Inline:
    """Put the next values into a text, each in the place of its letter."""
    before, *rest = own.split(_VALUE)
    return joined([before, *(piece for after in rest for piece in (next(values), after))])


def _passage(token: dict[str, Any], values: Iterator[Inline]) -> Iterable[Passage]:
    children = token.get("children", [])
    match token["type"]:
        case "blank_line":
            return []
        case "paragraph" | "block_text":
            return [Passage("paragraph", (_inlines(children, values),))]
        case "heading":
            return [Passage("heading", (_inlines(children, values),), token["attrs"]["level"])]
        case "list" if not token["attrs"]["ordered"]:
            items = [
                passage.items[0]
                for item in children
                for child in item["children"]
                for passage in _passage(child, values)
                if passage.kind == "paragraph"
            ]
            if len(items) == len(children):
                return [Passage("list", tuple(items))]
    raise ValueError(f"a narrative holds no {token['type']}: {token}")


def _inlines(tokens: Sequence[dict[str, Any]], values: Iterator[Inline]) -> Inline:
    found = []
    for token in tokens:
        match token["type"]:
            case "text":
                found.append(_with(unescape(token["raw"]), values))
            case "strong" | "emphasis":
                found.append(_inlines(token["children"], values).each(**{token["type"]: True}))
            case "softbreak":
                found.append(text(" "))
            case other:
                raise ValueError(f"a narrative holds no {other}: {token}")
    return joined(found)
