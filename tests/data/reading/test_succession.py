"""An organisation and its successor that report the same: a warning that says, truly, which figure counts."""

import pytest
from aqparat import metrics
from aqparat.choices import LANGUAGES
from aqparat.words.languages import language

HEAD = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source\n"
H1, YEAR = "2018-01-01,2018-06-30", "2018-01-01,2018-12-31"
CODES = ("successor_besides", "successor_left_out")


def told(folder, *rows):
    text = HEAD + "".join(
        f"{i},{who},{place},{window},{value},exact,,,x\n" for i, who, place, window, value in rows
    )
    folder.write("2018H1/observations.csv", text)
    return [p for p in folder.problems("2018H1") if p.code in CODES]


def total(folder, name):
    return metrics.collect(folder.load("2018H1"))[name].low


def test_of_a_half_year_both_count(folder):
    found = told(folder, *(("publications", who, "union-site,", H1, value)
                           for who, value in (("YUZ", 30), ("TUR", 20), ("SHY", 10))))  # fmt: skip
    assert [(p.code, p.row, p.found) for p in found] == [
        ("successor_besides", 3, "20"), ("successor_besides", 4, "10"),
    ]  # fmt: skip
    assert total(folder, "volume.publications.TOTAL.union-site.2018H1") == 60


def test_of_a_year_only_the_member_counts(folder):
    rows = [
        ("copies", who, "bilimdi-el,", YEAR, value) for who, value in (("YUZ", 30), ("TUR", 20), ("SHY", 10))
    ]
    found = told(folder, *rows, ("copies", "KUS", "bilimdi-el,", YEAR, 5))
    assert [(p.code, p.row) for p in found] == [("successor_left_out", 3), ("successor_left_out", 4)]
    assert total(folder, "volume.copies.TOTAL.bilimdi-el.2018") == 35


def test_what_is_counted_at_a_moment_is_not_counted_twice(folder):
    rows = [("members", who, ",", H1, value) for who, value in (("YUZ", 3000), ("TUR", 2000), ("KUS", 1000))]
    (found,) = told(folder, *rows)
    assert (found.code, found.row) == ("successor_left_out", 3)
    assert total(folder, "volume.members.TOTAL.any.2018H1") == 4000


def test_figures_of_different_times_or_things_are_no_fault(folder):
    assert not told(
        folder,
        ("publications", "YUZ", "union-site,", H1, 30),
        ("publications", "TUR", "bilimdi-el,", H1, 20),
        ("copies", "TUR", "bilimdi-el,", YEAR, 20),
        ("copies", "SHY", "bilimdi-el,", YEAR, 20),
    )


def test_a_total_is_not_held_against_what_does_not_count(folder):
    told(
        folder,
        ("copies", "YUZ", "bilimdi-el,", YEAR, 30),
        ("copies", "TUR", "bilimdi-el,", YEAR, 30),
        ("copies", "TOTAL", "bilimdi-el,", YEAR, 40),
    )
    assert "parts_above_total" not in [p.code for p in folder.problems("2018H1")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_they_are_called_by_their_names(folder, code):
    (found,) = told(
        folder, ("copies", "YUZ", "bilimdi-el,", YEAR, 30), ("copies", "TUR", "bilimdi-el,", YEAR, 20)
    )
    names = {"kk": ("Оңтүстік Қазақстан", "Түркістан"), "ru": ("Южно-Казахстанская", "Туркестанская")}
    for name in names.get(code, ("South Kazakhstan", "Turkistan")):
        assert name in language(code).problem(found)


@pytest.mark.parametrize(
    ("who", "window", "meant"),
    [
        ("TUR", "2017-01-01,2017-06-30", "YUZ"),  # not founded yet
        ("SEM", "2023-01-01,2023-06-30", "ABA"),  # renamed
        ("YUZ", "2019-01-01,2019-06-30", None),  # split in two: nobody knows which is meant
    ],
)
def test_whom_one_succeeds_is_named_for_a_time_in_which_one_was_not(folder, who, window, meant):
    batch = window[:4] + "H1"
    folder.write(
        f"{batch}/observations-a.csv", f"{HEAD}publications,{who},union-site,,{window},5,exact,,,x\n"
    )
    (found,) = [p for p in folder.problems(batch) if p.code == "organisation_not_in_force"]
    assert (found.found, found.nearest) == (who, meant)
