"""One trial: a command in a place of its own, broken on purpose, and what must hold afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
STATUSES = {0, 1, 2, 130}  # of the contract
# Ctrl-C must reach what is started here, also where a shell has started all this beside its own work (`&`).
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
GRACE = 10  # seconds in which what a command has started must have ended after it, on a busy machine


@dataclass(frozen=True)
class Ended:
    """How a command has ended: its status (negative: a signal) and what it said."""

    status: int
    said: str


class Place:
    """A project in a folder: data, notebooks, reports, and a temporary folder and a home of its own.

    Parameters
    ----------
    path : Path
        A new folder.
    data : Path, optional
        What its data folder is copied from, without what was prepared.
    """

    def __init__(self, path: Path, data: Path = ROOT / "data") -> None:
        self.path = path
        self.data, self.reports, self.temporary = path / "data", path / "reports", path / "tmp"
        shutil.copytree(data, self.data, ignore=shutil.ignore_patterns("processed"))
        (path / "notebooks").symlink_to(ROOT / "notebooks")
        for folder in (self.reports, self.temporary, path / "home"):
            folder.mkdir()
        self._children: list[subprocess.Popen[str]] = []

    def copy(self, path: Path) -> Place:
        """Give another place with the same in it."""
        shutil.copytree(self.path, path, symlinks=True)
        return self.at(path)

    def at(self, path: Path) -> Place:
        """Give this place where it has been copied or moved to."""
        place = Place.__new__(Place)
        place.path, place._children = path, []
        place.data, place.reports, place.temporary = path / "data", path / "reports", path / "tmp"
        return place

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT / "lib"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.temporary),
            "HOME": str(self.path / "home"),
            "AQPARAT_TRIAL": str(self.path),  # by which all that a command starts are known
        }

    def start(self, *arguments: str, user: int | None = None, **environment: str) -> subprocess.Popen[str]:
        """Start `aqparat` in the place, in a session of its own, as a user where one is named."""
        child = subprocess.Popen(
            [sys.executable, "-m", "aqparat", *arguments],
            cwd=self.path,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="surrogateescape",
            start_new_session=True,
            user=user,
        )
        self._children.append(child)
        return child

    def run(self, *arguments: str, seconds: float = 300, memory: int = 0, **environment: str) -> Ended:
        """Run `aqparat` to its end, and hold it to what holds of every command (`ended`); to memory."""
        child = self.start(*arguments, **environment)
        if memory:  # what it starts is held to as much
            resource.prlimit(child.pid, resource.RLIMIT_AS, (memory, memory))
        return self.ended(child, seconds)

    def ended(self, child: subprocess.Popen[str], seconds: float = 300, killed: bool = False) -> Ended:
        """Wait for a command; one that was not killed must have ended as the contract says."""
        try:
            said, _ = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            said, _ = child.communicate()
            raise AssertionError(f"still running after {seconds} s:\n{said}") from None
        assert not _is_fault(said) or (killed and _is_pythons(said)), said
        assert killed or child.returncode in STATUSES, f"status {child.returncode}:\n{said}"
        return Ended(child.returncode, said)

    def orphans(self) -> list[psutil.Process]:
        """Return what commands of this place have started and what runs after them, in the time of grace."""
        end = time.monotonic() + GRACE
        while (found := self.running()) and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def strays(self) -> list[str]:
        """Return what commands have left besides reports: temporary files, folders for a time."""
        every = [p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if not _is_probe(p)]
        return sorted(name for name in every if name.startswith("tmp/") or is_stray(name))

    def whole(self, name: str = "2017H1") -> bool:
        """Return whether a report stands and is just what its manifest says; False if there is none.

        Raises
        ------
        AssertionError
            It is there in part, or mixed.
        """
        return whole(self.reports / name)

    def running(self) -> list[psutil.Process]:
        """Return the processes that commands of this place have started."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("AQPARAT_TRIAL") == str(self.path)
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found


def _is_fault(said: str) -> bool:
    return "Traceback" in said or "panicked" in said


def _is_pythons(said: str) -> bool:
    """Return whether what was said is Python's own: a signal came before the first line of the program."""
    return not re.search(r"/lib/aqparat/(?!__init__\.py)", said)


def _is_probe(path: Path) -> bool:
    """Return whether a file is what Python's tempfile tries a folder with, and removes the moment after."""
    return path.parent.name == "tmp" and path.is_file() and path.read_bytes() == b"blat"


def is_stray(name: str) -> bool:
    """Return whether a path is one that commands use for a time, or in such a folder."""
    return any(part.startswith((".staging", ".aq-", "aq-")) for part in name.split("/"))


def whole(folder: Path) -> bool:
    """Return whether a folder holds a report that is just what its manifest says; False if there is none."""
    if not (folder / "manifest.json").is_file():
        published = [p for p in folder.rglob("*") if p.is_file() and "quality" not in p.parts]
        assert not published, f"a report without a manifest: {published[:3]}"
        return False
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert tree(folder, "manifest.json", "quality/marked", "quality/checked") == outputs
    return True


def tree(folder: Path, *but: str) -> dict[str, str]:
    """Return every file of a folder by path with its SHA-256, but those at or below the paths named."""
    paths = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() or p.is_symlink()}
    return {
        name: hashlib.sha256(p.read_bytes()).hexdigest() if p.exists() else "link to nothing"
        for name, p in sorted(paths.items())
        if not any(name == path or name.startswith(path + "/") for path in but)
    }


def everything(folder: Path, *but: str) -> dict[str, str]:
    """Return all that lies in a folder, of whatever kind, by path with what it is; not below paths named."""
    found: dict[str, str] = {}
    for home, folders, files in os.walk(folder):
        for name in (*folders, *files):
            place = Path(home, name).relative_to(folder).as_posix()
            if not any(place == one or place.startswith(one + "/") for one in but):
                found[place] = _kind(Path(home, name))
    return found


def _kind(path: Path) -> str:
    """Return what lies at a path: its kind, and of a file the SHA-256, of a link where it leads."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if stat.S_ISREG(mode):
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    return stat.filemode(mode)
