"""Figures of a question of one's own in words."""

import pandas as pd
import pytest
from aqparat import metrics
from aqparat.choices import LANGUAGES
from aqparat.explore.naming import named, names, rows
from asked import known

WEBSITE = "indicator == 'publications' and channel == 'website'"


@pytest.mark.parametrize("code", LANGUAGES)
def test_figures_of_any_metric_are_named_in_the_language(code):
    asked = known("full", code)
    site = asked.history.all_volumes.query(WEBSITE)
    told = named(asked, site)
    assert list(told.columns[:2]) == [asked.label("ask.figure"), asked.label("ask.organisation")]
    assert len(told) == len(site)
    growth = named(asked, metrics.growth(site))
    percent = asked.label("number.percent", number="")
    assert growth.iloc[:, 4].str.contains(percent.strip()).all()
    assert named(asked, site[:0]).empty


def test_bounds_stand_beside_what_is_shown():
    asked = known("filed")
    told = named(asked, asked.history.all_volumes.query("organisation == 'TOTAL'"))
    open_ = told[told["Value"].str.startswith("at least")]
    assert len(open_)
    assert open_["At most"].isna().all()
    assert open_["At least"].notna().all()


def test_names_and_raw_rows():
    asked = known("published")
    told = names(asked)
    assert (told["KUS"], told["TOTAL"], told["radio"]) == ("Kostanay", "The union", "radio")
    site = asked.history.all_volumes.query(WEBSITE)
    wide = site.pivot_table("low", "organisation", ["start", "end"], "sum").rename(index=told)
    assert wide.loc["The union", (pd.Timestamp("2017-01-01"), pd.Timestamp("2017-06-30"))] == 306
    assert set(rows(asked, site)["File"]) == {"raw/2017H1/observations.csv"}
