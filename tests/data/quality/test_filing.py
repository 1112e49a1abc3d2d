from datetime import date

import pytest
from aqparat.data.quality.filing import filed
from aqparat.data.reading import intake
from aqparat.data.reading.raw import Filing
from aqparat.period import Period


@pytest.fixture
def told(folder):
    def told(*filings, period="2017H1"):
        raw = intake.read(folder.path, Period.parse(period))
        raw.filings = [Filing(f"raw/2017H1/{code}.xlsx", code, "2017H1", *rest) for code, *rest in filings]
        return list(filed(raw, Period.parse(period)))

    return told


def state(batch, code):
    (found,) = [f for f in batch.filed if f.organisation == code]
    return found.state, found.days


@pytest.mark.parametrize(
    "forms, said",
    [
        ([], ("missing", 0)),
        ([(None, False)], ("untouched", 0)),
        ([(None, True)], ("undated", 0)),
        ([(date(2017, 7, 15), True)], ("on_time", 0)),
        ([(date(2017, 7, 16), True)], ("late", 1)),
        ([(date(2017, 7, 3), True), (date(2017, 8, 1), True)], ("on_time", 0)),  # sent once more
        ([(None, False), (date(2017, 8, 1), True)], ("late", 17)),
    ],
)
def test_an_organisation_that_sends_forms(told, forms, said):
    (batch,) = told(*[("ALA", *form) for form in forms])
    assert batch.due == date(2017, 7, 15)
    assert state(batch, "ALA") == said


def test_a_correction_is_told_beside_the_first_day(told):
    (batch,) = told(("ALA", date(2017, 7, 3), True), ("ALA", date(2017, 8, 1), True))
    (found,) = [f for f in batch.filed if f.organisation == "ALA"]
    assert (found.day, found.corrected) == (date(2017, 7, 3), date(2017, 8, 1))


def test_rows_of_its_own_are_filed_whatever_they_came_in(told, folder):
    assert state(told()[0], "KUS") == ("undated", 0)
    folder.append("reference/aliases.csv", "Алматы қ.,organisations,ALA")  # an alias is the organisation, too
    folder.append("2017H1/activities.csv", "Алматы қ.,seminar,,,,,,,test")
    assert state(told()[0], "ALA") == ("undated", 0)


def test_every_member_is_named_and_those_who_have_not_filed_first(told, tables):
    (batch,) = told()
    assert set(tables.members()) <= {f.organisation for f in batch.filed}
    states = [f.state for f in batch.filed]
    assert states == sorted(states, key=("missing", "undated").index)
    assert batch.count() == len(tables.members())


def test_others_that_filed_are_named_but_not_counted(told):
    (batch,) = told(("CEN", date(2017, 7, 1), True))
    assert state(batch, "CEN") == ("on_time", 0)
    assert batch.count("on_time") == 0


def test_the_batches_of_a_year_stand_apart(told, folder):
    folder.write("2017H2/activities.csv", "organisation,kind,source\nALA,seminar,test\n")
    first, second = told(period="2017")
    assert (first.name, second.name, second.due) == ("2017H1", "2017H2", date(2018, 1, 15))
    assert [state(b, "ALA")[0] for b in (first, second)] == ["missing", "undated"]
    assert [b.name for b in told(period="2017H2")] == ["2017H2"]


def test_a_wrong_date_of_an_organisation_is_passed_over(told, folder):
    folder.change("reference/organisations.csv", "KZ-11,1,4,,,", "KZ-11,1,4,бұрын,,")
    assert state(told()[0], "AKM")[0]


def test_a_form_that_could_not_be_read_was_sent_all_the_same(folder):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    folder.write("2017H1/ALA.xlsx", locked)
    folder.write("2017H1/AKM исправленная (2).xlsx", b"PK\x03\x04 and no more")
    folder.write("2017H1/MAN.csv", "indicator,organisation,outlet,start,value,previous\nvideos,MAN,,,5,–\n")
    raw = intake.read(folder.path, Period.parse("2017H1"))
    assert {p.code for p in raw.errors} == {"password", "unreadable_workbook", "form_as_csv"}
    (batch,) = filed(raw, Period.parse("2017H1"))
    assert {code: state(batch, code)[0] for code in ("ALA", "AKM", "MAN", "PAV")} == {
        "ALA": "unread", "AKM": "unread", "MAN": "unread", "PAV": "missing"
    }  # fmt: skip
    assert batch.count("on_time", "late", "undated") == batch.count() - batch.count("missing", "unread")


def test_a_part_files_for_the_member_that_it_is_of(folder):
    """In 2018H1 South Kazakhstan is asked; it was split on 19 June, and Shymkent sends the data."""
    folder.write("2018H1/activities.csv", "organisation,kind,start,source\nSHY,seminar,2018-06-25,test\n")
    period = Period.parse("2018H1")
    (batch,) = filed(intake.read(folder.path, period), period)
    states = {f.organisation: (f.state, f.member) for f in batch.filed}
    assert states["YUZ"] == ("undated", True)
    assert states["SHY"] == ("undated", False)
    assert "TUR" not in states
