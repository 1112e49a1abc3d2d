"""Inline text as a value: the words of a title, a sentence or a cell, with what they stand for.

A number, a time or a quotation is a part of its own, so that nobody has to find it again in the text.
`document` sets these values in HTML and Typst, `jupyter` in Markdown; no other code knows their form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from string import Formatter
from typing import TYPE_CHECKING, Any

from aqparat.legible import legible
from aqparat.period import Window

if TYPE_CHECKING:
    from aqparat.metrics.facts import Fact

_SPACES = re.compile(r"[ \u00a0]{2,}")
_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_YEAR = re.compile(r"(?<![\d+])((?:19|20)\d\d)(?!\d)")  # not the code of a character, U+2066
_QUOTED = re.compile(r"(?<=«)([^»]*)(?=»)")
# The kinds of places that stand shortened before a name, and are small even where a line begins.
_SMALL = re.compile(r"(?:г|с|п|д|х|пос|дер|сел|ст|мкр|обл|им|ул)\.[ \u00a0]?(?=\w)|пгт\b")
_KAZAKH, _RUSSIAN = re.compile(r"[әғқңөұүһі]", re.I), re.compile(r"[вёфцчщъьэ]", re.I)


@dataclass(frozen=True)
class Part:
    """Words that stand for one thing, or for nothing but themselves.

    Parameters
    ----------
    text : str
        The words.
    fact : str
        Id of the fact that the words give; empty for other words.
    value : float or None
        That fact's value; None where only bounds are known.
    day : str
        The day (2017-02-23) or year (2017) that the words name; empty for other words.
    window : str
        Code of the window of time that the words name.
    lang : str
        Language of the words, where it is not that of the text around them.
    role : str
        `cite` for where something is quoted from, `samp` for what the program found, `small` for what stands
        below the rest.
    report : str
        Code of the organisation that the words name, where they lead to its own report if there is one.
    strong, emphasis : bool
    isolated : bool
        Whether the words run from the right, and are to be kept from turning those beside them.
    """

    text: str
    fact: str = ""
    value: float | None = None
    day: str = ""
    window: str = ""
    lang: str = ""
    role: str = ""
    report: str = ""
    strong: bool = False
    emphasis: bool = False
    isolated: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether the words stand for nothing but themselves, and others may be joined to them."""
        return not (self.fact or self.day or self.report or self.isolated)

    @property
    def manner(self) -> tuple[str, str, bool, bool]:
        """How bare words are to be set: what tells them from the words beside them."""
        return self.lang, self.role, self.strong, self.emphasis

    def json(self) -> str | dict[str, Any]:
        """Return the part for JSON: a text, or an object with what else there is."""
        told = {name: value for name, value in vars(self).items() if value != _NOTHING_ELSE.get(name)}
        return self.text if len(told) < 2 else told


_NOTHING_ELSE = {f.name: f.default for f in fields(Part) if f.name != "text"}


@dataclass(frozen=True)
class Inline:
    """Inline text. It can be added to, also to a `str`, and is false where there are no words.

    Examples
    --------
    >>> text = "с " + time("23 февраля 2017 года", date(2017, 2, 23)) + "."
    >>> str(text), len(text.parts)
    ('с 23 февраля 2017 года.', 3)
    """

    parts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)

    def __bool__(self) -> bool:
        return any(part.text for part in self.parts)

    def __add__(self, other: Inline | str) -> Inline:
        return joined([self, other])

    def __radd__(self, other: str) -> Inline:
        return joined([other, self])

    @property
    def facts(self) -> list[str]:
        """Ids of the facts in it, each once, in their order."""
        return list(dict.fromkeys(part.fact for part in self.parts if part.fact))

    @property
    def number(self) -> float | None:
        """The value of the fact that all the words give; None where there are others, or only bounds."""
        return self.parts[0].value if len(self.parts) == 1 else None

    @property
    def above(self) -> str:
        """The words without what stands below them."""
        return "".join(part.text for part in self.parts if part.role != "small").strip()

    @property
    def is_number(self) -> bool:
        """Whether it begins with a number of this report, or one quoted from elsewhere."""
        return bool(self.parts) and bool(self.parts[0].fact or self.parts[0].role == "cite")

    def json(self) -> list[str | dict[str, Any]]:
        """Return the text for JSON; `read` takes it back."""
        return [part.json() for part in self.parts]

    @classmethod
    def read(cls, parts: Sequence[str | dict[str, Any]]) -> Inline:
        """Return a text read from JSON."""
        return cls(tuple(Part(part) if isinstance(part, str) else Part(**part) for part in parts))

    def each(self, **changes: Any) -> Inline:
        """Return the text with something changed in every part."""
        return Inline(tuple(replace(part, **changes) for part in self.parts))

    def map(self, change: Callable[[str], str]) -> Inline:
        """Return the text with the words of every part changed."""
        return Inline(tuple(replace(part, text=change(part.text)) for part in self.parts))

    def respelt(self, words: str) -> Inline:
        """Return the text with other letters, as many: each part has those in its place."""
        found, place = [], 0
        for part in self.parts:
            found.append(replace(part, text=words[place : place + len(part.text)]))
            place += len(part.text)
        return Inline(tuple(found))

    def masked(self, mask: str) -> str:
        """Return the words with `mask` in the place of each number and time."""
        return "".join(mask if part.fact or part.day else part.text for part in self.parts)

    def cut(self, start: int, end: int) -> Inline:
        """Return the characters from `start` up to `end`; a part that is cut stays what it is."""
        found, place = [], 0
        for part in self.parts:
            words = part.text[max(start - place, 0) : max(end - place, 0)]
            place += len(part.text)
            found += [replace(part, text=words)] if words else []
        return Inline(tuple(found))


def text(words: str | Inline) -> Inline:
    """Return any text as inline text, whatever characters it holds: it means nothing but itself."""
    return words if isinstance(words, Inline) else _bare(words)


@lru_cache(10_000)  # the same names and labels stand all over a report
def _bare(words: str) -> Inline:
    flat = _SPACES.sub(" ", legible(words))
    return Inline((Part(flat, isolated=bool(_TURNED.search(flat))),)) if flat else Inline()


def fact(shown: str, about: Fact) -> Inline:
    """Return a fact."""
    value = None if about.value is None else float(f"{about.value:.12g}")
    return Inline((Part(legible(shown), fact=about.id, value=value),))


def time(shown: str, window: Window | date) -> Inline:
    """Return a day or a window of time."""
    if isinstance(window, date):
        return Inline((Part(legible(shown), day=window.isoformat()),))
    return Inline((Part(legible(shown), day=str(window.start.year), window=window.code),))


def cited(words: str) -> Inline:
    """Say where something is quoted from."""
    return text(words).each(role="cite")


def reported(name: Inline, code: str) -> Inline:
    """Let the name of an organisation lead to its own report."""
    return name.each(report=code)


def found(words: str) -> Inline:
    """Say what the program found."""
    return text(words).each(role="samp")


def dated(words: str) -> Inline:
    """Return a text from the data, the years in it as times."""
    pieces = _YEAR.split(words.strip())  # every second one is a year
    years = (time(y, Window(date(int(y), 1, 1), date(int(y), 12, 31))) for y in pieces[1::2])
    return joined(piece if place % 2 == 0 else next(years) for place, piece in enumerate(pieces))


def joined(texts: Iterable[Inline | str], separator: Inline | str = "") -> Inline:
    """Return texts put together, a separator between them."""
    between = text(separator).parts
    parts: list[Part] = []
    for place, words in enumerate(texts):
        own = words.parts if isinstance(words, Inline) else _bare(words).parts
        parts += (*between, *own) if place else own
    alike = ([*same] for _, same in groupby(parts, _manner))
    return Inline(tuple(_one(same) if len(same) > 1 else same[0] for same in alike))


def _manner(part: Part) -> object:
    """Return what bare parts are put together by; of another part what no other has."""
    return part.manner if part.is_bare else object()


def _one(parts: list[Part]) -> Part:
    first, *others = parts
    return replace(first, text=first.text + "".join([part.text for part in others]))


def filled(pattern: str, **values: Inline | str) -> Inline:
    """Fill the placeholders of a label; what is put in stays what it is."""
    return joined(
        words for before, name in _parsed(pattern) for words in (before, "" if name is None else values[name])
    )


@lru_cache(1000)
def _parsed(pattern: str) -> list[tuple[str, str | None]]:
    """Return the words before each placeholder of a label, and its name."""
    return [(before, name) for before, name, _, _ in Formatter().parse(pattern)]


def capital(words: str) -> str:
    """Begin a text with a capital letter, and leave the rest as it is.

    What is written small before a name stays so: г. Актау, с. Шиели.
    """
    return words if _SMALL.match(words) else words[:1].upper() + words[1:]


def capitalised(words: Inline) -> Inline:
    """Begin an inline text with a capital letter."""
    if not words.parts:
        return words
    first, *rest = words.parts
    return Inline((replace(first, text=capital(first.text)), *rest))


def spoken(words: Inline, lang: str) -> Inline:
    """Say of names in quotation marks what language they are in, where it is not that of the text."""

    def pieces(part: Part) -> Iterator[Part]:
        if "«" not in part.text or not part.is_bare or part.lang:
            yield part
            return
        for place, piece in enumerate(_QUOTED.split(part.text)):  # every second one is a name
            own = origin(piece) if place % 2 else ""
            yield replace(part, text=piece, lang=own if own != lang else "")

    return joined(Inline((piece,)) for part in words.parts for piece in pieces(part))


def origin(name: str) -> str:
    """Return, by its letters, whether a name is Kazakh (kk) or Russian (ru); empty where they tell nothing.

    Each of the two has letters that the other has in borrowed words only.
    """
    if _KAZAKH.search(name):
        return "kk"
    return "ru" if _RUSSIAN.search(name) else ""
