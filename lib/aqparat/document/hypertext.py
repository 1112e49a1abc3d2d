"""Inline text and prose in HTML. Whatever the words hold, they are text there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from aqparat.words.inline import Inline, Part
from aqparat.words.prose import Passage

_AROUND = ("strong", "emphasis", "role")  # what goes around several parts, from the outside in
_TAGS = {"strong": "strong", "emphasis": "em"}
Link = Callable[[str], str]  # id of a fact to the address of what is told of it; empty for none


def inline(words: Inline | Sequence[Any], link: Link | None = None) -> Markup:
    """Set inline text.

    Parameters
    ----------
    words : Inline or list
        The text, or what JSON has of it.
    link : callable, optional
        Gives the address that a fact leads to.
    """
    parts = words.parts if isinstance(words, Inline) else Inline.read(words).parts
    return Markup(_around(parts, _AROUND, link or (lambda _: "")))


def prose(passages: Iterable[Passage | dict[str, Any]], link: Link | None = None) -> Markup:
    """Set paragraphs, headings and lists."""
    return Markup("").join(_passage(p if isinstance(p, Passage) else Passage.read(p), link) for p in passages)


def _passage(passage: Passage, link: Link | None) -> Markup:
    items = [inline(item, link) for item in passage.items]
    if passage.kind == "list":
        listed = Markup("").join(Markup("<li>{}</li>\n").format(item) for item in items)
        return Markup("<ul>\n{}</ul>\n").format(listed)
    tag = f"h{passage.level}" if passage.kind == "heading" else "p"
    return Markup("<{0}>{1}</{0}>\n").format(tag, *items)


def _around(parts: Iterable[Part], outer: Sequence[str], link: Link) -> str:
    """Set parts; those side by side that share what goes around them, in one element."""
    if not outer:
        return "".join(_part(part, link) for part in parts)
    first, *inner = outer
    found = []
    for what, group in groupby(parts, attrgetter(first)):
        tag = _TAGS.get(first, what)
        content = _around(group, inner, link)
        found.append(f"<{tag}>{content}</{tag}>" if what else content)
    return "".join(found)


def _part(part: Part, link: Link) -> str:
    words = escape(part.text, quote=False)
    if part.isolated:
        words = f"<bdi>{words}</bdi>"
    if part.lang:
        words = f'<span lang="{escape(part.lang)}">{words}</span>'
    if part.day:
        window = f' data-window="{escape(part.window)}"' if part.window else ""
        words = f'<time datetime="{escape(part.day)}"{window}>{words}</time>'
    if part.fact:
        value = "" if part.value is None else f"{part.value:.12g}"
        words = f'<data class="fact" data-fact="{escape(part.fact)}" value="{value}">{words}</data>'
        address = link(part.fact)
        words = f'<a class="trace" href="{escape(address)}">{words}</a>' if address else words
    return words
