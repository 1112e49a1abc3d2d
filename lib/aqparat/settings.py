"""The settings: numbers that are a choice, read once from settings.toml."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

SETTINGS: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files("aqparat").joinpath("settings.toml").read_text(encoding="utf-8")
)
