import json
import re
from dataclasses import replace
from datetime import date

import pytest
from aqparat.legible import legible
from aqparat.period import Period, Window
from aqparat.words.inline import (
    Inline,
    capital,
    capitalised,
    cited,
    dated,
    fact,
    filled,
    found,
    joined,
    origin,
    reported,
    spoken,
    text,
    time,
)  # fmt: skip
from hypothesis import example, given
from hypothesis import strategies as st
from reported import LIBRARY

texts = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=60)


@pytest.fixture
def total(facts):
    return facts["volume.publications.TOTAL.union-site.2017H1"]


def ink(words):
    return "".join(str(words).split())


@given(texts)
@example("**қалың** <b>x</b> &amp; [a](b)")
def test_any_text_stands_for_itself(words):
    assert ink(text(words)) == ink(legible(words))
    assert ink(dated(words)) == ink(legible(words.strip()))
    assert text(text(words)) == text(words)


@given(texts, texts)
def test_texts_add_up_and_travel_as_json(one, other):
    words = "а" + dated(one) + cited(other) + "б"
    assert str(words) == "а" + str(dated(one)) + str(cited(other)) + "б"
    assert Inline.read(json.loads(json.dumps(words.json()))) == words


def test_a_text_cannot_be_changed():
    with pytest.raises(AttributeError):
        text("а").parts = ()


def test_a_fact_is_a_part_with_id_and_value(total):
    words = text("Сайтта ") + fact("306", total) + " материал"
    assert str(words) == "Сайтта 306 материал"
    assert words.facts == [total.id]
    assert words.json() == ["Сайтта ", {"text": "306", "fact": total.id, "value": 306.0}, " материал"]


def test_a_fact_of_which_only_a_bound_is_known_has_no_value(total):
    assert fact("x", replace(total, value=None)).parts[0].value is None


def test_each_fact_is_named_once_in_order(total):
    other = replace(total, id="other")
    words = fact("7", other) + fact("306", total) + fact("7", other)
    assert words.facts == ["other", total.id]


def test_times_are_parts():
    assert time("23 ақпан", date(2017, 2, 23)).json() == [{"text": "23 ақпан", "day": "2017-02-23"}]
    half = time("жарты жыл", Period.parse("2017H1").window).parts[0]
    assert (half.day, half.window) == ("2017", "2017H1")
    assert time("басынан", Window(date(2017, 1, 1), None)).parts[0].window == "2017-01-01_"


def test_the_years_of_a_highlight_are_times():
    words = dated(" 2015 жылдан бері, 2017 жылдың қыркүйегінде, 12017 емес, U+2066")
    assert [(p.text, p.day, p.window) for p in words.parts if p.day] == [
        ("2015", "2015", "2015"), ("2017", "2017", "2017"),
    ]  # fmt: skip
    assert str(words) == "2015 жылдан бері, 2017 жылдың қыркүйегінде, 12017 емес, U+2066"


def test_bare_words_are_one_part_and_others_stay_apart(total):
    assert len(("а" + text("б") + "в").parts) == 1
    set_so = {"lang": "ru", "role": "cite", "strong": True, "emphasis": True}
    assert text("а").each(**set_so) + text("б").each(**set_so) == text("аб").each(**set_so)
    assert len((fact("1", total) + fact("1", total)).parts) == 2
    assert len((text("а") + text("б").each(strong=True)).parts) == 2


def test_words_that_run_from_the_right_are_isolated():
    words = "атауы " + text("שלום") + ", 5"
    assert [p.isolated for p in words.parts] == [False, True, False]


def test_texts_are_joined_and_labels_filled(total):
    assert str(joined(["а", fact("5", total), "в"], ", ")) == "а, 5, в"
    words = filled("{a} – {b}.", a=fact("5", total), b="{a}")
    assert (str(words), words.facts) == ("5 – {a}.", [total.id])


def test_a_name_that_is_a_fact_is_not_parted(total):
    words = fact("«Қазақстан мұғалімі»", total)
    assert spoken(words, "en") == words


def test_other_letters_keep_what_a_part_is(total):
    words = "аб" + fact("306", total) + "вг"
    assert words.respelt("ӘБXYZВГ") == "ӘБ" + fact("XYZ", total) + "ВГ"
    assert fact("6", total).map(lambda words: f"+{words}") == fact("+6", total)


def test_numbers_and_times_may_be_masked(total):
    words = "аб " + fact("306", total) + " в " + time("2017 жылы", Period.parse("2017").window)
    assert words.masked("?") == "аб ? в ?"


def test_what_stands_above_is_without_what_stands_below(total):
    words = fact("85,8", total) + " " + text("(77,6–87,1)").each(role="small")
    assert words.above == "85,8"


def test_several_spaces_are_one():
    assert str(text("а  б\u00a0 в")) == "а б в"


def test_what_is_found_and_who_reports_say_so():
    assert [(p.text, p.role) for p in found("14").parts] == [("14", "samp")]
    assert [(p.text, p.report) for p in reported(text("Атырау"), "ATY").parts] == [("Атырау", "ATY")]


def test_a_cut_keeps_what_a_part_is(total):
    words = "аб" + fact("306", total) + "вг"
    assert words.cut(1, 4) == "б" + fact("30", total)
    assert words.cut(0, 99) == words
    assert not words.cut(3, 3)


def test_a_number_alone_gives_its_value(total):
    assert fact("306", total).number == 306
    assert (fact("306", total) + " материал").number is None
    assert fact("x", replace(total, value=None)).number is None
    assert text("306").number is Inline().number is None


def test_what_begins_with_a_number_is_one(total):
    assert (fact("306", total) + "-дан").is_number
    assert cited("306").is_number
    assert not text("306").is_number
    assert not Inline().is_number


def test_only_inline_and_renderers_know_its_form():
    """HTML's elements for facts and times, and the parts of a text, stand in no other module."""
    known = {"words/inline.py", "words/jupyter.py", "publish/former.py"}
    known |= {"markup/hypertext.py", "document/typesetting.py", "publish/series.py"}  # reads former tables
    form = re.compile(r"data-fact|<data\b|<time\b|datetime=|\bPart\(|import .*\bPart\b|\bwords\.parts\b")
    paths = [p for ending in ("*.py", "*.j2") for p in LIBRARY.rglob(ending)]
    found = {p.relative_to(LIBRARY).as_posix() for p in paths if form.search(p.read_text(encoding="utf-8"))}
    assert found - known == set()
    assert len(paths) > 150


def test_nothing_is_false():
    assert not text("")
    assert text("") == Inline()
    assert not Inline()
    assert text(" ")


def test_a_capital_begins_a_text(total):
    assert capital("ұйым") == "Ұйым"
    assert capital("«ұйым»") == "«ұйым»"
    words = capitalised(text("ұйым ") + fact("5", total))
    assert (str(words), words.facts) == ("Ұйым 5", [total.id])
    assert capitalised(Inline()) == Inline()


def test_a_name_in_quotation_marks_tells_its_language():
    words = spoken(text("«Қазақстан мұғалімі» және «Учитель Казахстана», «Серпер»"), "en")
    assert [(p.text, p.lang) for p in words.parts if p.lang] == [
        ("Қазақстан мұғалімі", "kk"),
        ("Учитель Казахстана", "ru"),
    ]
    assert str(words) == "«Қазақстан мұғалімі» және «Учитель Казахстана», «Серпер»"
    assert spoken(words, "en") == words
    russian = text("«Қазақстан мұғалімі»").each(lang="ru")
    assert spoken(russian, "en") == russian
    assert {p.lang for p in spoken(text("«Қазақстан мұғалімі» қазақша"), "kk").parts} == {""}


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Білімді ел", "kk"),
        ("Казахстанская правда", "ru"),
        ("Профсоюзная жизнь", "ru"),
        ("Серпер", ""),
        ("Atyrau", ""),
    ],
)
def test_letters_tell_the_language_of_a_name(name, language):
    assert origin(name) == language


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("г. Актау", "г. Актау"),
        ("г.\u00a0Актау и Шиели", "г.\u00a0Актау и Шиели"),
        ("с. Шиели", "с. Шиели"),
        ("пос. Затобольск", "пос. Затобольск"),
        ("пгт Шубаркудук", "пгт Шубаркудук"),
        ("им. Абая", "им. Абая"),
        ("город Актау", "Город Актау"),
        ("гимназия", "Гимназия"),
        ("с начала года", "С начала года"),
        ("пгту", "Пгту"),
    ],
)
def test_what_is_written_small_before_a_name_stays_small(words, begun):
    assert capital(words) == begun
    assert str(capitalised(text(words))) == begun
