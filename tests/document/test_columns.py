from aqparat.document.columns import lacking, spans
from aqparat.words.inline import text
from aqparat.words.languages import language


def test_a_first_cell_that_repeats_is_counted_with_the_first_of_its_kind():
    rows = [[text(name).json(), text(str(n)).json()] for n, name in enumerate(["а", "а", "б", "а", "", ""])]
    assert spans(rows) == [2, 0, 1, 1, 1, 1]


def column(code, *cells, numeric=True):
    block = {"rows": [[text(cell).json()] for cell in cells], "numeric": [numeric]}
    return [row[0] for row in lacking(block, language(code))]


def test_numbers_stand_on_their_decimal_mark():
    assert column("en", "1.07", "12", "0.5", "–", "1,024") == ["", ".00", "0", "", ".00"]
    assert column("ru", "1,07", "12", "0,5", "–", "1\xa0024") == ["", ",00", "0", "", ",00"]
    assert column("kk", "+19,7%", "−8%") == ["", ",0"]


def test_numbers_of_as_many_decimals_lack_nothing():
    assert column("en", "1,024", "7", "more than 60") == ["", "", ""]
    assert column("en", "1.5", "2.0") == ["", ""]


def test_words_and_ranges_stand_at_the_edge():
    assert column("en", "85.5 (61.9–89.5)", "7", "1.25") == ["", ".00", ""]
    assert column("en", "1.5", "7", numeric=False) == ["", ""]
