"""A whole process measured: its time, its processor time, the memory of its whole tree."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

Command = Sequence[str | Path]
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, of <sys/prctl.h>
_PATIENCE = 10  # seconds in which what a command has left behind must end
OUTPUT = "output.txt"  # what the last command has written, in the folder where it ran


class FailedError(Exception):
    """A command that was to be measured ended with an error."""


@dataclass(frozen=True)
class Spent:
    """What processes run one after another have taken.

    Parameters
    ----------
    seconds, processor : float
        By the clock, and by all processors: kernels and workers too. Where a process cannot adopt what its
        children leave behind (other systems than Linux), what nobody has waited for is missing.
    memory : int, optional
        The most bytes that one of them and all its children held at once. A page that several share counts
        once (Linux: proportional set size; elsewhere resident size).
    """

    seconds: float
    processor: float
    memory: int | None = None


def spent(
    commands: Sequence[Command], folder: Path, environment: Mapping[str, str], pause: float | None = None
) -> Spent:
    """Run commands one after another and measure them as a whole.

    Parameters
    ----------
    commands, folder, environment
        What is run, where, and with which variables.
    pause : float, optional
        Seconds between two looks at the memory; without it none is taken: looking slows what is looked at.

    Raises
    ------
    FailedError
        With the last lines that the command wrote.
    """
    seconds = processor = 0.0
    most = 0
    others = _own() if _adopts() else set()
    for command in commands:
        with (folder / OUTPUT).open("wb") as output:
            begun = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            if pause:
                most = max(most, _watched(process.pid, pause))
            _, status, usage = os.wait4(process.pid, 0)
            seconds += time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            last = (folder / OUTPUT).read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
            raise FailedError("\n".join([f"{' '.join(map(str, command))}: {process.returncode}", *last]))
        processor += usage.ru_utime + usage.ru_stime + (_orphans(others) if _adopts() else 0)
    return Spent(seconds, processor, most if pause else None)


@cache
def _adopts() -> bool:
    """Have this process become the parent of what its children leave behind, and return whether it has."""
    return sys.platform == "linux" and ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) == 0


def _own() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def _orphans(others: set[int]) -> float:
    """Wait for what a command has left behind, and return the seconds of processors that it took.

    Raises
    ------
    FailedError
        If something goes on running.
    """
    processor, end = 0.0, time.monotonic() + _PATIENCE
    while left := _own() - others:
        for orphan in left:
            pid, _, usage = os.wait4(orphan, os.WNOHANG)
            processor += usage.ru_utime + usage.ru_stime if pid else 0
        if time.monotonic() > end:
            raise FailedError(f"processes still run {_PATIENCE} seconds after the one that started them")
        time.sleep(0.01)
    return processor


def _watched(pid: int, pause: float) -> int:
    """Return the most bytes held by a process and its children, when it has ended."""
    most = 0
    root = psutil.Process(pid)
    known = {root}
    while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
        known |= {child for parent in known for child in _children(parent)}
        known = {one for one in known if one.is_running()}
        most = max(most, sum(map(_held, known)))
        time.sleep(pause)
    return most


def _children(process: psutil.Process) -> set[psutil.Process]:
    try:
        return set(process.children(recursive=True))
    except psutil.Error:
        return set()


def _held(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(memory, "pss", memory.rss))
