"""A task: one notebook in one language, run and set as its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Task:
    """One notebook to run and set, in one language.

    Parameters
    ----------
    source : Path
        The notebook.
    folder : Path
        Where the executed notebook and its documents go.
    parameters : dict
        Of the notebook.
    home : Path
        Where it runs.
    formats, languages : sequence of str
        The documents to make; the languages that are published beside them.
    facts : mapping
        The values of the facts that it may show, by id.
    cell_seconds : int
        How long a cell may run.
    organisations : sequence of str
        Codes of those whose own reports are published beside it.
    draft : bool
        Whether its documents say that they have not been handed out.
    """

    source: Path
    folder: Path
    parameters: dict[str, Any]
    home: Path
    formats: Sequence[str]
    languages: Sequence[str]
    facts: Mapping[str, float | None]
    cell_seconds: int
    organisations: Sequence[str] = ()
    draft: bool = False

    @property
    def name(self) -> str:
        """What progress calls it: `2017H1: kk`, `2017H1: KUS kk`."""
        given = self.parameters
        return " ".join(filter(None, [f"{given['period']}:", given.get("organisation"), given["language"]]))
