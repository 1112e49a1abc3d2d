"""The register of publications as a whole: what it says of outlets and channels that it does not name.

Where a form says that its organisation's register is complete, an outlet or a channel without rows had
none; else it is not known (domain, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from aqparat.data.items import listed
from aqparat.data.origin import joined, origins
from aqparat.data.schemas import CHANNELS, WINDOW
from aqparat.period import Period

INDICATOR = "publications"


class Answer(Protocol):
    """What a form says of its register: `data.reading.raw.Filing`."""

    @property
    def organisation(self) -> str:
        """Whose form it is."""

    @property
    def batch(self) -> str:
        """The batch it came with."""

    @property
    def file(self) -> str:
        """Where it stands."""

    @property
    def sheet(self) -> str:
        """On which sheet it says so."""

    @property
    def complete(self) -> int | None:
        """In which row; None where it does not say that the register is complete."""


@dataclass(frozen=True)
class Fault:
    """Why a register that is said to be complete is not.

    Parameters
    ----------
    code : {"register_empty", "register_short"}
        No row at all: it may not have come yet. Or fewer rows than the figure of an outlet.
    outlet, found : str
        The outlet, and its figure.
    """

    code: str
    outlet: str = ""
    found: str | None = None


def fault(organisation: str, batch: str, items: pd.DataFrame, observed: pd.DataFrame) -> Fault | None:
    """Return why an organisation's register cannot be taken as complete; None where it can.

    Parameters
    ----------
    organisation, batch : str
    items : DataFrame
        Typed rows of the register of all batches.
    observed : DataFrame
        Figures with bounds.
    """
    own = _own(organisation, batch, items)
    if own.empty:
        return Fault("register_empty")
    rows = own["outlet"].value_counts()
    stated = _stated(organisation, batch, observed)
    for figure in stated[stated["outlet"] != ""].itertuples():
        if figure.low > rows.get(figure.outlet, 0):
            return Fault("register_short", figure.outlet, f"{figure.value:.12g}")
    return None


def silent(
    answers: Iterable[Answer], items: pd.DataFrame, observed: pd.DataFrame, outlets: pd.DataFrame
) -> pd.DataFrame:
    """Return a figure of 0 for each outlet and channel that a complete register does not name.

    An outlet stands for its channel; a channel of which the list has no outlet stands for itself. Where a
    figure of it was reported, that stands.

    Parameters
    ----------
    answers : iterable of Answer
    items : DataFrame
        Typed rows of the register.
    observed : DataFrame
        Prepared observations, the counted items among them.
    outlets : DataFrame
        Outlets by code.

    Returns
    -------
    DataFrame
        Observations; the origins of each are the rows searched and the answer.
    """
    rows: list[dict[str, Any]] = []
    for answer in answers:
        if answer.complete is None or fault(answer.organisation, answer.batch, items, observed):
            continue
        window = Period.parse(answer.batch).window
        place = {"file": [answer.file], "sheet": [answer.sheet], "row": [answer.complete]}
        searched = listed(_own(answer.organisation, answer.batch, items), ["organisation"])["origins"]
        where = joined([*searched, [origins(pd.DataFrame(place)).iloc[0]]])
        for outlet, channel in _unnamed(answer, observed, outlets):
            rows.append(
                {
                    "indicator": INDICATOR,
                    "organisation": answer.organisation,
                    "outlet": outlet,
                    "channel": channel,
                    "start": pd.Timestamp(window.start),
                    "end": pd.Timestamp(window.end),
                    **dict.fromkeys(("value", "point", "low", "high", "counted"), 0.0),
                    "qualifier": "exact",
                    "named": [],
                    "extreme": "",
                    "source": INDICATOR,
                    "batch": answer.batch,
                    "origins": where,
                }
            )
    frame = pd.DataFrame(rows, columns=list(observed.columns))
    return frame.astype({"start": "datetime64[us]", "end": "datetime64[us]"}) if rows else frame


def _unnamed(answer: Answer, observed: pd.DataFrame, outlets: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield the outlets, and the channels without one, of which nothing is known yet."""
    window = Period.parse(answer.batch).window
    begun = outlets["valid_from"].isna() | (outlets["valid_from"] <= pd.Timestamp(window.end))
    ended = outlets["valid_to"].notna() & (outlets["valid_to"] < pd.Timestamp(window.start))
    there = outlets[begun & ~ended]
    known = _stated(answer.organisation, answer.batch, observed)
    for outlet, channel in there["channel"].items():
        if outlet not in set(known["outlet"]):
            yield str(outlet), str(channel)
    for channel in CHANNELS:
        if channel not in set(there["channel"]) | set(known["channel"]):
            yield "", channel


def _own(organisation: str, batch: str, items: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an organisation's register that lie in the period of a batch."""
    window = Period.parse(batch).window
    inside = items["date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))
    return items[inside & items["organisation"].eq(organisation)]


def _stated(organisation: str, batch: str, observed: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of an organisation's items over just the period of a batch."""
    window = Period.parse(batch).window
    own = observed["indicator"].eq(INDICATOR) & observed["organisation"].eq(organisation)
    for column, day in zip(WINDOW, (window.start, window.end), strict=True):
        own &= observed[column].eq(pd.Timestamp(day))
    return observed[own]
