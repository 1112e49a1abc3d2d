"""The JSON Schema of facts.json, published beside it."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

NAME = "facts.schema.json"


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of facts.json."""
    found: dict[str, Any] = json.loads(_text())
    return found


def write_schema(folder: Path) -> None:
    """Write the schema into a folder that has a facts.json."""
    (folder / NAME).write_text(_text(), encoding="utf-8", newline="\n")


def _text() -> str:
    return resources.files("aqparat.publish").joinpath(NAME).read_text(encoding="utf-8")
