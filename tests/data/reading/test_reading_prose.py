import pandas as pd
import pytest
from aqparat.data import schemas
from aqparat.data.reading import intake, prose
from aqparat.period import Period


def of(text, column="title", table="publications"):
    frame = pd.DataFrame({name: [None] for name in schemas.TABLES[table].columns}, dtype="str")
    frame = frame.assign(**{column: text}, file="f", sheet="", row=2)
    return [(p.code, p.row, p.column, p.found, p.nearest, p.severity) for p in prose.check(frame, table)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Төраға А.Б. Иванов сөз сөйледі", "А.Б. Иванов"),
        ("выступила Иванова А.", "Иванова А."),
        ("А. Мусин: интервью", "А. Мусин"),
        ("Әбілқасов М. Т.", "Әбілқасов М. Т."),
        ("Иванов-Петров А.Б.", "Иванов-Петров А.Б."),
        ("А.Құнанбайұлы атындағы мектеп", "А.Құнанбайұлы"),
        ("«Ы. Алтынсарин» медалі", "Ы. Алтынсарин"),
        ("Speech of S. Smith", "S. Smith"),
        ("Sh. Ýalihanov atyndaǵy", "Sh. Ýalihanov"),
        ("Ж. Аймауытұлының оқулары: Омарова Г. С.", "Ж. Аймауытұлының"),
    ],
)
def test_what_looks_like_the_name_of_a_person(text, name):
    assert prose.personal_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "г. Алматы, ул. Абая", "Алматы қ.", "Приложение А.", "2017 ж. Қостанай", "І. Кіріспе", "V. Итоги",
        "Г. Алматы", "РК. Закон", "төраға орынбасары", "т.б. Мұғалімдер", "12.05.2017 Астана", "ҚР БҒМ",
        "А. Бірінші мәселе", "No. 5", "и т. д. Итоги", "№ 5 мектеп, 3 А. сынып",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_person(text):
    assert prose.personal_name(text) is None


@pytest.mark.parametrize(
    ("table", "column"),
    [(t, n) for t, s in schemas.BATCH.items() for n, c in s.columns.items() if c.kind == "text"],
)
def test_every_column_of_free_text_is_looked_at_but_for_addresses(table, column):
    told = of("А.Б. Иванов", column, table)
    assert told == ([] if column == "url" else [("personal_name", 2, column, "А.Б. И…", None, "warning")])


def test_the_name_itself_goes_into_no_message():
    assert prose.masked("Әбілқасов М. Т.") == "Ә… М. Т."
    assert prose.without_names("Исполнитель: Иванова А.Б., тел. 5") == "Исполнитель: И… А.Б., тел. 5"


def test_names_of_places_in_reference_tables_are_left_alone():
    assert of("А.Б. Иванов", "name_ru", "outlets") == []


@pytest.mark.parametrize(
    "text", ["?аза?стан", "м??алімдеріні?", "тамыз ке?есі", "Қаза\ufffdстан", "«?лы дала»"]
)
def test_letters_that_were_lost(text):
    assert [code for code, *_ in of(text)] == ["lost_letters"]


@pytest.mark.parametrize(
    "text", ["Ұстаз кім? Ол кім?", "Қалай?Жақсы", "Why? because", "? деген белгі", "Не?!"]
)
def test_question_marks_that_ask(text):
    assert of(text) == []


@pytest.mark.parametrize("text", ["Кәсіподақ сабағы", "«Ұстаздар» – 2017 №5", "Мұғалім күні", "Педагог"])
@pytest.mark.parametrize(
    ("was", "taken"),
    [("utf-8", "latin-1"), ("utf-8", "cp1251"), ("utf-8", "cp1252"), ("kz1048", "cp1252")],
)
def test_text_read_in_a_wrong_encoding_is_repaired(text, was, taken):
    try:
        damaged = text.encode(was).decode(taken)
    except UnicodeError:
        pytest.skip("the one has no character for a byte of the other")
    assert prose.repaired(damaged) == text
    assert [(code, near) for code, _, _, _, near, _ in of(damaged)] == [("garbled", text)]


@pytest.mark.parametrize(
    "text",
    ["Қазақстан", "Российский союз", "РСТУ", "Café «Déjà vu»", "Öğretmen", "naïve", "Үздік ұстаз", "Сорос"],
)
def test_text_that_is_as_it_was_written(text):
    assert prose.repaired(text) is None


def test_the_report_that_was_written_by_hand_names_nobody(folder):
    raw = intake.read(folder.path, Period.parse("2017H1"))
    assert [p for p in raw.problems if p.code in ("personal_name", "lost_letters", "garbled")] == []
