"""The front page of a folder of reports: every period, language and organisation, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from markupsafe import Markup

from aqparat.choices import LANGUAGES
from aqparat.disk import outside_raw, put
from aqparat.document.standalone import compiled, render
from aqparat.moment import at_one_moment
from aqparat.publish.index import ours
from aqparat.publish.listed import Documents, Listed, listed
from aqparat.publish.place import held
from aqparat.publish.published_report import PublishedReport, PublishedReportError, published_reports
from aqparat.publish.series import series
from aqparat.spark import drawn
from aqparat.words.language import Language
from aqparat.words.languages import language

_LEAST = 2  # figures that make a line here, where each stands beside it
Files = list[tuple[Language, list[tuple[str, str]]]]  # language, then format and path from the front page


@dataclass(frozen=True)
class Shown:
    """A report in a language: what is told of it, and its documents, those in this language first."""

    report: Listed
    documents: Files

    @property
    def more_revised(self) -> int:
        """How many revised figures only the report itself tells."""
        return self.report.revised - len(next(iter(self.report.told.values())).revised)


@dataclass(frozen=True)
class Course:
    """A key figure over time: its name, its line as SVG, and its figures, the latest first."""

    name: Markup
    line: Markup
    figures: list[tuple[str, Markup]]


@dataclass(frozen=True)
class Own:
    """An organisation's own report: of which period, in what language, its formats with their paths."""

    short: str
    words: Language
    files: list[tuple[str, str]]


@dataclass(frozen=True)
class Organisation:
    """An organisation with its own reports, the latest first."""

    code: str
    name: str
    reports: list[Own]


@dataclass(frozen=True)
class Group:
    """The reports of real data, or those of invented ones, in a language."""

    union: str
    synthetic: str
    reports: list[Shown]
    courses: list[Course]
    organisations: list[Organisation]


def ready() -> None:
    """Do what setting the first page in a process takes besides, while there is time."""
    for code in LANGUAGES:
        language(code).number(1)
    compiled("front")


def write(out: Path) -> None:
    """Write `index.html` of a folder of reports, from what is published there; nothing if nothing is.

    Raises
    ------
    FrontPageError
        If an `index.html` of somebody else's is there.
    PublishedReportError
        If a published folder is damaged: the page is written without it.
    """
    if out.is_dir():
        with held(outside_raw(out) / "index.html"):
            _write(out)


def _write(out: Path) -> None:
    sound, faults, wanted = [], [], set[str]()
    for published in published_reports(out):
        try:
            found, codes = at_one_moment(partial(_listed, published.folder), published.folder)
            sound.append(found)
            wanted |= codes
        except PublishedReportError as error:
            faults.append(error)
    if sound:
        put(ours(out), page(sound, [code for code in LANGUAGES if code in wanted]))
    if faults:
        raise faults[0]


def _listed(folder: Path) -> tuple[Listed, set[str]]:
    """Read a report, and the languages that its data have reports in."""
    published = PublishedReport(folder)
    return listed(published), {*published.manifest.get("settings", {}).get("report.languages", LANGUAGES)}


def page(reports: Sequence[Listed], codes: Sequence[str] = LANGUAGES) -> str:
    """Return the front page of some reports in some languages, the newest first; invented data stand last."""
    kind = attrgetter("synthetic")
    groups = [list(group) for _, group in groupby(sorted(reports, key=kind), kind)]
    languages = [language(code) for code in codes]
    shown = {words.code: [_group(group, words) for group in groups] for words in languages}
    return render("front", languages, script="front.js", groups=shown, names=_names(reports, languages))


def _group(reports: Sequence[Listed], words: Language) -> Group:
    newest = reports[0].told[words.code]
    return Group(
        union=newest.union,
        synthetic=newest.synthetic,
        reports=[Shown(report, _files(report.documents, words)) for report in reports],
        courses=_courses(reports, words),
        organisations=_all_own(reports, words),
    )


def _files(documents: Documents, words: Language) -> Files:
    """Give documents by language, those in this language first."""
    codes = sorted(documents, key=lambda code: code != words.code)
    return [(language(code), documents[code]) for code in codes]


def _own(report: Listed, code: str, words: Language) -> Own:
    """Return an organisation's own report in this language, or else in another one."""
    return Own(report.told[words.code].short, *_files(report.own[code], words)[0])


def _courses(reports: Sequence[Listed], words: Language) -> list[Course]:
    of = {report.place: report.told[words.code] for report in reports}
    found = []
    for course in series(figure for report in reports for figure in report.figures):
        told = [of[figure.report].figures[figure.fact.id] for figure in reversed(course)]
        line = drawn([figure.fact for figure in course], least=_LEAST) if course[0].key[-1] else ""
        found.append(Course(told[0][0], Markup(line), [(when, number) for _, when, number in told]))
    return found


def _all_own(reports: Sequence[Listed], words: Language) -> list[Organisation]:
    """Return the organisations in alphabetical order, by the names that their newest report has."""
    names: dict[str, str] = {}
    for report in reversed(reports):
        names |= report.told[words.code].organisations
    found = [
        Organisation(code, name, [_own(r, code, words) for r in reports if code in r.own])
        for code, name in names.items()
    ]
    return sorted(found, key=lambda organisation: words.sort_key(organisation.name))


def _names(reports: Sequence[Listed], languages: Sequence[Language]) -> dict[str, dict[str, str]]:
    """Give what a report, and an organisation, can be found by: its names in all languages."""
    periods: dict[str, str] = {}
    organisations: dict[str, str] = {}
    for report in reports:
        told = [report.told[words.code] for words in languages]
        periods[report.place] = " ".join([report.place, *(t.title.striptags() for t in told)])
        for code in report.own:
            organisations.setdefault(code, " ".join([code, *(t.organisations[code] for t in told)]))
    return {"periods": periods, "organisations": organisations}
