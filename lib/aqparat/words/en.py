"""English: how numbers with bounds, times and organisations stand in a sentence."""

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
from aqparat.words.writing import writing

if TYPE_CHECKING:
    from aqparat.data.prepare import Tables
    from aqparat.metrics.facts import Fact

_KINDS = {
    "oblast": ("the {} regional organisation", " region"),
    "city": ("the {} city organisation", " city"),
    "territorial": ("the {} territorial organisation", ""),
    "district": ("the {} district organisation", " district"),
    "local": ("the {} union", ""),
    "head_office": ("the {}", ""),
}
_OFTEN: dict[float | None, str] = {1: "once", 2: "twice"}
_WHOLE = re.compile(r"\b(organi[sz]ation|union|committee|branch)$", re.IGNORECASE)  # ends a name told in full


class English(Language):
    """The English language (en)."""

    bounds: ClassVar[dict[str, str]] = {
        "more_than": "more than",
        "at_least": "at least",
        "at_most": "at most",
        "less_than": "less than",
        "about": "about",
    }

    onsets: ClassVar[frozenset[str]] = frozenset({"ch", "gh", "kh", "hst", "sh", "th", "zh"})

    def __init__(self) -> None:
        super().__init__("en")

    def phrase(self, fact: Fact, manner: Manner, number: str, case: str | None = None) -> Inline:
        """Return a number with the words for its manner; of what is counted "fewer than"."""
        if manner == "less_than" and fact.metric == "volume":
            return inline.fact(f"fewer than {number}", fact)
        return super().phrase(fact, manner, number)

    def plural(self, fact: Fact | int, *forms: str) -> Inline:
        """Return the form of a noun after a number: 1 item, 2 items, at least 1 item."""
        one, many = forms
        if isinstance(fact, int):
            return inline.text(one if fact == 1 else many)
        known = extent(fact)
        return inline.text(one if known.last == 1 and len(known.numbers) == 1 else many)

    def place(self, fact: Fact) -> Inline:
        """Return a rank: 1st place; a place within 2–8; 8th place or better."""
        known = extent(fact)
        ranks = [inline.fact(self.number(n), fact) + _ordinal(int(n)) for n in known.numbers]
        match known.manner:
            case "unknown":
                return self.shown(fact)
            case "between" | "around":
                return "a place within " + self.told(fact, bounds(fact), writing(fact))
            case "at_most":
                return ranks[0] + " place or better"
            case "at_least":
                return ranks[0] + " place or lower"
            case "more_than":
                return "a place below " + ranks[0]
            case "less_than":
                return "a place above " + ranks[0]
            case "about":
                return "about " + ranks[0] + " place"
        return ranks[0] + " place"

    def day(self, day: date) -> Inline:
        """Return a date: 23 February 2017."""
        return inline.time(format_date(day, "d MMMM y", locale=self.locale), day)

    def since(self, day: date) -> Inline:
        """Return the day from which something is: since 23 February 2017."""
        return "since " + self.day(day)

    def window(self, window: Window, form: str = "in") -> Inline:
        """Return a window of time.

        Parameters
        ----------
        window : Window
        form : {"in", "of", "name", "than", "short", "month", "in_month", "brief"}
            in: in 2016; of: for 2016; name, than: 2016; short: 2016; of a month too
            month, in_month, brief: March, in March, Mar.
        """
        year, period = window.start.year, window.period
        if window.is_month:
            named = short = f"{format_date(window.start, 'LLLL', locale=self.locale)} {year}"
        elif window.is_years and window.end is not None:
            named = short = f"{year}–{window.end.year}"
        elif period is None:
            return inline.time(self._between_days(window)[form], window)
        elif period.is_half:
            first = period.half == 1
            named = f"the {'first' if first else 'second'} half of {year}"
            short = f"{'1st' if first else '2nd'} half {year}"
        else:
            named = short = str(year)
        texts = {"in": f"in {named}", "of": f"for {named}", "name": named, "than": named, "short": short}
        if window.is_month:
            month = named.removesuffix(f" {year}")
            brief = format_date(window.start, "LLL", locale=self.locale)
            texts |= {"month": month, "in_month": f"in {month}", "brief": brief}
        return inline.time(texts[form], window)

    def _between_days(self, window: Window) -> dict[str, str]:
        """Return the forms of a window that begins or ends with a day, not with a month, a half or a year."""
        first = str(self.day(window.start))
        if window.end == window.start:
            return {"in": f"on {first}", "of": f"for {first}", "name": first, "than": first,
                    "short": f"{window.start}"}  # fmt: skip
        if window.end is not None:
            span, short = f"from {first} to {self.day(window.end)}", f"{window.start} – {window.end}"
        elif window.start == date(window.start.year, 1, 1):
            span, short = f"since the start of {window.start.year}", f"{window.start.year} to date"
        else:
            span = short = f"since {first}"
        return dict.fromkeys(("in", "of", "name"), span) | {"than": f"the time {span}", "short": short}

    def organisation(self, tables: Tables, code: str, form: str = "name") -> Inline:
        """Return the name of an organisation.

        Parameters
        ----------
        tables : Tables
        code : str
        form : {"name", "full", "genitive"}
            name: Aktobe; full: the Aktobe regional organisation; genitive: with 's.
        """
        full = self.label("union")
        if code in tables.organisations.index:
            name = self.name(tables.organisations, code)
            if form == "name":
                return inline.text(name)
            pattern, replaced = _KINDS[str(tables.organisations.loc[code, "kind"])]
            full = f"the {name}" if _WHOLE.search(name) else pattern.format(name.removesuffix(replaced))
        return inline.text(full + ("’s" if form == "genitive" else ""))

    def outlet(self, tables: Tables, code: str) -> Inline:
        """Return the name of an outlet; of one whose name is Kazakh or Russian in Latin letters, say so."""
        name, kazakh = super().outlet(tables, code), str(tables.outlets.loc[code, "name_kk"])
        if not (kazakh.startswith("«") and kazakh.endswith("»")):
            return name
        return name.each(lang=f"{inline.origin(kazakh) or 'kk'}-Latn")

    def joined_ending(self) -> str:
        """Return the word before the last of a list."""
        return "and"

    def times(self, fact: Fact) -> Inline:
        """Return how often something is: once, twice, 4 times, at least 1 time."""
        known = extent(fact)
        word = _OFTEN.get(known.last) if known.manner == "exact" else None
        return inline.fact(word, fact) if word else super().times(fact)

    def filters(self, tables: Tables) -> dict[str, Any]:
        """Add the form that English needs."""
        return {**super().filters(tables), "since": self.since}


def _ordinal(number: int) -> str:
    """Return the ending of an ordinal in digits: 1st, 12th."""
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
