"""How Kazakh writes times, ranks, names and lists, and where it puts endings."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest
from aqparat.period import Period, Window
from aqparat.words.inline import text
from aqparat.words.languages import language

KK = language("kk")
FORMS = ("in", "of", "name", "than", "since", "short")
DAY = date(2017, 2, 23)


def words(inline):
    return str(inline).replace("\u00a0", "_")


@pytest.fixture
def fact(facts):
    return facts["volume.publications.TOTAL.union-site.2017H1"]


def half(year, ordinal, number):
    named = f"{year} жылдың {ordinal} жартыжылдығы"
    short = f"{year} ж. {number}-жартыжылдық"
    return f"{named}нда", f"{named}ндағы", named, f"{named}мен", f"{named}нан", short


@pytest.mark.parametrize(
    "window, forms",
    [
        (Period.parse("2017H1").window, half(2017, "бірінші", 1)),
        (Period.parse("2016H2").window, half(2016, "екінші", 2)),
        (Period.parse("2016").window,
         ("2016 жылы", "2016 жылғы", "2016 жыл", "2016 жылмен", "2016 жылдан", "2016")),
        (Window(date(2015, 1, 1), date(2017, 12, 31)),
         ("2015–2017 жылдары", "2015–2017 жылдардағы", "2015–2017 жылдар", "2015–2017 жылдармен",
          "2015 жылдан", "2015–2017")),
        (Window(date(2017, 3, 1), date(2017, 3, 31)),
         ("2017 жылдың наурыз айында", "2017 жылдың наурыз айындағы", "2017 жылдың наурыз айы",
          "2017 жылдың наурыз айымен", "2017 жылдың наурыз айынан", "2017 ж. наурыз")),
        (Window(DAY, date(2017, 4, 30)),
         ("2017 жылғы 23 ақпан – 30 сәуір аралығында", "2017 жылғы 23 ақпан – 30 сәуір аралығындағы",
          "2017 жылғы 23 ақпан – 30 сәуір аралығы", "2017 жылғы 23 ақпан – 30 сәуір аралығымен",
          "2017 жылғы 23 ақпаннан", "2017 жылғы 23 ақпан – 30 сәуір")),
        (Window(date(2017, 10, 12), date(2017, 10, 13)),
         ("2017 жылғы 12–13 қазан аралығында", "2017 жылғы 12–13 қазан аралығындағы",
          "2017 жылғы 12–13 қазан аралығы", "2017 жылғы 12–13 қазан аралығымен", "2017 жылғы 12 қазаннан",
          "2017 жылғы 12–13 қазан")),
        (Window(DAY, date(2018, 2, 22)),
         ("2017 жылғы 23 ақпан – 2018 жылғы 22 ақпан аралығында",
          "2017 жылғы 23 ақпан – 2018 жылғы 22 ақпан аралығындағы",
          "2017 жылғы 23 ақпан – 2018 жылғы 22 ақпан аралығы",
          "2017 жылғы 23 ақпан – 2018 жылғы 22 ақпан аралығымен", "2017 жылғы 23 ақпаннан",
          "2017 жылғы 23 ақпан – 2018 жылғы 22 ақпан")),
        (Window(DAY, DAY),
         ("2017 жылғы 23 ақпанда", "2017 жылғы 23 ақпандағы", "2017 жылғы 23 ақпан", "2017 жылғы 23 ақпанмен",
          "2017 жылғы 23 ақпаннан", "2017 жылғы 23 ақпан")),
        (Window(date(2017, 9, 5), date(2017, 9, 5)),
         ("2017 жылғы 5 қыркүйекте", "2017 жылғы 5 қыркүйектегі", "2017 жылғы 5 қыркүйек",
          "2017 жылғы 5 қыркүйекпен", "2017 жылғы 5 қыркүйектен", "2017 жылғы 5 қыркүйек")),
        (Window(date(2017, 1, 1), None),
         ("2017 жылдың басынан бері", "2017 жылдың басынан бергі", "2017 жылдың басынан бергі кезең",
          "2017 жылдың басынан бергі кезеңмен", "2017 жылдың басынан", "2017 ж. басынан")),
        (Window(DAY, None),
         ("2017 жылғы 23 ақпаннан бері", "2017 жылғы 23 ақпаннан бергі", "2017 жылғы 23 ақпаннан бергі кезең",
          "2017 жылғы 23 ақпаннан бергі кезеңмен", "2017 жылғы 23 ақпаннан", "2017 жылғы 23 ақпаннан")),
    ],
    ids=str,
)  # fmt: skip
def test_windows(window, forms):
    assert tuple(words(KK.window(window, form)) for form in FORMS) == forms
    assert KK.window(window).parts[0].window == window.code
    assert words(KK.window(window)) == forms[0]


def test_a_year_has_a_genitive():
    assert words(KK.window(Period.parse("2016").window, "year_of")) == "2016 жылдың"


MONTHS = [
    ("қаңтар", "қаңтарда", "қаң."), ("ақпан", "ақпанда", "ақп."), ("наурыз", "наурызда", "нау."),
    ("сәуір", "сәуірде", "сәу."), ("мамыр", "мамырда", "мам."), ("маусым", "маусымда", "мау."),
    ("шілде", "шілдеде", "шіл."), ("тамыз", "тамызда", "там."), ("қыркүйек", "қыркүйекте", "қыр."),
    ("қазан", "қазанда", "қаз."), ("қараша", "қарашада", "қар."), ("желтоқсан", "желтоқсанда", "жел."),
]  # fmt: skip


@pytest.mark.parametrize("month, forms", list(enumerate(MONTHS, 1)))
def test_months(month, forms):
    window = Window(date(2017, month, 1), date(2017, month, monthrange(2017, month)[1]))
    assert tuple(words(KK.window(window, form)) for form in ("month", "in_month", "brief")) == forms
    assert words(KK.day(window.start)) == f"2017 жылғы 1 {forms[0]}"


def test_a_day_and_since_it_are_times():
    assert [(part.text, part.day) for part in KK.since(DAY).parts] == [
        ("2017 жылғы 23 ақпаннан", "2017-02-23"), (" бастап", ""),
    ]  # fmt: skip
    assert [(part.text, part.day) for part in KK.day(DAY).parts] == [("2017 жылғы 23 ақпан", "2017-02-23")]


@pytest.mark.parametrize(
    "code, name, full, ablative",
    [
        ("KUS", "Қостанай", "Қостанай облыстық ұйымы", "Қостанай облыстық ұйымынан"),
        ("ALM", "Алматы облысы", "Алматы облыстық ұйымы", "Алматы облыстық ұйымынан"),
        ("ALA", "Алматы қаласы", "Алматы қалалық ұйымы", "Алматы қалалық ұйымынан"),
        ("SEM", "Семей", "Семей аумақтық ұйымы", "Семей аумақтық ұйымынан"),
        ("ZAI", "Зайсан ауданы", "Зайсан аудандық ұйымы", "Зайсан аудандық ұйымынан"),
        ("UST", "«Ұстаз»", "«Ұстаз» кәсіподағы", "«Ұстаз» кәсіподағынан"),
        ("CEN", "Орталық кеңес", "Орталық кеңес", "Орталық кеңестен"),
        ("TOTAL", "кәсіподақ", "кәсіподақ", "кәсіподақтан"),
    ],
)
def test_organisations(tables, code, name, full, ablative):
    assert words(KK.organisation(tables, code)) == words(KK.organisation(tables, code, "name")) == name
    assert words(KK.organisation(tables, code, "full")) == full
    assert words(KK.organisation(tables, code, "ablative")) == ablative


@pytest.mark.parametrize(
    "name",
    ["Тау облыстық ұйымы", "ТАУ ОБЛЫСТЫҚ ҰЙЫМЫ", "«Ұстаз» кәсіподағы", "Порт комитеті", "Теңіз филиалы"],
)
def test_a_name_told_in_full_gets_nothing_more(tables, name):
    named = tables.organisations.copy()
    named.loc["KUS", "name_kk"] = name
    assert words(KK.organisation(replace(tables, organisations=named), "KUS", "full")) == name


@pytest.mark.parametrize(
    "qualifier, value, low, high, written",
    [
        ("exact", 3, 3, 3, "3-орында"),
        ("about", 2, None, None, "2-орын шамасында"),
        ("about", 5, 2, 8, "2–8-орындардың бірінде"),
        ("about", None, 2, 8, "2–8-орындардың бірінде"),
        ("at_most", None, 1, 8, "8-орыннан төмен емес"),
        ("at_least", None, 8, 21, "8-орыннан жоғары емес"),
        ("more_than", 8, 9, 21, "8-орыннан төмен"),
        ("less_than", 8, 1, 7, "8-орыннан жоғары"),
        (None, None, None, None, "белгісіз"),
    ],
)
def test_ranks(fact, qualifier, value, low, high, written):
    rank = replace(fact, metric="rank", unit="rank", qualifier=qualifier, value=value, low=low, high=high)
    assert words(KK.place(rank)) == written
    assert KK.place(rank).facts == [fact.id]


@pytest.mark.parametrize(
    "qualifier, value, low, high, bare, dative",
    [
        ("exact", 306, 306, 306, "306", "306-ға"),
        ("more_than", 60, 61, None, "60-тан астам", "60-тан астамға"),
        ("less_than", 60, 0, 59, "60-тан кем", "60-тан кемге"),
        ("at_least", None, 60, None, "кемінде 60", "кемінде 60-қа"),
        ("at_most", None, 0, 60, "ең көбі 60", "ең көбі 60-қа"),
        ("about", 40, None, None, "40-тай", "шамамен 40-қа"),
        ("about", None, 510, 765, "510–765", "510–765-ке"),
        (None, None, None, None, "белгісіз", "белгісізге"),
    ],
)
def test_a_number_in_a_case(fact, qualifier, value, low, high, bare, dative):
    known = replace(fact, qualifier=qualifier, value=value, low=low, high=high)
    assert words(KK.count(known)) == bare
    assert words(KK.count(known, "dative")) == dative
    assert KK.count(known).facts == KK.count(known, "dative").facts == [fact.id]


def test_an_ending_is_that_of_the_last_of_two_changes(fact):
    change = replace(
        fact, metric="growth", unit="fraction", qualifier="about", value=None, low=-0.1, high=0.25
    )
    assert words(KK.shown(change, "ablative")) == "−10,0% … +25,0%-дан"


@pytest.mark.parametrize(
    "name, channel, written",
    [
        ("салалық кәсіподақ сайты", "website", "салалық кәсіподақ сайтында"),
        ("«Атырау»", "newspaper", "«Атырау» газетінде"),
    ],
)
def test_where_an_outlet_carries_something(name, channel, written):
    assert words(KK.in_outlet(text(name), channel)) == written


@pytest.mark.parametrize(
    "code, written", [("kk", "қазақ тілінде"), ("ru", "орыс тілінде"), ("xx", "xx тілінде")]
)
def test_in_what_language(code, written):
    assert KK.in_language(code) == written


def test_a_noun_stays_in_the_singular(fact):
    assert words(KK.plural(5, "материал")) == words(KK.plural(fact, "материал")) == "материал"


def test_a_list_ends_in_and_and_is_sorted_by_the_kazakh_alphabet():
    assert words(KK.joined(["а", "ә", "б"])) == "а, ә және б"
    assert sorted(["Б", "Ә", "А"], key=KK.sort_key) == ["А", "Ә", "Б"]


def test_templates_have_the_filters_of_all_languages_and_since(tables):
    filters = KK.filters(tables)
    assert words(filters["org"]("KUS", "genitive")) == "Қостанай облыстық ұйымының"
    assert words(filters["since"](DAY)) == "2017 жылғы 23 ақпаннан бастап"
