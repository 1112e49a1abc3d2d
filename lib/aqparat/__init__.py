"""aqparat: a trade union's half-year report on its information work, made from data."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aqparat import charts, kazakh, metrics
    from aqparat.data.prepare import Tables
    from aqparat.data.store import load
    from aqparat.period import Period

__all__ = ["Period", "Tables", "charts", "kazakh", "load", "metrics"]

_HOMES = {"Period": "aqparat.period", "Tables": "aqparat.data.prepare", "load": "aqparat.data.store"}


def __getattr__(name: str) -> Any:
    """Import what the library offers where it is first used: pandas and matplotlib take a while."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in __all__:
        return import_module(f"aqparat.{name}")
    raise AttributeError(f"module 'aqparat' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List what the library offers."""
    return sorted({*globals(), *__all__})
