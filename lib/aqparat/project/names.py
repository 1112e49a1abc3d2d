"""The names of a union: what may be one, and asking for those that are not given."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence

from aqparat.choices import LANGUAGES
from aqparat.problem import AqparatError
from aqparat.texts import texts, together

_LONGEST = 300  # characters; the longest official names have some 150


class UnansweredError(AqparatError):
    """A name was asked for, and there is nobody to answer."""


def name(text: str) -> str | None:
    """Return a name with single spaces; None where a text cannot be one.

    Examples
    --------
    >>> name("  Теңізшілер   кәсіподағы ")
    'Теңізшілер кәсіподағы'
    >>> name("???"), name("a" * 301), name("=cmd")
    (None, None, None)
    """
    told = " ".join(text.split())
    starts = re.match(r"[\w«“\"„(]", told)
    letters = re.search(r"[^\W\d_]{2}", told)
    sound = told.isprintable() and "\ufffd" not in told and len(told) <= _LONGEST
    return told if starts and letters and sound else None


def languages(text: str) -> tuple[str, ...]:
    """Return the languages that a text lists, in the order of the program; none where one is unknown.

    Examples
    --------
    >>> languages(" EN, ru "), languages("ru uz"), languages("")
    (('ru', 'en'), (), ())
    """
    found = re.split(r"[\s,;]+", text.strip().casefold())
    return tuple(code for code in LANGUAGES if code in found) if {*found} <= {*LANGUAGES} else ()


def complete(
    wanted: Sequence[str], given: Mapping[str, str], answer: Callable[[str], str] | None = None
) -> dict[str, str]:
    """Return the name of a union in each language wanted; ask for those that are not given.

    Parameters
    ----------
    wanted : sequence of str
        Languages of the reports; where there are none, those that a name is given in, else they are asked
        for. The first is the one in which names are asked for.
    given : mapping of str to str
        Names by language.
    answer : callable, optional
        Shows a question and returns what is answered; by default the terminal.

    Raises
    ------
    UnansweredError
        The answers have ended.
    """
    ask = answer or _answered
    codes = [code for code in LANGUAGES if code in (*wanted, *given)] or _languages(ask)
    said = texts("project", codes[0])["questions"]
    found = {}
    for code in codes:
        told = given.get(code)
        question = f"{said['name'][code]}: "
        while told is None:
            told = name(ask(question))
            question = f"{said['not_name']}\n{said['name'][code]}: "
        found[code] = told
    return found


def _languages(ask: Callable[[str], str]) -> Sequence[str]:
    """Ask for the languages, in all of them; nothing answered is all."""
    said = together("project")["questions"]
    question = "\n".join([*said["languages"].values(), f"[{','.join(LANGUAGES)}]: "])
    while True:
        text = ask(question)
        found = languages(text) if text.strip() else LANGUAGES
        if found:
            return found
        question = " / ".join(said["not_languages"].values()) + f" [{','.join(LANGUAGES)}]: "


def _answered(question: str) -> str:
    """Ask on standard error, so that standard output holds results alone, and read a line."""
    print(question, end="", file=sys.stderr, flush=True)
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except UnicodeDecodeError:  # what was sent in is in another encoding
        line = "\ufffd\n"
    if not line:
        print(file=sys.stderr)
        raise UnansweredError("The name of the union was not given.", "unanswered")
    return line
