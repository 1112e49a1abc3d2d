"""Checking the raw data: the quality pages, and annotated copies of the workbooks that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aqparat.data.quality.report import Quality, quality
from aqparat.data.reading import intake
from aqparat.data.reading.files import batch_of, find
from aqparat.disk import outside_raw, put
from aqparat.document.quality_page import page
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.publish import place
from aqparat.words.languages import language

FOLDER = "quality"
ASIDE = place.CHECKED.name  # for pages that are no part of the report that stands there


@dataclass(frozen=True)
class Checked:
    """What a check found and wrote.

    Parameters
    ----------
    quality : Quality
    problems : list of Problem
        All that was found.
    pages, annotated, changed : list of Path
        The quality pages, the annotated copies, and copies of before that somebody has changed.
    """

    quality: Quality
    problems: list[Problem]
    pages: list[Path]
    annotated: list[Path]
    changed: list[Path] = field(default_factory=list)

    @property
    def in_order(self) -> bool:
        """Whether a report can be made."""
        return not self.quality.counts["error"]


def check(
    period: Period,
    languages: Sequence[str],
    data: Path,
    out: Path,
    waiting: Callable[[str], None] = lambda text: None,
) -> Checked:
    """Check the raw data of a period; write what was found, whether there are errors or not.

    Parameters
    ----------
    period : Period
    languages : sequence of str
        Of the pages; the first is that of the comments in annotated copies.
    data, out : Path
        The data folder and the folder of reports.
    waiting : callable
        Told, in the first language, if another run is writing there.

    Raises
    ------
    DataFolderError
        If there is no such folder or no batch of the period.
    RawDataError, PlaceError
        If what was found cannot be written there.
    """
    from aqparat.publish import annotated  # brings openpyxl, which a report does without

    folder = find(data)
    batch_of(folder, period)
    raw = intake.read(folder, period)
    gathered = quality(raw, period)
    words, target = language(languages[0]), out / str(period)
    real = place.place(target, period, folder)
    with place.held(real, lambda: waiting(words.label("place.waiting", path=target.as_posix()))):
        outside_raw(real / FOLDER, folder)
        is_published = (real / "manifest.json").is_file()
        pages = [_put(target / FOLDER, gathered, code, is_published) for code in languages]
        copies = annotated.write(target / FOLDER / annotated.FOLDER, folder, raw.problems, words)
        changed = annotated.changed_copies(target / FOLDER / annotated.FOLDER)
    return Checked(gathered, raw.problems, pages, copies, changed)


def _put(home: Path, gathered: Quality, code: str, is_published: bool) -> Path:
    """Write the quality page in a language; where a report has another one, or none, beside the report's."""
    content, own, aside = page(gathered, code), home / f"{code}.html", home / ASIDE / f"{code}.html"
    is_same = own.is_file() and own.read_bytes() == content.encode("utf-8")
    if is_published and not is_same:
        aside.parent.mkdir(parents=True, exist_ok=True)
        put(aside, content)
        return aside
    aside.unlink(missing_ok=True)  # of a check before
    home.mkdir(parents=True, exist_ok=True)
    put(own, content)
    return own


def write_pages(folder: Path, gathered: Quality, languages: Sequence[str]) -> list[Path]:
    """Write the quality page in each language."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [folder / f"{code}.html" for code in languages]
    for path in pages:
        put(path, page(gathered, path.stem))
    return pages
