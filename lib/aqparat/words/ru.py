"""Russian: how numbers with bounds, times and organisations stand in a sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from babel.dates import format_date

from aqparat.period import Window
from aqparat.words import inline
from aqparat.words.extent import Manner, bounds, extent
from aqparat.words.inline import Inline
from aqparat.words.language import Language
from aqparat.words.wording import NBSP
from aqparat.words.writing import writing

if TYPE_CHECKING:
    from aqparat.data.prepare import Tables
    from aqparat.metrics.facts import Fact

# What is put around the name of an organisation, by kind, in the cases the templates use.
_ADJECTIVE = {"nominative": "ая", "genitive": "ой", "dative": "ой", "instrumental": "ой"}
_ORGANISATION = {
    "nominative": "организация",
    "genitive": "организации",
    "dative": "организации",
    "instrumental": "организацией",
}
_UNION = {
    "nominative": "профсоюз",
    "genitive": "профсоюза",
    "dative": "профсоюзу",
    "instrumental": "профсоюзом",
}
# Endings of the words that a head office is named by: «Центральный совет», «Правление», «Дирекция».
_CASES = ("nominative", "genitive", "dative", "instrumental")
_ADJECTIVES = (
    ("ый", "ого", "ому", "ым"),
    *((f"{letter}ий", f"{letter}ого", f"{letter}ому", f"{letter}им") for letter in "гкх"),
    ("ий", "его", "ему", "им"),
    ("ая", "ой", "ой", "ой"),
    ("ое", "ого", "ому", "ым"),
)
_NOUNS = (
    ("ие", "ия", "ию", "ием"),
    ("ия", "ии", "ии", "ией"),
    *((letter, f"{letter}а", f"{letter}у", f"{letter}ом") for letter in "бвгдзклмнпрстфх"),
)
_WHOLE = re.compile(
    r"\b(организация|профсоюз|комитет|филиал)\b", re.IGNORECASE
)  # in a name that is told in full
_WORD = {"oblast": "областн", "city": "городск", "territorial": "территориальн", "district": "районн"}


_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_STRESSED = ("январь", "февраль", "сентябрь", "октябрь", "ноябрь", "декабрь")  # on the ending: январём


class Russian(Language):
    """The Russian language (ru)."""

    bounds: ClassVar[dict[str, str]] = {
        "more_than": "более",
        "at_least": "не менее",
        "at_most": "не более",
        "less_than": "менее",
        "about": "около",
    }

    onsets: ClassVar[frozenset[str]] = frozenset({"бр", "вл", "гр", "др", "кр", "пр", "ск", "сп", "ст", "тр"})

    def __init__(self) -> None:
        super().__init__("ru")

    def phrase(self, fact: Fact, manner: Manner, number: str, case: str | None = None) -> Inline:
        """Return a number with the words for its manner.

        Parameters
        ----------
        fact : Fact
        manner : str
        number : str
        case : {"by"}, optional
            by: by how much something has changed, with its preposition: на 19,7 %, не менее чем на 19,7 %.
        """
        if case is None or manner == "unknown":
            return super().phrase(fact, manner, number)
        if manner not in self.bounds:
            return inline.fact(f"на {number}", fact)
        before = "примерно" if manner == "about" else f"{self.bounds[manner]} чем"
        return inline.fact(f"{before} на {number}", fact)

    def plural(self, fact: Fact | int, *forms: str) -> Inline:
        """Return the form of a noun after a number: 1 материал, 2 материала, 5 материалов.

        Parameters
        ----------
        fact : Fact or int
        *forms : str
            Nominative singular, genitive singular, genitive plural; `genitive` as a fourth where the number
            and its noun stand in the genitive, as they do after "более", "около", "из".
        """
        one, few, many, *case = forms
        if isinstance(fact, int):
            form = str(self.locale.plural_form(fact))
            if case == ["genitive"]:
                return inline.text(few if form == "one" else many)
            return inline.text({"one": one, "few": few}.get(form, many))
        known, written = extent(fact), writing(fact)
        last = 0 if known.last is None else known.last
        last = round(last, written.decimals(last, len(known.numbers) == 1))  # as it is read
        if last != round(last):
            return inline.text(few)
        form = str(self.locale.plural_form(int(last)))
        if case == ["genitive"] or known.manner in self.bounds:
            return inline.text(few if form == "one" else many)
        return inline.text({"one": one, "few": few}.get(form, many))

    def place(self, fact: Fact) -> Inline:
        """Return a rank: 1-е место; место в пределах 2–8; место не ниже 8-го."""
        known = extent(fact)
        ranks = [inline.fact(self.number(n), fact) for n in known.numbers]
        match known.manner:
            case "unknown":
                return self.shown(fact)
            case "between" | "around":
                return "место в пределах " + self.told(fact, bounds(fact), writing(fact))
            case "exact":
                return ranks[0] + "-е место"
            case "about":
                return "около " + ranks[0] + "-го места"
        before = {
            "at_most": "не ниже", "at_least": "не выше", "more_than": "ниже", "less_than": "выше",
        }[known.manner]  # fmt: skip
        return f"место {before} " + ranks[0] + "-го"

    def day(self, day: date) -> Inline:
        """Return a date: 23 февраля 2017 года."""
        text = format_date(day, "d MMMM y", locale=self.locale)
        return inline.time(f"{text} года", day)

    def since(self, day: date) -> Inline:
        """Return the day from which something is: с 23 февраля 2017 года."""
        return "с " + self.day(day)

    def window(self, window: Window, form: str = "in") -> Inline:
        """Return a window of time.

        Parameters
        ----------
        window : Window
        form : {"in", "of", "name", "than", "since", "short", "month", "in_month", "brief"}
            in: в 2016 году; of: за 2016 год; name: 2016 год; than: с 2016 годом; since: с 2016 года;
            short: 2016; of a month too month, in_month, brief: март, в марте, март.
        """
        year, period = window.start.year, window.period
        if window.is_month:
            month = _MONTHS[window.start.month - 1]
            genitive = format_date(window.start, "MMMM", locale=self.locale)
            at = f"в {genitive[:-1]}е"
            texts = {
                "in": f"{at} {year} года",
                "of": f"за {month} {year} года",
                "name": f"{month} {year} года",
                "than": f"с {_instrumental(month)} {year} года",
                "since": f"с {genitive} {year} года",
                "short": f"{month} {year}",
                "month": month,
                "in_month": at,
                "brief": format_date(window.start, "LLL", locale=self.locale),
            }
        elif window.is_years and window.end is not None:
            span = f"{year}–{window.end.year}"
            texts = {
                "in": f"в {span} годах",
                "of": f"за {span} годы",
                "name": f"{span} годы",
                "than": f"с {span} годами",
                "since": f"с {year} года",
                "short": span,
            }
        elif period is None:
            texts = self._between_days(window)
        elif period.is_half:
            which = "перв" if period.half == 1 else "втор"
            texts = {
                "in": f"в{'о' if period.half == 2 else ''} {which}ом полугодии {year} года",
                "of": f"за {which}ое полугодие {year} года",
                "name": f"{which}ое полугодие {year} года",
                "than": f"с{'о' if period.half == 2 else ''} {which}ым полугодием {year} года",
                "since": f"с{'о' if period.half == 2 else ''} {which}ого полугодия {year} года",
                "short": f"{period.half}-е полугодие {year}",
            }
        else:
            texts = {
                "in": f"в {year} году",
                "of": f"за {year} год",
                "name": f"{year} год",
                "than": f"с {year} годом",
                "since": f"с {year} года",
                "short": str(year),
                "year_of": f"{year} года",
            }
        return inline.time(texts[form], window)

    def _between_days(self, window: Window) -> dict[str, str]:
        """Return the forms of a window that begins or ends with a day, not with a month, a half or a year."""
        day, year, short = str(self.day(window.start)), window.start.year, f"{window.start:%d.%m.%Y}"
        since = f"с {day}"
        if window.end == window.start:
            return {"in": day, "of": f"за {day}", "name": day, "than": f"с днём {day}", "since": since,
                    "short": short}  # fmt: skip
        if window.end is not None:
            span, short = f"{since} по {self.day(window.end)}", f"{short}–{window.end:%d.%m.%Y}"
        elif window.start == date(year, 1, 1):
            span = since = f"с начала {year} года"
            short = f"{year}, с начала года"
        else:
            span, short = since, f"с {short}"
        texts = dict.fromkeys(("in", "of", "name"), span)
        return texts | {"than": f"со временем {span}", "since": since, "short": short}

    def organisation(self, tables: Tables, code: str, form: str = "name") -> Inline:
        """Return the name of an organisation.

        Parameters
        ----------
        tables : Tables
        code : str
        form : str
            `name`: Актюбинская; `full`: Актюбинская областная организация; a case, for the full
            name in it.
        """
        if code not in tables.organisations.index:
            return inline.text(self.label("union") if form in ("name", "full") else _UNION[form])
        name = self.name(tables.organisations, code)
        if form == "name":
            return inline.text(name)
        case = "nominative" if form == "full" else form
        kind = str(tables.organisations.loc[code, "kind"])
        return inline.text(_full(name, kind, case))

    def in_outlet(self, name: Inline, channel: str) -> Inline:
        """Return where an outlet carries something: на сайте, в газете."""
        if str(name).startswith("сайт "):
            return inline.text("на сайте " + str(name).removeprefix("сайт "))
        return super().in_outlet(name, channel)

    def in_language(self, code: str) -> str:
        """Return in what language something is written: на казахском языке."""
        name = self.language_name(code)
        if not name.endswith("ский"):
            return super().in_language(code)
        return f"на {name.removesuffix('ий')}ом языке"

    def joined_ending(self) -> str:
        """Return the word before the last of a list."""
        return "и"

    def filters(self, tables: Tables) -> dict[str, Any]:
        """Add the form that Russian needs."""
        return {**super().filters(tables), "since": self.since}


def _full(name: str, kind: str, case: str) -> str:
    """Build the full name of an organisation in a case."""
    if kind == "head_office" or _WHOLE.search(name):
        return _declined(name, case)
    if kind == "local":
        return f"{_UNION[case]} {name}"
    bare, ending = name.removesuffix(" район"), _ADJECTIVE[case]
    stem = bare.removesuffix("ий").removesuffix("ая")
    if stem != bare:
        return f"{stem}{ending} {_WORD[kind]}{ending} {_ORGANISATION[case]}"
    if kind == "city":
        return f"{_ORGANISATION[case]} г.{NBSP}{name.removeprefix('г. ')}"
    return f"{_WORD[kind]}{ending} {_ORGANISATION[case]} {name}"


def _declined(name: str, case: str) -> str:
    """Put a name told in full, or of a head office, into a case; with an ending not known here it stays.

    What follows the organisation, the union, the committee, as its first noun, is in the genitive already.
    """
    words = name.split()
    for place, word in enumerate(words):
        forms = next((forms for forms in (*_ADJECTIVES, *_NOUNS) if word.endswith(forms[0])), None)
        if forms is None:
            return name
        words[place] = word.removesuffix(forms[0]) + forms[_CASES.index(case)]
        if forms in _NOUNS:
            break
    return " ".join(words)


def _instrumental(month: str) -> str:
    """Put the name of a month into the instrumental: мартом, маем, январём."""
    if not month.endswith(("ь", "й")):
        return f"{month}ом"
    return month[:-1] + ("ём" if month in _STRESSED else "ем")
