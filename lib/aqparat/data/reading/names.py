"""Names that people write: codes, names in three languages, aliases, and what looks like them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


_ORGANISATION = frozenset(  # words that only say that it is an organisation
    map(fold, ("ұйымы", "ұйым", "организация", "organisation", "organization", "the"))
)
_GENERIC = _ORGANISATION | frozenset(  # and words that say of what kind
    fold(word)
    for word in (
        *("облысы", "облыстық", "аумақтық", "жергілікті", "қалалық", "қаласы", "область", "областная"),
        *("областной", "городская", "город", "г", "территориальная", "местная", "region", "oblast"),
        *("regional", "city", "territorial", "local", "union", "of"),
    )
)


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

    @classmethod
    def of(cls, spellings: Iterable[tuple[str, str]], codes: Iterable[str], generic: bool = False) -> Names:
        """Return names by their spellings; one that stands for several codes stands for none exactly."""
        codes = frozenset(codes)
        exact: dict[str, str] = {}
        folded: dict[str, set[str]] = {}
        bare: dict[str, set[str]] = {}
        for spelling, code in [*spellings, *((c, c) for c in sorted(codes))]:
            exact[spelling] = code if exact.get(spelling, code) == code else ""
            folded.setdefault(fold(spelling), set()).add(code)
            if generic and spelling not in codes:
                bare.setdefault(_without(_GENERIC, fold(spelling)), set()).add(code)
        kept = {s: c for s, c in exact.items() if c} | {c: c for c in codes}
        return cls(kept, codes, generic, folded, bare)

    def meant(self, text: str) -> set[str]:
        """Return the codes that a spelling may stand for: one, if all is well; none, if it is unknown."""
        if text in self.exact:
            return {self.exact[text]}
        folded = fold(text)
        if not folded:
            return set()
        found = self._folded.get(folded, set())
        if found or not self.generic:
            return set(found)
        named = self._folded.get(_without(_ORGANISATION, folded), set())
        bare = _without(_GENERIC, folded)
        return set(named or (self._bare.get(bare, set()) if bare else set()))
