import pandas as pd
import pytest
from aqparat.data import schemas
from aqparat.data.reading import cells, intake
from aqparat.data.reading.cells import Known, Meaning
from aqparat.period import Period


@pytest.mark.parametrize(
    ("text", "iso", "guessed"),
    [
        ("2017-02-23", "2017-02-23", False),
        ("2017-2-3", "2017-02-03", False),
        ("2017-02-23 00:00:00", "2017-02-23", False),
        ("2017-02-23T10:30:00", "2017-02-23", False),
        ("23.02.2017", "2017-02-23", False),
        ("3.2.2017", "2017-02-03", False),
        ("23.02.2017 г.", "2017-02-23", False),
        ("23/02/2017", "2017-02-23", False),
        ("03/02/2017", "2017-02-03", True),  # the day first, or the month
    ],
)
def test_a_date_in_any_way_of_writing(text, iso, guessed):
    assert cells.day(text) == Meaning(iso, guessed)


@pytest.mark.parametrize("text", ["30.02.2017", "2017-13-01", "23.02.17", "42789", "ақпан", "2017", "1.2"])
def test_what_is_no_date_is_left_as_it_is(text):
    assert cells.day(text) is None


@pytest.mark.parametrize(
    ("text", "likely"),
    [("23.02.17", "2017-02-23"), ("42789", "2017-02-23"), ("31.02.17", None), ("306", None), ("٤٢٧٨٩", None)],
)
def test_the_date_that_was_perhaps_meant(text, likely):
    assert cells.likely_day(text) == likely


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", "1234.5"), ("1234,5", "1234.5"), ("1 234,5", "1234.5"), ("1\u00a0234", "1234"),
        ("1\u202f234\u202f567,25", "1234567.25"), ("306.0", "306"), ("+5", "5"), ("\u22125", "-5"),
        ("0", "0"), ("0,125", "0.125"), ("1234,567", "1234.567"),
    ],
)  # fmt: skip
def test_a_number_in_any_way_of_writing(text, number):
    assert cells.number(text) == Meaning(number)


def test_english_thousands_are_a_guess():
    assert cells.number("1,234.5") == Meaning("1234.5", guessed=True)
    assert cells.number("1,234,567") == Meaning("1234567", guessed=True)


@pytest.mark.parametrize(
    "text", ["1,234", "12 34", "1.234.567", "60+", "~100", "³", "١٢", "1e5", "", "-", "1,2,3"]
)
def test_what_is_no_number_or_may_be_two_is_left_as_it_is(text):
    assert cells.number(text) is None


@pytest.fixture(scope="module")
def known(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("known"))
    return Known.of(intake.read(folder.path, Period.parse("2017H1")).tables)


def mended(known, **columns):
    frame = pd.DataFrame({c: pd.Series(v, dtype="str") for c, v in columns.items()})
    frame = frame.reindex(columns=[*schemas.BATCH["observations"].columns])
    return cells.mended(frame.assign(file="f", sheet="", row=range(2, len(frame) + 2)), "observations", known)


def test_names_become_codes_and_guesses_are_told(known):
    names = ["KUS", "Қостанай", "Костанайская", "қостанай", "TOTAL", "Kuz"]
    frame, guesses = mended(known, organisation=names)
    assert list(frame["organisation"]) == ["KUS", "KUS", "KUS", "KUS", "TOTAL", "Kuz"]
    assert [(p.code, p.row, p.found, p.expected) for p in guesses] == [
        ("guessed_value", 5, "қостанай", "KUS")
    ]


def test_the_same_guess_is_told_once(known):
    _, guesses = mended(known, outlet=["Егеменді Қазақстан"] * 3)
    assert [(p.row, p.expected) for p in guesses] == [(2, "egemen-qazaqstan")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("KUS AKT", "KUS AKT"),
        ("Қостанай, Ақтөбе", "KUS AKT"),
        ("Солтүстік Қазақстан", "SEV"),
        ("Солтүстік Қазақстан; kus", "SEV KUS"),
        ("KUS, Нигде", "KUS, Нигде"),
    ],
)
def test_lists_of_organisations(known, text, codes):
    assert list(mended(known, named=[text])[0]["named"]) == [codes]


def test_choices_in_three_languages(known):
    frame, guesses = mended(known, qualifier=["more_than", "Астам", "более", "MORE THAN", "көп"])
    assert list(frame["qualifier"])[-1] == "көп"
    assert "more_than" in list(frame["qualifier"])[:4]
    assert all(p.expected in ("more_than",) for p in guesses)


def test_rows_that_sum_up_others():
    frame = pd.DataFrame(columns=[*schemas.BATCH["publications"].columns], index=range(5), dtype="str")
    frame["organisation"] = ["KUS", "Итого", None, "TOTAL", "KUS"]
    frame["date"] = [None, None, "Барлығы:", None, None]
    frame["title"] = [None, None, None, None, "Итого"]
    assert list(cells.totals(frame, "publications")) == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31.11.2017", ("no_such_day", "2017-11-30")),
        ("2017-02-29", ("no_such_day", "2017-02-28")),
        ("30.02.16", ("no_such_day", "2016-02-29")),
        ("2017-13-01", ("no_such_month", "13")),
        ("0207-01-01", ("year_out_of_range", "1900–2099")),
        ("ақпан", ("not_date", "")),
        ("42789", ("not_date", "")),
    ],
)
def test_what_is_wrong_with_a_day(text, fault):
    assert cells.fault_of_day(text) == fault
