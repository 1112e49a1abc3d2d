"""Kazakh numbers: the case ending of a number in digits, ordinals in words."""

from __future__ import annotations

import re
from decimal import Decimal

CASES = (
    "genitive", "dative", "accusative", "locative", "ablative", "instrumental", "similative",
)  # fmt: skip

# Endings by the last spoken word of a number, in the order of CASES (domain, section 4).
_ENDINGS = {
    "дің ге ді де ден мен дей": ("нөл", "бір", "елу"),
    "нің ге ні де ден мен дей": ("екі", "жеті"),
    "тің ке ті те тен пен тей": ("үш", "төрт", "бес", "жетпіс"),
    "дің ге ді де ден бен дей": ("сегіз", "жүз"),
    "нің ге ді де нен мен дей": ("сексен",),
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

# «жиырма» takes a с, «қырық» drops its last vowel.
_ORDINALS = {"жиырма": "жиырмасыншы", "қырық": "қырқыншы"}


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
    return next(word for power, word in _POWERS if n % 10**power == 0)


def checked(case: str) -> str:
    """Give a case back, or say that it is none.

    Raises
    ------
    ValueError
        If it is not one of `CASES`.
    """
    if case not in CASES:
        raise ValueError(f"{case!r} is not a case: expected one of {', '.join(CASES)}")
    return case


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
    checked(case)
    text = re.sub(r"\s", "", str(number)).lstrip("+-−")
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
    text = str(number).replace(".", ",")
    return f"{text}-{ending(text, case)}"


def ordinal(number: int) -> str:
    """Write an ordinal in words, up to the millions: 1 бірінші, 40 қырқыншы, 306 үш жүз алтыншы.

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
    from num2words import num2words  # here: it knows fifty languages, and few texts spell a number out

    *before, last = num2words(number, lang="kz").split()
    return " ".join([*before, _ORDINALS.get(last) or last + _ordinal_ending(last)])


def _ordinal_ending(word: str) -> str:
    front = _BY_WORD[word]["locative"] in ("де", "те")
    if word[-1] in "еіы":
        return "нші" if front else "ншы"
    return "інші" if front else "ыншы"
