"""What was found is told as it stands in the file: as Excel shows a date, as somebody has written a name."""

import io
from datetime import date, datetime

import pytest
from aqparat.data.reading import opening
from aqparat.words.languages import language
from openpyxl import Workbook

ITEMS = "date,organisation,outlet,title"
DAYS = {
    "kk": ("2017 жылғы 1 қаңтар күнінен 2017 жылғы 30 маусым күніне дейін", "23.02.2017"),
    "ru": ("с 1 января 2017 года по 30 июня 2017 года", "23.02.2017"),
    "en": ("from 1 January 2017 to 30 June 2017", "2017-02-23"),
}


def items(day, organisation="KUS"):
    """Give a workbook with one item."""
    book = Workbook()
    book.active.title = "publications"
    book.active.append(ITEMS.split(","))
    book.active.append([day, organisation, "union-site", "Есеп"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def found(folder, code, name):
    return [p.found for p in folder.problems() if p.code == code and p.file == f"raw/2017H1/{name}"]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2017, 7, 19), "19.07.2017"),
        (datetime(2017, 7, 19, 10, 30), "19.07.2017 10:30"),
        ("19.07.2017", "19.07.2017"),
        ("2017-07-19", "2017-07-19"),
    ],
)
def test_a_day_in_a_workbook_is_told_as_excel_shows_it(folder, day, shown):
    folder.write("2017H1/publications-a.xlsx", items(day))
    assert found(folder, "after_period", "publications-a.xlsx") == [shown]


@pytest.mark.parametrize("day", ["19.07.2017", "2017-07-19", "19.7.2017 г.", "2017/07/19"])
def test_a_day_in_a_text_is_told_as_it_is_written(folder, day):
    folder.write("2017H1/publications-a.csv", f"{ITEMS}\n{day},KUS,union-site,Есеп\n")
    assert found(folder, "after_period", "publications-a.csv") == [day]


@pytest.mark.parametrize("days", [["19.07.2017"], ["19.07.2017", "2017-07-19", "19.7.2017"]])
def test_a_day_in_a_long_register_is_told_as_it_is_written(folder, monkeypatch, days):
    monkeypatch.setattr(opening, "LEAST", 0)
    rows = "".join(f"{day},KUS,union-site,Есеп {n}\n" for n, day in enumerate(days))
    folder.write("2017H1/publications-a.csv", f"{ITEMS}\n{rows}")
    assert found(folder, "after_period", "publications-a.csv") == days


def test_a_name_is_told_as_it_is_written(folder):
    folder.write("2017H1/publications-a.csv", f"{ITEMS}\n2017-03-01,Turkistan,union-site,Есеп\n")
    assert found(folder, "organisation_not_in_force", "publications-a.csv") == ["Turkistan"]


@pytest.mark.parametrize("code", DAYS)
def test_days_expected_are_told_in_words_and_a_day_to_write_as_it_is_written(folder, code):
    rows = "19.07.2017,KUS,union-site,Есеп\n23.02.17,KUS,union-site,Жиын\n"
    folder.write("2017H1/publications-a.csv", f"{ITEMS}\n{rows}")
    told = {p.code: language(code).problem(p) for p in folder.problems()}
    expected, written = DAYS[code]
    assert expected in told["after_period"]
    assert written in language(code).hint(next(p for p in folder.problems() if p.code == "not_date"))
    assert "2017-0" not in told["after_period"]
