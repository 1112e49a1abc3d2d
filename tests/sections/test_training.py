import aqparat
import pytest
from aqparat.report import Report

HEADINGS = "organisation,kind,start,end,per_year,participants,qualifier,partner,source\n"


@pytest.fixture
def told(folder):
    """Return what a report of 2017H1 with these activities shows of them: a list of cells a row."""

    def show(*rows, language="en", organisation=None):
        folder.write("2017H1/activities.csv", HEADINGS + "".join(f"{row}\n" for row in rows))
        report = Report("2017H1", language, folder.path, organisation)
        block = report.table("activities", of="own_work" if organisation else "lessons")
        return [[str(cell) for cell in row] for row in block.table.rows]

    return show


SEMINAR = "AKT,seminar,2017-03-14,2017-03-15,,100,about,Education department,form"


@pytest.mark.parametrize(
    ("language", "cells"),
    [
        ("kk", ["Ақтөбе", "Семинар", "2017 жылғы 14–15 наурыз", "100-дей"]),
        ("ru", ["Актюбинская", "Семинар", "14.03.2017–15.03.2017", "около 100"]),
        ("en", ["Aktobe", "Seminar", "2017-03-14 – 2017-03-15", "about 100"]),
    ],
)
def test_an_activity_is_shown_with_its_days_participants_and_partner(told, language, cells):
    assert told(SEMINAR, language=language) == [[*cells, "Education department"]]


def test_it_stands_in_the_organisations_own_report(told):
    assert told(SEMINAR, organisation="AKT") == [
        ["Seminar", "2017-03-14 – 2017-03-15", "about 100", "Education department"]
    ]


def test_every_row_is_in_one_line(told):
    rows = told(
        "AKT,seminar,2017-03-14,,,10,,A,form",
        "AKT,seminar,2017-03-14,,,20,more_than,B,form",
        "AKT,seminar,,,2,,,C,form",
        "AKT,seminar,,,3,,,D,form",
        "KUS,briefing,,,,7,,,form",
    )
    assert rows == [
        ["Aktobe", "Seminars", "–", "5", "–", "C; D"],
        ["Aktobe", "Seminars", "14 March 2017", "–", "at least 31", "A; B"],
        ["Kostanay", "Briefing", "–", "–", "7", "–"],
    ]


def test_participants_are_facts_with_their_rows(folder):
    folder.write("2017H1/activities.csv", HEADINGS + SEMINAR + "\n")
    facts = aqparat.metrics.collect(folder.load())
    fact = facts["volume.seminar_participants.AKT.any.2017-03-14_2017-03-15"]
    assert (fact.value, fact.low, fact.high, fact.unit) == (100, 95, 105, "participant")
    assert fact.origins == ("raw/2017H1/activities.csv#2",)


def test_an_activity_outside_the_period_is_kept(folder):
    folder.write("2017H1/activities.csv", HEADINGS + "AKT,seminar,2016-11-01,2016-11-30,,50,,,form\n")
    assert "volume.seminar_participants.AKT.any.2016-11-01_2016-11-30" in aqparat.metrics.collect(
        folder.load()
    )
