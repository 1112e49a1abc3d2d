"""Folders for what is needed for a time, and those that nobody was left to remove.

Whoever uses a folder holds a lock in it, which the system lets go of when that process and all forked from it
have ended, however they end. What is found with a lock that nobody holds is of no use to anyone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path

PREFIX = "aq-"  # of their names
_LOCK = "held"


class Folder(tempfile.TemporaryDirectory[str]):
    """A folder that is there as long as this object; what others have left beside it is removed first.

    Parameters
    ----------
    place : str or Path, optional
        Where it is made, under a hidden name; among the temporary files of the system by default.
    """

    def __init__(self, place: str | Path | None = None) -> None:
        where = tempfile.gettempdir() if place is None else str(place)
        clear(where)
        hidden = "" if place is None else "."
        super().__init__(prefix=f"{hidden}{PREFIX}", dir=where, ignore_cleanup_errors=True)
        lock = hold(self.name)
        if lock is not None:
            weakref.finalize(self, os.close, lock)


def hold(folder: str) -> int | None:
    """Hold a folder just made as long as a file is open, which is returned; None where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    new = Path(folder, f".{_LOCK}")
    lock = os.open(new, os.O_CREAT | os.O_RDWR, 0o600)
    with suppress(OSError):  # where there are no locks it has none, and is left alone
        fcntl.flock(lock, fcntl.LOCK_EX)
        new.rename(new.with_name(_LOCK))  # by now it is held
    return lock


def clear(place: str) -> None:
    """Remove the folders in a place that are this user's and that nobody holds any more."""
    with suppress(OSError, ImportError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.removeprefix(".").startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _clear(entry.path)


def _clear(folder: str) -> None:
    """Remove a folder that is this user's.

    Raises
    ------
    OSError
        If it is another's, has no lock, or somebody holds it.
    """
    import fcntl

    lock = os.open(Path(folder, _LOCK), os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if Path(folder).stat().st_uid == os.getuid():
            shutil.rmtree(folder)
    finally:
        os.close(lock)
