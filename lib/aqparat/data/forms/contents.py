"""What stands in a form: the figures it asks for, what was reported before, open measures, drop-down texts.

It comes from the reference tables and the batches before the period; how it looks is in `workbook.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

import pandas as pd

from aqparat.data import measures, schemas, titles
from aqparat.data.forms.captions import LANGUAGES, bilingual, captions
from aqparat.data.forms.form import Form
from aqparat.data.forms.meaning import Series, meaning
from aqparat.data.prepare import Tables, own_sites
from aqparat.kazakh.letters import has_cyrillic, is_kazakh
from aqparat.period import Period, Window

_ITEM = 255  # characters; of a longer item Excel shows and takes only a part
_ON_AIR = ("television", "radio")


class Words(Protocol):
    """What a form needs worded; `words.bilingual.Bilingual` does it."""

    def window(self, window: Window, form: str = "name") -> Mapping[str, str]:
        """Return the name of a window of time, by language."""

    def day(self, day: date) -> Mapping[str, str]:
        """Return a date in words, by language."""

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
    if code and not head:
        organisations = {c: organisations[c] for c in _below(tables, code) if c in organisations}
    lists = {
        **{name: list(items.values()) for name, items in texts.items()},
        "organisation": list(organisations.values()),
        "organisation_or_total": [*organisations.values(), *([] if code and not head else [titles.total()])],
        **{
            n: list(c.values())
            for t, s in schemas.BATCH.items()
            for n in s.columns
            if (c := titles.choices(t, n))
        },
        "answers": [bilingual(text) for text in captions()["answers"].values()],
    }
    due = period.end + timedelta(days=tables.settings["completeness"]["due_days"])
    return Form(
        period=period,
        period_name=bilingual(words.window(period.window)),
        code=code,
        name=texts["organisation"].get(code, ""),
        due=due,
        due_name=words.day(due),
        lists=lists,
        rows={
            "observations": _figures(tables, period, code, texts, words),
            "measures": _measures(tables, code, texts, words),
            titles.CORRECTIONS: _corrections(tables, code, texts, words),
        },
        hidden=("named", "extreme") if code and not head else (),  # of totals, and of other people's reports
        synthetic=tables.synthetic,
        years_ahead=tables.settings["checks"]["years_ahead"],
        examples=_examples(tables, texts["outlet"]),
    )


def _below(tables: Tables, code: str) -> list[str]:
    """Return an organisation and its districts."""
    return [code, *tables.organisations.index[tables.organisations["parent"] == code]]


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


# The figures asked for


def _figures(
    tables: Tables, period: Period, code: str, texts: dict[str, dict[str, str]], words: Words
) -> list[dict[str, Any]]:
    """Return the rows of figures: what everybody is asked for, and what the organisation reported last time.

    What it reported stands in the sheet of corrections: a number beside the cell invites one that goes on
    from it.
    """
    return [
        {
            titles.MEANING: meaning(series, tables, period, words),
            **_about(series.indicator, series.organisation, series.outlet, series.channel, texts),
            "start": series.window.start,
            "end": series.window.end,
        }
        for series in _asked(tables, period, code, texts["outlet"])
    ]


def _asked(tables: Tables, period: Period, code: str, offered: Mapping[str, str]) -> list[Series]:
    """Return the figures to ask for, those of an indicator together."""
    head = bool(code) and tables.organisations.loc[code, "kind"] == "head_office"
    last = _last(tables, code)
    last = last[(last["outlet"] == "") | last["outlet"].isin(list(offered))]
    forms, stocks = tables.settings["forms"], tables.settings["indicators"]["stocks"]
    usual = [i for i in tables.asked if not (head and i in forms["members_only"])]
    found: dict[tuple[str, str, str, str], Window] = {}
    for indicator in dict.fromkeys([*usual, *last["indicator"]]):
        own = last[last["indicator"] == indicator]
        yearly = indicator in forms["yearly"]
        if indicator in usual:
            places = [(outlet, "") for outlet in _outlets(tables, indicator, code, offered)]
            places += [("", channel) for channel in _ON_AIR if indicator in forms["on_air"]]
            if not places and own.empty:
                places = [("", "")]
            for place in places:
                found[indicator, *place, code] = (period.whole_year if yearly else period).window
        for row in own.itertuples():
            place = (row.outlet, "" if row.outlet else row.channel)
            if any(place) or indicator not in forms["on_air"]:
                found[indicator, *place, code] = _window(row, period, stocks)
        if head and indicator == "publications":  # the counter of the site knows of everybody's items
            for outlet in (o for o in own_sites(tables.outlets) if o in offered):
                found[indicator, outlet, "", schemas.TOTAL] = period.window
    return [Series(*key[:3], window, key[3]) for key, window in found.items()]


def _about(
    indicator: str, organisation: str, outlet: str, channel: str, texts: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return the cells that say what a figure is about, by their drop-down texts."""
    return {
        "indicator": texts["indicator"].get(indicator, indicator),
        "organisation": _whose(organisation, texts) or None,
        "outlet": texts["outlet"].get(outlet, outlet) or None,
        "channel": None if outlet else titles.choices("observations", "channel").get(channel),
    }


def _whose(organisation: str, texts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the name of an organisation, or of the whole union."""
    if organisation == schemas.TOTAL:
        return titles.total()
    return texts["organisation"].get(organisation, organisation)


def _own(tables: Tables, codes: Sequence[str]) -> pd.DataFrame:
    """Return the figures of the last batch in which organisations reported some of their own.

    Items counted from publications are listed again, not totalled, so they are no series.
    """
    seen = tables.observations
    own = seen[seen["organisation"].isin(list(codes)) & ~(seen["source"] == "publications")]
    if own.empty:
        return own
    batch = max(own["batch"].unique(), key=Period.parse)
    return own[own["batch"] == batch]


def _last(tables: Tables, code: str) -> pd.DataFrame:
    """Return the latest figure of each series that an organisation reported last time."""
    own = _own(tables, [code])
    latest = own.sort_values(["end", "start"], kind="stable", na_position="last")
    return latest.drop_duplicates(["indicator", "outlet", "channel"], keep="last").sort_index()


def _window(row: Any, period: Period, stocks: Sequence[str]) -> Window:
    """Return the window to ask for: the new period; for a stock counted by the year, its year."""
    by_year = str(row.end) != "NaT" and Window(row.start.date(), row.end.date()).period == Period(
        row.start.year
    )
    yearly = by_year and row.indicator in stocks
    return (period.whole_year if yearly else period).window


def _outlets(tables: Tables, indicator: str, code: str, offered: Mapping[str, str]) -> list[str]:
    """Return the outlets to ask an indicator for.

    Items: the union's site, each paper whose copies or whose items for the whole union are known. Copies:
    the papers subscribed to; as long as none is known, the union's own. Visits: the organisation's own sites,
    where the list has some.
    """
    table, seen = tables.outlets, tables.observations
    subscribed = set(seen.loc[seen["indicator"] == "copies", "outlet"])
    of_union = (seen["indicator"] == "publications") & (seen["organisation"] == schemas.TOTAL)
    carried = set(seen.loc[of_union, "outlet"])
    papers = table["channel"].isin(["newspaper", "magazine"])
    subscribed = subscribed - {""} or set(table.index[papers & (table["level"] == "sector")])
    if indicator == "publications":
        papers &= table.index.isin(list(subscribed | carried))
        found = [*own_sites(table), *table.index[papers]]
    elif indicator == "copies":
        found = list(table.index[table.index.isin(list(subscribed))])
    elif indicator == "visits" and code:
        found = list(table.index[(table["channel"] == "website") & (table["publisher"] == code)])
    else:
        found = []
    return [outlet for outlet in found if outlet in offered]


# What was reported before, and what was decided


def _corrections(
    tables: Tables, code: str, texts: dict[str, dict[str, str]], words: Words
) -> list[dict[str, Any]]:
    """Return the figures reported last time, of the head office the union's too, each to be corrected."""
    if not code:
        return []
    head = tables.organisations.loc[code, "kind"] == "head_office"
    return [
        {
            **_about(row.indicator, row.organisation, row.outlet, row.channel, texts),
            "start": row.start.date(),
            "end": None if str(row.end) == "NaT" else row.end.date(),
            "named": " ".join(row.named) or None,
            titles.REPORTED: words.figure(row),
        }
        for row in _own(tables, [code, schemas.TOTAL] if head else [code]).itertuples()
    ]


def _measures(
    tables: Tables, code: str, texts: dict[str, dict[str, str]], words: Words
) -> list[dict[str, Any]]:
    """Return the measures that an organisation, or one of its districts, has still to carry out.

    Of the head office also those of the whole union.
    """
    if not code:
        return []
    head = tables.organisations.loc[code, "kind"] == "head_office"
    whose = [code, schemas.TOTAL] if head else _below(tables, code)
    rows = measures.latest(tables.measures)
    rows = rows[rows["status"].isin(measures.OPEN) & rows["organisation"].isin(whose)]
    return [
        {
            "code": row.code,
            "organisation": _whose(row.organisation, texts),
            **_said(row),
            "indicator": texts["indicator"].get(row.indicator, row.indicator) or None,
            "target": None if pd.isna(row.target) else row.target,
            titles.PREVIOUS: _state(row, words),
        }
        for row in rows.itertuples()
    ]


def _said(row: Any) -> dict[str, str | None]:
    """Return the texts of a measure in the languages that it was said in.

    Where a text was missing another stands in its place (`Submitted.completed`): sent back from a form it
    would pass for said in that language. Which of two equal ones was said its letters tell.
    """
    said = {name: getattr(row, name) or None for name in ("text_kk", "text_ru", "text_en")}
    if said["text_en"] in (said["text_kk"], said["text_ru"]) and has_cyrillic(said["text_en"] or ""):
        said["text_en"] = None
    if said["text_kk"] == said["text_ru"]:
        text = said["text_kk"] or ""
        if text == said["text_en"]:  # in Latin letters
            said |= {"text_kk": None, "text_ru": None}
        else:
            said["text_ru" if is_kazakh(text) else "text_kk"] = None
    return said


def _state(row: Any, words: Words) -> str:
    """Return the state of a measure as it was reported last, a language a line."""
    due = None if pd.isna(row.due) else words.day(row.due.date())
    said = captions()["measure"]["state" if due else "undated"]
    return "\n".join(
        said[language].format(
            status=titles.choice("status", row.status, language), due=due[language] if due else ""
        )
        for language in LANGUAGES
    )
