"""Reservations: notes on the data that leave open whom a name in a source means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from aqparat.choices import LANGUAGES
from aqparat.sections.report_data import ReportData, kept, rows

if TYPE_CHECKING:
    import pandas as pd

_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")


@kept
def reservations(data: ReportData) -> dict[str, list[dict[str, Any]]]:
    """Return the notes that leave open which organisation is meant, by the code of each that it may be.

    A note does so where it quotes a name that several member organisations share: «Алматы» is the region or
    the city. The notes of all batches up to the period's count, for a total of any of them may name somebody.
    """
    notes = data.tables.highlights[data.tables.highlights["topic"] == "note"]
    members = data.tables.organisations.loc[list(data.tables.members())]
    names = {language: members[f"name_{language}"].str.casefold() for language in LANGUAGES}
    found: dict[str, list[dict[str, Any]]] = {}
    for note in rows(notes):
        for code in _meant(names, note):
            found.setdefault(code, []).append(note)
    return found


def unclear(data: ReportData) -> set[str]:
    """Return the codes of the organisations that a note of the period's own data may mean."""
    batches = set(data.tables.current("highlights")["batch"])
    return {code for code, notes in reservations(data).items() if any(n["batch"] in batches for n in notes)}


def noted(data: ReportData, organisations: Iterable[str]) -> list[dict[str, Any]]:
    """Return the notes that may mean one of some organisations, each once."""
    notes = [note for code in organisations for note in reservations(data).get(code, [])]
    return [note for place, note in enumerate(notes) if note not in notes[:place]]


def _meant(members: Mapping[str, pd.Series[str]], note: dict[str, Any]) -> list[str]:
    """Return the organisations that share a name quoted in a note, in any of its languages."""
    shared: dict[str, None] = {}
    for language, names in members.items():
        for quoted in _QUOTED.findall(str(note[f"text_{language}"])):
            name = quoted.strip().casefold()
            having = names.index[(names == name) | names.str.startswith(name + " ")]
            shared.update(dict.fromkeys(having if len(having) > 1 else []))
    return list(shared)
