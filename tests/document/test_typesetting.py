import io
import re
import unicodedata
from dataclasses import replace

import pytest
import typst
from aqparat.document.typesetting import dense, heading, inline, prose, raw, text, widths
from aqparat.document.typst import STANDARDS
from aqparat.words import inline as words
from aqparat.words.inline import Inline, Part
from aqparat.words.languages import language
from aqparat.words.prose import Passage
from pypdf import PdfReader
from reported import LIBRARY

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


@pytest.fixture
def five(facts):
    return words.fact("5", replace(facts.select("volume")[0], id='a"b'))


@pytest.mark.parametrize("value", HOSTILE)
def test_text_is_set_as_it_is(value):
    assert inked(set_in(text(value))) == inked(value)
    assert inked(set_in(f"#strong[{text(value)}]")) == inked(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_data_in_prose_are_set_as_they_are(value):
    told = words.text(value)
    kinds = [Passage("paragraph", (told,)), Passage("heading", (told,), 1), Passage("list", (told, told))]
    for passage in kinds:
        set_ = inked(set_in(prose([passage.json()]))).replace("•", "")
        assert set_ == inked(value) * len(passage.items)
    assert inked(set_in(inline(told.each(strong=True, emphasis=True, lang="ru")))) == inked(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_code_is_set_as_it_is(value):
    assert inked(set_in(raw(value, "python"))) == inked(value)


def test_headings_are_shifted():
    assert prose([Passage("heading", (words.text("Ұйым"),), 3)], shift=-1) == '#heading(level: 2)[#"Ұйым";]'


def test_bold_is_followed_by_text():
    bold = Inline((Part("Сайт.", strong=True), Part("(5) "), Part("ел", strong=True), Part(";сөз")))
    assert set_in(inline(bold)).strip() == "Сайт.(5) ел;сөз"


def test_a_number_leads_to_its_entry_where_there_is_one(five):
    row = {'a"b': 'row "7"'}
    assert inline(five, row) == '#traced("row \\"7\\"")[#"5";];'
    assert inline(five, {"c": "row-7"}) == '#"5";'
    assert inline(five.json(), row) == inline(five, row)


def test_a_number_and_its_ending_stay_on_one_line(five):
    assert inline(five + "-ке дейін", {'a"b': "row-7"}) == '#box[#traced("row-7")[#"5";];#"-ке";];#" дейін";'
    assert inline((five + "-ке").each(strong=True), {}) == '#strong[#box[#"5";#"-ке";];];'


def test_the_language_of_a_name_is_told():
    assert inline(words.text("Білімді ел").each(lang="kk") + " газеті") == (
        '#std.text(lang: "kk")[#"Білімді ел";];#" газеті";'
    )
    assert inline(words.text("Ustaz").each(lang="kk-Latn")) == '#std.text(lang: "kk")[#"Ustaz";];'


def test_what_runs_from_the_right_is_isolated():
    assert inline(words.text("שלום")).startswith('#"\u2068";')


def test_columns_are_as_wide_as_their_texts_ask_for():
    rows = [
        [words.text("ұзын " * n).json(), words.text("2017").json(), words.text("5").json()] for n in (2, 9)
    ]
    block = {"columns": ["а", "б", "в"], "numeric": [False, False, True], "rows": rows}
    assert widths(block) == "40fr, auto, auto,"


def test_a_first_column_of_names_is_not_squeezed_by_a_long_one():
    rows = [[words.text("Акмолинская").json(), words.text("мера " * 9).json()]]
    assert widths({"columns": ["а", "б"], "numeric": [False, False], "rows": rows}) == "auto, 40fr,"
    short = [[words.text("Астана").json(), words.text("2017").json()]]
    assert widths({"columns": ["а", "б"], "numeric": [False, False], "rows": short}) == "8fr, auto,"


def test_columns_with_long_headings_share_the_line_by_their_words():
    headings = ["Организация", *["Теле- и радиопередачи"] * 4]
    rows = [[[{"text": "Северо-Казахстанская"}], *[[{"text": "7"}]] * 4]]
    block = {"columns": headings, "numeric": [False, *[True] * 4], "rows": rows}
    assert widths(block) == "23fr, 16fr, 16fr, 16fr, 16fr,"


def test_the_long_words_of_headings_are_broken_where_there_is_no_other_way():
    headings = ["Организация", *["Профсоюзная жизнь"] * 8]
    block = {"columns": headings, "numeric": [False, *[True] * 8], "rows": [[["Астана"], *[["7"]] * 8]]}
    assert dense(block) and not dense({**block, "columns": ["Организация", *["Радио"] * 8]})
    assert widths(block) == "12fr, " * 8 + "12fr,"
    assert heading("Профсоюзная жизнь", language("ru")) == (
        '#"Проф";#sym.hyph.soft;#"союз";#sym.hyph.soft;#"ная ";#"жизнь";'
    )
    read = set_in(heading("Профсоюзная жизнь", language("ru"))).strip()
    assert read.replace("\u00ad", "") == "Профсоюзная жизнь"


def test_what_words_leave_of_a_line_goes_to_the_texts_that_ask_for_it():
    cells = ["Акмолинская", "мера " * 30, "28 сентября 2017 года", "сведений нет, срок прошёл"]
    block = {"columns": ["а", "б", "в", "г"], "numeric": [False] * 4, "rows": [[[c] for c in cells]]}
    assert widths(block) == "14fr, 41fr, 17fr, 18fr,"


def test_a_word_longer_than_a_line_is_broken():
    long = "ұзынсөз" * 40
    assert set_in(f"#set page(width: 8cm)\n{text(long)}").count("\n") > 4
    assert inked(set_in(text(long))) == inked(long)


def test_what_no_face_can_draw_is_told_by_its_code():
    assert set_in(text("сөз 中 🎉 שלום ☺"), STANDARDS).startswith("сөз [U+4E2D] [U+1F389]")
