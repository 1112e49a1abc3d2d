import pytest
from aqparat.period import Period
from aqparat.words.bilingual import Bilingual

WORDS = Bilingual()


def test_a_window_in_both_languages():
    half = WORDS.window(Period(2017, 2).window)
    assert half == {"kk": "2017 жылдың екінші жартыжылдығы", "ru": "второе полугодие 2017 года"}


@pytest.mark.parametrize(
    "indicator, organisation, outlet, told",
    [
        ("copies", "KUS", "bilimdi-el", "571 (2017)"),
        ("publications", "AKT", "", "90-нан астам (2017 ж. басынан)\nболее 90 (2017, с начала года)"),
        ("trained", "AKT", "", "10\u00a0000-дай (2017)\nоколо 10\u00a0000 (2017)"),
        ("publications", "PAR", "union-site", "7 (2016)"),
    ],
)
def test_a_figure_with_its_bounds_and_window(tables, indicator, organisation, outlet, told):
    rows = tables.observations
    about = (rows["indicator"] == indicator) & (rows["organisation"] == organisation)
    row = list(rows[about & (rows["outlet"] == outlet)].itertuples())[-1]
    assert WORDS.figure(row) == told
