"""What the section of newspapers takes from data that are not those of 2017H1."""

from dataclasses import replace

import pandas as pd
import pytest
from aqparat.metrics import collect
from aqparat.sections.activity import activity
from aqparat.sections.newspapers import carried
from aqparat.sections.portraits import portraits
from aqparat.sections.press import press
from aqparat.sections.report_data import ReportData


def about(tables, facts=None):
    return ReportData(tables, facts or collect(tables))


def with_page(tables, **texts):
    page = tables.highlights[tables.highlights["topic"] == "legal_page"].assign(**texts)
    rest = tables.highlights[tables.highlights["topic"] != "legal_page"]
    return replace(tables, highlights=pd.concat([rest, page], ignore_index=True))


def pages(tables, facts):
    return {c.outlet: c.highlights for c in carried(about(tables, facts)) if c.highlights}


def test_the_legal_page_stands_with_its_paper(tables, facts):
    assert list(pages(tables, facts)) == ["bilimdi-el"]


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_paper_is_known_whatever_one_language_says(tables, facts, code):
    assert list(pages(with_page(tables, **{f"text_{code}": "–"}), facts)) == ["bilimdi-el"]


def test_a_text_in_one_language_is_enough_where_it_stands_for_the_others(tables, facts):
    text = "В газете «Қазақстан кәсіподағы» есть юридическая страница."
    told = with_page(tables, text_kk=text, text_ru=text, text_en=text)
    assert list(pages(told, facts)) == ["qazaqstan-kasipodagy"]


def test_a_page_of_no_paper_that_is_told_of_stands_with_the_press(tables, facts):
    text = "Заң парағы бар."
    told = with_page(tables, text_kk=text, text_ru=text, text_en=text)
    assert pages(told, facts) == {}
    shown = press(about(told, facts))
    assert text in {h["text_kk"] for h in [*shown.highlights, *shown.of_organisations]}
    assert all(h["topic"] != "legal_page" for h in press(about(tables, facts)).highlights)


def test_a_union_may_have_no_member_organisations(tables):
    heads = tables.organisations[tables.organisations["kind"] == "head_office"]
    told = activity(about(replace(tables, organisations=heads, observations=tables.observations.iloc[:0])))
    assert (told.members, told.unmentioned) == (None, [])


def test_an_indicator_that_no_section_tells_of_stands_in_the_portrait(tables, observed):
    visits = observed("visits KUS union-site 2017H1 1200")
    told = replace(tables, observations=pd.concat([tables.observations, visits], ignore_index=True))
    (kus,) = [p for p in portraits(about(told)) if p.organisation == "KUS"]
    assert [(f.indicator, f.value) for f in kus.others] == [("visits", 1200)]


def test_whom_a_total_names_is_said_with_its_reservation(tables, facts):
    told = {c.outlet: [n["text_en"] for n in c.reservations] for c in carried(about(tables, facts))}
    assert ["Almaty" in text for text in told["qazaqstan-kasipodagy"]] == [True]
    assert told["bilimdi-el"] == []


def test_a_year_tells_its_second_half_beside_a_count_without_an_end(folder, prose):
    """The count of the first half's batch may end anywhere; half against year is no comparison."""
    folder.write(
        "2017H2/observations.csv",
        "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source\n"
        "publications,TOTAL,qazaqstan-kasipodagy,,2017-07-01,2017-12-31,88,exact,,,a letter\n",
    )
    data = about(folder.load("2017"))
    (paper,) = (c for c in carried(data) if c.outlet == "qazaqstan-kasipodagy")
    assert [c.window.code for c in paper.carried] == ["2016", "2017-01-01_", "2017H2"]
    said = prose(data, "newspapers", carried(data))
    assert "156 items since the start of 2017 and carried 88 items in the second half of 2017" in said
    assert "The last day of the count since the start of 2017 is not stated" in said
