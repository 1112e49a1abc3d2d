"""Characters that do not ink: what becomes of them wherever text of the raw data is shown.

One rule for page, PDF, notebook, chart and terminal. A character that could steer a terminal or turn
the direction of a line, or that has no meaning outside one machine, is written by its code, `[U+202E]`:
so nobody is misled by it, and an editor sees what stands in the cell. One that shows nothing and does
nothing (a soft hyphen, a byte order mark) is left out, as a reader would; a line break or a space of odd
width is a space.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

# The ranges are written out, not looked up by category: the bytes must not depend on Python's Unicode.
CONTROLS = "\x00-\x1f\x7f-\x9f"  # of terminals, printers, protocols; tab and line breaks are among them
SILENT = (  # show nothing and do nothing
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
STEERING = (
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of a line
    "\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff"  # annotations and what is not a character
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # halves of characters, private use
)
LINES = "\u2028\u2029"  # break a line or a paragraph
_BREAKS = re.compile(rf"\r\n|[\t\n\v\f\r\x1c-\x1f\x85{LINES}\u1680\u2000-\u200a\u205f\u3000]")
_SILENT = re.compile(f"[{SILENT}]")
_STEERING = re.compile(f"[{CONTROLS}{STEERING}]")  # of the controls, those that are no breaks
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STORM = re.compile(f"({_MARK}{{2}})({_MARK}+)")  # more than two marks on a letter run into other lines
_ORDINARY = re.compile(  # Latin, Greek, Cyrillic, signs: all faces can draw them, and need not be asked
    "[\n -~\u00a0-\u02e9\u0300-\u034f\u0391-\u03a1\u03a3-\u0525"
    "\u2000-\u2064\u2074-\u208e\u2116\u2190-\u22ff]*"
)


def code(character: str) -> str:
    """Return the code of a character: `[U+202E]`."""
    return f"[U+{ord(character):04X}]"


def _codes(text: str) -> str:
    return "".join(map(code, text))


def legible(text: str) -> str:
    r"""Return a text as it may be shown on one line: composed, without characters that steer.

    Examples
    --------
    >>> legible("қа\u00adзақ \u202eкері")
    'қазақ [U+202E]кері'
    """
    text = _SILENT.sub("", _BREAKS.sub(" ", text))
    text = unicodedata.normalize("NFC", _STEERING.sub(lambda m: code(m[0]), text))
    return _STORM.sub(lambda m: m[1] + _codes(m[2]), text)


@functools.cache
def _drawable() -> frozenset[int]:
    """Code points that the project's faces or the fallback face can draw, in every style."""
    from matplotlib.ft2font import FT2Font

    own = Path(str(resources.files("aqparat"))) / "fonts"
    folder = fallback()

    def characters(root: Path, *names: str) -> set[int]:
        return set.intersection(*(set(FT2Font(str(root / f"{name}.ttf")).get_charmap()) for name in names))

    noto = characters(own, "NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Regular", "NotoSerif-Bold")
    return frozenset(noto | characters(folder, "DejaVuSans", "DejaVuSans-Bold"))


def fallback() -> Path:
    """Return the folder of the faces for letters the project's own lack: those matplotlib brings."""
    found = find_spec("matplotlib")  # which is not imported for that: a document is made without it
    assert found and found.origin
    return Path(found.origin).with_name("mpl-data") / "fonts" / "ttf"


def drawable(text: str) -> str:
    """Return a text as it can be drawn: what no face has a glyph for is written by its code."""
    if _ORDINARY.fullmatch(text):
        return text
    known = _drawable()
    return "".join(c if ord(c) in known or c == "\n" else code(c) for c in text)
