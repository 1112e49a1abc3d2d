import pandas as pd
import pytest
from aqparat.data.membership import members, parts
from aqparat.period import Period, Window

AROUND = {"ANT", "YUZ", "TUR", "SHY", "SEM", "ABA"}


@pytest.fixture
def organisations(tables):
    return tables.organisations


def there(organisations, window):
    return {*members(organisations, window)} & AROUND


def of(code):
    return Period.parse(code).window


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2017H2", {"YUZ", "SEM"}),
        ("2018H1", {"YUZ", "SEM"}),  # split on 19 June 2018, after its middle
        ("2018H2", {"TUR", "SHY", "SEM"}),
        ("2018", {"YUZ", "SEM"}),  # the unit that both halves have
        ("2019", {"TUR", "SHY", "SEM"}),
        ("2022H1", {"TUR", "SHY", "SEM"}),  # renamed on 8 June 2022
        ("2022", {"TUR", "SHY", "ABA"}),
    ],
)
def test_who_is_a_member_in_a_period_in_which_one_is_split_or_renamed(organisations, code, expected):
    assert there(organisations, of(code)) == expected


def test_neither_the_head_office_nor_a_district_is_one(organisations):
    assert not {"CEN", "ZAI"} & {*members(organisations, of("2018"))}


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2018-03-31", {"TUR", "SHY"}), ("2018-04-01", {"YUZ"}), ("2018-05-01", {"YUZ"})],
)
def test_the_middle_of_a_half_decides(organisations, last, expected):
    last = pd.Timestamp(last)
    moved = organisations.copy()
    moved.loc["YUZ", "valid_to"] = last
    moved.loc[["TUR", "SHY"], "valid_from"] = last + pd.Timedelta(days=1)
    assert there(moved, of("2018H1")) - {"SEM"} == expected
    year = {"YUZ"} if expected == {"YUZ"} else {"TUR", "SHY"}
    assert there(moved, of("2018")) - {"SEM"} == year  # its halves have the same ones after March


def test_two_that_are_joined_are_one_in_the_year(organisations):
    joined = organisations.copy()
    joined["successors"] = [["ANT"] if c in ("PAR", "UST") else s for c, s in joined["successors"].items()]
    joined.loc[["PAR", "UST"], "valid_to"] = pd.Timestamp("2018-06-30")
    joined.loc["ANT"] = joined.loc["KUS"]
    joined.loc["ANT", "valid_from"] = pd.Timestamp("2018-07-01")
    assert {"PAR", "UST"} <= {*members(joined, of("2018H1"))}
    found = {*members(joined, of("2018"))}
    assert "ANT" in found
    assert not {"PAR", "UST"} & found
    assert parts(joined, of("2018")).items() >= {"PAR": "ANT", "UST": "ANT", "TUR": "YUZ"}.items()


def test_whose_part_an_organisation_is(organisations):
    assert parts(organisations, of("2018H1")) == {"TUR": "YUZ", "SHY": "YUZ"}
    assert parts(organisations, of("2018H2")) == {}
    assert parts(organisations, of("2022")) == {"SEM": "ABA", "ZHZ": "ULY", "TAL": "ZHE"}


def test_a_window_of_days_has_those_of_its_middle(organisations):
    june = Window(pd.Timestamp("2018-06-20").date(), pd.Timestamp("2018-06-30").date())
    assert there(organisations, june) == {"TUR", "SHY", "SEM"}
