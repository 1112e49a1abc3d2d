"""The workbooks that organisations fill in: one each, with what they reported last time.

What stands in a form comes from the reference tables and the batches before the period; how it looks is
in `workbook.py`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from aqparat.data import intake, schemas, titles
from aqparat.data.archive import saved_by_hand
from aqparat.data.prepare import Tables, in_force, own_sites
from aqparat.data.store import load
from aqparat.data.workbook import Form, workbook
from aqparat.period import Period, Window
from aqparat.problem import AqparatError, unknown
from aqparat.settings import FILE

_NOTHING = "–"  # in the column of last time; a row with anything there is known to be prefilled
_ITEM = 255  # characters; of a longer item Excel shows and takes only a part
BLANK = "blank"  # the name of the form that belongs to no organisation


class Words(Protocol):
    """What a form needs worded; `words.bilingual.Bilingual` does it."""

    def window(self, window: Window) -> str:
        """Name a window of time."""

    def figure(self, row: Any) -> str:
        """Word a reported figure with its bounds and its window."""


class FormFilledError(AqparatError):
    """A form to be written is there already and somebody has saved it since: it is not written over."""


def write(period: Period, wanted: Iterable[str], data: Path, out: Path, words: Words) -> list[Path]:
    """Write the forms of a period into `out/<period>/`.

    Parameters
    ----------
    period : Period
    wanted : iterable of str
        Codes of organisations; none, or `all`, is every member in force in the middle of the period, and
        a blank form.
    data, out : Path
    words : Words

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ParameterError
        If a code is not that of an organisation in force.
    DataError, DataFolderError
        If the data before the period are not in order, or there is no data folder.
    FormFilledError
        If a form that is there has been saved by somebody; nothing is written then.
    """
    tables = before(period, data)
    middle = period.start + (period.end - period.start) / 2
    members = list(tables.members(middle))
    codes = list(dict.fromkeys(wanted))
    existing = list(tables.organisations.index[in_force(tables.organisations, middle)])
    for code in codes:
        if code not in (*existing, "all"):
            raise unknown("organisation", code, existing)
    everybody = not codes or "all" in codes
    names = [*dict.fromkeys([*codes, *members]), ""] if everybody else codes
    target = out / str(period)
    files = {
        target / f"{code or BLANK}.xlsx": workbook(form(tables, period, code, words))
        for code in names
        if code != "all"
    }
    filled = [path for path in files if path.exists() and saved_by_hand(path.read_bytes())]
    if filled:
        raise FormFilledError(f"{filled[0]} has been filled in.", "form.filled", path=filled[0].as_posix())
    target.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        path.write_bytes(content)
    return list(files)


def before(period: Period, data: str | Path) -> Tables:
    """Give the prepared tables of all batches before a period; only reference tables if there are none."""
    try:
        return load(period.previous, data)
    except intake.DataFolderError as error:
        if error.code != "no_batch":
            raise
    with tempfile.TemporaryDirectory() as folder:  # a batch with nothing in it, without touching raw/
        raw = Path(folder) / "raw"
        home = intake.find(data)
        shutil.copytree(home / "raw" / "reference", raw / "reference")
        if (home / FILE).is_file():
            shutil.copy(home / FILE, folder)
        (raw / str(period.previous)).mkdir()
        return load(period.previous, folder)


def form(tables: Tables, period: Period, code: str, words: Words) -> Form:
    """Gather what stands in a form.

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
        known=_known(tables, texts["outlet"]),
    )


def _known(tables: Tables, outlets: dict[str, str]) -> dict[str, str]:
    """Give what the examples in a form name: the first paper and site, and two codes of organisations."""
    table = tables.outlets
    codes = {"paper": table.index[table["channel"] == "newspaper"], "site": own_sites(table)}
    named = {name: next((outlets[c] for c in found if c in outlets), "") for name, found in codes.items()}
    return {**named, "codes": " ".join(tables.members()[:2])}


def names(tables: Tables, period: Period) -> dict[str, dict[str, str]]:
    """Give the drop-down texts of organisations, outlets and indicators, by code; those of some day in it."""
    computed = {*tables.settings["forms"]["computed"], *schemas.ACTIVITY_KINDS}
    indicators = tables.indicators
    return {
        "indicator": _distinct(indicators[~indicators.index.isin(computed)]),
        "outlet": _distinct(_during(tables.outlets, period)),
        "organisation": _distinct(_during(tables.organisations, period)),
    }


def _distinct(frame: pd.DataFrame) -> dict[str, str]:
    """Name rows by code: `kk / ru`; by the code itself where a drop-down list could not tell or hold it."""
    texts = [titles.both(kk, ru) for kk, ru in zip(frame["name_kk"], frame["name_ru"], strict=True)]
    times = Counter(titles.folded(text) for text in texts)
    return {
        code: text if times[titles.folded(text)] == 1 and text.isprintable() and len(text) <= _ITEM else code
        for code, text in zip(frame.index, texts, strict=True)
    }


def _during(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Keep what existed on a day of the period."""
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    ended, to_come = frame["valid_to"] < first, frame["valid_from"] > last
    return frame[~ended & ~to_come]


def _rows(
    tables: Tables, period: Period, code: str, texts: dict[str, dict[str, str]], words: Words
) -> list[dict[str, Any]]:
    """Prepare the rows of observations: what was reported last time, then what else is usual."""
    last = _last(tables, code)
    last = last[(last["outlet"] == "") | last["outlet"].isin(list(texts["outlet"]))]
    told = [
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
        for indicator in tables.settings["forms"]["standard"]
        if indicator in texts["indicator"] and indicator not in set(last["indicator"])
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
        for indicator, outlet, channel, window, previous in [*told, *usual]
    ]


def _last(tables: Tables, code: str) -> pd.DataFrame:
    """Give the latest figure of each series in the last batch with rows of an organisation's own.

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
    """Ask for the new period; for a stock counted by the year, for its year."""
    by_year = str(row.end) != "NaT" and Window(row.start.date(), row.end.date()).period == Period(
        row.start.year
    )
    yearly = by_year and row.indicator in stocks
    return (period.whole_year if yearly else period).window


def _outlets(tables: Tables, indicator: str, known: dict[str, str]) -> list[str]:
    """Give the outlets to ask an indicator for: the union's site, or the papers subscribed to."""
    if indicator == "publications":
        outlets = tables.outlets
        found = own_sites(outlets)
    elif indicator == "copies":
        seen = tables.observations
        found = seen.loc[(seen["indicator"] == indicator) & (seen["outlet"] != ""), "outlet"].unique()
    else:
        found = []
    return [outlet for outlet in found if outlet in known] or [""]
