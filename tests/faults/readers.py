"""The readers of the program, as a fuzzer sees them: what to begin with, and what must hold of any input.

A reader may answer with `Problem`s or raise an `AqparatError`; anything else it raises is a fault of the
program. Where the rows of an input can be counted, every one is read or told of.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random

import pandas as pd
from aqparat import legible, runs, settings
from aqparat.choices import LANGUAGES
from aqparat.data import schemas
from aqparat.data.prepare import prepare
from aqparat.data.quality.report import quality
from aqparat.data.reading import cells, headings, intake, opening, prose, sheets, workbooks
from aqparat.data.reading.encoding import decoded
from aqparat.data.reading.files import batches
from aqparat.data.reading.names import Names
from aqparat.kazakh import nouns
from aqparat.metrics.collection import collect
from aqparat.metrics.facts import Facts
from aqparat.period import Period
from aqparat.problem import AqparatError, Problem
from aqparat.publish import annotated, comparison, front, handout, trace
from aqparat.publish.compare import compare
from aqparat.publish.evaluate import mismatches
from aqparat.publish.published_report import PublishedReport, checked_records
from aqparat.publish.published_report import shown as facts_shown
from aqparat.publish.revisions import since
from aqparat.publish.rows import RawFiles
from aqparat.report import Report
from aqparat.words import appendix
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.visible import visible
from mutation import mutated
from openpyxl import Workbook
from reported import shown

ROOT = Path(__file__).parents[2]
DATA, REPORT = ROOT / "data", ROOT / "reports" / "2017H1"
COUNT = partial(headings.count, list(schemas.BATCH))
_SHOWN = 4  # of as many inputs without errors one becomes a report
SPOKEN = [language(code) for code in LANGUAGES]
PERIOD = Period.parse("2017H1")
ITEMS = "date,organisation,outlet,title,language,format,url,speaker\n" + "".join(
    f"2017-0{1 + n % 6}-1{n},{code},{outlet},Атауы {n},kk,text,http://example.org/{n},төраға\n"
    for n, (code, outlet) in enumerate(
        zip(["KUS", "ATY", "AKT"] * 3, ["union-site"] * 4 + ["bilimdi-el"] * 5, strict=True)
    )
)
TEXTS = {
    **{
        path.relative_to(DATA).as_posix(): path.read_bytes()
        for path in sorted((DATA / "raw").glob("*/*.csv"))
    },
    "raw/2017H1/publications.csv": ITEMS.encode(),
}


@dataclass(frozen=True)
class Input:
    """What is read: under which name, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reader:
    """A reader: inputs to begin with; what reads one, in a folder of its own, and holds what must hold."""

    seeds: Callable[[], list[Input]]
    read: Callable[[Input, Path], None]

    def mutated(self, given: Input, random: Random, known: list[Input]) -> Input:
        """Return an input broken."""
        alike = [other.content for other in known if other.name == given.name]
        return Input(given.name, mutated(given.content, random, alike))

    def hold(self, given: Input, folder: Path) -> None:
        """Read an input; an error that is said is none."""
        with contextlib.suppress(AqparatError):
            self.read(given, folder)


def worded(problems: Iterable[Problem]) -> None:
    """Hold that each problem can be said in every language."""
    for problem in problems:
        for spoken in SPOKEN:
            assert spoken.problem(problem)


# Files


def _read_csv(given: Input, folder: Path) -> None:
    found, problems = sheets.read(given.content, "publications.csv", COUNT)
    assert found or problems
    worded(problems)
    if found and b'"' not in given.content:
        _every_line(given.content, found[0].cells, problems)


def _every_line(content: bytes, table: pd.DataFrame, problems: list[Problem]) -> None:
    """Hold that every line of a text without quotation marks is a row, or is told of, or is blank."""
    lines = re.split("\r\n?|\n", decoded(content).text.rstrip("\r\n"))
    told = {p.row for p in problems if p.code in ("cells", "row_above")}
    for p in problems:
        if p.code in ("remarks", "more_cells"):
            told |= {
                n for first, last in runs.read(p.expected.replace("–", "-")) for n in range(first, last + 1)
            }
    there = {number for number, line in enumerate(lines, 1) if re.sub(r"[\s,;\ufeff]", "", line)}
    assert there <= {*table.index, *told}, sorted(there - {*table.index, *told})[:5]


def _csv_seeds() -> list[Input]:
    texts = [text[:6000].rsplit(b"\n", 1)[0] + b"\n" for text in TEXTS.values()]
    own = "Есеп;;\n\nкүні;ұйым;БАҚ;тақырып\n23.02.2017;Қостанай;«Білімді ел»;а\nЕскерту: толық емес\n"
    texts += [own.encode(code) for code in ("utf-8", "utf-8-sig", "utf-16", "kz1048")]
    return [Input("csv", text) for text in texts]


def _read_workbook(given: Input, folder: Path) -> None:
    file = f"publications{given.name}"
    found, problems = sheets.read(given.content, file, COUNT)
    assert found or problems
    worded(problems)
    if given.name == ".xlsx":
        again, told = sheets._workbook(given.content, file, [workbooks.read_other])
        assert again or told
        (folder / file).write_bytes(given.content)
        wrong = [
            Problem("empty_cell", file, row=row, column=column, sheet=sheet.name)
            for sheet in found
            for row, column in ((1, None), (3, "date"), (None, None), (2, "outlet"))
        ]
        annotated.write(folder / "marked", folder, wrong, SPOKEN[0])


@cache
def _books() -> dict[str, bytes]:
    """Return workbooks: one of tables, one of formulas, merged and hidden cells; and the first form."""
    from aqparat.data.forms import writing
    from aqparat.words.bilingual import Bilingual

    tables, odd = Workbook(), Workbook()
    tables.remove(tables.active)
    for name in ("publications", "observations", "activities"):
        sheet = tables.create_sheet(name)
        for line in TEXTS[f"raw/2017H1/{name}.csv"].decode().splitlines()[:12]:
            sheet.append(line.split(","))
    sheet = odd.active
    sheet.title = "publications"
    for row in (
        ["Есеп"],
        ["date", "organisation", "outlet", "title"],
        ["2017-03-01", "KUS", "union-site", "x"],
    ):
        sheet.append(row)
    sheet.append([1.5, True, "=A1", "#REF!"])
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[4].hidden = True
    odd.create_sheet("hidden").sheet_state = "hidden"
    made = {}
    for name, book in (("tables", tables), ("odd", odd)):
        content = io.BytesIO()
        book.save(content)
        made[name] = content.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DATA / "raw", Path(folder, "data/raw"))
        form, *_ = writing.write(
            PERIOD.following, ("KUS",), Path(folder, "data"), Path(folder, "forms"), Bilingual()
        )
        made["form"] = form.read_bytes()
    return made


def _excel_seeds() -> list[Input]:
    return [Input(".xlsx", content) for content in _books().values()]


@cache
def _other_seeds() -> list[Input]:
    """Return OpenDocument and old Excel files, as LibreOffice makes them where it is there, and HTML."""
    table = (
        "<html><body><table><tr><th>date<th>outlet</tr><tr><td rowspan=2>x<td>y</tr><tr><td>z</table></html>"
    )
    office = shutil.which("soffice")
    inputs = [Input(".xls", table.encode()), Input(".xlsx", table.encode("kz1048")), Input(".ods", _ods())]
    if office:
        with tempfile.TemporaryDirectory() as folder:
            for name in ("tables", "odd"):
                (Path(folder) / f"{name}.xlsx").write_bytes(_books()[name])
                for ending in ("ods", "xls"):
                    command = [office, "--headless", "--convert-to", ending, f"{name}.xlsx"]
                    home = {"HOME": folder, "PATH": "/usr/bin:/bin"}
                    subprocess.run(
                        command, cwd=folder, env=home, capture_output=True, timeout=120, check=False
                    )
                    made = Path(folder, f"{name}.{ending}")
                    inputs += [Input(f".{ending}", made.read_bytes())] if made.is_file() else []
    return inputs


def _ods() -> bytes:
    """Return a small OpenDocument file."""
    import zipfile

    names = "urn:oasis:names:tc:opendocument:xmlns"
    cells_ = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in (["date", "organisation", "outlet", "title"], ["2017-03-01", "KUS", "union-site", "x"])
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="publications">{cells_}'
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return made.getvalue()


# A batch: the whole way from a file to the facts


def _batch_seeds() -> list[Input]:
    found = [Input(name, text) for name, text in TEXTS.items()]
    form = Input("raw/2017H2/KUS.xlsx", _books()["form"])
    toml = (ROOT / "lib/aqparat/settings.toml").read_bytes()
    return [*found, *found, form, Input("settings.toml", toml)]


def _read_batch(given: Input, folder: Path) -> None:
    home = folder / "data"
    if not home.exists():
        shutil.copytree(DATA / "raw", home / "raw")
        (home / "raw/2017H2").mkdir()
        (home / "raw/2017H1/publications.csv").write_text(ITEMS, encoding="utf-8")
    kept = TEXTS.get(given.name)
    (home / given.name).write_bytes(given.content)
    long = len(given.content) % 3 == 0 and given.name.endswith("publications.csv")
    before, opening.LEAST = opening.LEAST, 1 if long else opening.LEAST
    try:
        _whole_way(home, Period.parse("2017H2" if "2017H2" in given.name else "2017H1"))
    finally:
        opening.LEAST = before
        (home / given.name).unlink()
        if kept is not None:
            (home / given.name).write_bytes(kept)


def _whole_way(home: Path, period: Period) -> None:
    raw = intake.read(home, period)
    worded(raw.problems)
    for account in raw.accounts:
        told = [p for p in raw.problems if p.file == account.file and p.sheet in (account.sheet, "form")]
        assert 0 <= account.used <= account.rows, account
        form = any(filing.file == account.file for filing in raw.filings)  # rows that nobody filled in
        assert told or form or account.aside == 0, account
    assert quality(raw, period)
    if raw.errors:
        return
    tables = prepare(raw, period)
    facts = list(collect(tables))
    records = checked_records([fact.record() for fact in facts], home)
    assert not (wrong := mismatches(records, tables.settings.flat())), wrong[:3]
    for spoken in SPOKEN:
        assert len(appendix.entries(facts, Renderer(tables, spoken, Facts(facts)))) == len(facts)
    if batches(home, period)[-1] == str(period) and len(facts) % _SHOWN == 0:
        shown(Report(period, LANGUAGES[len(raw.problems) % len(LANGUAGES)], home), "report")


# Texts


def _read_settings(given: Input, folder: Path) -> None:
    chosen, problems = settings.read(given.content, ["publications", "copies"])
    worded(problems)
    assert chosen.flat().keys() == settings.defaults().flat().keys()


# Marks of Arabic, Syriac and Kaithi numbers, which Unicode counts among what formats, and which are seen.
_SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


def _read_text(given: Input, folder: Path) -> None:
    text = given.content.decode("utf-8", "replace")
    for piece in {text, text[:40], *text.split("\n")[:20]}:
        found = [cells.day(piece), cells.likely_day(piece), cells.number(piece)]
        for meaning in found[::2]:
            assert meaning is None or meaning.text
        prose.repaired(piece), prose.personal_name(piece), prose.without_names(piece), prose.is_told(piece)
        shown = {unicodedata.category(letter) for letter in visible(piece) if letter not in _SEEN}
        assert not shown & {"Cc", "Cf", "Co", "Cs"}
        legible.legible(piece)
        Names.of([("Қостанай облысы", "KUS"), ("г. Алматы", "ALA")], ["KUS", "ALA"]).meant(piece)
        for case in nouns.CASES:
            nouns.inflected(piece, case) if piece.strip() else None
        with contextlib.suppress(AqparatError):
            Period.parse(piece)


def _text_seeds() -> list[Input]:
    texts = [
        "2017-02-23",
        "23.02.2017 ж.",
        "1 234,5",
        "60-тан астам",
        "Төраға А.Б. Иванов сөз сөйледі",
        "2017H1",
    ]
    texts += ["Қостанай облыстық ұйымы", "РљУ™СЃС–РїРѕРґР°Т›", "«Білімді ел» газеті", "Facebook", "ҚР БҒМ"]
    texts += [
        '<p>Есеп <data value="3" data-fact="a.b">3</data></p>\n<ul><li>x</li></ul>',
        "**a** <time>b</time>",
    ]
    return [Input("text", text.encode()) for text in texts]


# Published reports


def _published_seeds() -> list[Input]:
    names = (
        "facts.json",
        "manifest.json",
        "published.json",
        "data/datapackage.json",
        "data/organisations.csv",
    )
    names = (*names, "data/outlets.csv", "data/indicators.csv", "kk/report.ipynb")
    inputs = [Input(name, (REPORT / name).read_bytes()) for name in names]
    facts = inputs[0].content
    import json

    record = json.loads(facts)[0]
    figure = {key: record[key] for key in ("value", "low", "high", "qualifier")}
    about = {key: value for key, value in record.items() if key not in (*figure, "sources", "inputs")}
    entry = {
        **about,
        "before": {**figure, "value": 1, "low": 1, "high": 1},
        "now": figure,
        "inputs": [],
        "shown": True,
    }
    former = Path(__file__).parents[1] / "publish/published_former.json"
    inputs.append(Input("kk/report.ipynb", former.read_bytes()))
    return [*inputs, inputs[0], inputs[0], inputs[1], Input("revisions.json", json.dumps([entry]).encode())]


def _read_published(given: Input, folder: Path) -> None:
    home = folder / "reports" / "2017H1"
    if not home.exists():
        shutil.copytree(REPORT, home, ignore=shutil.ignore_patterns("*.html", "*.pdf"))
        shutil.copytree(DATA / "raw", folder / "data" / "raw")
    place = home / given.name
    kept = place.read_bytes() if place.is_file() else None
    place.write_bytes(given.content)
    try:
        for look in (_traced, _compared, _fronted, _recomputed, _handed):
            with contextlib.suppress(AqparatError):
                look(folder, home)
    finally:
        place.unlink()
        if kept is not None:
            place.write_bytes(kept)


def _traced(folder: Path, home: Path) -> None:
    for name in ("share.copies.KUS.bilimdi-el.2017", "volume.publications.TOTAL.union-site.2017H1"):
        assert [*trace.told(trace.trace(name, folder / "data", home.parent), "kk")]


def _compared(folder: Path, home: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        comparison.show(compare(str(home), str(REPORT), folder / "data", home.parent), "ru", every=True)


def _fronted(folder: Path, home: Path) -> None:
    front.write(home.parent)


def _recomputed(folder: Path, home: Path) -> None:
    report = PublishedReport(home)
    mismatches(report.records, report.settings)
    facts_shown(home)


def _handed(folder: Path, home: Path) -> None:
    report = PublishedReport(home)
    out = handout.Handout.of(report)
    if out:
        since(out, report.records, report.files, RawFiles(folder / "data"))
    handout.Handout.now(report, RawFiles(folder / "data")).json()


READERS = {
    "csv": Reader(_csv_seeds, _read_csv),
    "excel": Reader(_excel_seeds, _read_workbook),
    "other": Reader(_other_seeds, _read_workbook),
    "batch": Reader(_batch_seeds, _read_batch),
    "settings": Reader(
        lambda: [Input("settings.toml", (ROOT / "lib/aqparat/settings.toml").read_bytes())], _read_settings
    ),
    "text": Reader(_text_seeds, _read_text),
    "published": Reader(_published_seeds, _read_published),
}
