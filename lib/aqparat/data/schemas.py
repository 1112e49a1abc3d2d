"""The tables of `data/raw/`: one description for checks, codebook and forms.

A table is read as text first. Each schema says what the text of a cell may be, so that everything
wrong is found in one pass and reported with the text that was found; `KINDS` says what the text
becomes afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

QUALIFIERS = ("exact", "more_than", "at_least", "about", "at_most", "less_than")
CHANNELS = ("website", "newspaper", "magazine", "television", "radio", "social", "print")
LEVELS = ("sector", "republican", "regional", "district", "organisation")
ORGANISATION_KINDS = ("head_office", "oblast", "city", "territorial", "district", "local")
MEMBER_KINDS = ("oblast", "city", "territorial", "local")  # who counts as N (domain, section 3)
TIERS = ("input", "activity", "output", "outtake", "outcome")
FORMATS = ("text", "photo", "video", "audio")
ACTIVITY_KINDS = (
    "seminar", "activist_school", "master_class", "committee_review", "briefing", "other",
)  # fmt: skip
STATUSES = ("planned", "under_way", "done", "dropped")
EXTREMES = ("lowest", "highest")
OWN_TABLES = ("observations", "publications", "activities")  # rows of these are an organisation's own figures
SERIES = ["indicator", "organisation", "outlet", "channel"]
WINDOW = ["start", "end"]
KEY = [*SERIES, *WINDOW]  # what one figure is about
_DEVICES = "AUX|CON|NUL|PRN"  # what no folder may be called on Windows; an own report has one
TOTAL = "TOTAL"  # stands for the whole union where an organisation's code is asked for

_PLACES = "|".join((*CHANNELS, "any"))  # where an outlet stands in the id of a fact
_COUNTED = (  # what the program counts itself, where an indicator stands
    r"organisations_(?:filed|on_time)|(?:measures|format|language)_\w+|issues_(?:out|due)|(?:active|calendar)_months"
    r"|\w+_(?:participants|rate|score|component|penetration|training_reach)|site|newspapers|training"
)


@dataclass(frozen=True)
class Kind:
    """What the text of a cell may be, and what it is called in a message."""

    name: str
    pattern: str | None = None


KINDS = {
    kind.name: kind
    for kind in (
        Kind("text"),
        Kind("organisation_code", r"[A-Z]{3}"),
        Kind("code", r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"),
        Kind("measure_code", r"[A-Za-z0-9][\w.-]*"),
        Kind("iso", r"[A-Z]{2}-[A-Z0-9]{1,3}"),
        Kind("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        Kind("count", r"[0-9]{1,15}"),  # as many digits as a float holds exactly
        # "1.234" is none: it may be a thousand and more; that many thousandths are written 1.2340.
        Kind(
            "number", r"-?(?![1-9][0-9]{0,2}\.[0-9]{3}\Z)[0-9]{1,15}(?:\.[0-9]{1,20})?"
        ),  # not so small as to read as 0
        Kind("choice"),
        Kind("organisation"),  # a code, or another known name, of an organisation
        Kind("organisation_or_total"),
        Kind("organisations"),  # several codes, space-separated
        Kind("outlet"),
        Kind("indicator"),
    )
}


def is_date(text: str) -> bool:
    """Return whether a text is a date as the tables have it, between 1900 and 2100."""
    if not re.fullmatch(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    title : str
        What the column holds, for the codebook.
    required : bool
        Whether the column must be there and no cell of it empty.
    allowed : tuple of str
        The values of a choice.
    low : float, optional
        Least allowed number.
    reserved : str, optional
        Pattern of texts that mean something else to the program.
    """

    kind: str
    title: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    reserved: str | None = None

    def fits(self, text: str) -> bool:
        """Return whether the text of a cell may be that of its kind, whatever number it is."""
        if self.kind == "date":
            return is_date(text)
        if self.allowed:
            return text in self.allowed
        pattern = KINDS[self.kind].pattern
        return pattern is None or re.fullmatch(pattern, text) is not None

    def reaches(self, text: str) -> bool:
        """Return whether a number is not below the least."""
        return self.low is None or float(text) >= self.low

    def is_free(self, text: str) -> bool:
        """Return whether a text is not one that means something else."""
        return self.reserved is None or re.fullmatch(self.reserved, text) is None


@dataclass(frozen=True)
class Table:
    """A table: its title, its columns by code, and those that no two rows may have alike."""

    title: str
    columns: dict[str, Column]
    unique: tuple[str, ...] = ()


def column(
    kind: str,
    title: str,
    *,
    required: bool = False,
    allowed: tuple[str, ...] = (),
    low: float | None = None,
    reserved: str | None = None,
) -> Column:
    """Return the description of a column, as `Column`; a count is at least 0."""
    return Column(kind, title, required, allowed, 0 if low is None and kind == "count" else low, reserved)


def _names() -> dict[str, Column]:
    return {
        f"name_{language}": column("text", f"Name in {title}", required=True)
        for language, title in (("kk", "Kazakh"), ("ru", "Russian"), ("en", "English"))
    }


def _texts() -> dict[str, Column]:
    return {
        f"text_{language}": column("text", f"Text in {title}", required=True)
        for language, title in (("kk", "Kazakh"), ("ru", "Russian"), ("en", "English"))
    }


def _validity() -> dict[str, Column]:
    return {
        "valid_from": column("date", "First day it existed; empty = always"),
        "valid_to": column("date", "Last day it existed; empty = still does"),
    }


REFERENCE = {
    "organisations": Table(
        "Organisations of the union",
        {
            "code": column(
                "organisation_code", "Code, three capital letters", required=True, reserved=_DEVICES
            ),
            **_names(),
            "kind": column("choice", "Kind", required=True, allowed=ORGANISATION_KINDS),
            "parent": column("organisation", "Organisation it belongs to"),
            "iso_3166_2": column("iso", "Region's code in ISO 3166-2"),
            "grid_row": column("count", "Row in the tile map, 0 = north"),
            "grid_column": column("count", "Column in the tile map, 0 = west"),
            **_validity(),
            "successors": column("organisations", "Organisations it was split or merged into"),
        },
        unique=("code",),
    ),
    "outlets": Table(
        "Sites, newspapers, magazines, stations",
        {
            "code": column("code", "Code, lower-case with hyphens", required=True, reserved=_PLACES),
            **_names(),
            "channel": column("choice", "Channel", required=True, allowed=CHANNELS),
            "level": column("choice", "Level", required=True, allowed=LEVELS),
            "publisher": column("organisation", "Organisation that publishes it"),
            "issues_per_month": column("number", "Issues a month", low=0),
            **_validity(),
        },
        unique=("code",),
    ),
    "indicators": Table(
        "What is counted",
        {
            "code": column("code", "Code", required=True, reserved=_COUNTED),
            **_names(),
            "unit": column("code", "Unit, singular", required=True),
            "tier": column("choice", "Tier of the AMEC framework", required=True, allowed=TIERS),
            "decimals": column("count", "Decimals shown", required=True),
        },
        unique=("code",),
    ),
    "aliases": Table(
        "Other spellings that are understood",
        {
            "alias": column("text", "Spelling met in raw data", required=True),
            "table": column(
                "choice", "Table it points to", required=True, allowed=("organisations", "outlets")
            ),
            "code": column("text", "Code it stands for", required=True),
        },
        unique=("alias", "table"),
    ),
    "union": Table("The union whose report it is, one row; optional", _names()),
}

BATCH = {
    "observations": Table(
        "Figures as reported",
        {
            "indicator": column("indicator", "What is counted", required=True),
            "organisation": column(
                "organisation_or_total", "Organisation, or TOTAL for the union", required=True
            ),
            "outlet": column("outlet", "Outlet"),
            "channel": column("choice", "Channel, where no outlet is named", allowed=CHANNELS),
            "start": column("date", "First day counted", required=True),
            "end": column("date", "Last day counted; empty = counted up to a date not stated"),
            "value": column("number", "The figure as stated", required=True, low=0),
            "qualifier": column("choice", "How exact the figure is", required=True, allowed=QUALIFIERS),
            "named": column("organisations", "Organisations named with a total"),
            "extreme": column("choice", "Named in the source as lowest or highest", allowed=EXTREMES),
            "source": column("text", "Where the figure is from", required=True),
        },
    ),
    "publications": Table(
        "Items published, one a row",
        {
            "date": column("date", "Day of publication", required=True),
            "organisation": column("organisation", "Organisation it is about", required=True),
            "outlet": column("outlet", "Outlet", required=True),
            "title": column("text", "Title", required=True),
            "language": column("code", "Language (ISO 639)"),
            "format": column("choice", "Format", allowed=FORMATS),
            "url": column("text", "Address"),
            "speaker": column("text", "Role of the speaker, never a person's name"),
        },
    ),
    "activities": Table(
        "Training, meetings, reviews",
        {
            "organisation": column("organisation", "Organisation", required=True),
            "kind": column("choice", "Kind", required=True, allowed=ACTIVITY_KINDS),
            "start": column("date", "First day"),
            "end": column("date", "Last day"),
            "per_year": column("count", "Times a year"),
            "participants": column("count", "Participants"),
            "qualifier": column("choice", "How exact the participants are", allowed=QUALIFIERS),
            "partner": column("text", "Held with"),
            "source": column("text", "Where this is from", required=True),
        },
    ),
    "highlights": Table(
        "What is told in words",
        {
            "organisation": column("organisation_or_total", "Organisation", required=True),
            "topic": column("code", "Topic", required=True),
            **_texts(),
            "source": column("text", "Where this is from", required=True),
        },
    ),
    "measures": Table(
        "What has been decided",
        {
            "code": column("measure_code", "Code", required=True),
            "organisation": column("organisation_or_total", "Who carries it out", required=True),
            **_texts(),
            "indicator": column("indicator", "Indicator it is to change"),
            "target": column("number", "Target value"),
            "due": column("date", "Until when"),
            "status": column("choice", "State", required=True, allowed=STATUSES),
            "note": column("text", "What has been done so far, or why not"),
            "source": column("text", "Where this is from"),
        },
    ),
}

TABLES = {**REFERENCE, **BATCH}
