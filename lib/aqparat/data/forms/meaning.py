"""What a row of figures in a form stands for: whose number, of what, where, over which time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pandas as pd

from aqparat.data import titles
from aqparat.data.forms.captions import LANGUAGES, captions
from aqparat.data.prepare import Tables
from aqparat.period import Period, Window


class Words(Protocol):
    """What a meaning needs worded, by language."""

    def window(self, window: Window, form: str = "name") -> Mapping[str, str]:
        """Return the name of a window of time."""

    def day(self, day: date) -> Mapping[str, str]:
        """Return a date in words."""


@dataclass(frozen=True)
class Series:
    """A figure that is asked for.

    Parameters
    ----------
    indicator, outlet, channel : str
        Codes; an empty outlet and channel: all of them together.
    window : Window
    organisation : str
        Whose it is; empty in a form that belongs to nobody.
    """

    indicator: str
    outlet: str
    channel: str
    window: Window
    organisation: str


def meaning(series: Series, tables: Tables, period: Period, words: Words) -> str:
    """Return what a row stands for, a language a line.

    Parameters
    ----------
    series : Series
    tables : Tables
        With the names.
    period : Period
        Of the form.
    words : Words
    """
    return "\n".join(_in(language, series, tables, period, words) for language in LANGUAGES)


def _in(language: str, series: Series, tables: Tables, period: Period, words: Words) -> str:
    texts, window = captions(), series.window
    told = {name: text[language] for name, text in texts["meaning"].items()}
    what = _what(language, series, tables, told)
    half = window.period is not None and window.period.is_half
    if series.indicator in tables.settings["indicators"]["stocks"]:
        of_year = not half and (
            window != period.window or series.indicator in tables.settings["forms"]["yearly"]
        )
        text = told["year" if of_year else "stock"].format(
            what=what, year=window.start.year, end=words.day(period.end)[language]
        )
    else:
        text = told["flow"].format(
            what=what,
            span=texts["span"]["half" if half else "year"][language],
            period=words.window(window, "short")[language],
        )
    return _whose(language, series, tables, told, text)


def _what(language: str, series: Series, tables: Tables, told: Mapping[str, str]) -> str:
    """Return what is counted, and where."""
    name = _named(tables.indicators, series.indicator, language)
    indicator = name[:1].upper() + name[1:]
    if series.outlet:
        place = _named(tables.outlets, series.outlet, language)
    elif series.channel:
        place = titles.choice("channel", series.channel, language)
    else:
        whole: Mapping[str, Mapping[str, str]] = captions()["whole"]
        known = whole.get(series.indicator, {}).get(language)
        return known or told["whole"].format(indicator=indicator)
    return told["place"].format(indicator=indicator, place=place)


def _whose(language: str, series: Series, tables: Tables, told: Mapping[str, str], text: str) -> str:
    """Return a meaning that says whose figure it is, where that may be mistaken: the head office's."""
    if series.organisation in tables.organisations.index:
        if tables.organisations.loc[series.organisation, "kind"] != "head_office":
            return text
        name = _named(tables.organisations, series.organisation, language)
        return told["head_office"].format(organisation=name, meaning=text)
    return told["union"].format(meaning=text) if series.organisation else text


def _named(table: pd.DataFrame, code: str, language: str) -> str:
    """Return a name; the code where a cell could not hold it."""
    name = " ".join(str(table.loc[code, f"name_{language}"]).split())
    return name if name.isprintable() else code
