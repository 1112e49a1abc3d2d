"""A full period on paper: how many pages, how full, and what may not be at their foot."""

import io
import re
import unicodedata
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import typst
from aqparat.choices import LANGUAGES
from aqparat.document.columns import spans
from aqparat.document.outline import outline
from aqparat.document.typst import TypstPDFExporter
from aqparat.legible import fallback
from aqparat.words.inline import Inline
from aqparat.words.languages import language
from invented import reported
from PIL import Image
from pypdf import PdfReader
from reported import LIBRARY, shown
from reported import exported as sparse

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
BODY, WHOLE, FULL = 14, 20, 2 / 3
HEIGHT, TOP, BOTTOM = 29.7, 2.3, 1.9  # of the page and its margins in cm, as the template has them


@cache
def notebook(code):
    return shown(reported("2019H1", None, code), "report")


@cache
def exported(code):
    """Give the PDF, and what Typst was given for it."""
    exporter = TypstPDFExporter()
    pdf, _ = exporter.from_notebook_node(notebook(code))
    return pdf, exporter.files


def drawn(files):
    """Draw the pages of a PDF."""
    fonts = [LIBRARY / "fonts", fallback()]
    return typst.compile(files, format="png", font_paths=fonts, ignore_system_fonts=True, ppi=36)


def ink(text):
    """Give what is printed of a text, without spaces and hyphens: a heading may be broken."""
    return re.sub(r"[-‐\s•\u200b\u00ad]", "", unicodedata.normalize("NFKC", text)).replace("−", "–")


@cache
def pages(code):
    """Give what is read from each page, without its head and foot."""
    read = [ink(page.extract_text()) for page in PdfReader(io.BytesIO(exported(code)[0])).pages]
    more = outline(notebook(code)).title["more"]
    title = outline(notebook(code)).title["text"]
    head = ink(more["synthetic"]), ink(title + str(Inline.read(more["period"])))
    feet = [
        ink(language(code).label("report.page", page=n, pages=len(read))) for n in range(1, len(read) + 1)
    ]
    assert all(text.endswith(end) for text, end in zip(read, feet, strict=True))
    bare = [text.removesuffix(end).removeprefix(head[0]) for text, end in zip(read, feet, strict=True)]
    return [bare[0], *(text.removeprefix(head[1]) for text in bare[1:])]


def told(table):
    """Give what is read of each row of a table; a name of several rows is drawn after them."""
    spanned = zip(table["rows"], spans(table["rows"]), strict=True)
    return [ink("".join(str(Inline.read(c)) for c in (row if n == 1 else row[1:]))) for row, n in spanned]


def appendix(code):
    """Give the number of the page on which the appendix begins, from 0."""
    heading = ink(outline(notebook(code)).sections[-1].text)
    return max(number for number, text in enumerate(pages(code)) if heading in text)


def fill(page):
    """Measure how much of the text area of a page is above its lowest ink."""
    grey = np.asarray(Image.open(io.BytesIO(page)).convert("L"))
    top, end = (round(cm / HEIGHT * len(grey)) for cm in (TOP, HEIGHT - BOTTOM))
    inked = np.flatnonzero((grey[top:end] < 160).any(axis=1))
    return (inked[-1] + 1) / (end - top)


@EVERYWHERE
def test_a_full_period_is_read_in_a_meeting(code):
    starts_a_page = pages(code)[appendix(code)].startswith(ink(outline(notebook(code)).sections[-1].text))
    assert appendix(code) + (not starts_a_page) <= BODY
    assert len(pages(code)) <= WHOLE


@EVERYWHERE
def test_pages_of_the_body_are_full(code):
    """But for the last."""
    seen = drawn(exported(code)[1])
    fills = {n + 1: round(fill(seen[n]), 2) for n in range(appendix(code) - 1)}
    assert {n: f for n, f in fills.items() if f < FULL} == {}


@EVERYWHERE
def test_pages_of_a_sparse_report_are_full(code):
    fills = [round(fill(page), 2) for page in drawn(sparse(code)[1].files)]
    assert {n: f for n, f in enumerate(fills[:-1], 1) if f < FULL} == {}


@EVERYWHERE
def test_no_heading_is_at_the_foot_of_a_page(code):
    found = outline(notebook(code)).on_paper()
    passages = [p for s in found.sections for b in s.blocks if b["kind"] == "prose" for p in b["passages"]]
    headings = [s.text for s in found.sections if s.text]
    headings += [str(Inline.read(p["items"][0])) for p in passages if p["kind"] == "heading"]
    titles = [str(Inline.read(b["title"])) for s in found.sections for b in s.blocks if b["kind"] == "table"]
    for text in pages(code)[:-1]:
        assert not [words for words in [*headings, *titles] if text.endswith(ink(words))]


@EVERYWHERE
def test_no_row_of_a_table_is_torn(code):
    for section in outline(notebook(code)).on_paper().sections:
        for block in section.blocks:
            for words in told(block) if block["kind"] == "table" else []:
                assert any(words in text for text in pages(code)), words


@EVERYWHERE
def test_the_head_of_a_table_stands_on_each_page_it_goes_over(code):
    for section in outline(notebook(code)).on_paper().sections:
        for block in section.blocks:
            if block["kind"] == "table":
                rows = told(block)
                for text in pages(code):
                    if any(row + following in text for row, following in pairwise(rows)):
                        assert ink("".join(block["columns"])) in text
