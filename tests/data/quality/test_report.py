from datetime import date

import pytest
from aqparat.data.quality.report import LINES, quality, restored
from aqparat.data.reading import intake
from aqparat.data.reading.raw import Account, Filing, Raw
from aqparat.period import Period
from aqparat.problem import Problem

FILE = "raw/2017H1/observations.csv"


def wrong(row, found="жоқ", column="value", **more):
    return Problem("not_number", FILE, row=row, column=column, found=found, **more)


@pytest.fixture
def raw(folder):

    return intake.read(folder.path, Period.parse("2017H1"))


def gathered(raw: Raw, *problems, accounts=()):
    raw.problems, raw.accounts = list(problems), list(accounts)
    return quality(raw, Period.parse("2017H1"))


def test_every_file_read_is_there_and_the_wrong_ones_first(raw):
    told = gathered(raw, wrong(2), Problem("unknown_file", "raw/2017H1/notes.txt", severity="warning"))
    assert [s.file for s in told.files[:2]] == [FILE, "raw/2017H1/notes.txt"]
    assert {s.file for s in told.files} >= set(raw.files)
    assert not told.synthetic


def test_what_is_kept_is_restored_with_the_days_of_forms(raw):
    days = date(2017, 7, 3), date(2017, 8, 1)
    raw.filings = [Filing("raw/2017H1/ALA.xlsx", "ALA", "2017H1", day, True) for day in days]
    told = gathered(raw, wrong(2))
    (batch,) = restored(told.record()).batches
    assert days in [(f.day, f.corrected) for f in batch.filed]
    assert restored(told.record()).batches == told.batches


def test_problems_are_counted_by_severity(raw):
    told = gathered(raw, wrong(2), wrong(3), wrong(4, severity="warning"), wrong(5, severity="guess"))
    assert told.counts == {"error": 2, "warning": 1, "guess": 1}
    assert told.files[0].counts == {"error": 2, "warning": 1, "guess": 1}
    assert {f.problem.severity for f in told.files[0].findings} == {"error", "warning"}
    assert [f.rows for f in told.guesses.findings] == [((5, 5),)]


def test_what_is_not_listed_is_counted(raw):
    told = gathered(raw, *[wrong(2, column=f"c{n}") for n in range(LINES + 7)])
    assert len(told.files[0].findings) == LINES
    assert told.files[0].left == 7


def test_rows_are_accounted_for(raw):
    account = Account(FILE, "", "observations", 38, 36, 2), Account(FILE, "2", "activities", 4, 4, 0)
    assert gathered(raw).rows is None
    told = gathered(raw, accounts=account)
    assert told.rows == (42, 40, 0, 0, 2)
    assert {s.file: s.rows for s in told.files}[FILE] == 42


def test_invented_data_are_known_as_such(raw):
    raw.files["raw/SYNTHETIC.md"] = "0" * 64
    assert gathered(raw).synthetic
    assert "raw/SYNTHETIC.md" not in {s.file for s in gathered(raw).files}


def test_what_the_checks_did_not_tell_one_by_one_is_counted(raw):
    told = gathered(
        raw, wrong(2), Problem("more", FILE, row=3, column="value", found="2900", expected="3–2902")
    )
    assert told.counts["error"] == 2901
    assert [f.count for f in told.files[0].findings] == [1, 2900]
