"""Text of raw cells as a message quotes it: nothing in it is hidden, and nothing acts."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")
# Written out, not looked up by category: the bytes must not depend on Python's Unicode.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # controls of terminals, printers, protocols
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"  # show nothing
    "\u2028-\u202e\u2066-\u206f\ufff9-\ufffc"  # break a line or turn its direction
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"  # no characters at all
)


def visible(text: str) -> str:
    r"""Return characters that cannot be seen by their code; line breaks and tabs become spaces.

    In what is said of raw data such a character may be the very fault, so none is left out; and none may
    turn the text round, hide a part of it, command a terminal or break the XML of a workbook.

    Examples
    --------
    >>> visible("KUS\u200b\x1b[2J")
    'KUS[U+200B][U+001B][2J'
    """
    return _HIDDEN.sub(lambda m: f"[U+{ord(m[0]):04X}]", _BREAKS.sub(" ", text))
