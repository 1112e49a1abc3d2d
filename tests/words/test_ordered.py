"""Lists of organisations: in the order of the reader's alphabet, or by value and then by the alphabet."""

from types import SimpleNamespace

import pytest
from aqparat.choices import LANGUAGES
from aqparat.words.languages import language
from invented import reported
from reported import report

CODES = ["SEV", "SEM", "PAR", "AST", "AKT", "AKM"]
ALPHABETICAL = {
    "kk": ["Ақмола", "Ақтөбе", "Астана", "«Парасат»", "Семей", "Солтүстік Қазақстан"],
    "ru": ["Акмолинская", "Актюбинская", "Астана", "«Парасат»", "Северо-Казахстанская", "Семейская"],
    "en": ["Akmola", "Aktobe", "Astana", "North Kazakhstan", "Parasat", "Semey"],
}


def names(code, codes):
    tables = report(code).renderer.tables
    return [str(language(code).organisation(tables, one)) for one in codes]


@pytest.mark.parametrize("code", LANGUAGES)
def test_organisations_stand_in_the_readers_alphabet(code):
    tables = report(code).renderer.tables
    assert names(code, language(code).ordered(tables, CODES, code=str)) == ALPHABETICAL[code]


def test_those_alike_stand_by_the_alphabet_within_the_order_of_their_size():
    sizes = {"SEV": 3, "SEM": 3, "AST": 1, "AKT": 1, "AKM": 2}
    items = [SimpleNamespace(organisation=code, size=size) for code, size in sizes.items()]
    found = language("ru").ordered(report("ru").renderer.tables, items, size=lambda item: item.size)
    assert [item.organisation for item in found] == ["SEV", "SEM", "AKT", "AST", "AKM"]
    found = language("kk").ordered(report("kk").renderer.tables, items, size=lambda item: item.size)
    assert [item.organisation for item in found] == ["SEM", "SEV", "AKT", "AST", "AKM"]


def test_yo_is_sorted_as_ye():
    assert sorted(["Ель", "Ёлка", "Ясень", "«Ежи»"], key=language("ru").sort_key) == [
        "«Ежи»",
        "Ёлка",
        "Ель",
        "Ясень",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_tables_that_follow_no_value_are_alphabetical(code):
    told = [reported("2019H1", None, code).table("scoreboard", of="scoreboard")]
    told += [report(code).table("activities", of="lessons"), report(code).table("site_lowest", of="site")]
    for block in told:
        shown = [str(row[0]) for row in block.table.rows]
        assert len(shown) > 3
        assert shown == sorted(shown, key=language(code).sort_key)
