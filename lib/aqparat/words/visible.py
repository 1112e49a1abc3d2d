"""Text of raw cells as a message quotes it: nothing in it is hidden, and nothing acts."""

from __future__ import annotations

import re

from aqparat.legible import CONTROLS, LINES, SILENT, STEERING, code

_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")
_HIDDEN = re.compile(f"[{CONTROLS}{SILENT}{LINES}{STEERING}]")


def visible(text: str) -> str:
    r"""Return a text with what cannot be seen written by its code; line breaks and tabs become spaces.

    In what is said of raw data such a character may be the very fault, so none is left out; and none may
    turn the text round, hide a part of it, command a terminal or break the XML of a workbook.

    Examples
    --------
    >>> visible("KUS\u200b\x1b[2J")
    'KUS[U+200B][U+001B][2J'
    """
    return _HIDDEN.sub(lambda m: code(m[0]), _BREAKS.sub(" ", text))
