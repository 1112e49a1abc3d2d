"""How Russian writes times, ranks, names, cases and nouns after numbers."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest
from aqparat.period import Period, Window
from aqparat.words.inline import text
from aqparat.words.languages import language

RU = language("ru")
FORMS = ("in", "of", "name", "than", "since", "short")
CASES = ("nominative", "genitive", "dative", "instrumental")
DAY = date(2017, 2, 23)


def words(inline):
    return str(inline).replace("\u00a0", "_")


@pytest.fixture
def fact(facts):
    return facts["volume.publications.TOTAL.union-site.2017H1"]


@pytest.mark.parametrize(
    "window, forms",
    [
        (Period.parse("2017H1").window,
         ("в первом полугодии 2017 года", "за первое полугодие 2017 года", "первое полугодие 2017 года",
          "с первым полугодием 2017 года", "с первого полугодия 2017 года", "1-е полугодие 2017")),
        (Period.parse("2016H2").window,
         ("во втором полугодии 2016 года", "за второе полугодие 2016 года", "второе полугодие 2016 года",
          "со вторым полугодием 2016 года", "со второго полугодия 2016 года", "2-е полугодие 2016")),
        (Period.parse("2016").window,
         ("в 2016 году", "за 2016 год", "2016 год", "с 2016 годом", "с 2016 года", "2016")),
        (Window(date(2015, 1, 1), date(2017, 12, 31)),
         ("в 2015–2017 годах", "за 2015–2017 годы", "2015–2017 годы", "с 2015–2017 годами", "с 2015 года",
          "2015–2017")),
        (Window(date(2017, 3, 1), date(2017, 3, 31)),
         ("в марте 2017 года", "за март 2017 года", "март 2017 года", "с мартом 2017 года",
          "с марта 2017 года", "март 2017")),
        (Window(DAY, date(2017, 4, 30)),
         ("с 23 февраля 2017 года по 30 апреля 2017 года", "с 23 февраля 2017 года по 30 апреля 2017 года",
          "с 23 февраля 2017 года по 30 апреля 2017 года",
          "со временем с 23 февраля 2017 года по 30 апреля 2017 года", "с 23 февраля 2017 года",
          "23.02.2017–30.04.2017")),
        (Window(DAY, DAY),
         ("23 февраля 2017 года", "за 23 февраля 2017 года", "23 февраля 2017 года",
          "с днём 23 февраля 2017 года", "с 23 февраля 2017 года", "23.02.2017")),
        (Window(date(2017, 1, 1), None),
         ("с начала 2017 года", "с начала 2017 года", "с начала 2017 года",
          "со временем с начала 2017 года", "с начала 2017 года", "2017, с начала года")),
        (Window(DAY, None),
         ("с 23 февраля 2017 года", "с 23 февраля 2017 года", "с 23 февраля 2017 года",
          "со временем с 23 февраля 2017 года", "с 23 февраля 2017 года", "с 23.02.2017")),
    ],
    ids=str,
)  # fmt: skip
def test_windows(window, forms):
    assert tuple(words(RU.window(window, form)) for form in FORMS) == forms
    assert RU.window(window).parts[0].window == window.code
    assert words(RU.window(window)) == forms[0]


def test_a_year_has_a_genitive():
    assert words(RU.window(Period.parse("2016").window, "year_of")) == "2016 года"


@pytest.mark.parametrize("month, forms", list(enumerate([
    ("январь", "в январе", "янв.", "с январём", "с января"),
    ("февраль", "в феврале", "февр.", "с февралём", "с февраля"),
    ("март", "в марте", "март", "с мартом", "с марта"),
    ("апрель", "в апреле", "апр.", "с апрелем", "с апреля"),
    ("май", "в мае", "май", "с маем", "с мая"),
    ("июнь", "в июне", "июнь", "с июнем", "с июня"),
    ("июль", "в июле", "июль", "с июлем", "с июля"),
    ("август", "в августе", "авг.", "с августом", "с августа"),
    ("сентябрь", "в сентябре", "сент.", "с сентябрём", "с сентября"),
    ("октябрь", "в октябре", "окт.", "с октябрём", "с октября"),
    ("ноябрь", "в ноябре", "нояб.", "с ноябрём", "с ноября"),
    ("декабрь", "в декабре", "дек.", "с декабрём", "с декабря"),
], 1)))  # fmt: skip
def test_months(month, forms):
    window = Window(date(2017, month, 1), date(2017, month, monthrange(2017, month)[1]))
    assert tuple(words(RU.window(window, form)) for form in ("month", "in_month", "brief")) == forms[:3]
    assert words(RU.window(window, "than")) == f"{forms[3]} 2017 года"
    assert words(RU.window(window, "since")) == f"{forms[4]} 2017 года"


def test_days():
    assert words(RU.day(DAY)) == "23 февраля 2017 года"
    assert RU.day(DAY).parts[0].day == "2017-02-23"
    assert words(RU.since(DAY)) == "с 23 февраля 2017 года"


@pytest.mark.parametrize(
    "code, name, cases",
    [
        ("KUS", "Костанайская",
         ("Костанайская областная организация", "Костанайской областной организации",
          "Костанайской областной организации", "Костанайской областной организацией")),
        ("SEM", "Семейская",
         ("Семейская территориальная организация", "Семейской территориальной организации",
          "Семейской территориальной организации", "Семейской территориальной организацией")),
        ("ZAI", "Зайсанский район",
         ("Зайсанская районная организация", "Зайсанской районной организации",
          "Зайсанской районной организации", "Зайсанской районной организацией")),
        ("ALA", "г. Алматы",
         ("организация г._Алматы", "организации г._Алматы", "организации г._Алматы",
          "организацией г._Алматы")),
        ("AST", "Астана",
         ("организация г._Астана", "организации г._Астана", "организации г._Астана",
          "организацией г._Астана")),
        ("PAR", "«Парасат»",
         ("профсоюз «Парасат»", "профсоюза «Парасат»", "профсоюзу «Парасат»", "профсоюзом «Парасат»")),
        ("CEN", "Центральный совет",
         ("Центральный совет", "Центрального совета", "Центральному совету", "Центральным советом")),
        ("TOTAL", "профсоюз", ("профсоюз", "профсоюза", "профсоюзу", "профсоюзом")),
    ],
)  # fmt: skip
def test_organisations(tables, code, name, cases):
    assert words(RU.organisation(tables, code)) == words(RU.organisation(tables, code, "name")) == name
    assert words(RU.organisation(tables, code, "full")) == cases[0]
    assert tuple(words(RU.organisation(tables, code, case)) for case in CASES) == cases


@pytest.mark.parametrize(
    "kind, name, cases",
    [
        ("district", "Жана",
         ("районная организация Жана", "районной организации Жана", "районной организации Жана",
          "районной организацией Жана")),
        ("oblast", "Тау",
         ("областная организация Тау", "областной организации Тау", "областной организации Тау",
          "областной организацией Тау")),
        ("oblast", "Горная областная организация",
         ("Горная областная организация", "Горной областной организации", "Горной областной организации",
          "Горной областной организацией")),
        ("local", "Профсоюз учителей порта",
         ("Профсоюз учителей порта", "Профсоюза учителей порта", "Профсоюзу учителей порта",
          "Профсоюзом учителей порта")),
        ("local", "Портовый комитет",
         ("Портовый комитет", "Портового комитета", "Портовому комитету", "Портовым комитетом")),
        ("head_office", "Правление", ("Правление", "Правления", "Правлению", "Правлением")),
        ("head_office", "Дирекция", ("Дирекция", "Дирекции", "Дирекции", "Дирекцией")),
        ("head_office", "Высший совет",
         ("Высший совет", "Высшего совета", "Высшему совету", "Высшим советом")),
        ("head_office", "Республиканский комитет",
         ("Республиканский комитет", "Республиканского комитета", "Республиканскому комитету",
          "Республиканским комитетом")),
        ("head_office", "Федерация профсоюзов",
         ("Федерация профсоюзов", "Федерации профсоюзов", "Федерации профсоюзов", "Федерацией профсоюзов")),
        ("head_office", "Главное правление",
         ("Главное правление", "Главного правления", "Главному правлению", "Главным правлением")),
        ("head_office", "Бюро", ("Бюро",) * 4),
    ],
)  # fmt: skip
def test_names_of_other_kinds(tables, kind, name, cases):
    named = tables.organisations.copy()
    named.loc["KUS", ["kind", "name_ru"]] = [kind, name]
    told = replace(tables, organisations=named)
    assert tuple(words(RU.organisation(told, "KUS", case)) for case in CASES) == cases


@pytest.mark.parametrize(
    "qualifier, value, low, high, written",
    [
        ("exact", 3, 3, 3, "3-е место"),
        ("about", 2, None, None, "около 2-го места"),
        ("about", 5, 2, 8, "место в пределах 2–8"),
        ("about", None, 2, 8, "место в пределах 2–8"),
        ("at_most", None, 1, 8, "место не ниже 8-го"),
        ("at_least", None, 8, 21, "место не выше 8-го"),
        ("more_than", 8, 9, 21, "место ниже 8-го"),
        ("less_than", 8, 1, 7, "место выше 8-го"),
        (None, None, None, None, "неизвестно"),
    ],
)
def test_ranks(fact, qualifier, value, low, high, written):
    rank = replace(fact, metric="rank", unit="rank", qualifier=qualifier, value=value, low=low, high=high)
    told = RU.place(rank)
    assert words(told) == written
    assert told.facts == [fact.id]


@pytest.mark.parametrize(
    "qualifier, value, low, high, bare, by",
    [
        ("exact", 0.2, 0.2, 0.2, "20,0_%", "на 20,0_%"),
        ("more_than", 0.2, 0.2, 1, "более 20,0_%", "более чем на 20,0_%"),
        ("less_than", 0.2, 0, 0.2, "менее 20,0_%", "менее чем на 20,0_%"),
        ("at_least", None, 0.2, 1, "не менее 20,0_%", "не менее чем на 20,0_%"),
        ("at_most", None, 0, 0.2, "не более 20,0_%", "не более чем на 20,0_%"),
        ("about", 0.2, None, None, "около 20,0_%", "примерно на 20,0_%"),
        ("about", None, 0.2, 0.3, "20,0–30,0_%", "на 20,0–30,0_%"),
        (None, None, None, None, "неизвестно", "неизвестно"),
    ],
)
def test_by_how_much(fact, qualifier, value, low, high, bare, by):
    share = replace(
        fact, metric="share", unit="fraction", qualifier=qualifier, value=value, low=low, high=high
    )
    assert words(RU.percent(share)) == bare
    assert words(RU.percent(share, "by")) == by
    assert RU.percent(share, "by").facts == [fact.id]


ITEM = ("материал", "материала", "материалов")


@pytest.mark.parametrize(
    "known, plain, genitive",
    [
        (1, "материал", "материала"),
        (3, "материала", "материалов"),
        (5, "материалов", "материалов"),
        (21, "материал", "материала"),
        (("exact", 21, 21, 21), "материал", "материала"),
        (("exact", 22, 22, 22), "материала", "материалов"),
        (("exact", 1.5, 1.5, 1.5), "материала", "материала"),
        (("at_least", None, 21, None), "материала", "материала"),
        (("at_least", None, 22, None), "материалов", "материалов"),
        (("about", None, 15, 22), "материала", "материалов"),
        (("about", None, 478.2, 489.6), "материалов", "материалов"),  # written 478–490
        (("about", None, 478.2, 491.4), "материал", "материала"),
        ((None, None, None, None), "материалов", "материалов"),
    ],
)
def test_nouns_after_numbers(fact, known, plain, genitive):
    if isinstance(known, tuple):
        known = replace(fact, **dict(zip(("qualifier", "value", "low", "high"), known, strict=True)))
    assert words(RU.plural(known, *ITEM)) == plain
    assert words(RU.plural(known, *ITEM, "genitive")) == genitive


@pytest.mark.parametrize(
    "name, channel, written",
    [
        ("сайт профсоюза", "website", "на сайте профсоюза"),
        ("«Атырау»", "newspaper", "в газете «Атырау»"),
    ],
)
def test_where_an_outlet_carries_something(name, channel, written):
    assert words(RU.in_outlet(text(name), channel)) == written


@pytest.mark.parametrize("code, written", [("kk", "на казахском языке"), ("xx", "на языке xx")])
def test_in_what_language(code, written):
    assert RU.in_language(code) == written


def test_a_list_ends_in_i():
    assert words(RU.joined(["а", "б", "в"])) == "а, б и в"


def test_templates_have_the_filters_of_all_languages_and_since(tables):
    filters = RU.filters(tables)
    assert words(filters["org"]("KUS", "genitive")) == "Костанайской областной организации"
    assert words(filters["since"](DAY)) == "с 23 февраля 2017 года"
