"""Who has handed in data for a batch, who has not, who was late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

import pandas as pd

from aqparat.data import membership
from aqparat.data.reading.raw import Filing, Raw
from aqparat.data.schemas import OWN_TABLES
from aqparat.period import Period


@dataclass(frozen=True)
class Filed:
    """Whether an organisation has handed in its data for a batch.

    Parameters
    ----------
    organisation : str
    state : {"missing", "untouched", "unread", "late", "on_time", "undated"}
    day : date or None
    days : int
        How many days late.
    corrected : date or None
        The day of the form that stands now, where it was sent once more.
    member : bool
        Whether it is one of the member organisations (N), which completeness is over.
    """

    organisation: str
    state: str
    day: date | None = None
    days: int = 0
    corrected: date | None = None
    member: bool = True


@dataclass(frozen=True)
class Batch:
    """Who has handed in data for a batch, those who have not first; its deadline."""

    name: str
    due: date
    filed: tuple[Filed, ...]

    def count(self, *states: str) -> int:
        """Return how many member organisations are in some states; in any where none is named."""
        return sum(f.member and (not states or f.state in states) for f in self.filed)


def filed(raw: Raw, period: Period) -> Iterator[Batch]:
    """Return of each batch of a period who has filed: every member organisation, and others that did.

    To have filed is to have sent a form that somebody filled in, or to have rows of one's own. A form says
    its day; of rows that came otherwise it is not known whether they were in time.
    """
    names = {PurePosixPath(file).parts[1] for file in raw.files if file.count("/") == 2}
    halves = sorted(Period.parse(name) for name in names - {"reference"})
    table = _organisations(raw)
    late = timedelta(days=int(raw.settings["completeness"]["due_days"]))
    for batch in (b for b in halves if b.end in period):
        due = batch.end + late
        own = _own_rows(raw, str(batch))
        forms: dict[str, list[Filing]] = defaultdict(list)
        for filing in (f for f in raw.filings if f.batch == str(batch)):
            forms[filing.organisation].append(filing)
        members = membership.members(table, batch.window)
        for part, whole in membership.parts(table, batch.window).items():  # theirs is that member's, too
            forms[whole] += forms.get(part, [])
            own |= {whole} if part in own else set()
        others = [code for code in table.index if code not in members and (code in own or code in forms)]
        states = [
            replace(_filed(code, forms[code], code in own, due), member=code in members)
            for code in [*members, *others]
        ]
        order = ("missing", "untouched", "unread", "late", "undated", "on_time")
        yield Batch(str(batch), due, tuple(sorted(states, key=lambda f: order.index(f.state))))


def _filed(code: str, forms: Sequence[Filing], own: bool, due: date) -> Filed:
    filled = [f for f in forms if f.touched and not f.unread]
    days = [f.filed for f in filled if f.filed is not None]
    if days:
        day, last = min(days), max(days)  # sent once more later, it was in time all the same
        state, corrected = "late" if day > due else "on_time", last if last > day else None
        return Filed(code, state, day, max((day - due).days, 0), corrected)
    if filled or own:
        return Filed(code, "undated")
    if any(f.unread for f in forms):
        return Filed(code, "unread")
    return Filed(code, "untouched" if forms else "missing")


def _own_rows(raw: Raw, batch: str) -> set[str]:
    """Return the organisations that have rows of their own in a batch, however they came."""
    tables = [raw.tables[name] for name in OWN_TABLES]
    written = set(pd.concat([t.loc[t["batch"] == batch, "organisation"] for t in tables]).dropna())
    written |= {*raw.items.loc[raw.items["batch"] == batch, "organisation"].unique()} - {""}
    aliases = raw.tables["aliases"]
    meant = aliases.loc[(aliases["table"] == "organisations") & aliases["alias"].isin(written), "code"]
    return written | set(meant.dropna())


def _organisations(raw: Raw) -> pd.DataFrame:
    """Return the organisations by code, as far as they can be read: what is no date is passed over."""
    table = raw.tables["organisations"].dropna(subset=["code"]).drop_duplicates("code").set_index("code")
    days = {
        c: pd.to_datetime(table[c], format="%Y-%m-%d", errors="coerce") for c in ("valid_from", "valid_to")
    }
    return table.assign(**days, successors=table["successors"].fillna("").str.split())
