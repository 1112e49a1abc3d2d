"""What an editor would not print: notes on signs that are not there, one pattern four times over."""

import re
from dataclasses import replace

import pytest
from aqparat.choices import LANGUAGES
from aqparat.texts import narrative
from aqparat.words.languages import language
from aqparat.words.tables import TABLES
from reported import report

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
OPEN = {"kk": "«Басынан»", "ru": "«С начала года»", "en": "“To date”"}
MORE = {"kk": "«Астам»", "ru": "«Более»", "en": "“More than”"}
BLANK = {"kk": "Бос ұяшық", "ru": "Пустая ячейка", "en": "An empty cell"}


def prose(code, name, section):
    passages = report(code).renderer.prose(name, section, view=report(code).section)
    return " ".join(str(item) for passage in passages for item in passage.items).replace("\u00a0", " ")


def note(code, name, section):
    return str(TABLES[name](section, report(code).renderer).note).replace("\u00a0", " ")


@EVERYWHERE
def test_a_note_explains_open_counts_and_bounds_only_where_they_stand(code):
    section = report(code).section("newspapers")
    both = note(code, "carried", section)
    assert OPEN[code] in both and MORE[code] in both
    closed = [replace(c, carried=[x for x in c.carried if not x.window.is_open]) for c in section]
    assert OPEN[code] not in note(code, "carried", closed)
    stated = [replace(c, carried=[x for x in c.carried if x.items.qualifier == "exact"]) for c in section]
    assert MORE[code] not in note(code, "carried", [c for c in stated if c.carried])


@EVERYWHERE
def test_a_note_explains_an_empty_cell_only_where_one_stands(code):
    section = report(code).section("site")
    assert BLANK[code] in note(code, "site_lowest", section)
    last = replace(section, silent=[], lowest=section.lowest[-1:])
    assert BLANK[code] not in note(code, "site_lowest", last)


@EVERYWHERE
def test_a_ratio_is_told_with_its_interval(code):
    told = report(code)
    ratio = told.section("site").ratio
    level = {"kk": "95%-дық", "ru": "95 %", "en": "95%"}[code]
    within = str(told.renderer.language.likely(ratio))
    assert within.count("–") == 1
    text = prose(code, "site", told.section("site"))
    assert level in text and within in text
    without = replace(told.section("site"), ratio=replace(ratio, interval_low=None, interval_high=None))
    assert "95" not in prose(code, "site", without).replace("1995", "")


@EVERYWHERE
def test_items_of_one_organisation_are_told_in_one_sentence(code):
    told = report(code)
    names = {"kk": "Қостанай облыстық ұйымының", "ru": "Костанайской областной организации"}
    name = names.get(code, "the Kostanay regional organisation")
    text = prose(code, "press", told.section("press"))
    assert text.count(name) == 1, text


def test_open_counts_stand_in_the_present_perfect():
    text = prose("en", "press", report("en").section("press"))
    assert "the Aktobe regional organisation has published more than 90 items" in text
    assert "and the Kostanay regional organisation 26 items there and 2 items on television" in text


@EVERYWHERE
def test_copies_per_hundred_members_are_said_of_the_union(code):
    section = report(code).section("subscription")
    paper = section.papers[0]
    rate = replace(
        paper.growth[0], metric="penetration", unit="copies per 100 members", value=1.44, low=1.44, high=1.44
    )
    text = prose(code, "subscription", replace(section, papers=[replace(paper, penetration=rate)]))
    subject = {
        "kk": "Кәсіподақ бойынша жүз мүшеге «Қазақстан кәсіподағы» газетінің 1,44 данасы",
        "ru": "по профсоюзу на сто членов приходится 1,44",
    }
    assert subject.get(code, "Across the union this comes to 1.44 copies") in text


@EVERYWHERE
def test_a_fall_over_years_is_no_growth(code):
    section = report(code).section("subscription")
    paper = section.papers[0]
    fallen = replace(paper.cagr, value=-0.1, low=-0.1, high=-0.1)
    text = prose(code, "subscription", replace(section, papers=[replace(paper, cagr=fallen)]))
    said = {
        "kk": "2015 жылдан бері жазылым жылына орта есеппен «Қазақстан кәсіподағы» газетіне 10,0%-ға азайды",
        "ru": "снижалась в среднем на 10,0 %",
    }
    assert said.get(code, "have fallen by an average of 10.0%") in text


def test_a_range_takes_the_noun_of_the_number_that_is_read():
    """478–490: the upper bound is 489.6, written without decimals."""
    pace = replace(report("ru").facts.one("pace", organisation="TOTAL"), value=484.0, low=478.2, high=489.6)
    words = language("ru")
    assert str(words.count(pace)) == "478–490"
    assert str(words.plural(pace, "материал", "материала", "материалов")) == "материалов"


@pytest.mark.parametrize(
    ("code", "form", "written"),
    [("kk", "dative", "кәсіподаққа"), ("kk", "locative", "кәсіподақта"), ("ru", "genitive", "профсоюза"),
     ("en", "genitive", "the union’s"), ("kk", "full", "кәсіподақ"), ("ru", "name", "профсоюз")],
)  # fmt: skip
def test_the_union_itself_stands_in_every_case(code, form, written):
    assert str(language(code).organisation(report().data.tables, "TOTAL", form)) == written


@pytest.mark.parametrize(("value", "written"), [(1, "once"), (2, "twice"), (4, "4 times")])
def test_how_often_in_english(value, written):
    fact = replace(
        report().facts.one("volume", indicator="organisations"), value=value, low=value, high=value
    )
    assert str(language("en").times(fact)) == written


@EVERYWHERE
@pytest.mark.parametrize("all_on_time", [True, False])
def test_all_is_said_where_all_have_submitted(code, all_on_time):
    section = report(code).section("activity")
    filed = replace(section.members, indicator="organisations_filed")
    late = replace(filed, value=20.0, low=20.0, high=20.0)
    whole = replace(section, filed=filed, on_time=filed if all_on_time else late, late=[])
    assert whole.all_filed and whole.all_on_time is all_on_time
    text = prose(code, "activity", whole)
    said = {
        "kk": "Барлық 21 мүшелік ұйым өз деректерін тапсырды",
        "ru": "представили все членские организации (21)",
    }
    assert said.get(code, "All 21 member organisations submitted figures of their own") in text
    in_time = {"kk": "бәрі мерзімінде", "ru": "все – в срок", "en": "all of them on time"}[code]
    assert (in_time in text) is all_on_time


def test_the_most_is_not_worded_as_most():
    """Three of twenty-two organisations have more than others, not more than half of all."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(narrative("en").rglob("*.j2"))]
    bare = re.compile(
        r"most of them|(?<!the )(?<!The )(?<!\}\} )\bmost (by|items|copies)|\bMost (items|copies)"
    )
    assert [found[0] for text in texts for found in bare.finditer(text)] == []
