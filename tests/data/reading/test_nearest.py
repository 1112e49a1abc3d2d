"""Of what is not known the nearest few are told, and where all of it stands."""

import io

import pytest
from aqparat.choices import LANGUAGES
from aqparat.problem import few, unknown
from aqparat.words.languages import language
from openpyxl import Workbook

ROW = "publications,{},,website,2017-01-01,2017-06-30,3,exact,,,x\n"
HEAD = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source\n"
ORGANISATIONS = "reference/organisations.csv"


def problem(folder, found):
    folder.write("2017H1/observations-a.csv", HEAD + ROW.format(found))
    (told,) = [p for p in folder.problems() if p.code == "unknown_organisation"]
    return told


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_nearest_are_told_by_code_and_name(folder, code):
    found = problem(folder, "KUZ")
    names = {"kk": "Қостанай", "ru": "Костанайская", "en": "Kostanay"}
    told = language(code).problem(found)
    assert found.expected.split(", ")[0] == "KUS" and f"KUS ({names[code]})" in told
    assert "raw/reference/organisations.csv" in told
    assert len(found.expected.split(", ")) <= 5 and "ALM" not in told


def test_a_name_is_near_to_a_name(folder):
    assert problem(folder, "Костонайская").expected.split(", ")[0] == "KUS"


@pytest.mark.parametrize("code", LANGUAGES)
def test_of_what_is_like_none_only_the_place_of_all_is_told(folder, code):
    found = problem(folder, "Ұжым №12345")
    assert found.expected == "" and found.nearest is None
    told = language(code).problem(found)
    assert "raw/reference/organisations.csv" in told and ": ." not in told


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sheet_of_a_workbook_is_named(folder, code):
    book = Workbook()
    book.active.title = "organisations"
    for line in folder.text(ORGANISATIONS).splitlines():
        book.active.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    (folder.path / "raw" / ORGANISATIONS).unlink()
    folder.write("reference/tables.xlsx", content.getvalue())
    words = language(code)
    place = f"raw/reference/tables.xlsx ({words.label('problem.sheet', sheet='organisations')})"
    assert place in words.problem(problem(folder, "KUZ"))


def test_of_few_all_are_told():
    assert few("x", {name: [name] for name in "abcdefgh"}) == list("abcdefgh")
    many = {f"code{n}": [f"code{n}"] for n in range(30)}
    assert few("code7", many)[0] == "code7" and len(few("code7", many)) == 5


def test_a_call_too_names_the_nearest_only():
    told = unknown("organisation", "KUZ", [f"{a}U{b}" for a in "KLMN" for b in "ABCDES"])
    assert told.values["nearest"] in told.values["expected"].split(", ")
    assert len(told.values["expected"].split(", ")) <= 6 and "(24)" in told.values["expected"]
