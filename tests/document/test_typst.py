import io
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

import nbconvert
import nbformat
import pytest
import typst
from aqparat import kazakh
from aqparat.blocks import MIME
from aqparat.choices import LANGUAGES
from aqparat.document.typesetting import text
from aqparat.document.typst import STANDARDS, TypstExporter, TypstPDFExporter, _typst
from aqparat.words.inline import Inline
from nbconvert.nbconvertapp import NbConvertApp
from pypdf import PdfReader
from reported import executed, exported, pdf, report
from test_typesetting import inked, read, set_in

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)


@cache
def document(code="kk"):
    return PdfReader(io.BytesIO(pdf(code)))


@cache
def pages(code="kk"):
    return [page.extract_text() for page in document(code).pages]


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def code_cell(source, **data):
    return nbformat.v4.new_code_cell(
        source, outputs=[nbformat.v4.new_output("display_data", data)] if data else []
    )


def anew():
    return exported.__wrapped__()[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_process_forked_from_one_that_made_a_pdf_makes_the_same():
    made = pdf()
    with ProcessPoolExecutor(1, get_context("fork")) as pool:  # Typst's threads are not in it
        assert pool.submit(anew).result(timeout=60) == made
        with pytest.raises(typst.TypstError, match="unknown variable"):
            pool.submit(_typst, "compile", {"main.typ": b"#nope"}).result(timeout=60)


# Notebooks that are not reports


def test_the_exporters_are_found_by_name():
    assert nbconvert.get_exporter("typst") is TypstExporter
    assert nbconvert.get_exporter("typst-pdf") is TypstPDFExporter


ORDINARY = {
    "markdown and code": (
        notebook(
            nbformat.v4.new_markdown_cell("# Сынақ\n\n*мәтін*"), code_cell("1 + 1", **{"text/plain": "2"})
        ),
        ["Сынақ", "мәтін", "1 + 1", "2"],
    ),
    "a heading of level three": (notebook(nbformat.v4.new_markdown_cell("### Сынақ")), ["Сынақ"]),
    "a heading that skips": (notebook(nbformat.v4.new_markdown_cell("# А\n\n### Сынақ")), ["Сынақ"]),
    "svg": (
        notebook(
            code_cell(
                "x", **{"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}
            )
        ),
        ["x"],
    ),
    "a stream in colour": (
        notebook(
            nbformat.v4.new_code_cell(
                "x", outputs=[nbformat.v4.new_output("stream", text="\x1b[31mқызыл\x1b[0m\tсөз\n")]
            )
        ),
        ["қызыл", "сөз"],
    ),
    "empty": (notebook(), []),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_notebook_is_exported_too(kind):
    book, wanted = ORDINARY[kind]
    found = read(TypstPDFExporter().from_notebook_node(book)[0])
    assert [w for w in wanted if w not in found] == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'


def test_notebooks_of_one_folder_keep_their_pictures_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for size, name in enumerate(("а", 'b"c'), 5):
        cell = code_cell("x", **{"image/svg+xml": SVG.format(size)})
        nbformat.write(notebook(cell), tmp_path / f"{name}.ipynb")
    nbformat.write(executed(), tmp_path / "report.ipynb")
    for to in ("typst", "typst-pdf"):
        app = NbConvertApp()
        app.initialize(["--to", to, "--log-level=CRITICAL", *map(str, tmp_path.glob("*.ipynb"))])
        app.start()
    for size, name in enumerate(("а", 'b"c'), 5):
        assert (tmp_path / f"{name}_files" / "picture-1.svg").read_text() == SVG.format(size)
        assert read((tmp_path / f"{name}.pdf").read_bytes())
    assert (tmp_path / "report_files" / "copies.svg").is_file()
    for name in ("report", "а"):  # what was written beside it is what it is set from
        assert typst.compile(str(tmp_path / f"{name}.typ"))


# The report


def test_the_pdf_is_held_to_its_standards():
    assert STANDARDS == ["ua-1", "a-2a"]  # Typst refuses what does not hold to them


@EVERYWHERE
def test_the_pdf_is_a4_and_not_too_long(code):
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in document(code).pages]
    assert 3 < len(sizes) < 18
    assert set(sizes) == {(595, 842)}


def test_the_letters_of_kazakh_can_be_read_back():
    words = "Бәрі – ғылым мен қоғам үшін: ой, өлең, ұран, үн, жаһан, іс, жаң"
    book = notebook(nbformat.v4.new_markdown_cell(words))
    found = read(TypstPDFExporter().from_notebook_node(book)[0])
    assert [letter for letter in "әғқңөұүһі" if letter not in found] == []


@pytest.mark.parametrize("font", ["Noto Serif", "Noto Sans"])
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_letter_of_the_alphabet_is_in_the_fonts(font, weight):
    alphabet = f"{kazakh.ALPHABET}{kazakh.ALPHABET.upper()}«»−№"
    set_ = set_in(f'#set text(font: "{font}", weight: "{weight}")\n{text(alphabet)}', STANDARDS)
    assert inked(set_) == inked(alphabet)


@EVERYWHERE
def test_the_pdf_says_what_the_page_says(code):
    found = inked("".join(pages(code)))
    for block in blocks(code):
        if block["kind"] == "heading":
            assert inked(block["text"]) in found
        if block["kind"] in ("figure", "table"):
            assert inked(str(Inline.read(block["title"]))) in found
    for number in ("306", "499", "161", "4746", "1525", "510–765"):
        assert number in found.replace(",", "")


def blocks(code):
    outputs = [o for cell in executed(code).cells for o in cell.outputs]
    return [o["data"][MIME] for o in outputs]


def test_pages_are_numbered_and_headed():
    assert all(f"{n}/{len(pages())}" in page for n, page in enumerate(pages(), 1))
    assert all(report().title().text in page for page in pages())


def test_the_same_notebook_gives_the_same_bytes():
    assert TypstPDFExporter().from_notebook_node(executed())[0] == pdf()
    source = TypstExporter().from_notebook_node(executed())[0]
    assert source.lstrip().startswith("#")
    assert "datetime.today" not in source
