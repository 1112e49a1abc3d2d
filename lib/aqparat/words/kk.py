"""Kazakh: how numbers with bounds, times and organisations stand in a sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from babel.dates import get_month_names

from aqparat import kazakh
from aqparat.period import Window
from aqparat.words import inline
from aqparat.words.extent import Manner, bounds, extent
from aqparat.words.inline import Inline
from aqparat.words.language import Language
from aqparat.words.writing import writing

if TYPE_CHECKING:
    from aqparat.data.prepare import Tables
    from aqparat.metrics.facts import Fact

_HEADS = {  # what follows the name of an organisation, by kind, and the word it replaces
    "oblast": "облыстық ұйымы",
    "city": "қалалық ұйымы",
    "territorial": "аумақтық ұйымы",
    "district": "аудандық ұйымы",
    "local": "кәсіподағы",
    "head_office": "",
}
_AFTER = {"more_than": "астам", "less_than": "кем"}  # after a number in the ablative
_WHOLE = ("ұйымы", "кәсіподағы", "комитеті", "филиалы")  # ends of a name that is told in full
_REPLACED = (" облысы", " қаласы", " ауданы")


class Kazakh(Language):
    """The Kazakh language (kk)."""

    bounds: ClassVar[dict[str, str]] = {
        "at_least": "кемінде",
        "at_most": "ең көбі",
        "about": "шамамен",  # before a number that has an ending of its own
    }
    onsets: ClassVar[frozenset[str]] = frozenset({"қст"})

    def __init__(self) -> None:
        super().__init__("kk")

    def phrase(self, fact: Fact, manner: Manner, number: str, case: str | None = None) -> Inline:
        """Return a number with the words for its manner, in a case: 306, 60-тан астам, 10 000-дай, 60-ға.

        What stands behind a number that has an ending may stand in the case instead: 60-тан астамға.
        """
        last = re.split("[–…]", number)[-1]
        if manner in _AFTER:
            after = _AFTER[manner] if case is None else kazakh.inflected(_AFTER[manner], case)
            return inline.fact(f"{number}-{kazakh.ending(last, 'ablative')} {after}", fact)
        if manner == "about" and case is None:
            return inline.fact(f"{number}-{kazakh.ending(last, 'similative')}", fact)
        if manner == "unknown":
            return inline.fact(number if case is None else kazakh.inflected(number, case), fact)
        told = super().phrase(fact, manner, number)
        return told if case is None else told + f"-{kazakh.ending(last, case)}"

    def plural(self, fact: Fact | int, *forms: str) -> Inline:
        """Return a noun after a number: it stays in the singular."""
        return inline.text(forms[0])

    def place(self, fact: Fact) -> Inline:
        """Return a rank: 1-орында; 2–8-орындардың бірінде; 8-орыннан төмен емес."""
        known = extent(fact)
        ranks = [inline.fact(self.number(n), fact) for n in known.numbers]
        match known.manner:
            case "unknown":
                return self.shown(fact)
            case "between" | "around":
                return self.told(fact, bounds(fact), writing(fact)) + "-орындардың бірінде"
        after = {
            "at_most": "-орыннан төмен емес", "at_least": "-орыннан жоғары емес",
            "more_than": "-орыннан төмен", "less_than": "-орыннан жоғары", "about": "-орын шамасында",
        }.get(known.manner, "-орында")  # fmt: skip
        return ranks[0] + after

    def day(self, day: date) -> Inline:
        """Return a date: 2017 жылғы 23 ақпан."""
        return inline.time(f"{day.year} жылғы {day.day} {self._month(day)}", day)

    def since(self, day: date) -> Inline:
        """Return the day from which something is: 2017 жылғы 23 ақпаннан бастап."""
        return inline.time(kazakh.inflected(str(self.day(day)), "ablative"), day) + " бастап"

    def _span(self, first: date, last: date) -> str:
        """Return from when to when, what both days have in common said once: 2017 жылғы 12–13 қазан."""
        if first.year != last.year:
            return f"{self.day(first)} – {self.day(last)}"
        if first.month != last.month:
            return f"{self.day(first)} – {last.day} {self._month(last)}"
        return f"{first.year} жылғы {first.day}–{last.day} {self._month(last)}"

    def _month(self, day: date) -> str:
        return str(get_month_names("wide", "format", self.locale)[day.month]).lower()

    def window(self, window: Window, form: str = "in") -> Inline:
        """Return a window of time.

        Parameters
        ----------
        window : Window
        form : {"in", "of", "name", "short", "than", "since", "month", "in_month", "brief"}
            month, in_month, brief (of a month): наурыз, наурызда, нау.;
            in: 2016 жылы; of: 2016 жылғы; name: 2016 жыл; than: 2016 жылмен; since: 2016
            жылдан (бері); short (tables, charts): 2016, 2017 ж. І жартыжылдық, 2017 ж. басынан.
        """
        year = window.start.year
        period = window.period
        if window.is_month:
            month = self._month(window.start)
            named = f"{year} жылдың {month} ай"
            texts = {
                "in": named + "ында",
                "of": named + "ындағы",
                "name": named + "ы",
                "than": named + "ымен",
                "since": named + "ынан",
                "short": f"{year} ж. {month}",
                "month": month,
                "in_month": kazakh.inflected(month, "locative"),
                "brief": str(get_month_names("abbreviated", "format", self.locale)[window.start.month]),
            }
        elif window.is_years and window.end is not None:
            span = f"{year}–{window.end.year}"
            texts = {
                "in": f"{span} жылдары",
                "of": f"{span} жылдардағы",
                "name": f"{span} жылдар",
                "than": f"{span} жылдармен",
                "since": f"{year} жылдан",
                "short": span,
            }
        elif period is None:
            texts = self._between_days(window)
        elif period.is_half:
            ordinal = "бірінші" if period.half == 1 else "екінші"
            half = f"{year} жылдың {ordinal} жартыжылдығы"
            texts = {
                "in": half + "нда",
                "of": half + "ндағы",
                "name": half,
                "than": half + "мен",
                "since": half + "нан",
                "short": f"{year} ж. {period.half}-жартыжылдық",
            }
        else:
            texts = {
                "in": f"{year} жылы",
                "of": f"{year} жылғы",
                "name": f"{year} жыл",
                "than": f"{year} жылмен",
                "since": f"{year} жылдан",
                "short": str(year),
                "year_of": f"{year} жылдың",
            }
        return inline.time(texts[form], window)

    def _between_days(self, window: Window) -> dict[str, str]:
        """Return the forms of a window that begins or ends with a day, not with a month, a half or a year."""
        year, day = window.start.year, str(self.day(window.start))
        since = kazakh.inflected(day, "ablative")
        if window.end == window.start:
            then = kazakh.inflected(day, "locative")
            return {
                "in": then,
                "of": then + ("ғы" if then.endswith("а") else "гі"),
                "name": day,
                "than": kazakh.inflected(day, "instrumental"),
                "since": since,
                "short": day,
            }
        if window.end is not None:
            span = self._span(window.start, window.end)
            return {
                "in": f"{span} аралығында",
                "of": f"{span} аралығындағы",
                "name": f"{span} аралығы",
                "than": f"{span} аралығымен",
                "since": since,
                "short": span,
            }
        short = since
        if window.start == date(year, 1, 1):
            since, short = f"{year} жылдың басынан", f"{year} ж. басынан"
        return {
            "in": f"{since} бері",
            "of": f"{since} бергі",
            "name": f"{since} бергі кезең",
            "than": f"{since} бергі кезеңмен",
            "since": since,
            "short": short,
        }

    def organisation(self, tables: Tables, code: str, form: str = "name") -> Inline:
        """Return the name of an organisation.

        Parameters
        ----------
        tables : Tables
        code : str
        form : str
            `name`: Атырау; `full`: Атырау облыстық ұйымы; a case, for the full name in it.
        """
        if code not in tables.organisations.index:
            union = self.label("union")
            return inline.text(union if form in ("name", "full") else kazakh.inflected(union, form))
        name = self.name(tables.organisations, code)
        if form == "name":
            return inline.text(name)
        head = _HEADS[str(tables.organisations.loc[code, "kind"])]
        if head and not name.casefold().endswith(_WHOLE):
            for word in _REPLACED:
                name = name.removesuffix(word)
            name = f"{name} {head}"
        return inline.text(name if form == "full" else kazakh.inflected(name, form))

    def in_outlet(self, name: Inline, channel: str) -> Inline:
        """Return where an outlet carries something; to a title in quotes is added what it is."""
        if str(name).endswith("»"):
            return super().in_outlet(name, channel)
        return inline.text(kazakh.inflected(str(name), "locative"))

    def in_language(self, code: str) -> str:
        """Return in what language something is written: қазақ тілінде."""
        name = self.language_name(code)
        return kazakh.inflected(name, "locative") if name != code else f"{code} тілінде"

    def joined_ending(self) -> str:
        """Return the word before the last of a list; Babel's Kazakh lists lack it."""
        return "және"

    def sort_key(self, text: str) -> Any:
        """Order by the Kazakh alphabet."""
        return kazakh.sort_key(text)

    def filters(self, tables: Tables) -> dict[str, Any]:
        """Add the forms that only Kazakh needs."""
        return {**super().filters(tables), "since": self.since}
