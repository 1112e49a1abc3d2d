"""How many rows each file has, and what has become of them."""

from types import SimpleNamespace

import pandas as pd
import pytest
from aqparat.data.reading.ledger import Ledger, left_out
from aqparat.data.reading.raw import Account, Raw
from aqparat.problem import Problem

FILE = "raw/2017H1/publications.csv"
PART = (FILE, "", "publications")


@pytest.fixture
def ledger():
    ledger = Ledger()
    ledger.put(PART, 5, 1)
    return ledger


def raw(rows, *problems):
    frame = pd.DataFrame({"file": FILE, "sheet": "", "row": rows})
    return Raw({"publications": frame}, {}, problems=list(problems))


def test_what_is_not_in_the_tables_was_set_aside(ledger):
    (account,) = ledger.accounts(raw([2, 4, 6]), [])
    assert account == Account(*PART, rows=5, used=3, aside=2, wrong=0, unfilled=1)


def test_a_row_with_two_errors_is_one_wrong_row(ledger):
    first = Problem("not_date", FILE, row=2, column="date")
    known = raw(
        [2, 3, 4, 5, 6], first, Problem("not_code", FILE, row=2, column="outlet"),
        Problem("more", FILE, row=4, expected="4–5, 9"), Problem("jump", FILE, row=6, severity="warning"),
    )  # fmt: skip
    assert [account.wrong for account in ledger.accounts(known, [])] == [3]  # 2, 4 and 5


def test_rows_of_a_long_register_are_used_without_standing_in_the_tables(ledger):
    ledger.add(FILE, 10)
    register = SimpleNamespace(file=FILE, rows=range(10, 20))
    (account,) = ledger.accounts(raw([2, 3, 4, 5], Problem("not_date", FILE, row=12)), [register])
    assert (account.rows, account.used, account.aside, account.wrong) == (15, 14, 1, 1)


def test_of_what_was_not_read_nothing_is_known(ledger):
    assert ledger.rows(FILE) == 5
    assert ledger.rows("raw/2017H1/another.csv") is None
    assert ledger.tables == {"publications"}


def test_lines_that_are_no_rows_are_counted_each():
    told = [
        Problem("remarks", FILE, row=8, expected="8–9", severity="warning"),
        Problem("cells", FILE, row=3), Problem("cells", FILE, row=4),
        Problem("more_cells", FILE, row=5, found="7"), Problem("cells", "raw/2017H1/another.csv", row=3),
    ]  # fmt: skip
    assert left_out(FILE, told) == 2 + 2 + 7
