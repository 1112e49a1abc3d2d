import sys
import unicodedata
from pathlib import Path

import matplotlib
import pytest
from aqparat.legible import _ORDINARY, _drawable, drawable, fallback, legible
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "seen"),
    {
        "қазақ тілі №5 – «Білімді ел»": "қазақ тілі №5 – «Білімді ел»",
        "бір\tекі\nүш\r\nтөрт\u2028бес": "бір екі үш төрт бес",
        "қа\u00adзақ\ufeff\u200b": "қазақ",
        "\u001b[31m \u009b \u0000": "[U+001B][31m [U+009B] [U+0000]",
        "\u202eкері\u2069": "[U+202E]кері[U+2069]",
        "\ue000\U00100000": "[U+E000][U+100000]",
        "\ud800": "[U+D800]",
        "и\u0306": "й",
        "а\u0301\u0302\u0303": "а\u0301\u0302[U+0303]",
        "شعب 👩\u200d🏫": "شعب 👩🏫",
    }.items(),
)
def test_what_is_shown_of_a_text(text, seen):
    assert legible(text) == seen
    assert legible(seen) == seen


@given(st.text())
def test_nothing_that_steers_is_left(text):
    found = legible(text)
    assert {unicodedata.category(c) for c in found} & {"Cc", "Cs", "Co", "Zl", "Zp"} == set()
    assert not set(found) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def test_letters_without_a_glyph_are_told_by_their_code():
    assert drawable("ұйым → ≥ ✓ שלום سلام Ω\n") == "ұйым → ≥ ✓ שלום سلام Ω\n"
    assert drawable("中🎉") == "[U+4E2D][U+1F389]"


def test_ordinary_letters_have_a_glyph():
    ordinary = {n for n in range(sys.maxunicode + 1) if _ORDINARY.fullmatch(chr(n))}
    assert ordinary - {*map(ord, "\n")} <= _drawable()
    assert ordinary >= {*map(ord, "Aяұқөәі№≥−×²₁")}


def test_the_faces_of_matplotlib_are_found_without_it():
    assert fallback() == Path(matplotlib.get_data_path()) / "fonts" / "ttf"
