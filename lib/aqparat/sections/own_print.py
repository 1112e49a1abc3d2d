"""What the organisations publish themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import ReportData, kept


@dataclass(frozen=True)
class OwnPaper:
    """A newspaper that an organisation publishes itself.

    Where nothing more is known of it than what a highlight says that names it, it is `told` there.
    """

    outlet: str
    publisher: str
    since: date | None
    issues: Fact | None
    highlights: list[dict[str, Any]]
    told: bool = False


@dataclass(frozen=True)
class Print:
    """The organisations' own papers, leaflets and booklets."""

    papers: list[OwnPaper]
    highlights: list[dict[str, Any]]


@kept
def own_print(data: ReportData) -> Print:
    """Return what organisations publish themselves."""
    outlets = data.tables.outlets
    own = outlets[
        outlets["publisher"].ne("")
        & ~outlets["publisher"].isin(data.head_office)
        & outlets["channel"].isin(["newspaper", "magazine"])
    ]
    highlights = data.highlights("print")
    publishers = set(own["publisher"])
    papers = [_own_paper(data, str(code), row, highlights) for code, row in own.iterrows()]
    return Print(papers, [h for h in highlights if h["organisation"] not in publishers])


def _own_paper(data: ReportData, code: str, row: Any, highlights: list[dict[str, Any]]) -> OwnPaper:
    since = None if pd.isna(row["valid_from"]) else row["valid_from"].date()
    issues = data.facts.one("volume", indicator="issues", outlet=code)
    said = [h for h in highlights if h["organisation"] == row["publisher"]]
    named = any(code in data.tables.outlets_named(h) for h in said)
    return OwnPaper(code, row["publisher"], since, issues, said, named and not (since or issues))
