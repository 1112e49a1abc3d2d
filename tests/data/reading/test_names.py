import pytest
from aqparat.data.reading.names import Names, fold

NAMES = Names.of(
    [
        ("Алматы облысы", "ALM"), ("Алматинская", "ALM"), ("Алматы қаласы", "ALA"), ("г. Алматы", "ALA"),
        ("Қостанай", "KUS"), ("Костанайская", "KUS"), ("Kostanay", "KUS"),
        ("Білімді ел", "BE"), ("«Ұстаз»", "UST"), ("Ұстаз", "PAR"),
    ],
    ["ALM", "ALA", "KUS", "BE", "UST", "PAR"],
    generic=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KUS", "KUS"), ("kus", "KUS"), ("КUS", "KUS"),  # the last begins with a Cyrillic letter
        ("Қостанай", "KUS"), ("ҚОСТАНАЙ", "KUS"), ("  қостанай ", "KUS"), ("kostanay", "KUS"),
        ("Қостанай облыстық ұйымы", "KUS"), ("Костанайская областная организация", "KUS"),
        ("Бiлiмдi ел", "BE"), ("«Білімді  Ел»", "BE"), ("Білімді-ел", "BE"),
        ("Алматы облысы", "ALM"), ("Алматы облысы ұйымы", "ALM"), ("Алматы қаласы", "ALA"),
        ("«Ұстаз»", "UST"),
    ],
)  # fmt: skip
def test_a_spelling_stands_for_one_code(text, code):
    assert NAMES.meant(text) == {code}


@pytest.mark.parametrize("text", ["Алматы", "ұстаз"])
def test_a_spelling_of_several_is_none_of_them(text):
    assert len(NAMES.meant(text)) == 2


@pytest.mark.parametrize("text", ["", "–", "Костана", "облысы", "Kostanayskaya"])
def test_what_is_not_known(text):
    assert NAMES.meant(text) == set()


def test_the_generic_words_do_not_matter_for_outlets():
    assert Names.of([("Қостанай облысы", "x")], ["x"]).meant("Қостанай") == set()


def test_letters_that_look_alike_fold_together():
    assert fold("Жaңaлық, HOMEP 5") == fold("жаңалық номер 5")
    assert fold("ү") != fold("у")


def test_what_is_given_may_be_changed():
    """Once a caller that took a code from the set made the name unknown from then on."""
    NAMES.meant("ҚОСТАНАЙ").pop()
    assert NAMES.meant("ҚОСТАНАЙ") == {"KUS"}


def test_small_and_capital_letters_are_alike():
    assert fold("SOUTH BAYKHAN") == fold("South Baykhan") == fold("south baykhan")
