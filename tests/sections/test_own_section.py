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
