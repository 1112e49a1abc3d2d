"""The JSON Schema of facts.json, published beside it; which metrics there are, the registry says."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from aqparat import disk
from aqparat.metrics.registry import METRICS, Metric

NAME = "facts.schema.json"


_LISTS: dict[str, Callable[[Metric], bool]] = {  # what stands for a list of metrics in the file
    "METRICS that may stand in rows": lambda m: not m.is_derived,
    "METRICS that are derived": lambda m: m.is_derived,
    "METRICS that are compared": lambda m: m.is_compared,
    "METRICS with an interval": lambda m: bool(m.interval),
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of facts.json."""
    found: dict[str, Any] = json.loads(_text())
    return found


def write_schema(folder: Path) -> None:
    """Write the schema into a folder that has a facts.json."""
    disk.write(folder / NAME, _text())


def _text() -> str:
    text = resources.files("aqparat.publish").joinpath(NAME).read_text(encoding="utf-8")
    for place, is_in in _LISTS.items():
        text = text.replace(f'"{place}"', ", ".join(f'"{m.name}"' for m in METRICS.values() if is_in(m)))
    return text
