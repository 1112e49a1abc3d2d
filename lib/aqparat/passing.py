"""Folders for what is needed for a time, and those that nobody was left to remove.

Whoever uses a folder holds a lock in it, which the system lets go of when that process and all forked from
it have ended, however they end. What is found with a lock that nobody holds is of no use to anyone. The lock
is the first file of a folder and the last, so that no death leaves one that is not known for what it is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "aq-"  # of their names
_LOCK, _NEW = "held", ".held"  # the lock's file, and the same before it is held
_LONGEST = 60  # characters of a folder for sockets: their paths may have 107, and something comes below it
_TRIES = 20  # until a folder stays: it may be taken for one that was left in the moment before it is held


class Folder:
    """A folder that is there as long as this object; what others have left beside it is removed first.

    Parameters
    ----------
    place : str or Path, optional
        Where it is made, under a hidden name; among the temporary files of the system by default.
    kind : str
        What it is for, in its name.
    """

    def __init__(self, place: str | Path | None = None, kind: str = "") -> None:
        where = tempfile.gettempdir() if place is None else str(place)
        clear(where)
        self.name, lock = make(where, f"{'' if place is None else '.'}{PREFIX}{kind}")
        self._end = weakref.finalize(self, _end, self.name, lock)

    def cleanup(self) -> None:
        """Remove it now."""
        self._end()

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, *_: object) -> None:
        self.cleanup()


def make(place: str, prefix: str = PREFIX) -> tuple[str, int | None]:
    """Make a folder that only this user can enter, and hold it; the lock is None where there are none.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    for _ in range(_TRIES):
        folder = tempfile.mkdtemp(prefix=prefix, dir=place)
        try:
            return folder, hold(folder)
        except FileNotFoundError:
            continue
        except OSError:
            remove(folder)
            raise
    raise FileNotFoundError(2, os.strerror(2), place)


def hold(folder: str) -> int | None:
    """Hold a folder just made as long as a file is open, which is returned; None where there are no locks.

    Raises
    ------
    FileNotFoundError
        If it has been removed meanwhile.
    """
    try:
        import fcntl
    except ImportError:
        return None
    new = Path(folder, _NEW)
    lock = os.open(new, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        new.rename(new.with_name(_LOCK))  # by now it is held
    except FileNotFoundError:
        os.close(lock)
        raise
    except OSError:  # where there are no locks it has none, and is left alone
        pass
    return lock


def remove(folder: str) -> None:
    """Remove a folder, its lock last; what cannot be removed stays."""
    with suppress(OSError):
        for path in Path(folder).iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name not in (_LOCK, _NEW):
                with suppress(OSError):
                    path.unlink()
        for name in (_LOCK, _NEW):
            Path(folder, name).unlink(missing_ok=True)
        Path(folder).rmdir()


def clear(place: str) -> None:
    """Remove the folders in a place that are this user's and that nobody holds any more."""
    with suppress(OSError, ImportError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.removeprefix(".").startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _clear(entry.path)


def clear_temporary() -> None:
    """Do so among the temporary files of the system, and where sockets are if that is elsewhere."""
    for place in {tempfile.gettempdir(), short_place()}:
        clear(place)


def short_place() -> str:
    """Return where a folder for a time has a path short enough for sockets in it."""
    place = tempfile.gettempdir()
    return place if len(os.fsencode(place)) <= _LONGEST else "/tmp"


def clear_below(place: Path) -> None:
    """Do so in a folder that need not be there, and in those in it."""
    inside = [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
    for folder in (place, *inside):
        clear(str(folder))


@contextmanager
def gathered() -> Iterator[None]:
    """Have packages, which know nothing of this, put what they need for a time into such a folder."""
    before = tempfile.tempdir
    with Folder() as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def _clear(folder: str) -> None:
    """Remove a folder that is this user's.

    Raises
    ------
    OSError
        If it is another's, has something in it but no lock, or somebody holds it.
    """
    import fcntl

    lock = _lock(folder)
    if lock is None:
        Path(folder).rmdir()
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if Path(folder).stat().st_uid == os.getuid():
            remove(folder)
    finally:
        os.close(lock)


def _lock(folder: str) -> int | None:
    """Open the lock of a folder; None where it has none."""
    for name in (_LOCK, _NEW):
        with suppress(FileNotFoundError):
            return os.open(Path(folder, name), os.O_RDWR | os.O_NOFOLLOW)
    return None


def _end(folder: str, lock: int | None) -> None:
    remove(folder)
    if lock is not None:
        os.close(lock)
