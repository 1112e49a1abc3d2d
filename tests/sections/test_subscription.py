"""What the section of subscription takes from data that are not those of 2017H1."""

from aqparat.metrics import Facts
from aqparat.sections.report_data import ReportData
from aqparat.sections.subscription import led_papers, penetrations, subscribers, subscription

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
