"""What a form says, in Kazakh and Russian, from `forms.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("kk", "ru")  # of a form


@cache
def captions() -> dict[str, Any]:
    """Return all that a form says."""
    path = resources.files("aqparat.data.forms").joinpath("forms.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def bilingual(text: Mapping[str, str], separator: str = " / ", **values: Any) -> str:
    """Return a caption in both languages, its placeholders filled."""
    kk, ru = (text[language].format(**values) for language in LANGUAGES)
    return kk if kk == ru else f"{kk}{separator}{ru}"
