"""What the section of subscription takes from data that are not those of 2017H1."""

import shutil
from dataclasses import replace
from functools import partial

import pytest
from aqparat.metrics import Facts, collect
from aqparat.sections import gathered
from aqparat.sections.answers import answer_subscriptions
from aqparat.sections.report_data import ReportData
from aqparat.sections.subscription import (
    copies_by_year,
    led_papers,
    penetrations,
    subscribers,
    subscription,
)
from invented import reported

FILED = ["AKM", "AKT", "ALM", "ALA", "AST", "ATY", "ZAP", "ZHA", "KAR", "KUS", "KZY", "MAN", "PAV", "SEV"]


def test_a_leader_may_have_no_rank(tables, facts):
    left = Facts(f for f in facts if f.metric != "rank")
    leaders = [p.leader for p in subscription(ReportData(tables, left)).papers]
    assert [(x.organisation, x.rank) for x in leaders] == [("KUS", None), ("KUS", None)]


def test_the_leader_has_most_copies_though_shares_are_only_bounds(filed):
    about = {"indicator": "copies", "outlet": "bilimdi-el", "period": "2018H2", "of": "2018"}
    (paper,) = [
        p for p in subscription(filed("KUS 5", "ZHA 160", "AKT 586", "VOS 30", **about)).papers
        if p.last.window.start.year == 2018
    ]  # fmt: skip
    assert (paper.leader.organisation, paper.leader.copies.value) == ("AKT", 586)


def test_of_two_with_most_copies_neither_leads(filed):
    about = {"indicator": "copies", "outlet": "bilimdi-el", "period": "2018H2", "of": "2018"}
    (paper,) = [
        p for p in subscription(filed("ZHA 586", "AKT 586", "VOS 30", **about)).papers
        if p.last.window.start.year == 2018
    ]  # fmt: skip
    assert paper.leader is None


def test_everyone_who_filed_stands_in_the_table_in_the_order_of_their_copies(filed):
    lines = [f"{code} {10 + place}" for place, code in enumerate(FILED)]
    about = {"indicator": "copies", "outlet": "bilimdi-el", "period": "2018H2", "of": "2018"}
    data = filed(*lines, **about)
    found = subscribers(data)
    assert found.organisations[: len(FILED)] == FILED[::-1]
    assert {"VOS", "SEM", "ZHZ", "TAL", "PAR", "UST"} <= set(found.organisations[len(FILED) :])
    assert len(found.copies[0]) == len(FILED)  # who has not filed has no figure
    assert penetrations(data) is None  # members are not known
    assert led_papers(data) is None


def test_few_who_filed_are_no_table_of_all(filed):
    about = {"indicator": "copies", "outlet": "bilimdi-el", "period": "2018H2", "of": "2018"}
    data = filed("KUS 5", "ZHA 160", **about)
    assert subscribers(data) is None
    assert led_papers(data).papers


def test_whose_copies_fell_is_told_the_steepest_first(filed):
    about = {"indicator": "copies", "outlet": "qazaqstan-kasipodagy", "period": "2018H2"}
    filed(*(f"{code} 100" for code in FILED), **about, of="2017")
    now = {"KUS": 600, "AKM": 90, "PAV": 50}
    data = filed(*(f"{code} {now.get(code, 100)}" for code in FILED), **about, of="2018")
    (fallen,) = subscribers(data).fallen
    assert [(g.organisation, round(g.value, 2)) for g in fallen.named] == [("PAV", -0.5), ("AKM", -0.1)]
    assert fallen.whole


def test_both_papers_are_told_together(tables, facts, prose):
    data = ReportData(tables, facts)
    said = prose(data, "subscription", subscription(data))
    assert "538 copies of Qazaqstan Kasipodagy (11.3% of the union’s subscription) and 571 copies" in said
    assert said.count("The other organisations’ subscriptions") == 1


@pytest.mark.parametrize("reach", [0, 3])
def test_none_is_said_in_words(tables, facts, prose, reach):
    data = ReportData(tables, facts)
    section = subscription(data)
    due = facts.one("volume", indicator="organisations")
    known = [
        replace(
            p,
            ranking=replace(p.ranking, due=due),
            on_target=replace(due, id=f"on_target.{p.outlet}", value=reach, low=reach, high=reach),
        )
        for p in section.papers
    ]
    said = prose(data, "subscription", replace(section, papers=known))
    none = "None of the 21 member organisations reaches the target for Qazaqstan Kasipodagy or Bilimdi El."
    some = (
        "Of the 21 member organisations, 3 reached the target for Qazaqstan Kasipodagy and 3 for Bilimdi El."
    )
    assert (none in said, some in said) == (reach == 0, reach > 0)


def test_copies_that_are_the_same_each_year_are_no_chart(folder):
    head = "indicator,organisation,outlet,channel,start,end,value,qualifier,source"
    rows = [f"copies,TOTAL,bilimdi-el,,{y}-01-01,{y}-12-31,500,exact,form" for y in (2016, 2017)]
    folder.write("2017H1/observations.csv", "\n".join([head, *rows, ""]))
    tables = folder.load("2017H1")
    assert copies_by_year(ReportData(tables, collect(tables))) is None


def test_copies_of_two_years_that_differ_are_one(tables, facts):
    assert copies_by_year(ReportData(tables, facts))


def test_copies_of_papers_not_told_apart_are_not_passed_over(filed, folder, prose):
    shutil.rmtree(folder.path / "raw" / "2017H1")
    data = filed("KUS 4", "ZHA 3", indicator="copies", outlet="", period="2018H2", of="2018")
    found = subscription(data)
    assert (found.papers, found.together.low, found.together.high) == ([], 7, None)  # others may have some
    for language, told in {
        "en": "In 2018, subscriptions to newspapers came to at least 7 copies together",
        "ru": "В 2018 году подписка на все газеты вместе составила не менее 7 экземпляров",
        "kk": "2018 жылы барлық газетке бірге",
    }.items():
        assert told in prose(data, "subscription", found, language)
        answer = prose(data, "answers/subscriptions", answer_subscriptions(data), language)
        assert "7" in answer and not {"known.", "неизвестна.", "белгісіз."} & {*answer.split()}


@pytest.mark.parametrize(
    ("code", "words", "as_one"),
    [
        (
            "en",
            "Over the whole of 2018, Shymkent and Turkistan are counted together as the South Kazakhstan",
            "Shymkent and Turkistan count as one organisation",
        ),
        (
            "ru",
            "За 2018 год в целом Туркестанская и Шымкент учтены вместе как Южно-Казахстанская",
            "Туркестанская и Шымкент считаются одной организацией",
        ),
        (
            "kk",
            "2018 жыл бойынша Түркістан және Шымкент бірге Оңтүстік Қазақстан облыстық ұйымы ретінде",
            "Түркістан және Шымкент бір ұйым болып есептеледі",
        ),
    ],
)
def test_a_year_of_fewer_organisations_says_why(code, words, as_one):
    for case, parted in (("2018H2", True), ("2019H1", False), ("2017H2", False)):
        told = reported(case, None, code)
        assert [u.parts for u in subscription(told.data).united] == ([["TUR", "SHY"]] if parted else [])
        for name, section, sentence in (
            ("subscription", subscription(told.data), words),
            ("answers/subscriptions", answer_subscriptions(told.data), as_one),
        ):
            passages = told.renderer.prose(name, section, view=partial(gathered, told.data))
            said = " ".join(str(item) for passage in passages for item in passage.items)
            assert (sentence in said.replace("\u00a0", " ")) is parted


def test_who_reported_stands_in_the_paragraph_of_the_copies():
    for case in ("2017H2", "2018H2"):
        told = reported(case, None, "en")
        first, *_ = told.renderer.prose(
            "subscription", subscription(told.data), view=partial(gathered, told.data)
        )
        assert "subscriptions came to" in str(first.items[0])
        assert "reported their subscriptions" in str(first.items[0])
