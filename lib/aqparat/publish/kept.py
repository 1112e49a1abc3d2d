"""What is found out once and kept in `data/processed/`, each under a digest of all that it depends on."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from aqparat.disk import DiskFullError, outside_raw, put
from aqparat.publish import manifest

_HOME = Path("processed", "publish")


def stamp(*parts: Any) -> str:
    """Return one SHA-256 of some parts, in JSON's types, and of the program and its packages."""
    return digest([manifest.library(), manifest.packages(), *parts])


def digest(parts: Any) -> str:
    """Return one SHA-256 of something in JSON's types."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read(data: Path, name: str, stamp: str) -> Any:
    """Return what is kept under a name and a stamp; None if nothing is, or under another stamp."""
    with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
        path = data / _HOME / f"{name}.json"
        if not path.is_file():  # a pipe would be waited for
            return None
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["stamp"] == stamp:
            return found["content"]
    return None


def write(data: Path, name: str, stamp: str, content: Any) -> None:
    """Keep something that is in JSON's types; it is only kept to be quicker the next time."""
    folder = outside_raw(data / _HOME, data)
    with suppress(OSError, DiskFullError):
        folder.mkdir(parents=True, exist_ok=True)
        put(folder / f"{name}.json", json.dumps({"stamp": stamp, "content": content}, indent=1))
