"""A data folder that travels: what a notebook reads of it, packed here and unpacked where notebooks run."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

from aqparat import passing
from aqparat.data.reading.files import SYNTHETIC, is_data
from aqparat.moment import at_one_moment
from aqparat.publish.build import Build
from aqparat.settings import FILE


class Cargo:
    """A packed data folder: unpacked once in a process, removed when nobody there has it any more.

    Parameters
    ----------
    packed : bytes
        As `pack` gives it.
    build : Build
        The program that has packed it, and is to read it.
    """

    def __init__(self, packed: bytes, build: Build) -> None:
        self._packed, self.build = packed, build
        self._folder: passing.Folder | None = None
        self._unpacking = threading.Lock()

    def __reduce__(self) -> tuple[type[Cargo], tuple[bytes, Build]]:
        return Cargo, (self._packed, self.build)

    def __sizeof__(self) -> int:
        return len(self._packed)

    def unpacked(self, place: Path) -> Path:
        """Return the folder that the data folder stands in; made below a place when it is first asked for."""
        with self._unpacking:
            if self._folder is None:
                folder = passing.Folder(place)
                with zipfile.ZipFile(io.BytesIO(self._packed)) as archive:
                    archive.extractall(folder.name)
                self._folder = folder
            return Path(self._folder.name)


def seen(data: Path, period: str) -> tuple[tuple[str, int, int], ...]:
    """Return what there is to pack, by name, size and time: where that differs, so may the cargo."""

    def read() -> tuple[tuple[str, int, int], ...]:
        found = ((name, path.stat()) for name, path in _contents(data, period))
        return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in found)

    return at_one_moment(read, data / "processed" / period)


def pack(data: Path, period: str) -> bytes:
    """Pack raw data, settings and the prepared tables of a period, under the name of the data folder."""
    return at_one_moment(lambda: _packed(data, period), data / "processed" / period)


def _packed(data: Path, period: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(
        packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
    ) as archive:
        for name, path in _contents(data, period):
            archive.write(path, name)
    return packed.getvalue()


def _contents(data: Path, period: str) -> Iterator[tuple[str, Path]]:
    raw, kept = data / "raw", data / "processed" / period
    folders = sorted(path for path in raw.iterdir() if path.is_dir())
    paths = [*folders]  # a batch counts even where nothing was handed in
    for folder in (raw, *folders):
        paths += sorted(path for path in folder.iterdir() if path.is_file() and is_data(path))
    paths += [path for path in (raw / SYNTHETIC, data / FILE) if path.is_file()]
    paths += sorted(path for path in kept.rglob("*") if not _is_begun(path.relative_to(kept)))
    for path in paths:
        yield f"{data.name}/{path.relative_to(data).as_posix()}", path


def _is_begun(path: Path) -> bool:
    """Return whether somebody is only writing this: it will be moved into place."""
    return any(part.startswith(".") for part in path.parts)
