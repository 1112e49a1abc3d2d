"""The front page of a folder of reports: every period, language and organisation, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from aqparat.choices import LANGUAGES
from aqparat.disk import outside_raw, put
from aqparat.document import hypertext
from aqparat.document.standalone import render
from aqparat.problem import AqparatError
from aqparat.publish.place import held
from aqparat.publish.published_report import PublishedReport, PublishedReportError, published_reports
from aqparat.words.inline import Inline
from aqparat.words.language import Language
from aqparat.words.languages import language

_DATA = (  # label, path in a published report; the data and what proves them
    ("facts", "facts.json"), ("prepared", "data/datapackage.json"), ("manifest", "manifest.json"),
)  # fmt: skip


_MARK = b'<body class="standalone">'  # which every page of the program's own has


@dataclass(frozen=True)
class Document:
    """A report in one language: its files by format, as paths from the front page."""

    words: Language
    period: str
    files: list[tuple[str, str]]


@dataclass(frozen=True)
class Own:
    """An organisation's own report, in the language of the page or else in another."""

    name: str
    language: str
    files: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """A published period as the page shows it in one language.

    `language` is that of its title and tables: another one where the report is not in the page's.
    """

    period: str
    language: str
    union: str
    title: Markup
    synthetic: str
    documents: list[Document]
    figures: dict[str, Any] | None
    revisions: int
    revised: dict[str, Any] | None
    organisations: list[Own]
    data: list[tuple[str, str]]


class FrontPageError(AqparatError):
    """There is an `index.html` that is not a front page of reports."""


def ours(out: Path) -> Path:
    """Return the path of the front page of a folder of reports: free, or a front page.

    Raises
    ------
    FrontPageError
        If it is a page of somebody else's.
    """
    path = out / "index.html"
    if path.is_dir() or (path.is_file() and _MARK not in path.read_bytes()):
        raise FrontPageError(f"{path} is not ours.", "not_front_page", path=path.as_posix())
    return path


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
    sound, damaged = [], []
    for published in published_reports(out):
        try:
            sound.append([_shown(published, words) for words in map(language, LANGUAGES)])
        except PublishedReportError as error:
            damaged.append(error)
    if sound:
        shown = {code: [each[n] for each in sound] for n, code in enumerate(LANGUAGES)}
        page = render("front", [language(code) for code in LANGUAGES], reports=shown)
        put(ours(out), page)
    if damaged:
        raise damaged[0]


def _shown(published: PublishedReport, words: Language) -> Shown:
    """Gather what the page shows of a published report, from its manifest and its executed notebooks."""
    codes = [code for code in LANGUAGES if code in published.manifest["parameters"]["languages"]]
    told = words.code if words.code in codes else next(iter(codes), words.code)
    outline = published.outline(told)
    if outline is None:
        raise PublishedReportError(
            f"{published.folder} has no report", "published_report_lacks", path=published.folder / told
        )
    place = published.folder.name
    page = f"{place}/{told}/report.html" if (published.folder / told / "report.html").is_file() else ""
    ordered = sorted(codes, key=lambda code: code != told)
    quality = f"quality/{words.code}.html"
    return Shown(
        period=place,
        language=told,
        union=outline.union,
        title=hypertext.inline(outline.title["more"]["period"]),
        synthetic=outline.title["more"]["synthetic"],
        documents=[Document(language(code), place, _files(published.folder / code)) for code in ordered],
        figures=_table(outline, "key_figures", page),
        revisions=len(published.revisions),
        revised=_table(outline, "revised", page),
        organisations=sorted(_organisations(published, words), key=lambda own: words.sort_key(own.name)),
        data=[
            (key, f"{place}/{path}")
            for key, path in (*_DATA, ("quality", quality))
            if (published.folder / path).is_file()
        ],
    )


def _files(folder: Path, depth: int = 2) -> list[tuple[str, str]]:
    """Give the documents in a folder: format, and path from the front page."""
    found = [(form, folder / f"report.{form}") for form in ("html", "pdf")]
    return [(form, "/".join(path.parts[-depth - 1 :])) for form, path in found if path.is_file()]


def _table(outline: Any, name: str, page: str) -> dict[str, Any] | None:
    """Give a table of a report, each number in it a link to what the report says of it."""
    blocks = (b for s in outline.sections for b in s.blocks if b["kind"] in ("table", "cards"))
    tables = (b for b in blocks if b["name"] == name)
    table = next(tables, None)
    if table is None:
        return None
    rows = [
        [hypertext.inline(cell, lambda fact: f"{page}#fact-{fact}" if page else "") for cell in row]
        for row in table["rows"]
    ]
    return {**table, "title": str(Inline.read(table["title"])), "rows": rows}


def _organisations(published: PublishedReport, words: Language) -> Iterator[Own]:
    """Walk the organisations' own reports; their names are those of the reports' titles."""
    home = published.folder / "organisations"
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        codes = [c for c in (words.code, *LANGUAGES) if (folder / c / "report.ipynb").is_file()]
        if not codes:
            continue
        outline = PublishedReport(folder).outline(codes[0])
        if outline is None:
            raise PublishedReportError(
                f"{folder} has no report", "published_report_lacks", path=folder / codes[0]
            )
        before, after = outline.language.label("report.own_title").split("{organisation}")
        name = outline.title["text"].removeprefix(before).removesuffix(after)
        yield Own(name, codes[0], _files(folder / codes[0], depth=4))
