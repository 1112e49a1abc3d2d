"""The languages of the program: the one place that knows them all."""

from __future__ import annotations

from aqparat.problem import unknown
from aqparat.words.en import English
from aqparat.words.kk import Kazakh
from aqparat.words.language import Language
from aqparat.words.ru import Russian

_CLASSES: dict[str, type[Kazakh | Russian | English]] = {"kk": Kazakh, "ru": Russian, "en": English}


def language(code: str) -> Language:
    """Return a language by its code.

    Raises
    ------
    ParameterError
        If the language is not one of those the program has.
    """
    if code not in _CLASSES:
        raise unknown("language", code, _CLASSES)
    return _CLASSES[code]()
