"""Texts that people write freely: letters that were lost on the way, and names of people.

Data and reports hold roles only, never a person's name: a text with something like one gets a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd

from aqparat.data import schemas
from aqparat.data.reading.validation import row_problems
from aqparat.problem import Problem

CODES = ("lost_letters", "garbled", "personal_name")
_NO_PROSE = ("url",)  # text, but not written in words
# A question mark where a letter was, inside a word or before a small letter; the sign of a lost character.
_LOST = re.compile('\ufffd|(?:^|[\\s«"(\u0400-\u04ff])\\?+[\u0430-\u045f\u0461-\u04ff]')
_KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
_RIGHT = re.compile(rf"[А-Яа-яЁё{_KAZAKH}\s\x20-\x7e«»“”„–—…№\u00a0-]+")
_LETTER = re.compile(rf"[А-Яа-яЁё{_KAZAKH}]")
_LEAST = 3  # letters that tell a word from chance
# What a text was taken for and what it was, and what such a text is full of.
_DAMAGES = (
    ("cp1251", "utf-8", re.compile("[РСТУ][^а-яё\\s]")),
    ("cp1252", "utf-8", re.compile("[\u00d0-\u00d3]")),
    ("cp1252", "kz1048", re.compile("[\u00a1-\u00ff]{3}")),
    ("cp1251", "kz1048", re.compile("[ЃѓЄєЇїЈјЉљЊњЋћЌќЎўЅѕЏџҐґ]")),  # no language of Kazakhstan has these
)
# What texts with any of these damages have, but for the quotation marks that others have, too.
_DAMAGED = re.compile("[\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00ffЃѓЄєЇїЈјЉљЊњЋћЌќЎўЅѕЏџҐґ]|[РСТУ][^а-яё\\s]")

_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-Ž\u0400-\u042fӘҒҚҢӨҰҮҺІ"
_SMALL = "a-zß-öø-ÿā-ž\u0430-\u045fәғқңөұүһі"
_INITIAL = rf"(?:[{_CAPITAL}]|Дж|Sh|Ch|Zh|Kh|Ya|Yu)\."
_SURNAME = rf"[{_CAPITAL}][{_SMALL}]{{2,}}(?:-[{_CAPITAL}][{_SMALL}]+)?"
# With one initial after it, only what ends as surnames do is one: «Приложение А.» is none.
_ENDING = (
    "(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая)|ко|ұлы|улы|қызы|кызы|тегі|ба[йе]в?|бек|хан|гүл|жан"
    "|[oe]va?|ina?|sk(?:y|iy|aya)|uly|qyzy|kyzy)"
)
_NAME = re.compile(
    rf"(?<![\w.])(?:{_INITIAL}\s?{_INITIAL}\s?{_SURNAME}"  # А.Б. Иванов
    rf"|{_INITIAL}\s?{_SURNAME}"  # А. Иванов
    rf"|{_SURNAME}\s{_INITIAL}\s?{_INITIAL}(?!\s?{_SURNAME})"  # Әбілқасов М. Т.
    rf"|[{_CAPITAL}][{_SMALL}]+{_ENDING}\s{_INITIAL}(?!\s?{_SURNAME}))"  # Иванова А.
)
# What begins a sentence like an initial does: the number of a part, «V. Итоги»; the letter of a part or the
# kind of a place, «А. Первый вопрос», «Г. Алматы», where what follows does not end as surnames do.
_PART = re.compile(rf"[IVXІХ]\.\s|[ГСПҚABCАБВ]\.\s(?!\w+{_ENDING}\b)")


def check(frame: pd.DataFrame, table: str) -> list[Problem]:
    """Return a warning for each free text with lost letters or with what looks like a person's name.

    Parameters
    ----------
    frame : DataFrame
        Rows of a batch's table: text, with `file`, `sheet`, `row`.
    table : str
        Of a reference table nothing is said: there names of places and papers stand.
    """
    if table not in schemas.BATCH or frame.empty:
        return []
    problems: list[Problem] = []
    for name, column in schemas.TABLES[table].columns.items():
        if column.kind == "text" and name not in _NO_PROSE:
            problems += _of_column(frame, name)
    return problems


def _of_column(frame: pd.DataFrame, name: str) -> Iterator[Problem]:
    texts = [str(text) for text in frame[name].dropna().unique()]
    lost = [text for text in texts if "?" in text or "\ufffd" in text]
    foreign = [text for text in texts if _DAMAGED.search(text)]
    initials = [text for text in texts if "." in text]
    told: tuple[tuple[str, list[str], Callable[[str], str | None]], ...] = (
        ("lost_letters", lost, lambda text: text if _LOST.search(text) else None),
        ("garbled", foreign, lambda text: text if repaired(text) else None),
        ("personal_name", initials, lambda text: masked(person) if (person := personal_name(text)) else None),
    )
    for code, likely, of in told:  # the likely ones are found fast, since a register may have a million rows
        shown = {text: found for text in likely if (found := of(text))}
        if not shown:
            continue
        rows = frame[frame[name].isin(list(shown))]
        near = partial(repaired) if code == "garbled" else None
        yield from row_problems(
            code, rows.assign(**{name: rows[name].map(shown)}), name, near=near, severity="warning"
        )


def is_told(text: str) -> bool:
    """Return whether `check` tells anything of a text."""
    return bool(
        _LOST.search(text)
        or (_DAMAGED.search(text) and repaired(text))
        or ("." in text and personal_name(text))
    )


def repaired(text: str) -> str | None:
    """Return what a text was before it was read in a wrong encoding; None where nothing shows that it was.

    Examples
    --------
    >>> repaired("РљУ™СЃС–РїРѕРґР°Т›")
    'Кәсіподақ'
    >>> repaired("Қазақстан") is None
    True
    """
    for taken, was, sign in _DAMAGES:
        if not sign.search(text):
            continue
        try:
            meant = b"".join(_byte(letter, taken) for letter in text).decode(was)
        except UnicodeError:
            continue
        if _RIGHT.fullmatch(meant) and len(_LETTER.findall(meant)) >= _LEAST:
            return meant
    return None


def _byte(letter: str, encoding: str) -> bytes:
    """Return the byte that a letter was; what a code page leaves open stands as a control character."""
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode(encoding)


def personal_name(text: str) -> str | None:
    """Return the first part of a text that looks like a person's name with initials.

    Examples
    --------
    >>> personal_name("Төраға А.Б. Иванов сөз сөйледі")
    'А.Б. Иванов'
    >>> personal_name("г. Алматы, ул. Абая") is None
    True
    """
    for found in _NAME.finditer(text):
        if not (_PART.match(text, found.start()) and _starts(text[: found.start()])):
            return found[0]
    return None


def _starts(before: str) -> bool:
    """Return whether a sentence starts after a text."""
    return not before.strip() or before.rstrip()[-1] in ".;:!?\n"


def without_names(text: str) -> str:
    """Return a text with every person's name in it masked."""
    return _NAME.sub(lambda found: masked(found[0]), text)


def masked(name: str) -> str:
    """Return a person's name so that it can be found, but not read: no name goes into a published page.

    Examples
    --------
    >>> masked("А.Б. Иванов")
    'А.Б. И…'
    """
    return re.sub(rf"([{_CAPITAL}])[{_SMALL}]{{2,}}(?:-[{_CAPITAL}][{_SMALL}]+)?", r"\1…", name)
