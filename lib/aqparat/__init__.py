"""aqparat: a trade union's half-year report on its information work, made from data."""

from importlib import import_module
from typing import Any

from aqparat.data.prepare import Tables
from aqparat.data.store import load
from aqparat.period import Period

__all__ = ["Period", "Tables", "charts", "kazakh", "load", "metrics"]


def __getattr__(name: str) -> Any:
    """Import `aqparat.charts` and the like where they are first used: each of them takes a while."""
    if name in ("charts", "kazakh", "metrics"):
        return import_module(f"aqparat.{name}")
    raise AttributeError(f"module 'aqparat' has no attribute {name!r}")
