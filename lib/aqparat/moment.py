"""Reports read at one moment: another run may put a new one in the place of an old one meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from typing import TypeVar

from aqparat.problem import AqparatError

Result = TypeVar("Result")


def at_one_moment(read: Callable[[], Result], *folders: Path) -> Result:
    """Read reports, and read them again where one has been replaced meanwhile.

    A report is written once and only ever replaced by another as a whole. So what was read while none was
    replaced is of one report, and what was missing or damaged then is so. A run takes seconds to make the
    next one: what reads shorter than that need not be done often.

    Parameters
    ----------
    read : callable
        Reads all that it needs of them, and changes nothing.
    *folders : Path
        Reports, or folders of reports; they need not be there.

    Raises
    ------
    AqparatError, OSError
        What `read` raised of reports that were not replaced.
    """
    while True:
        before = [_standing(folder) for folder in folders]
        try:
            found = read()
        except (AqparatError, OSError):
            if before == [_standing(folder) for folder in folders]:
                raise
        else:
            if before == [_standing(folder) for folder in folders]:
                return found


def _standing(folder: Path) -> list[tuple[str, int, int, int]]:
    """Tell which folders stand in one, without those that a run has only for a time, and which one it is."""
    found = []
    with suppress(OSError):
        for path in (folder, *folder.iterdir()):
            if path == folder or not path.name.startswith("."):
                with suppress(OSError):
                    known = path.stat()
                    if S_ISDIR(known.st_mode):
                        changed = 0 if path == folder else known.st_mtime_ns
                        found.append((path.name, known.st_dev, known.st_ino, changed))
    return sorted(found)


__all__ = ["at_one_moment"]
