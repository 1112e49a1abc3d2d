"""Names that people write: codes, names in three languages, aliases, and what looks like them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

# Latin letters and the Cyrillic ones they are mistaken for (domain.md, section 4, and the capitals).
_LOOKALIKES = str.maketrans("ABCEHIKMOPTXYaceikmoptxyhəƏ", "АВСЕНІКМОРТХУасеікмортхуһәӘ")
_PUNCTUATION = re.compile(r"[\W_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@lru_cache(10_000)  # the same few names stand in row after row
def fold(text: str) -> str:
    """Return what tells a spelling from others: no case, look-alikes, quotes, hyphens, spaces.

    Examples
    --------
    >>> fold("«Тiлші  Сөзі»") == fold("тілші сөзі")
    True
    """
    words = _PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text)).split()
    # Latin capitals look like other letters than small ones, so a wholly Latin word is made one of capitals.
    alike = (word if _CYRILLIC.search(word) else word.upper() for word in words)
    return " ".join(word.translate(_LOOKALIKES).casefold() for word in alike)


# Letters of the Latin alphabets that Kazakh is written in (2017: apostrophes, 2018: acutes, 2021: other
# marks, and what is written without any) and of the Cyrillic one, each as the class that they share. A class
# may hold several letters: two names that come out alike are told to be several.
_LATIN = {
    **dict.fromkeys(("ş", "ś", "š", "s'", "sh", "щ"), "ш"), **dict.fromkeys(("ç", "ć", "č", "c'", "ch"), "ч"),
    **dict.fromkeys(("ğ", "ǵ", "g'", "gh", "g", "ғ"), "г"), **dict.fromkeys(("zh", "j"), "ж"),
    **dict.fromkeys(("ñ", "ń", "ŋ", "n'", "n", "ң"), "н"), **dict.fromkeys(("kh", "h", "x", "һ"), "х"),
    **dict.fromkeys(("ö", "ó", "o'", "o", "ө"), "о"), **dict.fromkeys(("ä", "á", "ə", "a'", "a", "ә"), "а"),
    **dict.fromkeys(("ü", "ú", "ū", "ý", "u'", "y'", "u", "w", "ұ", "ү"), "у"), "ts": "ц", "c": "ц",
    **dict.fromkeys(("ı", "i", "ï", "í", "y", "і", "ы", "й"), "и"), **dict.fromkeys(("q", "k", "қ"), "к"),
    **dict.fromkeys(("e", "é", "э", "ё"), "е"), "я": "иа", "ю": "иу", "ь": "", "ъ": "",
    **dict(zip("bvdzlmprstf", "бвдзлмпрстф", strict=True)),
}  # fmt: skip
_LETTERS = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)))
_ALIKE = 0.8  # how like two words must be to be one with a slip in it (0 to 1)
_APOSTROPHES = re.compile("[\u02bc\u2019\u2018\u00b4`]")


@lru_cache(10_000)
def sound(text: str) -> str:
    """Return a name so that its Cyrillic spelling and those in the Latin alphabets of Kazakh are the same.

    Examples
    --------
    >>> sound("Qarağandy oblysy") == sound("Qaraǵandy oblysy") == sound("Қарағанды облысы")
    True
    """
    plain = unicodedata.normalize("NFC", _APOSTROPHES.sub("'", text.replace("İ", "I").casefold()))
    spelt = _LETTERS.sub(lambda found: _LATIN[found[0]], plain)
    return " ".join(_PUNCTUATION.sub(" ", spelt).split())


# Words that only say that it is an organisation, and those that say of what kind: of a region or a city.
_BODY = ("ұйымы", "ұйым", "организация", "organisation", "organization", "the")
_REGION = ("облысы", "облыстық", "область", "областная", "областной", "region", "oblast", "regional")
_CITY = ("қалалық", "қаласы", "городская", "город", "г", "city")
_OTHER = ("аумақтық", "жергілікті", "территориальная", "местная", "territorial", "local", "union", "of")
_ORGANISATION = frozenset(map(fold, _BODY))
_GENERIC = frozenset(map(fold, (*_BODY, *_REGION, *_CITY, *_OTHER)))
_BODY_SOUNDS = frozenset(map(sound, _BODY))
_GENERIC_SOUNDS = frozenset(map(sound, (*_BODY, *_REGION, *_CITY, *_OTHER)))
_KINDS = tuple(frozenset(map(sound, words)) for words in (_REGION, _CITY))


def contradict(text: str, other: str) -> bool:
    """Return whether one name is that of a region and the other that of a city, be it with a slip.

    Examples
    --------
    >>> contradict("Almaty oblyssy", "Almaty city")
    True
    """
    one, another = (_kinds(name) for name in (text, other))
    return (one[0] and another[1]) or (one[1] and another[0])


@lru_cache(10_000)
def _kinds(name: str) -> tuple[bool, bool]:
    """Return whether a name has a word that says it is of a region, and one that it is of a city."""
    words = sound(name).split()
    region, city = (
        any(word in kind or get_close_matches(word, kind, 1, _ALIKE) for word in words) for kind in _KINDS
    )
    return region, city


def _without(words: frozenset[str], folded: str) -> str:
    return " ".join(word for word in folded.split() if word not in words)


@dataclass(frozen=True)
class Names:
    """The codes of one table and every spelling that stands for one.

    Parameters
    ----------
    exact : mapping of str to str
        Spelling to code.
    codes : frozenset of str
        The codes themselves.
    generic : bool
        Whether words such as "облысы" may be left out or added.
    """

    exact: Mapping[str, str]
    codes: frozenset[str]
    generic: bool = False
    _folded: dict[str, set[str]] = field(default_factory=dict)
    _bare: dict[str, set[str]] = field(default_factory=dict)
    _sounds: dict[str, set[str]] = field(default_factory=dict)
    _bare_sounds: dict[str, set[str]] = field(default_factory=dict)
    _spelt: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, spellings: Iterable[tuple[str, str]], codes: Iterable[str], generic: bool = False) -> Names:
        """Return names by their spellings; one that stands for several codes stands for none exactly."""
        codes = frozenset(codes)
        exact: dict[str, str] = {}
        folded: dict[str, set[str]] = {}
        bare: dict[str, set[str]] = {}
        sounds: dict[str, set[str]] = {}
        bare_sounds: dict[str, set[str]] = {}
        spelt: dict[str, list[str]] = {}
        for spelling, code in [*spellings, *((c, c) for c in sorted(codes))]:
            spelt.setdefault(code, []).append(spelling)
            exact[spelling] = code if exact.get(spelling, code) == code else ""
            folded.setdefault(fold(spelling), set()).add(code)
            if generic and spelling not in codes:
                bare.setdefault(_without(_GENERIC, fold(spelling)), set()).add(code)
            if _CYRILLIC.search(spelling):
                sounds.setdefault(sound(spelling), set()).add(code)
                if generic:
                    bare_sounds.setdefault(_without(_GENERIC_SOUNDS, sound(spelling)), set()).add(code)
        kept = {s: c for s, c in exact.items() if c} | {c: c for c in codes}
        return cls(kept, codes, generic, folded, bare, sounds, bare_sounds, spelt)

    @property
    def spelt(self) -> dict[str, list[str]]:
        """Each code with its spellings, itself among them."""
        return {code: self._spelt[code] for code in sorted(self.codes)}

    def meant(self, text: str) -> set[str]:
        """Return the codes that a spelling may stand for: one, if all is well; none, if it is unknown."""
        if text in self.exact:
            return {self.exact[text]}
        folded = fold(text)
        if not folded:
            return set()
        found = self._folded.get(folded, set())
        if not found and self.generic:
            named = self._folded.get(_without(_ORGANISATION, folded), set())
            bare = _without(_GENERIC, folded)
            found = named or (self._bare.get(bare, set()) if bare else set())
        return self._told_apart(text, found or self._in_latin(text))

    def _told_apart(self, text: str, codes: set[str]) -> set[str]:
        """Return of several codes those that the text's word for region or city does not speak against."""
        if len(codes) < 2 or not self.generic:
            return set(codes)
        fitting = {c for c in codes if not any(contradict(text, spelt) for spelt in self._spelt[c])}
        return fitting or set(codes)

    def _in_latin(self, text: str) -> set[str]:
        """Return the codes whose Cyrillic spelling a text in Latin letters renders."""
        if _CYRILLIC.search(text):
            return set()
        heard = sound(text)
        found = self._sounds.get(heard, set())
        if not found and self.generic:
            named = self._sounds.get(_without(_BODY_SOUNDS, heard), set())
            bare = _without(_GENERIC_SOUNDS, heard)
            found = named or (self._bare_sounds.get(bare, set()) if bare else set())
        return set(found)
