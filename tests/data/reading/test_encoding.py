import pytest
from aqparat.data.reading.encoding import UndecodableError, decoded

KAZAKH = "ұйым;тақырыбы\nҚостанай;Ұстаздар құрылтайы өтті\nАқтөбе;Үгіт-насихат жұмысы\n"
RUSSIAN = "организация;заголовок\nКостанай;Учителя собрались на съезд\nАктобе;Итоги полугодия\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_as_it_is(encoding):
    found = decoded(KAZAKH.encode(encoding))
    assert (found.text, found.guessed) == (KAZAKH, False)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KAZAKH, "kz1048"), (KAZAKH, "utf-16-le"), (KAZAKH, "utf-16-be"),
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (RUSSIAN, "mac_cyrillic"),
    ],
)  # fmt: skip
def test_other_encodings_are_guessed(text, encoding):
    found = decoded(text.encode(encoding))
    assert (found.text, found.guessed) == (text, True)


@pytest.mark.parametrize("word", ["Қостанай", "«Ұстаз»", "Өскемен", "Жәңгір", "Ғани"])
def test_one_kazakh_word_is_enough(word):
    assert decoded(f"title\n{word}\n".encode("kz1048")).text == f"title\n{word}\n"


def test_utf_8_with_a_broken_place_is_not_taken_for_something_else():
    content = KAZAKH.encode() + "Атырау".encode()[:-1] + b";\n"
    with pytest.raises(UndecodableError) as error:
        decoded(content)
    assert error.value.row == 4


@pytest.mark.parametrize("content", [b"a,b\n\x00\x01\x02\x03", b"\xff\xfe\x00", b"\xef\xbb\xbf\xff\xff"])
def test_what_is_no_text(content):
    with pytest.raises(UndecodableError):
        decoded(content)


def test_a_stray_zero_byte_is_a_character_of_the_text():
    text = KAZAKH + "Атырау;а\0б\n"
    assert decoded(text.encode()).text == text
