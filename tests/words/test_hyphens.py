import pytest
from aqparat.words.hyphens import syllables
from aqparat.words.languages import language
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


@pytest.mark.parametrize(
    ("code", "words", "soft"),
    [
        ("kk", "Радиобағдарламалар", "Радио-бағ-дар-ла-ма-лар"),
        ("kk", "Негізгі газеттердегі материалдар", "Негізгі газеттердегі материалдар"),  # they fit
        ("ru", "Видеоматериалы", "Видео-ма-те-риалы"),
        ("en", "TV programmes", "TV programmes"),
        ("ru", "ббббббббббббббббб", "ббббббббббббббббб"),
    ],
)
def test_only_a_word_that_may_not_fit_can_be_broken(code, words, soft):
    told = language(code).softened(words)
    assert told.replace("\u00ad", "-") == soft
    assert all(
        len(word.split("\u00ad")[end]) >= 3 for word in told.split() for end in (0, -1) if "\u00ad" in word
    )
