import io
import re
import unicodedata
from functools import cache

import nbconvert
import nbformat
import pytest
import typst
from aqparat import kazakh
from aqparat.document.markdown import inline, prose, raw, text
from aqparat.document.typst import STANDARDS, TypstExporter, TypstPDFExporter
from aqparat.publish.run import LANGUAGES
from aqparat.words import markup
from pypdf import PdfReader
from reported import LIBRARY, executed, pdf, report

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
HOSTILE = [
    '#import "x.typ": * #set page(width: 1pt) #panic("x")',
    "$x^2$ $ @ref <label> \\ \\u{41} `код` // түсініктеме /* тағы */",
    "= тақырып",
    "- тармақ",
    "+ тармақ",
    "1. тармақ",
    "/ термин: мағына",
    "*қалың* _көлбеу_ ~ -- --- ... \"тырнақша\" 'дәйекше'",
    '[жақша] {жақша} (жақша) ; : # "',
    "http://example.org",
    "a\\",
    'a" + "b',
]


def set_in(source, standards=()):
    """Compile Typst and read its text back."""
    preamble = '#set document(title: "x")\n#set text(font: "Noto Serif", lang: "kk")\n'
    return read(
        typst.compile(
            {"main.typ": (preamble + source).encode()},
            format="pdf",
            font_paths=[LIBRARY / "fonts"],
            ignore_system_fonts=True,
            pdf_standards=list(standards),
        )
    )


def read(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def inked(value):
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", value))


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


# Text into Typst


@pytest.mark.parametrize("value", HOSTILE)
def test_text_is_set_as_it_is(value):
    assert inked(set_in(text(value))) == inked(value)
    assert inked(set_in(f"#strong[{text(value)}]")) == inked(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_data_in_prose_are_set_as_they_are(value):
    assert inked(set_in(prose(str(markup.escape(value))))) == inked(value)
    assert inked(set_in(inline(str(markup.escape(value))))) == inked(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_code_is_set_as_it_is(value):
    assert inked(set_in(raw(value, "python"))) == inked(value)


MARKDOWN = {
    "*көлбеу*, **қалың**, ***екеуі***, ~~сызылған~~, `код #x`": "көлбеу, қалың, екеуі, сызылған, код #x",
    "- бір\n- екі\n  - ішкі\n    - одан ішкі\n\n  абзац": "• бір • екі ‣ ішкі – одан ішкі абзац",
    "1. бір\n2. екі": "1. бір 2. екі",
    "3. үш\n4. төрт": "3. үш 4. төрт",
    '[сілтеме](https://example.org/a?b=c#d "x")': "сілтеме",
    "# Тақырып #1\n\n## Ішкі\n\nмәтін": "Тақырып #1 Ішкі мәтін",
    "| а | б |\n|---|---|\n| *1* | #2 |\n| 3 |  |": "а б 1 #2 3",
    "| а |\n|---|": "а",
    "> дәйексөз\n> жалғасы": "дәйексөз жалғасы",
    "```python\nx = '#1'\n```": "x = '#1'",
    "    x = 1": "x = 1",
    "жоғары\n\n---\n\nтөмен": "жоғары төмен",
    "жол  \nжаңа жол\nсол жол": "жол жаңа жол сол жол",
    '<data class="fact" data-fact="x" value="5">5</data> дана <b>қалың</b>': "5 дана қалың",
    "<div>блок &amp; мәтін</div>": "блок & мәтін",
    "![сурет](x.png)": "сурет",
    "бос": "бос",
    "": "",
}


@pytest.mark.parametrize("markdown", MARKDOWN)
def test_markdown_is_set(markdown):
    assert inked(set_in(prose(markdown))) == inked(MARKDOWN[markdown])


def test_headings_are_shifted():
    assert prose("### Ұйым", shift=-1).startswith("#heading(level: 2)")


def test_bold_is_followed_by_text():
    assert set_in(prose("**Сайт.**(5) **ел**;сөз")).strip() == "Сайт.(5) ел;сөз"


def test_a_number_leads_to_its_entry_where_there_is_one():
    fact = '<data class="fact" data-fact="a&#34;b" value="5">5</data>'
    assert inline(fact, ['a"b']) == '#traced("a\\"b")[#"5";];'
    assert inline(fact, ["c"]) == '#"5";'
    assert inline(f"{fact}-ке дейін", ['a"b']) == '#box[#traced("a\\"b")[#"5";];#"-ке";];#" дейін";'


def test_the_language_of_a_name_is_told():
    assert inline('<span lang="kk">«Білімді ел»</span> газеті') == (
        '#std.text(lang: "kk")[#"«Білімді ел»";];#" газеті";'
    )


@pytest.mark.parametrize(
    "markdown", ["</data>а</b>", "<data data-fact='x'>а", '<bdi lang="kk">а', "<br>а<br/>"]
)
def test_elements_that_do_not_match_are_closed(markdown):
    assert inked(set_in(inline(markdown, ["x"]))).strip("\u2068\u2069") == "а"


def test_only_addresses_of_pages_and_mail_are_links():
    assert prose("[а](https://example.org)").startswith("#link(")
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"):
        assert "#link" not in prose(f"[а]({address})")


def test_a_word_longer_than_a_line_is_broken():
    long = "ұзынсөз" * 40
    assert set_in(f"#set page(width: 8cm)\n{text(long)}").count("\n") > 4
    assert inked(set_in(text(long))) == inked(long)


def test_what_no_face_can_draw_is_told_by_its_code():
    assert set_in(text("сөз 中 🎉 שלום ☺"), STANDARDS).startswith("сөз [U+4E2D] [U+1F389]")


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
    "an error": (
        notebook(
            nbformat.v4.new_code_cell(
                "x",
                outputs=[nbformat.v4.new_output("error", ename="ValueError", evalue="#жоқ", traceback=[])],
            )
        ),
        ["ValueError: #жоқ"],
    ),
    "empty": (notebook(), []),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_notebook_is_exported_too(kind):
    book, wanted = ORDINARY[kind]
    found = read(TypstPDFExporter().from_notebook_node(book)[0])
    assert [w for w in wanted if w not in found] == []


# The report


def test_the_pdf_is_held_to_its_standards():
    assert STANDARDS == ["ua-1", "a-2a"]  # Typst refuses what does not hold to them


@EVERYWHERE
def test_the_pdf_is_a4_and_not_too_long(code):
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in document(code).pages]
    assert 3 < len(sizes) < 18
    assert set(sizes) == {(595, 842)}


def test_the_letters_of_kazakh_can_be_read_back():
    found = "".join(pages())
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
            assert inked(markup.plain(block["title"])) in found
    for number in ("306", "499", "161", "4746", "1525", "510–765"):
        assert number in found.replace(",", "")


def blocks(code):
    outputs = [o for cell in executed(code).cells for o in cell.outputs]
    return [o["data"]["application/vnd.aqparat+json"] for o in outputs]


def test_pages_are_numbered_and_headed():
    assert all(f"{n}/{len(pages())}" in page for n, page in enumerate(pages(), 1))
    assert all(report().title().text in page for page in pages())


def test_the_same_notebook_gives_the_same_bytes():
    assert TypstPDFExporter().from_notebook_node(executed())[0] == pdf()
    source = TypstExporter().from_notebook_node(executed())[0]
    assert source.lstrip().startswith("#")
    assert "datetime.today" not in source
