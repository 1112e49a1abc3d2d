"""What the figures point to: seven lines at the most, each of the period, and below what chance explains."""

import sys
from dataclasses import replace

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.sections.findings import RULES, Finding, findings
from aqparat.sections.measures import measures
from aqparat.sections.report_data import ReportData

COLUMNS = "indicator,organisation,outlet,channel,start,end,value,qualifier,source\n"
HALF = "2017-07-01,2017-12-31"
SIZES = {"KUS": (40, 20_000), "AKM": (38, 20_000), "PAV": (41, 20_000), "KAR": (2, 30_000), "UST": (0, 300)}


@pytest.fixture
def sized(folder):
    """Give five organisations with items on the site and members: one far below the rate, one too small."""
    rows = [
        row
        for code, (items, members) in SIZES.items()
        for row in (
            f"publications,{code},union-site,,{HALF},{items},exact,form",
            f"members,{code},,,{HALF},{members},exact,form",
        )
    ]
    folder.write("2017H2/observations.csv", COLUMNS + "\n".join(rows) + "\n")
    tables = folder.load("2017H2")
    return ReportData(tables, collect(tables))


def test_only_who_is_surely_below_the_rate_is_named(sized):
    (below,) = [f for f in findings(sized) if f.rule == "below_rate"]
    assert below.organisations == ["KAR"]
    assert [f.id for f in below.facts] == ["rate.publications.KAR.union-site.2017H2"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_rate_of_who_is_below_is_told(sized, prose, code):
    (below,) = [f for f in findings(sized) if f.rule == "below_rate"]
    said = prose(sized, "findings", replace(measures(sized), findings=[below]), code)
    assert {"kk": "0,067", "ru": "0,067", "en": "0.067"}[code] in said  # 2 items, 30 thousand members


def test_seven_lines_at_the_most_in_the_order_of_the_rules(sized, monkeypatch):
    many = [Finding(f"rule {n}") for n in range(len(RULES))]
    monkeypatch.setattr(sys.modules["aqparat.sections.measures"], "findings", lambda data: many)
    assert [f.rule for f in measures(sized).findings] == [f"rule {n}" for n in range(7)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_nothing_was_found_is_said(sized, prose, code):
    said = prose(sized, "findings", replace(measures(sized), findings=[]), code)
    assert said.count(".") == 1
