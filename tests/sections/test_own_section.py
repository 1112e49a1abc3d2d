import pytest
from aqparat.metrics import collect
from aqparat.sections.own import own
from aqparat.sections.report_data import ReportData


@pytest.fixture
def missing(folder):
    """Give what an organisation's report says is missing, under a house's settings."""

    def missing(organisation, settings=""):
        folder.write("../settings.toml", settings)
        tables = folder.load()
        return own(ReportData(tables, collect(tables)), organisation).missing

    return missing


def test_what_the_form_asks_for_is_missed(missing, tables):
    reported = {"copies", "publications", "videos"}  # of Kostanay
    assert missing("KUS") == [code for code in tables.asked if code not in reported]
    assert missing("ALA") == tables.asked == list(tables.settings["forms"]["standard"])


def test_a_house_asks_for_what_it_wants(missing):
    assert missing("KUS", '[forms]\nstandard = ["members", "copies"]\n') == ["members"]


def test_of_others_than_members_nothing_is_missed(missing):
    assert missing("CEN") == []


def test_a_channel_told_differently_is_compared_as_a_whole(folder):
    heading = "indicator,organisation,outlet,channel,start,end,value,qualifier,source\n"
    before, now = "2017-01-01,2017-06-30", "2018-01-01,2018-06-30"
    folder.append("2017H1/observations.csv", f"publications,AST,,website,{before},20,exact,,,form")
    row = f"publications,AST,union-site,,{now},24,exact,form\n"
    folder.write("2018H1/observations.csv", heading + row)
    tables = folder.load("2018H1")
    section = own(ReportData(tables, collect(tables, history=True)), "AST")
    (line,) = [line for line in section.lines if line.volume.metric == "channel_total"]
    assert (line.volume.low, line.volume.high) == (24, None)
    assert line.growth and line.growth.low == pytest.approx(0.2)
    assert line.volume not in section.facts
