import pytest
from aqparat.words.hyphens import syllables
from reported import report


@pytest.mark.parametrize(
    "code, word, parts",
    [
        ("kk", "Талдықорған", "Тал-ды-қор-ған"),
        ("kk", "Солтүстік", "Сол-түс-тік"),
        ("kk", "Қазақстан", "Қа-зақ-стан"),
        ("kk", "Маңғыстау", "Маң-ғыс-тау"),
        ("ru", "Казахстанская", "Ка-зах-стан-ская"),
        ("ru", "Атырауская", "Аты-рау-ская"),
        ("en", "Kazakhstan", "Ka-zakh-stan"),
        ("en", "Zhezkazgan", "Zhez-kaz-gan"),
    ],
)
def test_words_are_parted_between_syllables(code, word, parts):
    assert report(code).renderer.language.syllables(word) == parts.split("-")


@pytest.mark.parametrize("word", ["", "а", "ст", "АҚШ", "семьях", "бвгджз", "«Ел»", "2017"])
def test_a_word_keeps_its_letters(word):
    parts = syllables(word, ["ст"])
    assert "".join(parts) == word
    assert all(len(p) > 1 for p in parts[1:])
