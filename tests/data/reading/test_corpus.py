"""What is said of files as they should not be handed in, and that no row of them is lost in silence."""

import re
from pathlib import Path

import corpus
import pytest
from aqparat import runs
from aqparat.data.reading.raw import Account
from corpus import BATCH, CASES, REFERENCE_CASES


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """Read all cases at once: one fault must not hide another."""
    return corpus.read(tmp_path_factory.mktemp("corpus"), CASES)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return corpus.read(tmp_path_factory.mktemp("reference"), REFERENCE_CASES)


@pytest.fixture(scope="module")
def golden():
    parts = re.split(r"^(?=## )", corpus.GOLDEN.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}


def named(cases):
    return [pytest.param(case, id=case.name) for case in cases]


@pytest.mark.parametrize("case", named(CASES))
def test_what_is_said_of_a_file(raw, golden, case):
    assert corpus.golden(raw, case) == golden[case.name]


@pytest.mark.parametrize("case", named(REFERENCE_CASES))
def test_what_is_said_of_a_reference_table(reference, golden, case):
    assert corpus.golden(reference, case) == golden[case.name]


def test_the_corpus_is_large_and_all_of_it_is_written_down(golden):
    names = [case.name for case in (*CASES, *REFERENCE_CASES)]
    assert list(golden) == names
    assert len([part for part in golden.values() if "Nothing." not in part]) >= 60


PAIRS = {"KUS", "KUS-mended", "SEV", "SEV-of-the-same-day"}  # forms of one organisation


@pytest.mark.parametrize("case", named([c for c in CASES if len(c.files) == 1 and c.name not in PAIRS][::20]))
def test_the_same_is_said_of_a_file_alone(raw, case, tmp_path):
    assert corpus.golden(corpus.read(tmp_path, [case]), case) == corpus.golden(raw, case)


FILES = [(case.name, file, rows) for case in CASES for file, rows in case.rows.items()]


@pytest.mark.parametrize(("case", "file", "rows"), FILES, ids=[file for _, file, _ in FILES])
def test_every_row_is_used_or_told(raw, case, file, rows):
    file = (BATCH + file).replace("2017H1/../", "")
    accounts = [a for a in raw.accounts if a.file == file]
    told = [p for p in raw.problems if p.file == file]
    errors = [p for p in told if p.severity == "error"]
    whole = [p for p in errors if (p.row or 0) < min(rows, default=1)]
    whole += [p for p in told if p.code in OF_MANY_ROWS]
    if case in NOT_READ:
        assert accounts == []
        assert [p.severity for p in told] == ["error"]
        return
    if case not in PARTLY_READ:
        assert sum(a.rows for a in accounts) == len(rows)
    else:
        assert whole
    assert all(a.rows == a.used + a.aside == sum(a.told[1:]) for a in accounts)
    kept = [row for t in raw.tables.values() for row in t.loc[t["file"] == file, "row"]]
    used = set(kept)
    assert used <= set(rows)
    assert sum(a.used for a in accounts) == len(kept)
    aside = set(rows) - used
    assert aside <= {p.row for p in told} | remarks(told) or whole or case == "form-untouched"


# A text that could not be made out, from some place on, is not read at all.
NOT_READ = {"open-quote", "two-open-quotes", "unknown-file", "sheet-of-a-form"}
OF_FORMS = {"filed_twice", "form_corrected", "form_of_another", "form_old_rows", "form_period"}
OF_MANY_ROWS = {"no_heading", *OF_FORMS}
PARTLY_READ = {"hidden-sheet", "no-heading", "no-heading-in-a-sheet"}


def remarks(told):
    """Give the rows that are told to be remarks below the table."""
    ranges = [runs.read(p.expected.replace("–", "-")) for p in told if p.code == "remarks"]
    return {row for found in ranges for first, last in found for row in range(first, last + 1)}


def test_files_with_bytes_that_are_no_text_are_told_of_as_a_whole(raw):
    read = {a.file for a in raw.accounts}
    for case in CASES:
        for file in set(case.files) - set(case.rows):
            path = BATCH + file
            assert path not in read
            folder = path.rsplit("/", 1)[0]
            assert [p for p in raw.problems if p.file in (path, folder)], file


def test_an_untouched_form_counts_as_not_filed(raw):
    touched = {Path(f.file).stem: f.touched for f in raw.filings}
    assert touched["form-untouched"] is False
    assert touched["form-undated"] is True


def test_accounts_are_of_each_table(raw):
    assert Account(f"{BATCH}hidden-sheet.xlsx", "publications", "publications", 1, 1, 0) in raw.accounts


def test_a_row_with_an_error_and_one_not_filled_in_are_counted_as_such(raw):
    told = {Path(a.file).stem: a.told for a in raw.accounts}
    assert told["publications-headed-in-russian"] == (2, 0, 2, 0, 0)
    assert told["form-untouched"] == (1, 0, 0, 1, 0)
    assert told["publications-many-alike"] == (60, 0, 60, 0, 0)  # most of them told in one line
