"""Inline text and prose in HTML. Whatever the words hold, they are text there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from aqparat.words.inline import Inline, Part
from aqparat.words.prose import Passage

_INDEX = re.compile(r"[₀-₉ᵢ₍₎]+")  # the fonts lack these letters
_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢ₍₎", "0123456789i()")
_AROUND = ("strong", "emphasis", "role")  # what goes around several parts, from the outside in
_TAGS = {"strong": "strong", "emphasis": "em"}
Link = Callable[[str], str]  # id of a fact, code of an organisation, to an address; empty where there is none


@dataclass(frozen=True)
class Links:
    """Where facts and names of organisations lead."""

    facts: Link
    reports: Link


def inline(words: Inline | Sequence[Any], link: Link | None = None, reports: Link | None = None) -> Markup:
    """Set inline text.

    Parameters
    ----------
    words : Inline or list
        The text, or what JSON has of it.
    link : callable, optional
        Gives the address that a fact leads to.
    reports : callable, optional
        Gives the address of an organisation's own report.
    """
    parts = words.parts if isinstance(words, Inline) else Inline.read(words).parts
    return Markup(_around(parts, _AROUND, Links(link or _nowhere, reports or _nowhere)))


def _nowhere(_: str) -> str:
    return ""


def prose(passages: Iterable[Passage | dict[str, Any]], link: Link | None = None) -> Markup:
    """Set paragraphs, headings and lists."""
    return Markup("").join(_passage(p if isinstance(p, Passage) else Passage.read(p), link) for p in passages)


def formula(text: str) -> Markup:
    """Set a formula: indices as such, since no font has them as letters."""
    safe = escape(text, quote=False)
    return Markup(_INDEX.sub(lambda m: f"<sub>{m[0].translate(_PLAIN)}</sub>", safe))


def _passage(passage: Passage, link: Link | None) -> Markup:
    items = [inline(item, link) for item in passage.items]
    if passage.kind == "list":
        listed = Markup("").join(Markup("<li>{}</li>\n").format(item) for item in items)
        return Markup("<ul>\n{}</ul>\n").format(listed)
    tag = f"h{passage.level}" if passage.kind == "heading" else "p"
    return Markup("<{0}>{1}</{0}>\n").format(tag, *items)


def _around(parts: Iterable[Part], outer: Sequence[str], links: Links) -> str:
    """Set parts; those side by side that share what goes around them, in one element."""
    if not outer:
        return "".join(_part(part, links) for part in parts)
    first, *inner = outer
    found = []
    for what, group in groupby(parts, attrgetter(first)):
        tag = _TAGS.get(first, what)
        content = _around(group, inner, links)
        found.append(f"<{tag}>{content}</{tag}>" if what else content)
    return "".join(found)


def _part(part: Part, links: Links) -> str:
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
        address = links.facts(part.fact)
        words = f'<a class="trace" href="{escape(address)}">{words}</a>' if address else words
    if address := part.report and links.reports(part.report):
        words = f'<a href="{escape(address)}">{words}</a>'
    return words
