"""What sections tell already, so that no other section tells it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from aqparat.metrics.facts import Fact


def held(value: Any) -> Iterator[Fact]:
    """Walk the facts that a section, or anything in it, holds."""
    if isinstance(value, Fact):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from held(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from held(value.values())
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from held(part)
