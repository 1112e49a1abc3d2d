import csv as csv_module
import io

import pandas as pd
import pytest
from aqparat.choices import LANGUAGES
from aqparat.explore import shown
from aqparat.explore.answer import Answer
from aqparat.words.languages import language
from bs4 import BeautifulSoup

NOTHING = pd.DataFrame()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="mark-a-1"/></svg>'


def answer(table=NOTHING, rows=NOTHING, measured=NOTHING, chart=None, values=NOTHING):
    return Answer("Who & whom", "Sentence <b>.", chart, table, rows, "Left > out.", measured, values)


def read(made, code="en"):
    return BeautifulSoup(shown.html(made, language(code)), "html.parser")


def test_what_the_data_hold_is_text():
    page = read(answer(pd.DataFrame({"<i>": ["<script>"]}), pd.DataFrame({"x": ["<img>"]}), chart=SVG))
    assert page.find(["b", "i", "script", "img"]) is None
    assert [p.text for p in page.find_all("p")] == ["Sentence <b>.", "Left > out."]
    assert page.svg["aria-label"] == page.h2.text == "Who & whom"


def test_what_an_answer_has_not_is_not_shown():
    page = read(answer())
    assert page.find(["svg", "table", "details"]) is None


def orders(column, code="en", values=NOTHING):
    page = read(answer(pd.DataFrame({"x": column}), values=values), code)
    return [cell["data-order"] for cell in page.select("tbody [data-order]")]


def test_numbers_stand_in_the_order_of_their_value_and_unknown_ones_in_none():
    shown, values = ["1 000", "more than 60", "not reported", "0", "−1"], [1000, 60, None, 0, -1]
    assert orders(shown, values=pd.DataFrame({"x": values})) == ["3", "2", "", "1", "0"]
    assert orders(["b", "–", "a", ""]) == ["1", "", "0", ""]


def test_names_stand_in_the_order_of_the_alphabet():
    names = ["Өскемен", "Орал", "Ұлытау", "Шу"]
    assert orders(names, "kk") == ["1", "0", "2", "3"]
    assert names[2] < names[1] or names[3] < names[0]  # which codes would not give


def test_numbers_are_set_to_the_right():
    values = pd.DataFrame({"name": [None, None], "n": [1.5, None]}, dtype=float)
    page = read(answer(pd.DataFrame({"name": ["a", "b"], "n": ["1.5", "none"]}), values=values))
    assert [head.get("class") for head in page.select("thead th")] == [None, ["number"]]
    assert [cell.text for cell in page.select("td.number")] == ["1.5", "none"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_of_many_raw_rows_the_first_are_shown_and_how_many_more_there_are(code):
    page = read(answer(rows=pd.DataFrame({"row": range(1, 1100)})), code)
    assert len(page.select("details tbody tr")) == shown.MOST
    number = language(code).number
    assert number(1099) in page.summary.text and number(999) in page.details.p.text


def test_a_csv_has_every_digit_and_every_bound():
    third = 1 / 3
    measured = pd.DataFrame(
        {"name": ["=1+1", "b"], "value": [third, None], "low": [0.25, 61], "high": [third, float("inf")]}
    )
    written = shown.page(answer(measured=measured), "silent", language("kk"))["csv"]
    head, one, other = csv_module.reader(io.StringIO(written))
    assert head == ["name", "value", "low", "high"]
    assert one == ["'=1+1", repr(third), "0.25", repr(third)]
    assert other == ["b", "", "61.0", ""]


def test_what_cannot_be_kept_is_not_offered():
    made = shown.page(answer(), "silent", language("ru"))
    assert (made["csv"], made["svg"]) == ("", "")
    assert made["text"] == "Who & whom\nSentence <b>.\nLeft > out."
