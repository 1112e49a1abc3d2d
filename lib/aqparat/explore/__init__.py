"""Exploring the data of a period: questions with their answers, and pickers with what they show.

`questions` gives answers, without a widget; `explorer` shows them in a notebook.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aqparat.explore.answer import Answer
    from aqparat.explore.explorer import Explorer

__all__ = ["Answer", "Explorer"]

_HOMES = {"Answer": "aqparat.explore.answer", "Explorer": "aqparat.explore.explorer"}


def __getattr__(name: str) -> Any:
    """Import what exploring offers where it is first used: widgets take a while."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'aqparat.explore' has no attribute {name!r}")
