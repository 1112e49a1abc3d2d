"""The Kazakh alphabet: its order, its letters typed as Latin ones, and lists in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_LOOKALIKES = str.maketrans("iIəƏh", "іІәӘһ")
_OWN = re.compile("[әғқңөұүһі]", re.IGNORECASE)  # that Russian does not have
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def joined(parts: Iterable[str]) -> str:
    """Join a list as in running text: «а, ә және б»."""
    *before, last = parts
    return f"{', '.join(before)} және {last}" if before else last


def mended(text: str) -> str:
    """Give the Kazakh letters that Latin look-alikes stand for, inside words that have Cyrillic ones.

    Latin i, I, ə, Ə and h are typed for і, І, ә, Ә and һ; NFKC does not fold them.

    Examples
    --------
    >>> mended("Тiлшi сөзi, HTML") == "Тілші сөзі, HTML"
    True
    """
    return re.sub(r"\w+", lambda m: m[0].translate(_LOOKALIKES) if _CYRILLIC.search(m[0]) else m[0], text)


def has_cyrillic(text: str) -> bool:
    """Return whether a text has a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def is_kazakh(text: str) -> bool:
    """Return whether a text has a letter that Kazakh has and Russian does not."""
    return _OWN.search(text) is not None


def sort_key(text: str) -> list[tuple[int, int, str]]:
    """Give a key that sorts texts in the order of the Kazakh alphabet; case breaks ties.

    Letters outside the alphabet stand before it, quotation marks are passed over.
    """
    return [
        (ALPHABET.find(letter.casefold()), int(letter.isupper()), letter)
        for letter in text
        if letter not in '«»“”"'
    ]
