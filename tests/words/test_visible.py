import re

import pytest
from aqparat.problem import Problem
from aqparat.words.languages import language
from aqparat.words.visible import visible
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Ақмола облысы", "Ақмола облысы"),
        ("KUS\u200b", "KUS[U+200B]"),
        ("\u202egnp.exe", "[U+202E]gnp.exe"),
        ("a\x1b[2Jb", "a[U+001B][2Jb"),
        ("a \r\n\tb", "a b"),
        ("1\u00a0234", "1\u00a0234"),  # a space is seen
        ("\ud800", "[U+D800]"),
        ("a\U0001bca0", "a[U+1BCA0]"),  # of shorthand
        ("\u0601", "\u0601"),  # the Arabic sign of a year is seen, though Unicode lists it with what is not
    ],
)
def test_what_cannot_be_seen_is_shown(text, shown):
    assert visible(text) == shown


@given(st.text())
def test_nothing_that_acts_is_left(text):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]", visible(text))


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_message_quotes_cells_so(code):
    told = language(code).problem(
        Problem(
            "unknown_organisation",
            "a\x1b.csv",
            row=2,
            column="o\u202e",
            found="KUS\u200b",
            expected="KUS",
            nearest="K\x07",
        )
    )
    assert all(shown in told for shown in ("a[U+001B].csv", "o[U+202E]", "KUS[U+200B]", "K[U+0007]"))
