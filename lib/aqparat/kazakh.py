"""Kazakh grammar that generated text needs: case endings on numbers and names, the alphabet's order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from num2words import num2words

CASES = (
    "genitive", "dative", "accusative", "locative", "ablative", "instrumental", "similative",
)  # fmt: skip
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

# Endings by the last spoken word of a number, in the order of CASES (domain, section 4).
_ENDINGS = {
    "дің ге ді де ден мен дей": ("нөл", "бір", "елу"),
    "нің ге ні де ден мен дей": ("екі", "жеті"),
    "тің ке ті те тен пен тей": ("үш", "төрт", "бес", "жетпіс"),
    "дің ге ді де ден бен дей": ("сегіз", "жүз"),
    "нің ге ні де нен мен дей": ("сексен",),
    "ның ға ны да дан мен дай": ("алты", "жиырма"),
    "дың ға ды да дан бен дай": ("тоғыз", "отыз", "пайыз"),
    "ның ға ды да нан мен дай": ("он", "тоқсан", "мың", "миллион"),
    "тың қа ты та тан пен тай": ("қырық", "алпыс", "миллиард"),
}
_BY_WORD = {
    word: dict(zip(CASES, endings.split(), strict=True))
    for endings, words in _ENDINGS.items()
    for word in words
}
_UNITS = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS = (
    "", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан",
)  # fmt: skip
_POWERS = ((9, "миллиард"), (6, "миллион"), (3, "мың"), (2, "жүз"))

_ORDINALS = {"жиырма": "жиырмасыншы"}  # the one that takes a с
_LOOKALIKES = str.maketrans("iIəƏh", "іІәӘһ")
_CYRILLIC = re.compile("[\u0400-\u04ff]")

_FRONT, _BACK = set("әеіөүэи"), set("аоұыёюя")
_VOWELS = _FRONT | _BACK
_NASAL, _SONORANT, _SIBILANT = set("мнң"), set("лрйуь"), set("зж")
# Nouns that stand in the possessive at the end of a name, so that their endings are -на, -нда …
_POSSESSIVE = (
    "облысы", "қаласы", "ауданы", "ұйымы", "ұйымдары", "кәсіподағы", "газеті", "газеттері", "журналы",
    "сайты", "кеңесі", "федерациясы", "университеті", "бөлімі", "жартыжылдығы", "мектебі", "комитеті",
    "саны", "саласы", "беті", "жұмысы",
    "шұғыласы",
)  # fmt: skip
_EXCEPTIONS = {"жетісу": _BACK}  # ends in «су», whose vowel is back


def last_word(number: int | str) -> str:
    """Give the last word that is spoken of a whole number or of the digits of a decimal.

    Parameters
    ----------
    number : int or str of digits

    Examples
    --------
    >>> last_word(306), last_word(3960), last_word(10000)
    ('алты', 'алпыс', 'мың')
    """
    n = abs(int(number))
    if n % 10 or n == 0:
        return _UNITS[n % 10]
    if n % 100:
        return _TENS[n // 10 % 10]
    for power, word in _POWERS:
        if n % 10**power == 0:
            return word
    raise AssertionError("unreachable: hundreds are the last power")


def ending(number: int | float | Decimal | str, case: str) -> str:
    """Give the case ending of a number as it is spoken, without the hyphen.

    Parameters
    ----------
    number : int, float, Decimal or str
        A text may carry spaces between groups, a decimal comma or point, and a per cent sign.
    case : str
        One of `CASES`.

    Raises
    ------
    ValueError
        If the case is not one, or the text not a number.
    """
    if case not in CASES:
        raise ValueError(f"{case!r} is not a case: expected one of {', '.join(CASES)}")
    text = re.sub(r"[\s\u00a0\u202f]", "", str(number)).lstrip("+-−")
    match = re.fullmatch(r"(\d+)(?:[.,](\d+))?(%?)", text)
    if not match:
        raise ValueError(f"{number!r} is not a number")
    whole, decimals, percent = match.groups()
    return _BY_WORD["пайыз" if percent else last_word(decimals or whole)][case]


def suffixed(number: int | float | Decimal | str, case: str) -> str:
    """Write a number in digits with its case ending.

    Parameters
    ----------
    number : int, float, Decimal or str
        A number, or its text with decimal comma or per cent sign.
    case : str
        One of `CASES`.

    Returns
    -------
    str

    Examples
    --------
    >>> suffixed(306, "ablative"), suffixed(10000, "similative"), suffixed("19,7%", "dative")
    ('306-дан', '10000-дай', '19,7%-ға')
    """
    text = str(number).replace(".", ",") if not isinstance(number, str) else number
    return f"{text}-{ending(text, case)}"


def inflected(name: str, case: str, possessive: bool | None = None) -> str:
    """Put a name or a title into a case: only its last word changes, inside closing quotes.

    Parameters
    ----------
    name : str
        Such as «Еңбек газеті», Атырау, Зайсан ауданы.
    case : str
        One of `CASES`.
    possessive : bool, optional
        Whether the last word is a possessive stem; by default known words such as «облысы» are.

    Examples
    --------
    >>> inflected("«Еңбек газеті»", "dative"), inflected("Семей", "ablative")
    ('«Еңбек газетіне»', 'Семейден')
    >>> inflected("БАҚ", "ablative")
    'БАҚ-тан'
    """
    if case not in CASES:
        raise ValueError(f"{case!r} is not a case: expected one of {', '.join(CASES)}")
    match = re.fullmatch(r"(.*?)([»”\"]*)", name)
    stem, closing = match.groups() if match else (name, "")
    word = stem.split()[-1].casefold().lstrip('«“"') if stem.split() else ""
    if _is_abbreviation(stem.split()[-1:]):
        return f"{stem}-{_noun_ending(_spoken(word), case, False)}{closing}"
    if possessive is None:
        possessive = word in _POSSESSIVE
    return f"{stem}{_noun_ending(word, case, possessive)}{closing}"


def _is_abbreviation(words: list[str]) -> bool:
    letters = words[0].lstrip('«“"') if words else ""
    return len(letters) > 1 and letters.isupper() and letters.isalpha()


def _spoken(abbreviation: str) -> str:
    """Give what an abbreviation ends in when spoken: itself, or without a vowel its last letter's name."""
    if any(letter in _VOWELS for letter in abbreviation):
        return abbreviation
    last = abbreviation[-1]
    return f"э{last}" if last in "лмнрсф" else f"{last}а" if last in "кқхш" else f"{last}е"


def _noun_ending(word: str, case: str, possessive: bool) -> str:
    front = _is_front(word)
    if possessive:
        endings = "нің не н нде нен мен ндей" if front else "ның на н нда нан мен ндай"
        return dict(zip(CASES, endings.split(), strict=True))[case]
    last = word[-1:] or "а"
    if last in _VOWELS:
        initials = ("н", "ғ", "н", "д", "д", "м", "д")
    elif last in _NASAL:
        initials = ("н", "ғ", "д", "д", "н", "м", "д")
    elif last in _SONORANT:
        initials = ("д", "ғ", "д", "д", "д", "м", "д")
    elif last in _SIBILANT:
        initials = ("д", "ғ", "д", "д", "д", "б", "д")
    else:
        initials = ("т", "қ", "т", "т", "т", "п", "т")
    rest = ("ің", "е", "і", "е", "ен", "ен", "ей") if front else ("ың", "а", "ы", "а", "ан", "ен", "ай")
    initial = dict(zip(CASES, initials, strict=True))[case]
    if front:
        initial = {"ғ": "г", "қ": "к"}.get(initial, initial)
    return initial + dict(zip(CASES, rest, strict=True))[case]


def _is_front(word: str) -> bool:
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word] is _FRONT
    vowels = [letter for letter in word if letter in _VOWELS]
    return bool(vowels) and vowels[-1] in _FRONT


def ordinal(number: int) -> str:
    """Write an ordinal in words, up to the millions: 1 бірінші, 20 жиырмасыншы, 306 үш жүз алтыншы.

    In digits the hyphen stands for the ending, before a noun: «1-жартыжылдық».

    Parameters
    ----------
    number : int
        Above 0.

    Raises
    ------
    ValueError
        If the number is not above 0.
    """
    if number < 1:
        raise ValueError(f"{number} has no ordinal")
    *before, last = num2words(number, lang="kz").split()
    return " ".join([*before, _ORDINALS.get(last) or last + _ordinal_ending(last)])


def _ordinal_ending(word: str) -> str:
    front = _is_front(word)
    if word[-1] in _VOWELS:
        return "нші" if front else "ншы"
    return "інші" if front else "ыншы"


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


def sort_key(text: str) -> list[tuple[int, int, str]]:
    """Give a key that sorts texts in the order of the Kazakh alphabet; case breaks ties.

    Letters outside the alphabet stand before it, quotation marks are passed over.
    """
    return [
        (ALPHABET.find(letter.casefold()) + 1, int(letter.isupper()), letter)
        for letter in text
        if letter not in '«»“”"'
    ]
