"""Kazakh names and titles in the cases: only the last word changes, by how it is spoken.

By the rules of spelling (Қазақ тілі орфографиясының негізгі ережелері): an ending follows the vowel of the
last syllable and the last sound; ь, and к or г after a consonant, are soft; of ст, зд and of a doubled
consonant the last letter falls; ск and кт take an і.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aqparat.kazakh.numerals import CASES, checked
from aqparat.kazakh.numerals import ending as number_ending

_FRONT, _BACK = set("әеіөүэиёю"), set("аоұыяу")
_VOWELS = _FRONT | _BACK
_YU = re.compile(f"(?<=[{''.join(sorted(_VOWELS))}])ю")  # after a vowel it is й and у: профсоюз
# и, у and ю at the end of a word are a vowel with й or у after it: Фарабидің, Жетісудың.
_OPEN = _VOWELS - set("иую")
_NASAL, _SONORANT, _SIBILANT = set("мнң"), set("лрйуию"), set("зж")
_UVULAR = set("қғх")

# Last words of titles and names that stand in the possessive, so that their endings are -на, -нда …
# A list, since a word in -ы or -і may as well be a plain noun (жаршы, Қарағанды, Алматы).
_HEADS = """
агенттігі айнасы академиясы альманахы арайы арнасы ауданы ауылы әдебиеті әлемі әні әуені бағдарламасы
балабақшасы басқармасы бастамасы басылымдары басылымы бесігі беті болашағы бөлімі буклеті бұлағы білімі
бірлестігі бірлігі бюллетені газеттері газеті гимназиясы даусы дауысы дәуірі департаменті дидары достығы
елі еңбегі жалауы жаңалығы жаңалықтары жаршысы жастары жері жолы журналдары журналы жұлдыздары жұлдызы
жұмысы жүйесі жүрегі жүрісі жылдығы институты кабинеті кәсіподағы кәсіподақтары кеңесі кеңсесі кеңістігі
колледжі комитеті көзі кітабы кітапханасы қазынасы қайнары қаласы қауымдастығы қоғамы қоры қызметкерлері
қызметкері қызметі қыраны лицейі мәдениеті мәселесі мәслихаты медиасы мекемесі мекені мектебі мемлекеті
министрлігі мұғалімдері мұғалімі мұрасы нөмірі нұры облысы одағы ордасы орталығы ошағы өлкесі өмірі
өнері өңірі өркені палатасы парағы парақшасы парасаты порталы радиосы редакциясы руханияты сайттары
сайты саласы самалы саны сарайы сөзі спорты студиясы таңы таразысы тарауы тарихы телеарналары телеарнасы
телерадиосы тобы толқыны топтамасы төрағасы тұлғасы тынысы тілшісі тілі университеті ұйымдары ұйымы
ұланы ұлты ұрпағы ұстаздары ұстазы үйі үміті үні факультеті федерациясы филиалы форумы хабарлары
хабаршысы хабары халқы хатшысы шамшырағы шаңырағы шапағаты шежіресі шұғыласы ынтымағы
"""
_POSSESSIVE = frozenset(_HEADS.split())
_COMPOUNDS = tuple(sorted(word for word in _POSSESSIVE if len(word) > 5))  # телеарнасы, жартыжылдығы, хатшысы

# Words whose spoken form their letters do not show.
_SPOKEN = {
    # compounds of «су», which is back, after a front vowel
    "жетісу": "су", "көксу": "су", "әулиесу": "су", "екісу": "су",
    # abbreviations: by use, or by the first word of what they stand for
    "ақш": "ақш", "қр": "республика", "қхр": "республика", "тв": "теве",
    # Latin names, and what addresses on the Internet end in
    "apple": "эпл", "bank": "банк", "business": "бизнес", "channel": "ченел", "chat": "чат",
    "com": "ком", "facebook": "фейсбук", "github": "гитхаб", "google": "гугл", "group": "груп",
    "info": "инфо", "kz": "кейзет", "life": "лайф", "linkedin": "линкедин", "live": "лайв",
    "media": "медиа", "messenger": "мессенжер", "microsoft": "майкрософт", "net": "нет", "news": "нюс",
    "online": "онлайн", "org": "орг", "page": "пейж", "people": "пипл", "pinterest": "пинтерес",
    "play": "плей", "plus": "плюс", "press": "прес", "ru": "руу", "skype": "скайп",
    "spotify": "спотифай", "store": "стор", "team": "тим", "teams": "тимс", "threads": "тредс",
    "tiktok": "тикток", "time": "тайм", "times": "таймс", "twitter": "твитер", "viber": "вайбер",
    "vk": "вэка", "vkontakte": "вконтакте", "voice": "войс", "whatsapp": "уатсап",
    "wikipedia": "википедия", "youtube": "йутуб", "zoom": "зум",
}  # fmt: skip

# The names of letters, which abbreviations are read by. Kazakh: эл, эм …; the others as if they ended in -ы.
_KAZAKH_LETTERS = {letter: f"э{letter}" for letter in "лмнрсф"}
_LETTERS = "эй би си ди и эф джи эйч ай жей кей эл эм эн оу пи кью ар эс ти йү ви даблю икс уай зет"
_LATIN_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _LETTERS.split(), strict=True))
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_LATIN_SOUNDS = (
    ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("gh", "ғ"), ("ph", "ф"), ("th", "т"), ("ck", "к"),
    ("oo", "ұ"), ("ee", "и"), ("ew", "ю"), ("x", "кс"),
)  # fmt: skip
_LATIN_LETTER_SOUNDS = str.maketrans(
    "abcdefghijklmnopqrstuvwyzäçéğıñöşūüýž", "абкдефгһижклмнопқрстұвуызәчеғыңөшұүыж"
)


class _Stem(NamedTuple):
    """What an ending is put on: the letters that stay, how they sound, whether a hyphen parts the two."""

    written: str
    spoken: str
    hyphen: bool = False


def inflected(name: str, case: str, possessive: bool | None = None) -> str:
    """Put a name or a title into a case: only its last word changes, inside closing quotes, before brackets.

    Parameters
    ----------
    name : str
        Such as «Еңбек газеті», Атырау, Зайсан ауданы, Facebook, Хабар 24.
    case : str
        One of `CASES`.
    possessive : bool, optional
        Whether the last word is a possessive stem; by default known words such as «облысы» are.

    Examples
    --------
    >>> inflected("«Ана тілі»", "dative"), inflected("Семей", "ablative"), inflected("журналист", "genitive")
    ('«Ана тіліне»', 'Семейден', 'журналистің')
    >>> inflected("БАҚ", "ablative"), inflected("Telegram", "locative")
    ('БАҚ-тан', 'Telegram-да')
    """
    checked(case)
    if match := re.fullmatch(r"(.*\S)(\s*\([^()]*\))", name):
        return inflected(match[1], case, possessive) + match[2]
    text = name.rstrip("»”\"’'")
    closing = name[len(text) :]
    word = re.split(r"[\s«“\"‘-]", text)[-1]
    before = text[: len(text) - len(word)]
    if not re.search(r"\w", word):
        return name
    if digits := re.search(r"\d+$", word):
        return f"{text}-{number_ending(digits[0], case)}{closing}"
    if possessive is None:
        possessive = _is_possessive(word.casefold())
    if possessive:
        return f"{text}{_possessive_ending(word.casefold(), case)}{closing}"
    stem = _stem(word)
    hyphen = "-" * stem.hyphen
    return f"{before}{stem.written}{hyphen}{_ending(stem.spoken, case)}{closing}"


def _is_possessive(word: str) -> bool:
    return word in _POSSESSIVE or word.endswith(_COMPOUNDS)


def _stem(word: str) -> _Stem:
    folded = word.casefold()
    if _LATIN.search(word):
        return _Stem(word, _spoken_latin(word), hyphen=True)
    if word.isalpha() and (word.isupper() or word == word[-1]):
        return _Stem(word, _spoken_abbreviation(folded), hyphen=True)
    if folded in _SPOKEN:
        return _Stem(word, _SPOKEN[folded])
    if folded.endswith("сть"):
        return _Stem(word[:-2], folded[:-2] + "ь")
    if folded.endswith(("ст", "зд")) or (folded[-1] == folded[-2:-1] and folded[-1] not in _VOWELS):
        return _Stem(word[:-1], folded[:-1])
    if folded.endswith(("ск", "кт")):
        return _Stem(f"{word}і", f"{folded}і")
    return _Stem(word, folded)


def _spoken_abbreviation(letters: str) -> str:
    """Give how an abbreviation sounds: as a word (БАҚ, ЖОО), or by its last letter's name."""
    if letters in _SPOKEN:
        return _SPOKEN[letters]
    if any(letter in _VOWELS for letter in letters[-2:]):
        return letters
    return _KAZAKH_LETTERS.get(letters[-1], f"{letters[-1]}ы")


def _spoken_latin(word: str) -> str:
    """Give how a word in Latin letters sounds: known ones from a list, abbreviations by their letters."""
    last = re.findall("[A-Za-zÀ-ɏ]+", word)[-1]
    folded = last.casefold()
    if folded in _SPOKEN:
        return _SPOKEN[folded]
    if (last.isupper() or last == last[-1]) and not (len(last) > 3 and re.search("[aeiou].?$", folded)):
        folded = _LATIN_LETTERS.get(folded[-1]) or folded[-1]
    for written, spoken in _LATIN_SOUNDS:
        folded = folded.replace(written, spoken)
    return folded.translate(_LATIN_LETTER_SOUNDS)


def _possessive_ending(word: str, case: str) -> str:
    endings = "нің не н нде нен мен ндей" if _is_front(word) else "ның на н нда нан мен ндай"
    return dict(zip(CASES, endings.split(), strict=True))[case]


def _ending(spoken: str, case: str) -> str:
    front = _is_front(spoken)
    last = spoken.rstrip("ьъ")[-1:]
    if last in _OPEN:
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
    """Tell whether the last syllable of a word is a front one, as it is spoken.

    у and ю at the end say nothing (Атырау, білу); before a consonant they are the vowel of a loan word
    (институт, президиум), ю a front one after a consonant (плюс).
    """
    if word[-1] in _UVULAR:  # тарих, цех: the last sound makes the syllable back
        return False
    soft = word[-1] in "кг" and word[-2:-1] not in _VOWELS  # банк, парк, Петербург
    if word.endswith("ь") or soft:
        return True
    letters = reversed(_YU.sub("у", word.rstrip("ую")))
    return next((letter in _FRONT for letter in letters if letter in _VOWELS), False)
