"""Rankings name leaders only where it is sure, and whom they do not know."""

import pytest
from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.sections.ranking import Ranking, gap
from aqparat.sections.report_data import TOTAL

HALF = Period(2017, 2).window


def ranked(*bounds):
    """Rank organisations A, B, C … by bounds: a number, or a pair of the least and the greatest."""
    figures = []
    for code, bound in zip("ABCDEFGHIJKLM", bounds, strict=False):
        low, high = bound if isinstance(bound, tuple) else (bound, bound)
        value = low if low == high else None
        what = ("volume", "publications", code, "site", "", HALF, None)
        figures.append(Fact(f"f.{code}", *what, value, low, high, "exact", "item"))
    figures.sort(key=lambda f: -f.least)
    return Ranking(HALF, figures, [])


def codes(facts):
    return "".join(f.organisation for f in facts)


def test_the_first_three_and_the_last_three():
    told = ranked(70, 60, 50, 40, 30, 20, 10, 0)
    assert (codes(told.most), codes(told.least), codes(told.none)) == ("ABC", "GFE", "H")


def test_ties_are_told_together():
    told = ranked(70, 50, 50, 50, 30, 20, 10, 5, 5, 5)
    assert codes(told.most) == "ABCD"
    assert set(codes(told.least)) == {"H", "I", "J"}


def test_of_too_many_ties_none_is_picked_out():
    told = ranked(70, 50, 50, 50, 50, 50, 50, 20)
    assert codes(told.most) == "A"


def test_few_are_all_told():
    told = ranked(5, 4, 3, 0)
    assert told.whole and codes(told.most) == "ABC" and told.least == []


def test_a_lower_bound_leaves_the_leader_open():
    told = ranked((96, None), 90, 80, 70, 60, 50, 40)
    assert codes(told.most) == "ABC"  # A has more than all others
    told = ranked(97, (90, None), 80, 70, 60, 50, 40)
    assert codes(told.most) == "ABC"  # B may have more than A, but both have more than D
    told = ranked(97, 95, 90, 80, 70, 60, (40, None))
    assert told.most == []  # G may have most


def test_the_unsure_least_are_not_told():
    assert ranked(70, 60, 50, 40, 30, 20, (0, 90)).least == []


@pytest.mark.parametrize("count", range(1, 14))
def test_nobody_is_among_most_and_least(count):
    told = ranked(*range(count, 0, -1))
    assert not set(codes(told.most)) & set(codes(told.least))


def test_a_sum_says_whose_figures_it_lacks(filed):
    members = ["AKM", "AST", "AKT", "ALM", "ALA", "ATY", "ZAP", "ZHA", "KAR", "KUS", "KZY", "MAN", "PAV"]
    members += ["SEV", "YUZ", "VOS", "SEM", "TAL", "PAR"]
    data = filed(*(f"{code} 3" for code in members), outlet="bilimdi-el")
    total = data.facts.one("volume", organisation=TOTAL, outlet="bilimdi-el", window=HALF)
    lacking = gap(data, total)
    assert (total.low, total.high) == (57, None)
    assert (lacking.missing, lacking.told) == (["ZHZ", "UST"], "missing")


def test_of_few_that_reported_these_are_named(filed):
    data = filed("KUS 31", "PAV 72", outlet="bilimdi-el")
    total = data.facts.one("volume", organisation=TOTAL, outlet="bilimdi-el", window=HALF)
    lacking = gap(data, total)
    assert (lacking.there, lacking.told, len(lacking.missing)) == (["KUS", "PAV"], "there", 19)


def test_a_total_that_was_reported_lacks_nothing(filed):
    data = filed("KUS 31", "TOTAL 60 at_least", outlet="bilimdi-el")
    total = data.facts.one("volume", organisation=TOTAL, outlet="bilimdi-el", window=HALF)
    assert total.high is None
    assert gap(data, total) is None


def test_the_head_office_is_missed_where_it_has_reported_before(filed):
    filed("CEN 9", "KUS 2", outlet="bilimdi-el", of="2017H1", period="2017H1")
    data = filed("AKM 5", "AST 7", outlet="bilimdi-el")
    total = data.facts.one("volume", organisation=TOTAL, outlet="bilimdi-el", window=HALF)
    assert "CEN" in gap(data, total).missing


def test_a_year_put_together_of_unlike_halves_is_nobodys_alone(filed):
    """Its sum has parts of those who reported one half only: "of KUS alone" would be false."""
    filed("TOTAL 306", "KUS 20", outlet="bilimdi-el", of="2017H1", period="2017H1")
    data = filed("KUS 31", "PAV 29", outlet="bilimdi-el")
    year = data.facts.one("volume", organisation=TOTAL, outlet="bilimdi-el", window=Period(2017).window)
    assert (year.low, year.high) == (366, None)
    assert gap(data, year) is None


def test_a_year_of_which_some_reported_both_halves_tells_who(filed):
    filed("KUS 20", "PAV 30", outlet="bilimdi-el", of="2017H1", period="2017H1")
    data = filed("KUS 31", "PAV 29", outlet="bilimdi-el")
    year = data.facts.one("volume", organisation=TOTAL, outlet="bilimdi-el", window=Period(2017).window)
    assert gap(data, year).there == ["KUS", "PAV"]
