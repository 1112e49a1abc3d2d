import base64
import csv
import io

import pytest
from aqparat.document import download


def fact(value, text):
    return [{"text": text, "fact": "x", **({} if value is None else {"value": value})}]


def read(block):
    kind, _, content = download.link(block).partition(";base64,")
    assert kind == "data:text/csv;charset=utf-8"
    content = base64.b64decode(content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_charts_own_data_are_taken_as_they_are():
    data = {"columns": ["Ұйым", "Саны"], "rows": [["«Ұстаз»", 2], ["a, b", ""], ["x", -0.5]]}
    assert read({"data": data}) == [["Ұйым", "Саны"], ["«Ұстаз»", "2"], ["a, b", ""], ["x", "-0.5"]]


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        (fact(306, "306"), "306"),
        (fact(4746.0, "4\u00a0746"), "4746"),
        (fact(0.196973518285, "+19,7%"), "0.196973518285"),
        (fact(-0.1, "−10.0%"), "-0.1"),
        (fact(60, "60-тан астам"), "60-тан астам"),
        (fact(612, "510–765"), "510–765"),
        (fact(None, "at most 8"), "at most 8"),
        (["–"], ""),
        ([], ""),
        ([{"text": "2017", "day": "2017"}], "2017"),
        (["a < b"], "a < b"),
    ],
)
def test_a_cell_is_a_number_only_where_that_is_all_it_says(cell, held):
    assert read({"columns": ["c"], "rows": [[cell]]}) == [["c"], [held]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_compute_is_text(text):
    data = {"columns": [text, "c"], "rows": [[text, -1]]}
    assert read({"data": data}) == [[f"'{text}", "c"], [f"'{text}", "-1"]]
