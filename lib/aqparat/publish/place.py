"""The place of a report: one run at a time writes there; what stood there goes when the new one stands."""

from __future__ import annotations

import ctypes
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from aqparat import passing
from aqparat.choices import LANGUAGES
from aqparat.disk import outside_raw
from aqparat.period import Period
from aqparat.problem import AqparatError

_CHECKED = re.compile(
    rf"quality/(?:(?:{'|'.join(LANGUAGES)})\.html|(?:marked|checked)/.+)"
)  # by `aqparat check`
_LEFT = re.compile(  # by systems, office programs, JupyterLab and by a run that was killed
    r"(?:.*/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|~\$.*|\.~lock\..*|\.staging-.*"
    r"|\.aq-.*|\.ipynb_checkpoints/.*)"
)
_STAGED = re.compile(r"\.staging-(?:old-)?(\d{4}(?:H[12])?)(?:-[0-9a-f]{8})?$")
FAILED = ".failed"
MARKED, CHECKED = Path("quality", "marked"), Path("quality", "checked")  # by `check`, not published
_NAMED = 3  # files that an error names
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


class PlaceError(AqparatError):
    """A folder is not one that a report may take the place of."""


def place(target: Path, period: Period, data: Path) -> Path:
    """Return the real place of a report, which is free, holds one of the period, or what a check wrote.

    Raises
    ------
    RawDataError
        If it lies in raw data.
    PlaceError
        If it holds anything else.
    """
    from aqparat.moment import at_one_moment

    real = outside_raw(target, data)
    at_one_moment(lambda: _free(real, target, period), real)
    return real


def _free(real: Path, target: Path, period: Period) -> None:
    """Refuse a place that is not free, nor holds the report of a period or what a check wrote."""
    from aqparat.publish.published_report import PublishedReport, PublishedReportError

    shown = target.as_posix()
    if not real.exists():
        return
    others = _others(real) if real.is_dir() else [real.name]
    try:
        found = PublishedReport(real).period if (real / "manifest.json").is_file() else None
    except PublishedReportError:
        found = None
    if found is None and others:
        raise PlaceError(f"{target} is no report: {others}", "not_a_report", path=shown, found=named(others))
    if found is not None and found != period:
        message = f"{target} holds the report of {found}."
        raise PlaceError(message, "other_period", path=shown, found=str(found), period=str(period))


def replaceable(real: Path, shown: Path) -> None:
    """Refuse to replace a report in whose folder somebody has put other files.

    Raises
    ------
    PlaceError
    """
    from aqparat.publish.published_report import PublishedReport

    if (real / "manifest.json").is_file():
        made = PublishedReport(real).manifest["outputs"]
        added = [name for name in _others(real) if name not in made and name != "manifest.json"]
        if added:
            told = named(added)
            raise PlaceError(f"{shown} holds {told}", "added_files", path=shown.as_posix(), found=told)


@contextmanager
def held(real: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep a place for one run: a second one waits, after it has been told; mend what a killed one left.

    Parameters
    ----------
    real : Path
        As `place` gives it.
    waiting : callable
        Called once if another run has the place.
    """
    real.parent.mkdir(parents=True, exist_ok=True)
    name = real.parent / f".staging-{real.name}.lock"
    lock = FileLock(name)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        _mend(real)
        _mend_others(real)
        passing.clear(str(real.parent))
        yield
    finally:
        with suppress(OSError):  # before it is let go: who waits sees that the file is no longer there
            name.unlink()
        lock.release()


def bring_back(*folders: Path) -> None:
    """Put back the reports that killed runs have set aside in folders of reports, for who only reads them.

    What a run is at work on stays as it is, and so does a folder that cannot be written.
    """
    for folder in dict.fromkeys(path.resolve() for path in folders):
        for old in folder.glob(".staging-old-*"):
            found = _STAGED.match(old.name)
            if found and not (folder / found[1] / "manifest.json").is_file():
                _mend_free(folder / found[1])


@contextmanager
def staged(real: Path) -> Iterator[Path]:
    """Give a new folder beside a place, for this run alone; what is left of it at the end is removed."""
    folder = real.with_name(f".staging-{real.name}-{secrets.token_hex(4)}")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(new: Path, real: Path) -> None:
    """Put a folder in a place; what stood there goes only when the new one stands.

    Both are exchanged at once where the system can; else the old one is set aside under a name that
    `held` knows, and comes back if the new one cannot be put in its place.

    Raises
    ------
    PlaceError
        If the system does not let go of the old one: on Windows while one of its files is open.
    """
    try:
        if not real.exists():
            new.rename(real)
        elif _exchanged(new, real):
            shutil.rmtree(new, ignore_errors=True)
        else:
            old = _aside(real)
            real.rename(old)
            try:
                new.rename(real)
            except BaseException:
                old.rename(real)
                raise
            shutil.rmtree(old, ignore_errors=True)
    except PermissionError as error:
        reason = error.strerror or str(error)
        raise PlaceError(f"{real}: {reason}", "in_use", path=real.as_posix(), reason=reason) from error


def kept(target: Path, data: Path) -> Path:
    """Return where a run that failed is kept, beside a report; the folder above it is made."""
    real = outside_raw(target.parent / FAILED / target.name, data)
    real.parent.mkdir(parents=True, exist_ok=True)
    return real


def carry_marked(real: Path, new: Path) -> None:
    """Take the marked copies of a check along into a new report: somebody may be at work on them."""
    if (real / MARKED).is_dir():
        shutil.copytree(real / MARKED, new / MARKED, symlinks=True)


def named(names: list[str]) -> str:
    """Name files, the first few of many."""
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _mend(real: Path) -> None:
    """Bring back the report that a killed run had set aside; remove what such runs have left."""
    old = _aside(real)
    if old.is_dir():
        if (real / "manifest.json").is_file():
            shutil.rmtree(old, ignore_errors=True)
        elif not real.exists() or not _others(real):  # or what a check has written since
            shutil.rmtree(real, ignore_errors=True)
            old.rename(real)
    for left in real.parent.glob(f".staging-{real.name}-*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _mend_others(real: Path) -> None:
    """Mend what killed runs have left of other reports in the folder, but those that a run holds."""
    left = {found[1] for path in real.parent.glob(".staging-*") if (found := _STAGED.match(path.name))}
    for name in left - {real.name}:
        _mend_free(real.with_name(name))


def _mend_free(real: Path) -> None:
    """Mend what a killed run has left of a report, unless another run holds its place."""
    lock = real.with_name(f".staging-{real.name}.lock")
    with suppress(Timeout, OSError), FileLock(lock).acquire(blocking=False):
        _mend(real)
        lock.unlink(missing_ok=True)


def _aside(real: Path) -> Path:
    return real.with_name(f".staging-old-{real.name}")


def _others(folder: Path) -> list[str]:
    """Return the files of a folder that neither a check has written nor a system has left."""
    inside = sorted(p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    names = [path.relative_to(folder).as_posix() for path in inside]
    return [name for name in names if not _CHECKED.fullmatch(name) and not _LEFT.fullmatch(name)]


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False where the system or its disk cannot."""
    if sys.platform != "linux":
        return False
    try:
        call = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):  # a C library without it
        return False
    return bool(call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
