"""Inline text and prose in Markdown, as JupyterLab shows them; whatever the words hold is text there.

Where somebody works in JupyterLab, `markup.live` shows more; this is for all else that shows a notebook.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from aqparat.words.inline import Inline, text
from aqparat.words.prose import Passage

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
        content = "".join(f"<bdi>{_special(p.text)}</bdi>" if p.isolated else _special(p.text) for p in parts)
        found.append(f"**{content}**" if strong else content)
    return _led("".join(found))


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


def _special(words: str) -> str:
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", words)


def _led(words: str) -> str:
    """Keep the beginning from being that of a list or a heading."""
    return _LEADING.sub(lambda m: f"{m[1]}{m[2]}&#{ord(m[3])};", words)
