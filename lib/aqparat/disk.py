"""What is written to disk: nothing below raw data, and no file by halves."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aqparat import passing
from aqparat.problem import AqparatError

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # of a disk, or of a share of it
_ROOM = 1 << 20  # bytes; with fewer a disk is full
_RAW, _REFERENCE = "raw", "reference"


class RawDataError(AqparatError):
    """Something was to be written below raw data, which the program never changes."""


def outside_raw(path: Path, data: Path | None = None) -> Path:
    """Return the real path of what is to be written; links are followed, `..` is gone.

    Parameters
    ----------
    path : Path
        A file or folder that need not be there yet.
    data : Path, optional
        The data folder in use: what its `raw` folder links to is raw data too.

    Raises
    ------
    OSError
        If links lead in a circle.
    RawDataError
        If it lies in the raw data of any data folder, however its letters are written.
    """
    real = _real(path)
    kept = {_folded(folder) for folder in _linked(data / _RAW)} if data else set()
    for folder in (real, *real.parents):
        if _folded(folder) in kept or _is_raw(folder):
            message = f"{path} lies in the raw data {folder}, which are never written to."
            raise RawDataError(message, "raw_data", path=path.as_posix(), raw=folder.as_posix())
    return real


class DiskFullError(AqparatError):
    """A file does not fit on its disk any more."""


@contextmanager
def naming(path: Path, needed: int | None = None, also: bool = False) -> Iterator[None]:
    """Have what goes wrong while a file is written name the file, which the system does not always do.

    Parameters
    ----------
    path : Path
    needed : int, optional
        Its bytes, where they are known.
    also : bool
        Whether it is named in place of a file that the system names: one that is to become it.

    Raises
    ------
    DiskFullError
        If it does not fit.
    OSError
        If it cannot be written for another reason.
    """
    try:
        yield
    except OSError as error:
        error.filename = str(path) if also else error.filename or str(path)
        if error.errno not in FULL:
            raise
        with suppress(OSError):
            free = shutil.disk_usage(path.parent).free
            told = {"path": error.filename, "free": _megabytes(free)}
            if needed is None:
                raise DiskFullError(str(error), "disk_full", **told) from error
            raise DiskFullError(str(error), "disk_short", **told, needed=_megabytes(needed)) from error
        raise


def hold_room(folder: Path) -> None:
    """Hold that there is room in a folder, where something has failed that does not say why.

    Raises
    ------
    DiskFullError
    """
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        message = f"{folder}: {free} bytes free"
        raise DiskFullError(message, "disk_full", path=folder.as_posix(), free=_megabytes(free))


def write(path: Path, content: str | bytes) -> None:
    """Write a file; text in UTF-8 with the ends of lines that it has. Errors as of `naming`."""
    whole = content.encode("utf-8") if isinstance(content, str) else content
    with naming(path, len(whole)):
        path.write_bytes(whole)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.2f}"


def put(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and move it there, so that the place never holds half of it.

    Parameters
    ----------
    path : Path
        In a folder that is there. A link in its place is replaced, not followed.
    content : str or bytes
        Text is written in UTF-8 with the ends of lines that it has.
    """
    whole = content.encode("utf-8") if isinstance(content, str) else content
    passing.clear(str(path.parent))  # also where there is nothing to do
    with suppress(OSError):
        if not path.is_symlink() and path.read_bytes() == whole:
            return
    with naming(path, len(whole), also=True), passing.Folder(path.parent) as folder:
        new = Path(folder) / path.name
        new.write_bytes(whole)
        new.replace(path)


def _linked(raw: Path) -> Iterator[Path]:
    """Give the real place of raw data, and of what is linked to from there."""
    yield _real(raw)
    inside = [entry for pattern in ("*", "*/*") for entry in raw.glob(pattern)]
    for entry in inside:
        if entry.is_symlink():
            with suppress(OSError):  # in a circle: it leads nowhere
                yield _real(entry)


def _real(path: Path) -> Path:
    """Return a path without links; one in a circle of links is an OSError, whatever Python it is."""
    try:
        return path.resolve()
    except RuntimeError as error:  # before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def _is_raw(folder: Path) -> bool:
    """Return whether a folder is the raw data of some data folder, or differs from it only by case."""
    if folder.name.casefold() != _RAW:
        return False
    with suppress(OSError):
        beside = [entry for entry in folder.parent.iterdir() if entry.name.casefold() == _RAW]
        return any((entry / _REFERENCE).is_dir() for entry in beside)
    return False


def _folded(path: Path) -> str:
    return str(path).casefold()
