"""Checking the raw data: the quality pages, and annotated copies of the workbooks that are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aqparat.data.quality.report import Quality, quality
from aqparat.data.reading import intake
from aqparat.data.reading.files import find
from aqparat.document.quality_page import page
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.publish import annotated
from aqparat.words.languages import language

FOLDER = "quality"


@dataclass(frozen=True)
class Checked:
    """What a check found and wrote.

    Parameters
    ----------
    quality : Quality
    problems : list of Problem
        All that was found.
    pages, annotated : list of Path
        The quality pages and the annotated copies.
    """

    quality: Quality
    problems: list[Problem]
    pages: list[Path]
    annotated: list[Path]

    @property
    def in_order(self) -> bool:
        """Whether a report can be made."""
        return not self.quality.counts["error"]


def check(period: Period, languages: Sequence[str], data: Path, out: Path) -> Checked:
    """Check the raw data of a period; write what was found, whether there are errors or not.

    Parameters
    ----------
    period : Period
    languages : sequence of str
        Of the pages; the first is that of the comments in annotated copies.
    data, out : Path
        The data folder and the folder of reports.

    Raises
    ------
    DataFolderError
        If there is no such folder or no batch up to the period.
    """
    folder = find(data)
    raw = intake.read(folder, period)
    gathered = quality(raw, period)
    place = out / str(period) / FOLDER
    pages = write_pages(place, gathered, languages)
    copies = annotated.write(place / annotated.FOLDER, folder, raw.problems, language(languages[0]))
    return Checked(gathered, raw.problems, pages, copies)


def write_pages(folder: Path, gathered: Quality, languages: Sequence[str]) -> list[Path]:
    """Write the quality page in each language."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [folder / f"{code}.html" for code in languages]
    for path in pages:
        path.write_text(page(gathered, path.stem), encoding="utf-8", newline="\n")
    return pages
