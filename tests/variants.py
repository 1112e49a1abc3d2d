"""The same tables as other people write them: other kinds of file, encodings, languages, cells.

A way to write takes the tables of a batch, every cell as text, and gives files.
"""

import csv
import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from aqparat.data import schemas, titles
from openpyxl import Workbook


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
