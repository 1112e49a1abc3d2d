"""What the section of subscription takes from data that are not those of 2017H1."""

from aqparat.metrics import Facts
from aqparat.sections.report_data import ReportData
from aqparat.sections.subscription import subscription


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
