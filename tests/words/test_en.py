"""How English writes times, ranks, names and how often something is."""

from dataclasses import replace
from datetime import date

import pytest
from aqparat.period import Period, Window
from aqparat.words.languages import language

EN = language("en")
FORMS = ("in", "of", "name", "than", "short")
DAY = date(2017, 2, 23)


@pytest.fixture
def fact(facts):
    return facts["volume.publications.TOTAL.union-site.2017H1"]


@pytest.mark.parametrize(
    "window, forms",
    [
        (Period.parse("2017H1").window,
         ("in the first half of 2017", "for the first half of 2017", "the first half of 2017",
          "the first half of 2017", "1st half 2017")),
        (Period.parse("2016H2").window,
         ("in the second half of 2016", "for the second half of 2016", "the second half of 2016",
          "the second half of 2016", "2nd half 2016")),
        (Period.parse("2016").window, ("in 2016", "for 2016", "2016", "2016", "2016")),
        (Window(date(2015, 1, 1), date(2017, 12, 31)),
         ("in 2015–2017", "for 2015–2017", "2015–2017", "2015–2017", "2015–2017")),
        (Window(date(2017, 3, 1), date(2017, 3, 31)),
         ("in March 2017", "for March 2017", "March 2017", "March 2017", "March 2017")),
        (Window(DAY, date(2017, 4, 30)),
         ("from 23 February 2017 to 30 April 2017", "from 23 February 2017 to 30 April 2017",
          "from 23 February 2017 to 30 April 2017", "the time from 23 February 2017 to 30 April 2017",
          "2017-02-23 – 2017-04-30")),
        (Window(DAY, DAY),
         ("on 23 February 2017", "for 23 February 2017", "23 February 2017", "23 February 2017",
          "2017-02-23")),
        (Window(date(2017, 1, 1), None),
         ("since the start of 2017", "since the start of 2017", "since the start of 2017",
          "the time since the start of 2017", "2017 to date")),
        (Window(DAY, None),
         ("since 23 February 2017", "since 23 February 2017", "since 23 February 2017",
          "the time since 23 February 2017", "since 23 February 2017")),
    ],
    ids=str,
)  # fmt: skip
def test_windows(window, forms):
    assert tuple(str(EN.window(window, form)) for form in FORMS) == forms
    assert EN.window(window).parts[0].window == window.code
    assert str(EN.window(window)) == forms[0]


def test_a_month_has_names_of_its_own():
    march = Window(date(2017, 3, 1), date(2017, 3, 31))
    assert [str(EN.window(march, form)) for form in ("month", "in_month", "brief")] == [
        "March", "in March", "Mar",
    ]  # fmt: skip


def test_days():
    assert str(EN.day(DAY)) == "23 February 2017"
    assert EN.day(DAY).parts[0].day == "2017-02-23"
    assert str(EN.since(DAY)) == "since 23 February 2017"


@pytest.mark.parametrize(
    "code, name, full, genitive",
    [
        ("KUS", "Kostanay", "the Kostanay regional organisation", "the Kostanay regional organisation’s"),
        ("ALM", "Almaty region", "the Almaty regional organisation", "the Almaty regional organisation’s"),
        ("ALA", "Almaty city", "the Almaty city organisation", "the Almaty city organisation’s"),
        ("SEM", "Semey", "the Semey territorial organisation", "the Semey territorial organisation’s"),
        ("ZAI", "Zaisan district", "the Zaisan district organisation", "the Zaisan district organisation’s"),
        ("PAR", "Parasat", "the Parasat union", "the Parasat union’s"),
        ("CEN", "Central Council", "the Central Council", "the Central Council’s"),
        ("TOTAL", "the union", "the union", "the union’s"),
    ],
)
def test_organisations(tables, code, name, full, genitive):
    assert str(EN.organisation(tables, code)) == name
    assert [str(EN.organisation(tables, code, form)) for form in ("name", "full", "genitive")] == [
        name, full, genitive,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Hill Regional Organization", "Education Union", "Port Committee"])
def test_a_name_told_in_full_gets_nothing_but_the_article(tables, name):
    named = tables.organisations.copy()
    named.loc["KUS", "name_en"] = name
    told = replace(tables, organisations=named)
    assert str(EN.organisation(told, "KUS", "full")) == f"the {name}"
    assert str(EN.organisation(told, "KUS", "genitive")) == f"the {name}’s"


@pytest.mark.parametrize(
    "kazakh, lang",
    [
        ("«Білімді ел»", "kk-Latn"),
        ("«Учительская плюс»", "ru-Latn"),
        ("«Серпер»", "kk-Latn"),
        ("салалық кәсіподақ сайты", ""),
        ("«Егемен» қосымшасы", ""),
        ("ақпарат «Егемен»", ""),
    ],
)
def test_a_name_in_latin_letters_says_its_language(tables, kazakh, lang):
    named = tables.outlets.copy()
    named.loc["bilimdi-el", "name_kk"] = kazakh
    words = EN.outlet(replace(tables, outlets=named), "bilimdi-el")
    assert [(part.text, part.lang) for part in words.parts] == [("Bilimdi El", lang)]


@pytest.mark.parametrize(
    "number, written",
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (20, "20th"),
     (21, "21st"), (22, "22nd"), (23, "23rd"), (101, "101st"), (111, "111th"), (112, "112th")],
)  # fmt: skip
def test_ordinals(fact, number, written):
    rank = replace(fact, metric="rank", unit="rank", value=number, low=number, high=number)
    words = EN.place(rank)
    assert str(words) == f"{written} place"
    assert [(part.text, part.fact) for part in words.parts] == [
        (str(number), fact.id), (written.removeprefix(str(number)) + " place", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value, low, high, written",
    [(2, None, None, "about 2nd place"), (5, 2, 8, "a place within 2–8"), (None, 2, 8, "a place within 2–8")],
)
def test_a_rank_that_is_not_sure(fact, value, low, high, written):
    rank = replace(fact, metric="rank", unit="rank", qualifier="about", value=value, low=low, high=high)
    assert str(EN.place(rank)) == written


@pytest.mark.parametrize(
    "metric, number, written",
    [("volume", 60, "fewer than 60"), ("penetration", 60, "less than 60.00")],
)
def test_what_is_counted_is_fewer(fact, metric, number, written):
    bounded = replace(fact, metric=metric, qualifier="less_than", value=number, low=0, high=59)
    words = EN.shown(bounded)
    assert str(words) == written
    assert words.facts == [fact.id]


@pytest.mark.parametrize(
    "qualifier, value, low, high, written",
    [
        ("exact", 1, 1, 1, "once"),
        ("exact", 2, 2, 2, "twice"),
        ("exact", 0, 0, 0, "0 times"),
        ("exact", 4, 4, 4, "4 times"),
        ("at_least", None, 1, None, "at least 1 time"),
        ("at_least", None, 2, None, "at least 2 times"),
        (None, None, 1, 2, "1–2 times"),
    ],
)
def test_how_often(fact, qualifier, value, low, high, written):
    words = EN.times(replace(fact, qualifier=qualifier, value=value, low=low, high=high))
    assert str(words) == written
    assert words.facts == [fact.id]


@pytest.mark.parametrize(
    "known, noun",
    [(1, "item"), (2, "items"), ((1, 1), "item"), ((None, 1), "item"), ((0, 1), "items"), ((0, 5), "items")],
)
def test_a_noun_agrees_with_its_number(fact, known, noun):
    if isinstance(known, tuple):
        known = replace(fact, value=None, low=known[0], high=known[1], qualifier=None)
    assert str(EN.plural(known, "item", "items")) == noun


def test_a_list_ends_in_and():
    assert str(EN.joined(["a", "b", "c"])) == "a, b and c"


def test_templates_have_the_filters_of_all_languages_and_since(tables):
    filters = EN.filters(tables)
    assert str(filters["org"]("KUS", "full")) == "the Kostanay regional organisation"
    assert str(filters["since"](DAY)) == "since 23 February 2017"
