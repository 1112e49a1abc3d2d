"""A published report as the front page lists it: all that the page shows of it, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from aqparat.choices import LANGUAGES
from aqparat.data.precedence import Precedence
from aqparat.markup import hypertext
from aqparat.metrics.facts import Fact
from aqparat.publish.published_report import PublishedReport, PublishedReportError, damaged
from aqparat.publish.revisions import told
from aqparat.publish.series import Figure, figures
from aqparat.sections.revisions import place
from aqparat.words import appendix
from aqparat.words.cards import named
from aqparat.words.inline import capital, capitalised
from aqparat.words.language import Language
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer

_DATA = (  # label, path in a published report; the data and what proves them
    ("facts", "facts.json"), ("prepared", "data/datapackage.json"), ("manifest", "manifest.json"),
)  # fmt: skip
_FORMS = ("html", "pdf")
_REVISED = 4  # revised figures that the page tells itself; all of them stand in the report
Documents = dict[str, list[tuple[str, str]]]  # by language: format, and path from the front page


@dataclass(frozen=True)
class Told:
    """What is told of a report in one language.

    Parameters
    ----------
    title : Markup
        Its period.
    short : str
        The same, shortly.
    union, synthetic : str
        Whose it is; that its data are invented, if so.
    data : list of tuple
        What stands beside it: label, path.
    figures : dict of str to tuple
        Of its key figures by id: name, period, number.
    revised : list of tuple
        Figures that were revised: what, as handed out, now.
    organisations : dict of str to str
        Names of those that have a report of their own, by code.
    page : str
        Path of its page, in this language if there is one.
    """

    title: Markup
    short: str
    union: str
    synthetic: str
    data: list[tuple[str, str]]
    figures: dict[str, tuple[Markup, str, Markup]]
    revised: list[tuple[Markup, Markup, Markup]]
    organisations: dict[str, str]
    page: str


@dataclass(frozen=True)
class Listed:
    """A published report.

    Parameters
    ----------
    place : str
        Name of its folder.
    synthetic : bool
        Whether its data are invented.
    state : str
        `draft`, `handed_out`, or `reissued`: made again since, with other numbers.
    documents : dict
    own : dict of str to dict
        The organisations' own reports, by code.
    figures : list of Figure
        Its key figures.
    revised : int
        How many figures were revised.
    told : dict of str to Told
        By language.
    """

    place: str
    synthetic: bool
    state: str
    documents: Documents
    own: dict[str, Documents]
    figures: list[Figure]
    revised: int
    told: dict[str, Told]


def listed(report: PublishedReport) -> Listed:
    """Gather what the front page shows of a report, from its manifest, names, key figures and revisions.

    Raises
    ------
    PublishedReportError
        If anything of that is missing or damaged.
    """
    try:
        return _listed(report)
    except OSError as error:
        raise damaged(Path(error.filename or report.folder)) from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise damaged(report.folder) from error


def _listed(report: PublishedReport) -> Listed:
    documents = _documents(report.folder)
    if not documents:
        path = report.folder / (*report.manifest["parameters"]["languages"], LANGUAGES[0])[0] / "report.ipynb"
        raise PublishedReportError(f"{path} is missing", "published_report_lacks", path=path)
    tables, own = report.tables, dict(_own(report))
    found = figures(report, next(iter(documents)))
    order = Precedence.of(tables)
    revised = sorted(told(report.revisions), key=lambda e: place(Fact.read({**e, **e["before"]}), order))
    pages = {code: _page(documents, code) for code in LANGUAGES}
    return Listed(
        place=report.folder.name,
        synthetic=tables.synthetic,
        state=_state(report.manifest),
        documents=documents,
        own=own,
        figures=found,
        revised=len(revised),
        told={
            code: _told(report, language(code), pages[code], found, revised[:_REVISED], own)
            for code in LANGUAGES
        },
    )


def _state(manifest: dict[str, Any]) -> str:
    if "published" not in manifest:
        return "draft"
    return "handed_out" if manifest["published"] == manifest["outputs"].get("facts.json") else "reissued"


def _told(
    report: PublishedReport,
    words: Language,
    page: str,
    found: list[Figure],
    revised: list[dict[str, Any]],
    own: dict[str, Documents],
) -> Told:
    tables, place = report.tables, report.folder.name
    renderer = Renderer(tables, words)
    data = (*_DATA, ("quality", f"quality/{words.code}.html"))

    def number(fact: Fact, is_told: bool = True) -> Markup:
        return hypertext.inline(words.count(fact), lambda name: _address(page, name if is_told else ""))

    return Told(
        title=hypertext.inline(capitalised(words.window(report.period.window, "name"))),
        short=str(words.window(report.period.window, "short")),
        union=words.union(tables.union),
        synthetic=words.label("report.synthetic") if tables.synthetic else "",
        data=[(key, f"{place}/{path}") for key, path in data if (report.folder / path).is_file()],
        figures={
            f.fact.id: (
                hypertext.inline(named(f.fact, renderer).map(words.softened)),
                str(words.window(f.fact.window, "short")),
                number(f.fact, f.is_told),
            )
            for f in found
        },
        revised=[_revised(entry, renderer, page) for entry in revised],
        organisations={code: capital(str(words.organisation(tables, code, "full"))) for code in own},
        page=page,
    )


def _revised(entry: dict[str, Any], renderer: Renderer, page: str) -> tuple[Markup, Markup, Markup]:
    """Give a revised figure: what it is, as handed out, as it is now."""
    words, before = renderer.language, Fact.read({**entry, **entry["before"]})
    now = Fact.read({**entry, **entry["now"]}) if entry["now"] else None
    return (
        hypertext.inline(appendix.title(before, renderer)),
        hypertext.inline(str(words.counted(before))),
        hypertext.inline(words.counted(now), lambda name: _address(page, name)) if now else Markup("–"),
    )


def _address(page: str, fact: str) -> str:
    return f"{page}#fact-{fact}" if page and fact else page


def _page(documents: Documents, code: str) -> str:
    """Return the path of a report's page, in a language if it is published in that."""
    in_order = [*documents.get(code, ()), *(each for files in documents.values() for each in files)]
    return next((path for form, path in in_order if form == "html"), "")


def _own(report: PublishedReport) -> Iterator[tuple[str, Documents]]:
    """Find the organisations' own reports, by code."""
    home = report.folder / "organisations"
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        documents = _documents(folder, depth=3) if folder.name in report.tables.organisations.index else {}
        if documents:
            yield folder.name, documents


def _documents(folder: Path, depth: int = 1) -> Documents:
    """Find the documents in a folder: what there is beside an executed notebook."""
    found = {}
    for code in LANGUAGES:
        if (folder / code / "report.ipynb").is_file():
            paths = [(form, folder / code / f"report.{form}") for form in _FORMS]
            found[code] = [(form, "/".join(p.parts[-depth - 2 :])) for form, p in paths if p.is_file()]
    return found
