"""Text of the raw data is text, whatever it holds: in page, PDF, notebook, facts and terminal.

Two data folders differ only in what stands between the words of every text cell: the texts of
`hostile.toml` in one, in the other a harmless word for each. What is made of both must be the same otherwise.
"""

import csv
import io
import re
import tomllib
import unicodedata
from copy import copy
from functools import cache
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import mistune
import nbformat
import pytest
from aqparat.cli import main
from aqparat.data.schemas import BATCH, REFERENCE
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.typst import TypstPDFExporter
from aqparat.report import Report
from aqparat.words.renderer import Renderer
from aqparat.words.visible import visible
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
MEASURES = [f"m{n},KUS,шара,мера,measure,,,2018-01-01,planned,барысы,дереккөз" for n in range(24)]
MIXED = [("kk", "report"), ("kk", "organisation"), ("en", "organisation")]
EVERYWHERE = pytest.mark.parametrize("language,name", MIXED)


def word(number, name):
    """Give the harmless word that stands for a hostile text; names may be drawn in charts."""
    return f"{'аты' if name else 'мән'}{number:02}{'аты' if name else 'мән'}"


def fill(folder, hostile):
    """Put three texts between the words of every text cell of every table."""
    folder.write(
        "2017H1/publications.csv", "\n".join([",".join(BATCH["publications"].columns), *PUBLICATIONS])
    )
    folder.write("2017H1/measures.csv", "\n".join([",".join(BATCH["measures"].columns), *MEASURES]))
    for place, tables in (("reference", REFERENCE), ("2017H1", BATCH)):
        for table, schema in tables.items():
            file = f"{place}/{table}.csv"
            texts = [n for n, c in schema.columns.items() if c.kind == "text" and n != "code"]
            rows = list(csv.DictReader(io.StringIO(folder.text(file))))
            for column in texts:
                numbers = count()
                for row in rows:
                    these = [next(numbers) % len(CORPUS) for _ in range(3)]
                    put = [
                        CORPUS[n]["text"] if hostile else word(n, column.startswith("name_")) for n in these
                    ]
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
    if column == "note":  # told in one language, which its letters tell
        return " ".join([*put, "сөз"])
    return " ".join([*put, text] if column.startswith("text_") else put)


@pytest.fixture(scope="module")
def told(folder_at, tmp_path_factory):
    """Give the report, or KUS's own, from either folder: `told("kk", "report", hostile=True)`."""
    first = {}
    for hostile in (True, False):
        folder = folder_at(tmp_path_factory.mktemp("hostile"))
        fill(folder, hostile)
        first[hostile] = Report("2017H1", language="kk", data=folder.path)
        # Messages quote cells by a rule of their own (tests/words/test_visible.py).
        first[hostile].data.tables.warnings.clear()

    @cache
    def give(language, name, hostile):
        report = copy(first[hostile])  # one reading of the data for all
        report.renderer = Renderer(report.data.tables, language, report.data.facts)
        report.organisation = "KUS" if name == "organisation" else None
        report.section = cache(report._section)
        return report, shown(report, name)

    return give


@pytest.fixture(scope="module")
def page(told):
    @cache
    def give(language, name, hostile):
        return BeautifulSoup(
            ReportHTMLExporter().from_notebook_node(told(language, name, hostile)[1])[0], "lxml"
        )

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
    shown_, of_harmless = (page(language, name, hostile).main.get_text() for hostile in (True, False))
    ours, harmless = (re.sub("[0-9a-f]{64}", "", text) for text in (shown_, of_harmless))
    assert ink(ours) == ink(expected(harmless))


def test_every_text_is_shown_somewhere(page):
    seen = "".join(page(*kind, False).main.get_text() for kind in MIXED)
    assert set(re.findall(r"мән(\d\d)мән", seen)) == {f"{n:02}" for n in range(len(CORPUS))}


def test_nothing_runs(page):
    for kind in MIXED:
        soup = page(*kind, True)
        harmless = {tag.name for tag in page(*kind, False).find_all()}
        assert {tag.name for tag in soup.find_all()} - harmless <= {"bdi"}
        assert not soup.find_all(["iframe", "object", "embed", "base", "form"])
        for tag in soup.find_all():
            assert not [a for a in tag.attrs if a.startswith("on")]
            for address in ("href", "src", "action", "formaction", "xlink:href"):
                assert re.match(r"#|data:(image|font|text/csv)|\.\.?/", str(tag.get(address, "#")))
        for style in soup.find_all("style"):
            assert "alert" not in style.get_text()


def test_pictures_hold_nothing_but_shapes(told):
    shapes = {"svg", "g", "defs", "clipPath", "rect", "path", "use", "style", "pattern"}
    shapes |= {"metadata", "RDF", "Work", "type", "format"}
    for kind in MIXED:
        pictures = [o["image/svg+xml"] for o in outputs(told(*kind, True)[1]) if "image/svg+xml" in o]
        for picture in pictures:
            for node in ElementTree.fromstring(picture).iter():
                assert node.tag.rpartition("}")[2] in shapes
                for name, value in node.attrib.items():
                    assert not name.startswith("on")
                    assert value.startswith("#") or not name.endswith("href")


def outputs(notebook):
    return [o["data"] for cell in notebook.cells for o in cell.outputs]


@EVERYWHERE
def test_the_notebook_holds_it_as_text(told, language, name):
    """What JupyterLab or another viewer makes of the outputs is the same but for the text."""
    notebook = told(language, name, True)[1]
    nbformat.validate(notebook)
    ours, harmless = (outputs(told(language, name, hostile)[1]) for hostile in (True, False))
    for output, other in zip(ours, harmless, strict=True):
        for kind, render in (("text/markdown", mistune.create_markdown(escape=False)), ("text/html", str)):
            made, wanted = (BeautifulSoup(render(o.get(kind, "")), "lxml") for o in (output, other))
            assert skeleton(made) == skeleton(wanted)
            assert ink(made.get_text()) == ink(expected(wanted.get_text()))


def test_the_facts_are_the_same(told):
    ours, harmless = (told("kk", "report", hostile)[0] for hostile in (True, False))
    assert [f.id for f in ours.facts] == [f.id for f in harmless.facts]
    assert [f.value for f in ours.facts] == [f.value for f in harmless.facts]


@EVERYWHERE
def test_the_pdf_shows_all_of_it(told, language, name):
    """Typst holds it to PDF/UA-1 and PDF/A-2a; what runs from the right is read back in another order."""
    ours, harmless = (
        ink("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
        for made in (
            TypstPDFExporter().from_notebook_node(told(language, name, h)[1])[0] for h in (True, False)
        )
    )
    for number in {int(n) for n in re.findall(r"мән(\d\d)мән", harmless)}:
        text = CORPUS[number]
        seen = ink(text.get("drawn", text.get("shown", text["text"])))
        if not re.search("[\u0590-\u06ff]", seen):
            assert seen in ours, text


def test_the_terminal_is_not_steered(folder, tmp_path):
    """Each hostile text stands where a code is asked for; the message quotes it."""
    for number, text in enumerate(CORPUS):  # a file each: of like faults in one only some are told
        row = ["publications", text["text"], "", "website", "2017-01-01", "", "1", "exact", "", "", "x"]
        out = io.StringIO()
        csv.writer(out).writerows([list(BATCH["observations"].columns), row])
        folder.write(f"2017H1/observations-{number}.csv", out.getvalue())
    checked = ["check", "2017H1", "--data", str(folder.path), "--language", "en"]
    found = CliRunner().invoke(main, [*checked, "--out", str(tmp_path)])
    assert found.exit_code == 1
    steering = {c for c in found.stderr if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs")} - {"\n"}
    assert steering == set()
    for text in CORPUS:
        assert ink(visible(text["text"].strip())) in ink(found.stderr)
