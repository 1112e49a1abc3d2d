"""What a word of the command line may be."""

import click
import pytest
from aqparat.arguments import AddressType, ListType, NameType, PeriodType
from aqparat.period import Period

LANGUAGES = ListType("languages", ("kk", "ru", "en"))


def read(kind, text):
    return kind.convert(text, None, None)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (PeriodType(), "2017H1", Period.parse("2017H1")),
        (AddressType(), "tcp://127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        (NameType(), "  Кәсіподақ ", "Кәсіподақ"),
        (LANGUAGES, "ru, kk,ru,", ("ru", "kk")),
        (LANGUAGES, ("en",), ("en",)),  # a default, read before
    ],
)
def test_what_is_right_is_read(kind, text, found):
    assert read(kind, text) == found


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (PeriodType(), "2017h1", "2017h1: кезең емес"),
        (AddressType(), "127.0.0.1:8786", "not an address"),
        (AddressType(), "tcp://127.0.0.1:0", "not an address"),
        (AddressType(), "tcp://127.0.0.1:65536", "not an address"),
        (NameType(), " ", "the name of the union on one line"),
        (LANGUAGES, "kk,de", "kk, ru, en"),
        (LANGUAGES, " , ", "kk, ru, en"),
    ],
)
def test_what_is_wrong_is_said(kind, text, said):
    with pytest.raises(click.BadParameter, match=said):
        read(kind, text)
