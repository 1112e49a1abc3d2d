"""The published PDF by two independent checkers, by its structure, and as text that is read out."""

import io
import re
import unicodedata
from functools import cache
from itertools import pairwise

import outloud
import pdfua
import pikepdf
import pytest
from aqparat.blocks import MIME
from aqparat.choices import LANGUAGES
from aqparat.document.columns import spans
from aqparat.document.outline import outline
from aqparat.document.series import rows
from aqparat.document.spread import spread
from aqparat.words.inline import Inline
from aqparat.words.languages import language
from pypdf import PdfReader
from reported import executed, exported, pdf, report

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
PARTS = ("own", "own_bounds", "interval")
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh"}


@cache
def document(code):
    return pikepdf.open(io.BytesIO(pdf(code)))


def blocks(code, *kinds):
    outputs = [o for cell in executed(code).cells for o in cell.outputs]
    found = [o["data"][MIME] for o in outputs]
    return [b for b in found if b["kind"] in kinds and not b.get("folded")]


def elements(code, *kinds):
    """Give the structure elements in the order they are read, of some kinds or all."""

    def walk(node):
        for kid in node if isinstance(node, pikepdf.Array) else [node]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if not kinds or str(kid.S) in kinds:
                    yield kid
                yield from walk(kid.get("/K", pikepdf.Array()))

    return list(walk(document(code).Root.StructTreeRoot.K))


# Two checkers. Typst holds the document to PDF/UA-1 and PDF/A-2a before it gives it at all (test_typst);
# outloud, which shares no code with it, tests the conditions of the Matterhorn Protocol, pdfua some of them.


def complaints(path):
    """Give the faults that outloud and pdfua find, and how each checkpoint of the protocol stands."""
    told = outloud.check(str(path), layers={"conformance"})
    assert told.error is None
    other = {f.rule_id for f in pdfua.validate(str(path)).findings}
    return {f.rule for f in told.findings}, other, [row["status"] for row in told.criteria["pdfua1"]]


@EVERYWHERE
def test_the_checkers_agree_that_nothing_is_wrong(code, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(code))
    ours, other, statuses = complaints(path)
    assert (ours, other) == (set(), set())
    assert len(statuses) == 31
    assert set(statuses) <= {"pass", "not-applicable", "manual"}


def without_language(document):
    del document.Root.Lang


def without_alternatives(document):
    for node in document.objects:
        if isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure":
            del node.Alt


@pytest.mark.parametrize("fault", [without_language, without_alternatives])
def test_the_checkers_see_a_fault(fault, tmp_path):
    broken = pikepdf.open(io.BytesIO(pdf("en")))
    fault(broken)
    broken.save(tmp_path / "broken.pdf")
    ours, other, _ = complaints(tmp_path / "broken.pdf")
    assert ours
    assert other


# Structure


@EVERYWHERE
def test_all_that_is_painted_is_tagged_or_an_artifact(code):
    for page in document(code).pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            assert depth > 0 or str(operator) not in PAINTING, (operands, operator)


@EVERYWHERE
def test_the_document_says_what_it_is(code):
    root = document(code).Root
    assert root.MarkInfo.Marked
    assert str(root.Lang).split("-")[0] == code
    assert root.ViewerPreferences.DisplayDocTitle
    with document(code).open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
        assert said["dc:title"].startswith(report(code).title().text)
        assert said["dc:language"] == {code}
        assert said["dc:creator"] == [report(code).title().more["union"]]
        assert said["pdf:Keywords"].count(",") >= 5


@EVERYWHERE
def test_headings_do_not_skip_and_are_the_bookmarks(code):
    levels = [int(str(e.S)[2:]) for e in elements(code, *(f"/H{n}" for n in range(1, 7)))]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    wanted = [b["text"] for b in blocks(code, "heading") if b["level"] == 2]
    with document(code).open_outline() as outline:
        assert [item.title for item in outline.root] == wanted


@EVERYWHERE
def test_every_picture_is_told_in_words(code):
    figures = elements(code, "/Figure")
    pictures = [p for b in blocks(code, "figure", "cards") for p in b.get("cards", [b]) if p.get("svg", True)]
    assert [str(f.Alt) for f in figures] == [picture["alt"] for picture in pictures]


@EVERYWHERE
def test_every_table_has_heads_that_say_what_they_head(code):
    tables = elements(code, "/Table")
    assert len(tables) == len(blocks(code, "table")) + 3  # the appendix has three
    for head in elements(code, "/TH"):
        attributes = head.A if isinstance(head.A, pikepdf.Array) else [head.A]
        assert "/Column" in [str(a.get("/Scope")) for a in attributes]
    assert len(elements(code, "/TH")) >= 4 * len(blocks(code, "table"))


@EVERYWHERE
def test_fonts_are_in_the_file_and_can_be_read_back(code):
    fonts = [o for o in document(code).objects if isinstance(o, pikepdf.Dictionary)]
    fonts = [o for o in fonts if o.get("/Type") == "/Font"]
    inner = [f.DescendantFonts[0] for f in fonts if f.Subtype == "/Type0"]
    assert inner
    for font in inner:
        assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
    assert all("/ToUnicode" in f for f in fonts if "/DescendantFonts" in f)


@EVERYWHERE
def test_the_file_is_small_and_refers_to_nothing_outside(code):
    assert len(pdf(code)) < 1_000_000
    keys = {k for o in document(code).objects if isinstance(o, pikepdf.Dictionary) for k in o}
    assert keys & {"/URI", "/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/Launch"} == set()


# Every number leads to its entry in the appendix


@EVERYWHERE
def test_every_number_in_the_text_leads_to_its_entry(code):
    texts = [i for b in blocks(code, "prose", "answer") for p in b["passages"] for i in p["items"]]
    for block in blocks(code, "figure", "table"):
        texts += [block["title"], *(cell for row in block.get("rows", ()) for cell in row), block["note"]]
    wanted = [part.fact for text in texts for part in Inline.read(text).parts if part.fact]
    printed = outline(executed(code)).on_paper()
    made = rows(printed.entries(), printed.printed())
    places = [annotation.Dest for page in document(code).pages for annotation in page.get("/Annots", [])]
    assert set(wanted) <= {e["id"] for row in made for e in row.entries}
    inner = [fact for row in made if row.alone for part in PARTS for fact in linked(row.alone.get(part, []))]
    references = [n for row in made for run in row.inputs for n in set(run)]
    links = len(wanted) + len(inner) + len(references) + len(blocks(code, "heading")) - 1
    assert links <= len(places) <= links * 1.2  # a link on two lines is two
    for row in made:
        assert ink(f"{row.number}{plain(row.what)}") in body(code)
        for e in row.told:
            value = plain((row.alone and e.get("own")) or e.get("bare") or e["value"])
            assert ink(plain(e.get("who", [])) + value.replace("−", "–")) in body(
                code
            )  # as the faces have it
        for source in row.sources:
            assert ink(source["rows"]) in body(code)
    for file, digest in blocks(code, "appendix")[0]["files"].items():
        assert ink(file) in body(code)
        assert digest in body(code)


def linked(words):
    return [part.fact for part in Inline.read(words).parts if part.fact]


# As text


def plain(words):
    return str(Inline.read(words))


def ink(text):
    return re.sub(r"[\s•\u200b]", "", unicodedata.normalize("NFKC", text))


@cache
def body(code):
    """Give what is read from the pages, heads and feet left out."""
    title, pages = report(code).title(), PdfReader(io.BytesIO(pdf(code))).pages
    head = ink(title.text + str(title.more["period"]))
    feet = [language(code).label("report.page", page=n, pages=len(pages)) for n in range(1, len(pages) + 1)]
    texts = [ink(page.extract_text()).removeprefix(head) for page in pages]
    assert all(text.endswith(ink(foot)) for text, foot in zip(texts, feet, strict=True))
    return "".join(text.removesuffix(ink(foot)) for text, foot in zip(texts, feet, strict=True))


def told(code):
    """Give the texts of the report in the order they are to be read on paper."""
    for section in outline(executed(code)).on_paper().sections:
        yield section.text
        for block in spread(section.blocks, exported(code)[1].parted):
            if block["name"] not in exported(code)[1].parted:
                yield from words(block)


def at_edges(code):
    """Give the texts of the figures that stand at an edge of a page, wherever the text around them is."""
    for figure in outline(executed(code)).figures():
        if figure["name"] in exported(code)[1].parted:
            label = language(code).label("report.figure", number=figure["number"])
            yield ink(f"{label}. {plain(figure['title'])}{plain(figure['note'])}")


def words(block):
    """Give the texts of a block."""
    for passage in block.get("beside", []) + block.get("passages", []):
        yield from map(plain, passage["items"])
    if block["kind"] in ("figure", "table"):
        yield plain(block["title"])
        yield from block.get("columns", ())
        rows = block.get("rows", ())
        for row, span in zip(rows, spans(rows), strict=True):
            yield "".join(map(plain, row if span == 1 else row[1:]))  # a name of several is drawn after
        yield plain(block["note"])


@EVERYWHERE
def test_the_text_is_read_in_its_order(code):
    place, read = 0, body(code)
    for text in at_edges(code):
        assert read.count(text) == 1
        read = read.replace(text, "")
    for text in filter(None, map(ink, told(code))):
        found = read.find(text, place)
        assert found >= 0, text
        place = found + len(text)


@EVERYWHERE
def test_a_few_rows_of_one_name_stand_on_its_page(code):
    """The name is not said again where its rows go on overleaf."""
    pages = [ink(page.extract_text()) for page in PdfReader(io.BytesIO(pdf(code))).pages]
    groups = 0
    for block in blocks(code, "table"):
        for start, span in enumerate(spans(block["rows"])):
            if 1 < span <= 4:
                told = [ink("".join(map(plain, row[1:]))) for row in block["rows"][start : start + span]]
                name = ink(plain(block["rows"][start][0]))
                assert any(all(text in page for text in (name, *told)) for page in pages), (name, told)
                groups += 1
    assert groups
