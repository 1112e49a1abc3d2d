"""Raw data that relations are tried on, each with its facts, made once."""

from __future__ import annotations

from functools import cache

import invented
from aqparat.metrics.facts import Facts
from source import Source
from worlds import hidden, world

SETS = ("published", "filed", "partial", "full")
_WORLD = 7


@cache
def source(name: str) -> Source:
    """Return the published half; with an invented one; a small world, whole and in part; synthetic ones."""
    match name:
        case "published":
            return Source.published()
        case "filed":
            return Source.read(invented.filed() / "raw", "2017H2")
        case "world":
            return world(_WORLD)
        case "partial":
            return hidden(world(_WORLD), _WORLD)
    case = "2018H2" if name == "full" else name
    character, periods, period = invented.INVENTED[case]
    return Source.read(invented.folder(character, *periods) / "raw", period)


@cache
def facts(name: str) -> Facts:
    return source(name).facts()
