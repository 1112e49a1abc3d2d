"""A problem is told by its place, what was found, what was expected and what was perhaps meant."""

import pytest
from aqparat.choices import LANGUAGES
from aqparat.problem import Problem
from aqparat.words.languages import language

WORDS = {code: language(code) for code in LANGUAGES}
FILE = "raw/2017H1/observations.csv"
FORM = "raw/2017H1/KUS.xlsx"
OUTLETS = (("«Атырау»", "«Атырау»", "Atyrau"), ("«Серпер»", "«Серпер»", "Serper"))
ORGANISATIONS = (
    ("Оңтүстік Қазақстан", "Южно-Казахстанская", "South Kazakhstan"),
    ("Түркістан", "Туркестанская", "Turkistan"),
    ("Шымкент", "Шымкент", "Shymkent"),
)


def told(code, *about, **more):
    return WORDS[code].problem(Problem(*about, **more))


@pytest.mark.parametrize(
    "code, place",
    [
        ("kk", "raw/2017H1/KUS.xlsx, «Сандар» парағы, 4-жол, «Саны» бағаны: «көп» – сан емес."),
        ("ru", "raw/2017H1/KUS.xlsx, лист «Сандар», строка 4, столбец «Саны»: «көп» – не число."),
        ("en", "raw/2017H1/KUS.xlsx, sheet “Сандар”, row 4, column “Саны”: “көп” is not a number."),
    ],
)
def test_a_place_in_a_form(code, place):
    said = told(code, "not_number", FORM, sheet="Сандар", row=4, column="value", heading="Саны", found="көп")
    assert said.startswith(f"{place} ")


@pytest.mark.parametrize(
    "file, more, place",
    [
        (FILE, {}, "raw/2017H1/observations.csv: "),
        (FILE, {"column": "value"}, "raw/2017H1/observations.csv, column “value”: "),
        ("settings.toml", {"column": "interval.level"}, "settings.toml, setting “interval.level”: "),
    ],
)
def test_a_place_is_as_much_as_is_known(file, more, place):
    remedy = "“x” is not a number. Write it in digits, such as 60 or 1234.5."
    assert told("en", "not_number", file, found="x", **more) == place + remedy


@pytest.mark.parametrize(
    "code, column, heading, place",
    [
        ("kk", "value", "", "«Саны, value» бағаны"),
        ("en", "value", "", "column “Value”:"),  # the title is the code
        ("en", "value", "Саны", "column “Саны”:"),
        ("en", "colour", "", "column “colour”:"),
    ],
)
def test_a_column_that_is_missing_is_told_by_title_and_code(code, column, heading, place):
    assert place in told(code, "missing_column", FILE, column=column, heading=heading, expected=column)


@pytest.mark.parametrize(
    "fault, code, said",
    [
        ("missing_column", "ru", "нет обязательного столбца «Показатель, mine»"),
        ("unknown_column", "en", "known: Indicator, mine."),
        ("no_heading", "en", "Name the columns: Indicator, mine."),
        ("not_number", "en", "is not a number"),
    ],
)
def test_columns_that_are_expected_are_told_by_their_titles(fault, code, said):
    assert said in told(code, fault, FILE, found="x", expected="indicator, mine")


@pytest.mark.parametrize(
    "last, code, said",
    [
        ("2017-02-28", "kk", "2017 жылғы ақпанда 28 күн бар."),
        ("2017-02-28", "ru", "в феврале 2017 года 28 дней."),
        ("2016-12-31", "ru", "в декабре 2016 года 31 день."),
        ("2016-02-29", "en", "in February 2016 there are 29 days."),
    ],
)
def test_a_day_that_is_in_no_calendar(last, code, said):
    assert said in told(code, "no_such_day", FILE, found="x", expected=last)


@pytest.mark.parametrize(
    "days, code, said",
    [
        ("2017-01-01/2017-06-30", "ru", "срок: с 1 января 2017 года по 30 июня 2017 года)"),
        ("2017-01-01/2017-06-30", "en", "allowed: from 1 January 2017 to 30 June 2017)"),
        ("2017-01-01/", "en", "allowed: from 1 January 2017)"),
        ("/2017-06-30", "en", "allowed: until 30 June 2017)"),
        ("2017-06-30", "en", "allowed: 30 June 2017)"),
        ("", "en", "allowed: )"),
    ],
)
def test_days_that_are_expected_are_told_in_words(days, code, said):
    assert said in told(code, "after_period", FILE, found="x", expected=days)


@pytest.mark.parametrize(
    "fault", ["before_period", "end_before_start", "organisation_not_in_force", "outlet_not_in_force"]
)
def test_days_that_other_problems_expect(fault):
    said = told("en", fault, FILE, found="x", expected="2017-03-01")
    assert "1 March 2017" in said and "2017-03-01" not in said


def test_a_day_that_is_guessed_is_told_in_words_and_a_number_as_it_is():
    assert "was understood as “3 July 2017”." in told("en", "guessed_value", FILE, expected="2017-07-03")
    assert "was understood as “0”." in told("en", "guessed_value", FILE, expected="0")
    assert "“2017-07-03”" not in told("en", "not_number", FILE, expected="2017-07-03")


@pytest.mark.parametrize("fault", ["filed_twice", "form_corrected"])
def test_files_are_told_with_their_days(fault):
    said = told("en", fault, FORM, found="KUS", expected="KUS.xlsx/2017-07-03/KUS-2.xlsx/")
    assert ": KUS.xlsx (3 July 2017), KUS-2.xlsx (–)." in said


@pytest.mark.parametrize(
    "code, said",
    [
        ("kk", "Ең ұқсастары: atyrau («Атырау»), serper («Серпер»). Толық тізімі мұнда: outlets.csv, "
               "KUS.xlsx («Тізім» парағы);"),
        ("en", "The most similar: atyrau (Atyrau), serper (Serper). The whole list is in outlets.csv, "
               "KUS.xlsx (sheet “Тізім”);"),
    ],
)  # fmt: skip
def test_codes_are_told_with_their_names_and_where_all_are(code, said):
    listed = (("outlets.csv", ""), ("KUS.xlsx", "Тізім"))
    near = {"found": "x", "expected": "atyrau, serper", "names": OUTLETS, "listed": listed}
    assert said in told(code, "unknown_outlet", FILE, **near)


def test_codes_whose_names_are_not_known_stand_alone():
    assert "Known: ATY, KUS. " in told("en", "unknown_organisation", FILE, expected="ATY, KUS")
    assert "Known: copies, hours. " in told("en", "unknown_indicator", FILE, expected="copies, hours")
    none = told("en", "unknown_outlet", FILE, found="x", expected="", listed=(("outlets.csv", ""),))
    assert "“x”. The whole list is in outlets.csv;" in none


@pytest.mark.parametrize(
    "fault, code, said",
    [
        ("successor_besides", "kk",
         "Түркістан – Оңтүстік Қазақстан ұйымының мирасқоры, екеуі де бір мерзімге сан берген: мұнда 4, "
         "Шымкент – 6."),
        ("successor_besides", "ru",
         "Туркестанская – преемник организации «Южно-Казахстанская», и обе организации дали число за одно и "
         "то же время: здесь 4, Шымкент – 6. В сумму по организациям входят оба числа."),
        ("successor_left_out", "ru",
         "входит только число организации «Шымкент», а то, что здесь, не входит."),
        ("successor_besides", "en",
         "Turkistan succeeds South Kazakhstan, and both give a figure for the same time: 4 here, Shymkent "
         "has 6."),
    ],
)  # fmt: skip
def test_who_succeeds_whom_is_told_by_name(fault, code, said):
    assert said in told(code, fault, FILE, row=2, found="4", expected="6", names=ORGANISATIONS)


@pytest.mark.parametrize(
    "fault, more, said",
    [
        ("not_choice", {"column": "kind", "heading": "Түрі", "expected": "activist_school, master_class",
                        "nearest": "master_class"},
         "Choose one of: activists’ school, master class. Did you mean “master class”?"),
        ("not_choice", {"column": "kind", "expected": "activist_school, master_class",
                        "nearest": "master_class"},
         "Choose one of: activist_school, master_class. Did you mean “master_class”?"),
        ("not_choice", {"column": "kind", "heading": "Түрі", "expected": "activist_school, own",
                        "nearest": "own"},
         "Choose one of: activist_school, own. Did you mean “own”?"),
        ("not_choice", {"heading": "Түрі", "expected": "activist_school"}, "Choose one of: activist_school."),
        ("not_code", {"column": "topic", "heading": "Тақырып", "expected": "press, training"},
         "Known: press, training; any other"),
        ("not_code", {"column": "topic", "heading": "Тақырып", "expected": ""},
         "Use lower-case Latin letters and hyphens."),
        ("not_date", {"column": "start", "nearest": "2017-02-23"}, "Did you mean “2017-02-23”?"),
        ("unknown_outlet", {"nearest": "serper"}, "Did you mean “serper”?"),
    ],
)  # fmt: skip
def test_what_was_perhaps_meant(fault, more, said):
    assert said in told("en", fault, FILE, found="x", **more)


def test_a_day_that_was_perhaps_meant_is_written_as_the_language_writes_it():
    assert told("ru", "not_date", FILE, found="x", nearest="2017-02-23").endswith("Возможно, «23.02.2017»?")


def test_what_is_long_may_be_cut():
    problem = Problem("not_choice", FILE, column="kind", found="x" * 40, expected="a, b", nearest="a")
    words = WORDS["en"].fault(problem, lambda found: found[:3], lambda expected: expected[:1])
    assert words == "“xxx” is not allowed here. Choose one of: a."
    assert WORDS["en"].hint(problem) == "Did you mean “a”?"
    assert WORDS["en"].fault(Problem("guessed_value", FILE, expected="0"), lambda found: found[:3])
    assert WORDS["en"].fault(Problem("no_such_day", FILE, found="y", expected="2017-02-28"), str.upper) == (
        "there is no such day as “Y”: in February 2017 there are 28 days. Check the day."
    )


def test_quotation_marks_in_what_is_found_are_those_of_a_quotation_within_one():
    assert "“‘x’” is not" in told("en", "not_number", FILE, found="“x”")


def test_a_section_of_settings_is_named():
    assert "“[interval]”" in told("en", "setting_not_section", "settings.toml", column="interval", found="3")
