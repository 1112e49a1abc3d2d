import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import common_outlets, common_totals, figures, growth_of, rate_ratio, volume
from figured import of, only

PAPERS = """
    publications AKM bilimdi-el           2017H1 1
    publications AKM qazaqstan-kasipodagy 2017H1 2
    publications AKT bilimdi-el           2017H1 3
    publications AKT qazaqstan-kasipodagy 2017H1 4
    publications ATY bilimdi-el           2017H1 0
    publications ATY qazaqstan-kasipodagy 2017H1 5
    publications KUS bilimdi-el           2017H1 6
    publications KUS qazaqstan-kasipodagy 2017H1 7
    publications AKM union-site           2017H1 50
    publications KUS union-site           2017H1 60
    publications KUS serper               2017H1 90
"""
ITEMS = ["publications"]
OUTLETS = ["union-site", "qazaqstan-kasipodagy", "bilimdi-el", "egemen-qazaqstan"]  # not of the alphabet


@pytest.fixture
def totals(observed, members, outlets_of):
    def give(text, members=members):
        volumes = volume(outlets_of(observed(text)), members)
        return common_totals(volumes, common_outlets(volumes, members, ITEMS), OUTLETS)

    return give


@pytest.fixture
def outlets_of():
    """Let a test name papers besides those of the other tests."""

    def give(frame):
        papers = frame["channel"].isin(["serper", "egemen-qazaqstan"])
        outlet = frame["outlet"].mask(papers, frame["channel"])
        return frame.assign(outlet=outlet, channel=frame["channel"].mask(papers, "newspaper"))

    return give


@pytest.mark.parametrize(("window", "code"), [("2017H1", "2017H1"), ("2017-", "2017-01-01_")])
def test_over_the_papers_that_at_least_half_report(totals, window, code):
    """Not the paper of one organisation, and no channel that has but one such outlet."""
    found = totals(PAPERS.replace("2017H1", window)).set_index("organisation")
    assert found["value"].to_dict() == {"AKM": 3, "AKT": 7, "ATY": 5, "KUS": 13, "TOTAL": 28}
    assert set(found["id"].str.split(".").str[3]) == {"newspaper"}
    assert set(found["outlet"]) == {""}
    assert found.loc["KUS", "id"] == f"common_total.publications.KUS.newspaper.{code}"
    assert found.loc["KUS", "origins"] == ()
    assert found.loc["KUS", "inputs"] == (
        f"volume.publications.KUS.qazaqstan-kasipodagy.{code}",
        f"volume.publications.KUS.bilimdi-el.{code}",
    )


@pytest.mark.parametrize(("reporting", "of", "is_common"), [(2, 4, True), (1, 3, False), (2, 5, False)])
def test_half_of_the_members_are_enough_and_fewer_are_not(totals, reporting, of, is_common):
    members = pd.Index(["AKM", "AKT", "ATY", "KUS", "PAV"][:of])
    papers = ("bilimdi-el", "qazaqstan-kasipodagy")
    lines = [f"publications {m} {paper} 2017H1 5" for m in members[:reporting] for paper in papers]
    assert totals("\n".join(lines), members).empty != is_common


def test_neither_other_indicators_nor_the_channel_as_a_whole(totals, members):
    more = [f"copies {m} {p} 2017H1 9" for m in members for p in ("bilimdi-el", "qazaqstan-kasipodagy")]
    more += [f"publications {m} newspaper 2017H1 9" for m in members]
    assert totals(PAPERS + "\n".join(more))["value"].to_list() == totals(PAPERS)["value"].to_list()


def test_an_outlet_that_is_not_reported_leaves_it_open(totals):
    left = PAPERS.replace("publications KUS bilimdi-el           2017H1 6", "")
    found = totals(left).set_index("organisation")
    for code, least in (("KUS", 7), ("TOTAL", 22)):
        assert of(found.loc[code], "low", "high", "qualifier") == (least, np.inf, "at_least")
        assert np.isnan(found.loc[code, "value"])
    assert found.loc["AKM", "value"] == 3


def test_what_was_common_once_stays_so(totals):
    """Else a paper that nobody tells of any more would be told as a fall of all, or as none."""
    before = PAPERS.replace("2017H1", "2016H1")
    now = PAPERS.replace("bilimdi-el          ", "egemen-qazaqstan    ")
    found = totals(before + now)
    own = found[found["organisation"].eq("KUS")]
    own = own.set_index(own["start"].dt.year)
    assert own["low"].to_dict() == {2016: 13, 2017: 13}
    assert own["high"].to_dict() == {2016: np.inf, 2017: np.inf}  # each lacks one of the three


def test_the_change_of_all_of_them_together(totals, members):
    before = PAPERS.replace("2017H1", "2016H1").replace(" 7\n", " 3\n")
    found = figures.totals(totals(PAPERS + before))
    row = only(growth_of(found, "common_growth"))
    assert row["value"] == pytest.approx(28 / 24 - 1)
    assert row["id"] == "common_growth.publications.TOTAL.newspaper.2017H1.2016H1"
    ratio = only(rate_ratio(found, members, ITEMS, name="common_ratio"))
    assert ratio["value"] == pytest.approx(28 / 24 * 182 / 181)  # 2016 is a leap year
    assert ratio["interval_low"] < 1 < ratio["interval_high"]
    assert ratio["inputs"] == row["inputs"]


def test_nothing_where_no_two_outlets_are_common(totals):
    assert totals("publications KUS bilimdi-el 2017H1 6\npublications KUS serper 2017H1 6").empty
