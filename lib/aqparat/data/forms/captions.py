"""What a form says, in Kazakh and Russian, from `forms.toml` of both (`texts/`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aqparat.texts import together

LANGUAGES = ("kk", "ru")  # of a form


def captions() -> dict[str, Any]:
    """Return all that a form says, each text by language."""
    return together("forms", LANGUAGES)


def bilingual(text: Mapping[str, str], separator: str = " / ", **values: Any) -> str:
    """Return a caption in both languages, its placeholders filled."""
    kk, ru = (text[language].format(**values) for language in LANGUAGES)
    return kk if kk == ru else f"{kk}{separator}{ru}"
