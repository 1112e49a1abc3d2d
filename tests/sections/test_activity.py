"""Who has filed, who has not: an empty form is another thing than none."""

from dataclasses import replace

import pandas as pd
import pytest
from aqparat.sections.activity import activity


@pytest.fixture
def data(filed):
    """Give half a year that all but PAR, UST, ZHZ filed: empty forms of PAR and UST, none of ZHZ."""
    told = filed("KUS 33", "AKM 30")
    codes = [*told.tables.members().drop(["PAR", "UST", "ZHZ"]), "PAR", "UST"]
    states = {"PAR": "unread", "UST": "untouched"}
    forms = pd.DataFrame(
        {
            "organisation": codes,
            "state": [states.get(code, "filled") for code in codes],
            "filed": pd.to_datetime(["2018-03-01"] * len(codes)).astype("datetime64[us]"),
            "batch": "2017H2",
            "origins": [[f"raw/2017H2/{code}.xlsx#form!5"] for code in codes],
        }
    )
    return replace(told, tables=replace(told.tables, filings=forms))


def test_an_empty_form_is_another_thing_than_none(data):
    status = activity(data)
    assert status.not_filed == ["ZHZ"]
    assert status.unread == ["PAR"]
    assert "UST" in status.blank
    assert "AKT" in status.blank  # it wrote its day and nothing else
    assert not {"KUS", "AKM"} & {*status.blank, *status.unread, *status.not_filed}


def test_late_are_only_those_whose_figures_came(data):
    assert activity(data).late == ["AKM", "KUS"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ["«Ұстаз» толтырылмаған нысан тапсырды", "Жезқазған ештеңе тапсырмады"]),
        ("ru", ["незаполненную форму «Ұстаз»", "Ничего не представила Жезказганская"]),
        ("en", ["Ustaz submitted a form that had not been filled in", "Zhezkazgan submitted nothing"]),
    ],
)
def test_each_language_tells_them_apart(data, prose, language, words):
    status = replace(activity(data), blank=["UST"])
    said = prose(data, "activity", status, language)
    assert [part for part in words if part not in said] == [], said
