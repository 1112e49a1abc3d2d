"""Inline text and prose in Markdown, as JupyterLab shows them; whatever the words hold is text there.

In JupyterLab a number opens what it is, as in the page: a button opens a popover, which needs no script. A
notebook that is published has the words alone, half as many bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

from aqparat.words.inline import Inline, Part, text
from aqparat.words.prose import Passage

STYLE = """<style>
[popovertarget^="fact-"] { all: unset; cursor: pointer; border-bottom: 1px dotted currentColor }
[popovertarget^="fact-"]:focus-visible { outline: 2px solid currentColor; outline-offset: 1px }
[popover][id^="fact-"] {
  max-width: 40rem; max-height: 80vh; overflow: auto; padding: 1rem 1.5rem; border: 1px solid #767676;
  color: var(--jp-content-font-color1, #000); background: var(--jp-layout-color0, #fff);
  font: 14px / 1.5 var(--jp-content-font-family, sans-serif)
}
</style>"""

SESSION = "JPY_SESSION_NAME"  # set by jupyter_server; no command of the program passes it on

_SPECIAL = re.compile(r"[\\`*_\[\]<>&!|~^$#={}\"@]")
_LEADING = re.compile(r"^( ?)([0-9]*)([.)]|[-+:])")


def is_live() -> bool:
    """Return whether somebody works in a notebook: JupyterLab tells its kernels for which file they are."""
    return SESSION in os.environ


def inline(words: Inline | str) -> str:
    """Return inline text."""
    found = []
    for strong, parts in groupby(text(words).parts, attrgetter("strong")):
        content = "".join(map(_part, parts))
        found.append(f"**{content}**" if strong else content)
    return _led("".join(found))


def opened(fact: str, title: Inline, lines: Iterable[Inline]) -> str:
    """Return what opens at a number: what it is, and what there is to say of it, line by line."""
    own, *items = ["".join(_part(part, fact) for part in line.parts) for line in (title, *lines)]
    told = "".join(f"<li>{item}</li>" for item in items)
    return f'<div popover id="{_place(fact)}"><strong>{own}</strong><ul>{told}</ul></div>'


def prose(passages: Iterable[Passage]) -> str:
    """Return paragraphs, headings and lists."""
    return "\n\n".join(map(_passage, passages))


def table(columns: Sequence[str], rows: Iterable[Sequence[Inline]]) -> str:
    """Return a table."""
    lines = [list(map(inline, columns)), ["---"] * len(columns), *(list(map(inline, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _passage(passage: Passage) -> str:
    if passage.kind == "list":
        return "\n".join(f"- {inline(item)}" for item in passage.items)
    return f"{'#' * passage.level} {inline(passage.items[0])}".lstrip()


def _part(part: Part, within: str = "") -> str:
    """Set a part; a number opens what it is, but not within that."""
    told = f"<bdi>{_special(part.text)}</bdi>" if part.isolated else _special(part.text)
    if part.fact in ("", within) or not is_live():
        return told
    keys = "data-lm-suppress-shortcuts"  # Enter opens it, and does not begin to edit the cell
    return f'<button popovertarget="{_place(part.fact)}" {keys}>{told}</button>'


def _place(fact: str) -> str:
    return f"fact-{escape(fact)}"


def _special(words: str) -> str:
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", words)


def _led(words: str) -> str:
    """Keep the beginning from being that of a list or a heading."""
    return _LEADING.sub(lambda m: f"{m[1]}{m[2]}&#{ord(m[3])};", words)
