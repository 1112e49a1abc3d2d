"""All that a person reads, a folder a language, and what reads it.

`labels.toml` has labels, messages and names; `titles.toml` what tables, columns and choices are called;
`forms.toml` what the forms say, in the languages they have; `narrative/` the text of the report.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from aqparat.choices import LANGUAGES

_HERE = Path(__file__).parent
_Function = TypeVar("_Function", bound=Callable[..., Any])
_remembered: list[Callable[[], None]] = []


def remembered(function: _Function) -> _Function:
    """Remember what a function has made of the texts, until they are to be read again."""
    kept = lru_cache(4096)(function)
    _remembered.append(kept.cache_clear)
    return kept  # type: ignore[return-value]  # typeshed's loses the parameters


def forget() -> None:
    """Read the texts again where they are asked for next: they have changed."""
    for clear in _remembered:
        clear()


def narrative(language: str) -> Path:
    """Return the folder of the templates of a language."""
    return _HERE / language / "narrative"


@remembered
def stamp() -> str:
    """Return one SHA-256 of all texts but the prose of sections, whose templates end in `.md.j2`."""
    files = (path for path in sorted(_HERE.rglob("*")) if path.suffix in (".toml", ".j2"))
    others = [path for path in files if not path.name.endswith(".md.j2")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in others)).hexdigest()


@remembered
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


@remembered
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
