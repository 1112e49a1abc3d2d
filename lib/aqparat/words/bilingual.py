"""Kazakh and Russian side by side, as the forms have them."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.words.languages import language


class Bilingual:
    """Words figures and times in both languages of a form, in plain text."""

    def __init__(self) -> None:
        self._kk, self._ru = language("kk"), language("ru")

    def window(self, window: Window, form: str = "name") -> dict[str, str]:
        """Return the name of a window of time, by language."""
        return {words.code: str(words.window(window, form)) for words in (self._kk, self._ru)}

    def day(self, day: date) -> dict[str, str]:
        """Return a date in words, by language."""
        return {words.code: str(words.day(day)) for words in (self._kk, self._ru)}

    def figure(self, row: Any) -> str:
        """Return a row of prepared observations, a language a line: number, bounds, window."""
        end = None if str(row.end) == "NaT" else row.end.date()
        window = Window(row.start.date(), end)
        low, high = (float(b) if math.isfinite(b) else None for b in (row.low, row.high))
        fact = Fact(
            "", "volume", row.indicator, row.organisation, row.outlet, row.channel, window, None,
            float(row.value), low, high, row.qualifier, "", (),
        )  # fmt: skip
        kk, ru = (f"{words.count(fact)} ({words.window(window, 'short')})" for words in (self._kk, self._ru))
        return kk if kk == ru else f"{kk}\n{ru}"
