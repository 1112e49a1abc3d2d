import re
from pathlib import Path

import aqparat.texts
import pytest
from aqparat.choices import LANGUAGES
from aqparat.data.forms import captions
from aqparat.data.forms.captions import captions as said
from aqparat.texts import texts, together
from aqparat.words.languages import language


def flat(part, prefix=""):
    """Give the texts of nested tables by their dotted keys."""
    if not isinstance(part, dict):
        return {prefix: part}
    return {
        key: text for name, below in part.items() for key, text in flat(below, f"{prefix}.{name}").items()
    }


def placeholders(name, code):
    """Give each key of a file, in its order, with the placeholders of its text."""
    return [(key, set(re.findall(r"\{(\w+)\}", str(text)))) for key, text in flat(texts(name, code)).items()]


def test_a_language_is_a_folder():
    folders = [path.name for path in Path(aqparat.texts.__file__).parent.iterdir() if path.is_dir()]
    assert sorted(set(folders) - {"__pycache__"}) == sorted(LANGUAGES)
    assert [language(code).code for code in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_titles_are_the_same_ones_in_every_language(code):
    free = (".also.", ".former.")  # what people write, and what forms said: its own in each language
    own, first = (
        [(key, holds) for key, holds in placeholders("titles", c) if not key.startswith(free)]
        for c in (code, LANGUAGES[0])
    )
    assert own == first


def test_forms_say_the_same_in_both_of_their_languages():
    kk, ru = (placeholders("forms", code) for code in captions.LANGUAGES)
    assert kk == ru
    assert len({len(steps) for steps in said()["how"].values()}) == 1


def test_texts_stand_side_by_side_by_language():
    titles = together("titles")
    assert titles["choices"]["qualifier"]["about"] == {"kk": "шамамен", "ru": "около", "en": "about"}
    assert titles["also"]["due"] == {
        "kk": ["мерзім"],
        "ru": ["срок исполнения"],
    }  # what people write; none in English


def test_what_is_remembered_of_the_texts_is_forgotten_with_them():
    library = Path(aqparat.texts.__file__).parents[1]
    for path in library.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if re.search(r"from aqparat\.texts import|from aqparat\.data import .*titles", source):
            assert not re.search(r"^@(functools\.)?(lru_)?cache\b", source, re.MULTILINE), path


def test_texts_are_read_again_when_they_are_forgotten(monkeypatch):
    kept = texts("labels", "en")
    assert texts("labels", "en") is kept
    aqparat.texts.forget()
    assert texts("labels", "en") == kept
    assert texts("labels", "en") is not kept
