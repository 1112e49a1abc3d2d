"""What stands in a form: what was reported last time, what else is usual, and the drop-down texts.

It comes from the reference tables and the batches before the period; how it looks is in `workbook.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol

import pandas as pd

from aqparat.data import schemas, titles
from aqparat.data.forms.form import Form
from aqparat.data.prepare import Tables, own_sites
from aqparat.period import Period, Window

_NOTHING = "–"  # in the column of last time; a row with anything there is known to be prefilled
_ITEM = 255  # characters; of a longer item Excel shows and takes only a part


class Words(Protocol):
    """What a form needs worded; `words.bilingual.Bilingual` does it."""

    def window(self, window: Window) -> str:
        """Return the name of a window of time."""

    def figure(self, row: Any) -> str:
        """Return a reported figure in words, with its bounds and its window."""


def form(tables: Tables, period: Period, code: str, words: Words) -> Form:
    """Return what stands in a form.

    Parameters
    ----------
    tables : Tables
        Of the batches before the period.
    period : Period
    code : str
        The organisation; empty for the blank form.
    words : Words
    """
    head = code and tables.organisations.loc[code, "kind"] == "head_office"
    texts = names(tables, period)
    organisations = texts["organisation"]
    if code and not head:  # its own and its districts'
        below = tables.organisations.index[tables.organisations["parent"] == code]
        organisations = {c: organisations[c] for c in (code, *below) if c in organisations}
    lists = {
        **{name: list(items.values()) for name, items in texts.items()},
        "organisation": list(organisations.values()),
        "organisation_or_total": [*organisations.values(), *([] if code and not head else [schemas.TOTAL])],
        **{
            n: list(c.values())
            for t, s in schemas.BATCH.items()
            for n in s.columns
            if (c := titles.choices(t, n))
        },
    }
    return Form(
        period=period,
        period_name=words.window(period.window),
        code=code,
        name=texts["organisation"].get(code, ""),
        due=period.end + timedelta(days=tables.settings["completeness"]["due_days"]),
        lists=lists,
        rows=_rows(tables, period, code, texts, words),
        hidden=("named", "extreme") if code and not head else (),  # of totals, and of other people's reports
        synthetic=tables.synthetic,
        years_ahead=tables.settings["checks"]["years_ahead"],
        examples=_examples(tables, texts["outlet"]),
    )


def _examples(tables: Tables, outlets: dict[str, str]) -> dict[str, str]:
    """Return what the examples in a form name: the first paper and site, and two codes of organisations."""
    table = tables.outlets
    codes = {"paper": table.index[table["channel"] == "newspaper"], "site": own_sites(table)}
    named = {name: next((outlets[c] for c in fitting if c in outlets), "") for name, fitting in codes.items()}
    return {**named, "codes": " ".join(tables.members()[:2])}


def names(tables: Tables, period: Period) -> dict[str, dict[str, str]]:
    """Return the drop-down texts of organisations, outlets and indicators of a period, by code."""
    return {
        "indicator": _distinct(tables.indicators.loc[tables.reportable]),
        "outlet": _distinct(_during(tables.outlets, period)),
        "organisation": _distinct(_during(tables.organisations, period)),
    }


def _distinct(frame: pd.DataFrame) -> dict[str, str]:
    """Return the name of rows, `kk / ru`, by code; the code where a drop-down list could not hold it."""
    texts = [titles.both(kk, ru) for kk, ru in zip(frame["name_kk"], frame["name_ru"], strict=True)]
    times = Counter(titles.folded(text) for text in texts)
    return {
        code: text if times[titles.folded(text)] == 1 and text.isprintable() and len(text) <= _ITEM else code
        for code, text in zip(frame.index, texts, strict=True)
    }


def _during(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return what existed on a day of the period."""
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    ended, to_come = frame["valid_to"] < first, frame["valid_from"] > last
    return frame[~ended & ~to_come]


def _rows(
    tables: Tables, period: Period, code: str, texts: dict[str, dict[str, str]], words: Words
) -> list[dict[str, Any]]:
    """Return the rows of observations: what was reported last time, then what else is usual."""
    last = _last(tables, code)
    last = last[(last["outlet"] == "") | last["outlet"].isin(list(texts["outlet"]))]
    reported = [
        (
            row.indicator,
            row.outlet,
            "" if row.outlet else row.channel,
            _window(row, period, tables.settings["indicators"]["stocks"]),
            words.figure(row),
        )
        for row in last.itertuples()
    ]
    usual = [
        (
            indicator,
            outlet,
            "",
            (period.whole_year if indicator in tables.settings["forms"]["yearly"] else period).window,
            _NOTHING,
        )
        for indicator in tables.asked
        if indicator not in set(last["indicator"])
        for outlet in _outlets(tables, indicator, texts["outlet"])
    ]
    channels = titles.choices("observations", "channel")
    return [
        {
            "indicator": texts["indicator"].get(indicator, indicator),
            "organisation": texts["organisation"].get(code) if code else None,
            "outlet": texts["outlet"].get(outlet),
            "channel": channels.get(channel),
            "start": window.start,
            "end": window.end,
            titles.PREVIOUS: previous,
        }
        for indicator, outlet, channel, window, previous in [*reported, *usual]
    ]


def _last(tables: Tables, code: str) -> pd.DataFrame:
    """Return the latest figure of each series in the last batch with rows of an organisation's own.

    Items counted from publications are listed again, not totalled, so they are no series.
    """
    seen = tables.observations
    own = seen[(seen["organisation"] == code) & ~(seen["source"] == "publications")]
    if own.empty:
        return own
    batch = max(own["batch"].unique(), key=Period.parse)
    own = own[own["batch"] == batch]
    latest = own.sort_values(["end", "start"], kind="stable", na_position="last")
    return latest.drop_duplicates(["indicator", "outlet", "channel"], keep="last").sort_index()


def _window(row: Any, period: Period, stocks: Sequence[str]) -> Window:
    """Return the window to ask for: the new period; for a stock counted by the year, its year."""
    by_year = str(row.end) != "NaT" and Window(row.start.date(), row.end.date()).period == Period(
        row.start.year
    )
    yearly = by_year and row.indicator in stocks
    return (period.whole_year if yearly else period).window


def _outlets(tables: Tables, indicator: str, offered: dict[str, str]) -> list[str]:
    """Return the outlets to ask an indicator for: the union's site, or the papers subscribed to."""
    if indicator == "publications":
        outlets = tables.outlets
        found = own_sites(outlets)
    elif indicator == "copies":
        seen = tables.observations
        found = seen.loc[(seen["indicator"] == indicator) & (seen["outlet"] != ""), "outlet"].unique()
    else:
        found = []
    return [outlet for outlet in found if outlet in offered] or [""]
