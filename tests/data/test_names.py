import pytest
from aqparat.data.names import Names, fold


@pytest.fixture(scope="module")
def names():
    spellings = [
        ("Шығыс Қазақстан", "VOS"),
        ("East Kazakhstan", "VOS"),
        ("Алматы облысы", "ALM"),
        ("Алматы қаласы", "ALA"),
    ]
    return Names.of(spellings, ["VOS", "ALM", "ALA", "ATY"], generic=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("шығыс  қазақстан", "VOS"),
        ("ШЫҒЫС ҚАЗАҚСТАН", "VOS"),
        ("Шығыс-Қазақстан", "VOS"),
        ("Шығыс Қaзaқcтaн", "VOS"),  # Latin a and c
        ("«Шығыс Қазақстан»", "VOS"),
        ("EAST KAZAKHSTAN", "VOS"),
        ("east kazakhstan", "VOS"),
        ("Шығыс Қазақстан облыстық ұйымы", "VOS"),
        ("East Kazakhstan Region", "VOS"),
        ("АТУ", "ATY"),  # Cyrillic
    ],
)
def test_a_name_in_another_spelling(names, text, code):
    assert names.meant(text) == {code}


def test_a_name_may_be_that_of_several(names):
    assert names.meant("Алматы") == {"ALA", "ALM"}


def test_what_is_given_may_be_changed(names):
    """Once a caller that took a code from the set made the name unknown from then on."""
    names.meant("шығыс қазақстан").pop()
    assert names.meant("шығыс қазақстан") == {"VOS"}


def test_small_and_capital_letters_are_alike():
    assert fold("SOUTH BAYKHAN") == fold("South Baykhan") == fold("south baykhan")
