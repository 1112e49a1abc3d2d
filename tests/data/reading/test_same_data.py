"""The same data in other encodings, kinds of file, languages and spellings give the same numbers."""

import csv
import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import pandas as pd
import pytest
from aqparat.data import schemas, titles
from aqparat.data.prepare import prepare
from aqparat.data.reading import intake
from aqparat.metrics import collect
from aqparat.period import Period
from openpyxl import Workbook

PERIOD = Period.parse("2017H1")
WORDS = (
    "Ұстаздар күні өтті",
    "Кәсіподақ мүшелеріне көмек",
    "Ғылым мен білім: жаңа өкілдер",
    "Әңгіме, іс-шара",
)
PLACES = ("KUS", "ATY", "KAR", "VOS", "ZHA"), ("union-site", "bilimdi-el", "atyrau", "serper")


@pytest.fixture(scope="module")
def source(folder_at, tmp_path_factory):
    """Give the tables of 2017H1 as text, and items with Kazakh titles."""
    folder = folder_at(tmp_path_factory.mktemp("source"))
    tables = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in sorted((folder.path / "raw" / "2017H1").glob("*.csv"))
    }
    rows = [
        (
            date(2017, 1 + n % 6, 1 + n % 28).isoformat(),
            PLACES[0][n % 5],
            PLACES[1][n % 4],
            f"«{WORDS[n % 4]}» №{n}",
            ("kk", "ru")[n % 2],
            schemas.FORMATS[n % 4],
            f"https://example.org/{n}",
            "",
        )
        for n in range(40)
    ]
    return tables | {"publications": pd.DataFrame(rows, columns=list(schemas.BATCH["publications"].columns))}


@pytest.fixture(scope="module")
def reading(folder_at, tmp_path_factory):
    """Read a batch of just these files: its prepared tables, and what was said of it."""

    def read(files):
        folder = folder_at(tmp_path_factory.mktemp("variant"))
        for path in (folder.path / "raw" / "2017H1").iterdir():
            path.unlink()
        for name, content in files.items():
            folder.write(f"2017H1/{name}", content)
        raw = intake.read(folder.path, PERIOD)
        assert raw.errors == []
        return prepare(raw, PERIOD), {p.code for p in raw.problems if p.severity == "guess"}

    return read


@pytest.fixture(scope="module")
def expected(source, reading):
    tables, guesses = reading(as_csv(source))
    assert guesses == set()
    return tables, numbers(tables)


def numbers(tables):
    facts = {f.id: (f.value, f.low, f.high) for f in collect(tables)}
    assert len(facts) > 80
    return facts


def rows(tables):
    """Give all that metrics and words read, but for the places it stands in."""
    return {
        name: getattr(tables, name).drop(columns=["origins", "place", "row"], errors="ignore").to_dict("list")
        for name in sorted(schemas.BATCH)
    }


def kinds(table):
    return {name: column.kind for name, column in schemas.BATCH[table].columns.items()}


def of_kind(source, change, *wanted):
    """Change every cell of some kinds of columns that is not empty."""
    out = {}
    for table, frame in source.items():
        columns = [name for name, kind in kinds(table).items() if kind in wanted and name in frame]
        out[table] = frame.assign(**{c: frame[c].map(lambda t: change(t) if t else t) for c in columns})
    return out


def dotted(text):
    return date.fromisoformat(text).strftime("%d.%m.%Y")


def grouped(text):
    return f"{int(text):,}".replace(",", "\u00a0") + ",0"


def as_csv(source, encoding="utf-8", delimiter=","):
    files = {}
    for table, frame in source.items():
        text = io.StringIO()
        rows = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        rows.writerows([list(frame.columns), *frame.itertuples(index=False)])
        try:
            files[f"{table}.csv"] = text.getvalue().encode(encoding)
        except UnicodeEncodeError:  # cp1251 has no Kazakh letters
            files[f"{table}.csv"] = text.getvalue().encode()
    return files


def value(table, name, text):
    """Give a cell as a workbook holds it."""
    kind = kinds(table).get(name)
    if not text:
        return None
    if kind == "date":
        return date.fromisoformat(text)
    return int(text) if kind in ("number", "count") else text


def as_xlsx(source, sheet=str):
    book, content = Workbook(), io.BytesIO()
    book.remove(book.active)
    for table, frame in source.items():
        made = book.create_sheet(sheet(table))
        made.append(list(frame.columns))
        for row in frame.itertuples(index=False):
            made.append([value(table, c, t) for c, t in zip(frame.columns, row, strict=True)])
    book.save(content)
    return {"all.xlsx": content.getvalue()}


def as_ods(source):
    """Write OpenDocument as LibreOffice does: typed values, equal cells and blank rows written once."""
    sheets = []
    for table, frame in source.items():
        rows = [_ods_row([_ods_text(c) for c in frame.columns])]
        for row in frame.itertuples(index=False):
            cells = [_ods_cell(value(table, c, t)) for c, t in zip(frame.columns, row, strict=True)]
            rows.append(_ods_row(cells))
        blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        blank += 'table:number-columns-repeated="16384"/></table:table-row>'
        sheets.append(f'<table:table table:name="{table}">{"".join(rows)}{blank}</table:table>')
    spaces = {n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "table", "text")}
    named = " ".join(f'xmlns:{short}="{long}"' for short, long in spaces.items())
    text = (
        f'<office:document-content {named} office:version="1.2"><office:body><office:spreadsheet>'
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    kind, content = "application/vnd.oasis.opendocument.spreadsheet", io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", text)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return {"all.ods": content.getvalue()}


def _ods_row(cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_text(text):
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def _ods_cell(found):
    if found is None:
        return "<table:table-cell/>"
    if isinstance(found, date):
        shown = f"<text:p>{found:%d.%m.%y}</text:p>"
        told = f'office:value-type="date" office:date-value="{found}"'
        return f"<table:table-cell {told}>{shown}</table:table-cell>"
    if isinstance(found, int):
        shown = f"<text:p>{found}</text:p>"
        return (
            f'<table:table-cell office:value-type="float" office:value="{found}">{shown}</table:table-cell>'
        )
    return _ods_text(found)


def headed(source, language):
    """Name columns by their titles."""
    return {
        table: frame.set_axis([titles.column(c, language) for c in frame.columns], axis=1)
        for table, frame in source.items()
    }


def named(source, tables, language, change=str):
    """Write names for codes."""
    names = {
        name: getattr(tables, name)[f"name_{language}"].map(change)
        for name in ("organisations", "outlets", "indicators")
    }

    def several(text):
        return ", ".join(names["organisations"].get(code, code) for code in text.split())

    one = ("organisation", "organisation_or_total")
    source = of_kind(source, lambda code: names["organisations"].get(code, code), *one)
    source = of_kind(source, several, "organisations")
    source = of_kind(source, lambda code: names["outlets"][code], "outlet")
    source = of_kind(source, lambda code: names["indicators"][code], "indicator")
    out = {}
    for table, frame in source.items():
        columns = [c for c, kind in kinds(table).items() if kind in ("choice", "code") and c in frame]
        offered = {c: {value: text for text, value in _choices(table, c, language)} for c in columns}
        changed = {
            c: frame[c].map(lambda t, of=offered[c]: change(of.get(t, t))) for c in columns if offered[c]
        }
        out[table] = frame.assign(**changed)
    return out


def _choices(table, column, language):
    return [(titles.choice(column, v, language), v) for v in titles.choices(table, column)]


def looking_alike(text):
    """Type Latin letters for Cyrillic ones that look the same, between stray spaces."""
    return "  " + text.translate(str.maketrans("іІаоеА", "iIaoeA")).replace(" ", "  ") + "\u00a0"


VARIANTS = {
    "utf-8 with a mark": (lambda s, t: as_csv(s, "utf-8-sig"), set()),
    "kz1048, semicolons, dotted dates, decimal commas": (
        lambda s, t: as_csv(of_kind(of_kind(s, dotted, "date"), grouped, "number", "count"), "kz1048", ";"),
        {"guessed_encoding"},
    ),
    "cp1251 where it can hold the text": (
        lambda s, t: as_csv(of_kind(s, dotted, "date"), "cp1251", ";"),
        {"guessed_encoding"},
    ),
    "utf-16 with tabs": (lambda s, t: as_csv(s, "utf-16", "\t"), set()),
    "xlsx": (lambda s, t: as_xlsx(s), set()),
    "ods": (lambda s, t: as_ods(s), set()),
    "kk headings and sheets": (
        lambda s, t: as_xlsx(headed(s, "kk"), lambda name: titles.table(name, "kk")),
        set(),
    ),
    "ru headings": (lambda s, t: as_csv(headed(s, "ru")), set()),
    "en headings": (lambda s, t: as_csv(headed(s, "en"), "utf-8", ";"), set()),
    "kk names": (lambda s, t: as_csv(named(s, t, "kk")), set()),
    "ru names in capitals": (lambda s, t: as_csv(named(s, t, "ru", str.upper)), {"guessed_value"}),
    "en names": (lambda s, t: as_xlsx(named(s, t, "en")), set()),
    "kk names of look-alikes": (lambda s, t: as_csv(named(s, t, "kk", looking_alike)), {"guessed_value"}),
}


IN_FULL = ("kz1048, semicolons, dotted dates, decimal commas", "xlsx", "ods")  # same tables, same facts


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_numbers(source, tables, reading, expected, variant):
    write, guesses = VARIANTS[variant]
    files = write(source, tables)
    assert files != as_csv(source)
    read, found = reading(files)
    assert found == guesses
    assert str(rows(read)) == str(rows(expected[0]))  # as text: a missing date equals no other
    if variant in IN_FULL:
        assert numbers(read) == expected[1]


def test_another_number_is_seen(source, reading, expected):
    """Hold this test itself: a number that differs is no equal fact."""
    changed = of_kind(source, lambda text: "307" if text == "306" else text, "number")
    read, _ = reading(as_csv(changed))
    assert str(rows(read)) != str(rows(expected[0]))
    assert numbers(read) != expected[1]
