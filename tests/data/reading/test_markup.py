import pytest
from aqparat.data.reading import markup


def read(text, encoding="utf-8"):
    return markup.read(text.encode(encoding), "x.xls")


def rows(sheet):
    return [list(row) for row in sheet.cells.fillna("").itertuples(index=False)]


def test_the_cells_of_a_table_however_they_are_written():
    sheet = read(
        "<HTML><Table><thead><TR><th>date</th><th>ti<b>tle</b></th></TR></thead>"
        "<tr><td> 1 &amp; 2\n 3<td>a<br>b</table>after"
    )
    assert rows(sheet) == [["date", "title"], ["1 & 2 3", "a\nb"]]
    assert list(sheet.cells.index) == [1, 2]


def test_cells_that_span_others_are_merged():
    sheet = read(
        "<table><tr><td rowspan=2>a<td colspan='2'>b</tr><tr><td>c<td>d</tr><tr><td>e<td>f<td>g</tr></table>"
    )
    assert rows(sheet) == [["a", "b", ""], ["", "c", "d"], ["e", "f", "g"]]
    assert sheet.merged == [(1, 0, 2, 0), (1, 1, 1, 2)]


def test_the_encoding_that_the_page_names():
    page = "<html><meta charset=windows-1251><table><tr><td>День учителя</table>"
    assert rows(read(page, "cp1251")) == [["День учителя"]]
    assert rows(read(page.replace("windows-1251", "no-such"), "utf-8")) == [["День учителя"]]


def test_rows_that_are_not_shown():
    sheet = read("<table><tr><td>a</tr><tr style='height:0; display: none'><td>b</tr></table>")
    assert sheet.unseen == {2}


@pytest.mark.parametrize(
    "page",
    ["<p>nothing</p>", "<table></table>", "<table><tr><td>a</table><table><tr><td>b</table>",
     "<table><tr><td><table><tr><td>inside</table></table>"],
)  # fmt: skip
def test_what_is_no_single_table_is_none(page):
    assert read(page) is None


@pytest.mark.parametrize("span", ["0", "-1", "x", "9" * 30, "²", ""])
def test_spans_of_any_text(span):
    assert read(f"<table><tr><td rowspan='{span}'>a</table>") is not None


@pytest.mark.parametrize("piece", ["<!--", "<a ", "</", '<td x="', "<![", "<?", "<", "&#", "<a b=", "</a "])
def test_what_is_never_closed_takes_no_longer_the_more_of_it_there_is(piece):
    page = "<html><table><tr><td>x</td></tr></table>" + piece * 300_000
    assert markup.read(page.encode(), "a.xls").cells.shape == (1, 1)
