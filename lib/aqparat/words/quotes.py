"""Quotation marks within quotation marks: the one rule, for all languages.

Kazakh and Russian quote with « » and within these with „ “; English with “ ” and within these with ‘ ’. A
label quotes what is put into it, and a name may have marks of its own: ««Жетісу» газеті» becomes
«„Жетісу“ газеті». Where marks do not pair (a name such as «Газета «Жетісу»), nothing is touched.
"""

from __future__ import annotations

from aqparat.words.inline import Inline

_PAIRS = {"«": "»", "“": "”"}  # what a text opens a quotation with, and how that ends
_INNER = {"«": ("„", "“"), "“": ("‘", "’")}  # by the mark around it


def nested(words: str) -> str:
    """Return a text whose quotations within quotations have the inner marks of the outer ones.

    Examples
    --------
    >>> nested("столбец ««Жетісу» газеті»"), nested("column “«Zhetisu» paper”")
    ('столбец «„Жетісу“ газеті»', 'column “‘Zhetisu’ paper”')
    """
    if words.count("«") + words.count("“") < 2:
        return words
    return "".join(_turned(words))


def nested_inline(words: Inline) -> Inline:
    """Return inline text likewise; a quotation may begin in one part and end in another."""
    return words.respelt(nested(str(words)))


def _turned(words: str) -> list[str]:
    """Return the characters, the marks of inner quotations turned; as they are where marks do not pair."""
    letters, opened = list(words), list[int]()
    for at, letter in enumerate(words):
        if letter in _PAIRS and not (letter == "“" and opened and words[opened[-1]] == "„"):
            opened.append(at)
        elif letter in _PAIRS.values() and opened:
            if _PAIRS[words[opened[-1]]] != letter:
                return list(words)
            begun = opened.pop()
            if len(opened) % 2:
                letters[begun], letters[at] = _INNER[words[opened[-1]]]
        elif letter in _PAIRS.values():
            return list(words)
    return list(words) if opened else letters
