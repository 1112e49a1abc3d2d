"""Where a word may be broken over two lines: between syllables, by the rule all three languages share."""

from __future__ import annotations

from collections.abc import Collection

_VOWELS = frozenset("аәеёиоөұүуыіэюяaeiouy")
_NEVER_FIRST = frozenset("ьъ")


def syllables(word: str, onsets: Collection[str] = ()) -> list[str]:
    """Part a word where a consonant comes before a vowel; no part is a single letter.

    Parameters
    ----------
    word : str
    onsets : collection of str
        Consonants of which the last two begin a syllable together: "ск" wherever they stand, "қст"
        only behind a қ.

    Examples
    --------
    >>> syllables("Солтүстік", ["қст"]), syllables("Қазақстан", ["қст"])
    (['Сол', 'түс', 'тік'], ['Қа', 'зақ', 'стан'])
    """
    small = word.casefold()
    parts, begun = [], 0
    for place in range(1, len(word) - 1):
        if not (small[place].isalpha() and small[place] not in _VOWELS | _NEVER_FIRST):
            continue
        if small[place + 1] not in _VOWELS:
            continue
        at = place - 1 if small.endswith(tuple(onsets), 0, place + 1) else place
        if at - begun >= 2 and len(word) - at >= 2 and _VOWELS & set(small[begun:at]):
            parts.append(word[begun:at])
            begun = at
    return [*parts, word[begun:]]
