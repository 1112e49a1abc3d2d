"""Text of the raw data is text, whatever it holds: in page, PDF, notebook, facts and terminal.

Two data folders differ only in what stands between the words of every text cell: the texts of
`hostile.toml` in one, in the other a harmless word for each. What is made of both must be the same but for that.
"""

import csv
import io
import re
import tomllib
import unicodedata
from functools import cache
from itertools import count
from pathlib import Path

import mistune
import nbformat
import pytest
from aqparat.cli import main
from aqparat.data.schemas import BATCH, REFERENCE
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.typst import TypstPDFExporter
from aqparat.report import Report
from bs4 import BeautifulSoup
from click.testing import CliRunner
from pypdf import PdfReader
from reported import shown

CORPUS = [
    text
    for group in tomllib.loads(Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8")).values()
    for text in group.values()
]
PUBLICATIONS = [
    f"2017-0{1 + n % 6}-1{n % 9},{code},union-site,Атауы,kk,text,http://example.org/{n},төраға"
    for n, code in enumerate(["KUS", "ATY", "AKT"] * 24)
]
MEASURES = [f"m{n},KUS,шара,мера,measure,,,2018-01-01,planned,дереккөз" for n in range(24)]
MIXED = [("kk", "report"), ("kk", "organisation"), ("en", "report")]
EVERYWHERE = pytest.mark.parametrize("language,name", MIXED)


def word(number, name):
    """Give the harmless word that stands for a hostile text; names may be drawn in charts."""
    return f"{'аты' if name else 'мән'}{number:02}{'аты' if name else 'мән'}"


def fill(folder, hostile):
    """Put three texts between the words of every text cell of every table."""
    folder.write("2017H1/publications.csv", "\n".join([",".join(BATCH["publications"].columns), *PUBLICATIONS]))
    folder.write("2017H1/measures.csv", "\n".join([",".join(BATCH["measures"].columns), *MEASURES]))
    for place, tables in (("reference", REFERENCE), ("2017H1", BATCH)):
        for table, schema in tables.items():
            file = f"{place}/{table}.csv"
            texts = [n for n, c in schema.columns.items() if c.metadata["kind"] == "text" and n != "code"]
            rows = list(csv.DictReader(io.StringIO(folder.text(file))))
            for column in texts:
                numbers = count()
                for row in rows:
                    these = [next(numbers) % len(CORPUS) for _ in range(3)]
                    put = [CORPUS[n]["text"] if hostile else word(n, column.startswith("name_")) for n in these]
                    row[column] = woven(row[column], put, column)
            out = io.StringIO()
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(rows)
            folder.write(file, out.getvalue().encode())


def woven(text, put, column):
    """Keep the beginning and end of what is sorted or takes an ending; others begin with a hostile text."""
    if column.startswith(("name_", "alias")):
        return " ".join([text, *put, text])
    return " ".join([*put, text] if column.startswith("text_") else put)


@pytest.fixture(scope="module")
def told(folder_at, tmp_path_factory):
    """Give the report, or KUS's own, from either folder: `told("kk", "report", hostile=True)`."""
    folders = {}
    for hostile in (True, False):
        folders[hostile] = folder_at(tmp_path_factory.mktemp("hostile"))
        fill(folders[hostile], hostile)

    @cache
    def give(language, name, hostile):
        organisation = "KUS" if name == "organisation" else None
        report = Report("2017H1", language=language, data=folders[hostile].path, organisation=organisation)
        return report, shown(report, name)

    return give


@pytest.fixture(scope="module")
def page(told):
    @cache
    def give(language, name, hostile):
        return BeautifulSoup(ReportHTMLExporter().from_notebook_node(told(language, name, hostile)[1])[0], "lxml")

    return give


def ink(text):
    return re.sub(r"[\s\u2066-\u2069\u200b]", "", unicodedata.normalize("NFC", text))


def expected(text):
    """Put what is to be shown of the hostile texts in the place of the harmless words."""

    def show(match):
        text = CORPUS[int(match[2])]
        seen = text.get("shown", text["text"])
        return text.get("drawn", seen) if match[1] == "аты" else seen

    return re.sub(r"(аты|мән|Аты|Мән)(\d\d)(?:аты|мән)", show, text)


def skeleton(soup):
    """List elements and their attributes; pictures are looked at apart."""
    for svg in soup.find_all("svg"):
        svg.clear()
    return [(tag.name, sorted(tag.attrs)) for tag in soup.find_all() if tag.name != "bdi"]


def test_the_corpus_is_large():
    assert len({text["text"] for text in CORPUS}) >= 40


@EVERYWHERE
def test_the_page_is_built_as_from_harmless_text(page, language, name):
    assert skeleton(page(language, name, True)) == skeleton(page(language, name, False))


@EVERYWHERE
def test_the_page_shows_all_of_it(page, language, name):
    ours, harmless = (page(language, name, hostile).main.get_text() for hostile in (True, False))
    assert ink(ours) == ink(expected(harmless))


def test_every_text_is_shown_somewhere(page):
    seen = "".join(page(*kind, False).main.get_text() for kind in MIXED)
    assert set(re.findall(r"мән(\d\d)мән", seen)) == {f"{n:02}" for n in range(len(CORPUS))}
