"""All that a person reads, a folder a language, and what reads it.

`labels.toml` has labels, messages and names; `titles.toml` what tables, columns and choices are called;
`forms.toml` what the forms say, in the languages they have; `narrative/` the text of the report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from aqparat.choices import LANGUAGES

_HERE = Path(__file__).parent


def narrative(language: str) -> Path:
    """Return the folder of the templates of a language."""
    return _HERE / language / "narrative"


@cache
def texts(name: str, language: str) -> dict[str, Any]:
    """Return the texts of a file of a language.

    Parameters
    ----------
    name : {"labels", "titles", "forms"}
    language : str

    Returns
    -------
    dict
        As the file has them, nested by its tables.
    """
    return tomllib.loads((_HERE / language / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def together(name: str, languages: Iterable[str] = LANGUAGES) -> dict[str, Any]:
    """Return the texts of a file in several languages side by side.

    Parameters
    ----------
    name : str
        As of `texts`.
    languages : tuple of str

    Returns
    -------
    dict
        Nested as the files are; each text as a dict by language, which lacks those that do not have it.
    """
    joined: dict[str, Any] = _joined({language: texts(name, language) for language in languages})
    return joined


def _joined(parts: dict[str, Any]) -> dict[str, Any]:
    if not all(isinstance(part, dict) for part in parts.values()):
        return parts
    keys = dict.fromkeys(key for part in parts.values() for key in part)
    return {key: _joined({code: part[key] for code, part in parts.items() if key in part}) for key in keys}
