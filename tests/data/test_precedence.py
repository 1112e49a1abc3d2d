"""What is told first of what is alike: never by codes."""

from types import SimpleNamespace

import pandas as pd
import pytest
from aqparat.data.precedence import Precedence


@pytest.fixture
def order():
    """Give tables whose order is not that of the alphabet."""
    codes = {
        "organisations": ["ZAI", "AKM"],
        "outlets": ["serper", "bilimdi-el"],
        "indicators": ["videos", "copies"],
    }
    return Precedence.of(SimpleNamespace(**{n: pd.DataFrame(index=own) for n, own in codes.items()}))


def test_organisations_stand_as_in_their_table_after_the_union(order):
    assert sorted(["AKM", "XXX", "TOTAL", "ZAI"], key=order.organisation) == ["TOTAL", "ZAI", "AKM", "XXX"]


def test_outlets_stand_before_channels_and_what_names_neither(order):
    spots = [
        ("serper", "newspaper"), ("bilimdi-el", "newspaper"), ("", "television"), ("", "radio"), ("", ""),
    ]  # fmt: skip
    assert sorted(sorted(spots), key=lambda spot: order.spot(*spot)) == spots


def test_what_the_program_counts_stands_after_what_is_handed_in(order):
    told = ["videos", "copies", "seminar", "language_kk", "language_ru"]
    assert sorted(sorted(told), key=order.indicator) == told


def test_a_series_is_told_by_what_is_counted_then_of_whom(order):
    told = [
        ("videos", "ZAI", "serper", ""), ("videos", "AKM", "serper", ""), ("copies", "TOTAL", "serper", ""),
        ("copies", "TOTAL", "bilimdi-el", ""), ("copies", "ZAI", "", ""),
    ]  # fmt: skip
    assert sorted(sorted(told), key=lambda series: order.series(*series)) == told
