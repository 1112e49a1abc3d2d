"""A whole process measured: its time, its processor time, the memory of its whole tree."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

Command = Sequence[str | Path]
PAUSE = 0.02  # seconds between two looks at the memory


class FailedError(Exception):
    """A command that was to be measured ended with an error."""


@dataclass(frozen=True)
class Spent:
    """What processes run one after another have taken: seconds of the clock and of processors."""

    seconds: float
    processor: float


def spent(commands: Sequence[Command], folder: Path, environment: Mapping[str, str]) -> Spent:
    """Run commands one after another and measure them as a whole.

    The processor's time is that of all processes that have been waited for, so of kernels and workers too.

    Raises
    ------
    FailedError
        With the last lines that the command wrote.
    """
    seconds = processor = 0.0
    for command in commands:
        with (folder / "output.txt").open("w+b") as output:
            begun = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds += time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
        _right(process, command, folder)
        processor += usage.ru_utime + usage.ru_stime
    return Spent(seconds, processor)


def peak(commands: Sequence[Command], folder: Path, environment: Mapping[str, str]) -> int:
    """Run commands and return the most bytes that one of them and all its children held at once.

    A page that several processes share counts once (Linux: proportional set size; elsewhere resident size).
    Looking slows what is looked at: time is measured in another run.
    """
    most = 0
    for command in commands:
        with (folder / "output.txt").open("w+b") as output:
            process = psutil.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            known = {process}
            while process.poll() is None:
                known |= {child for parent in known for child in _children(parent)}
                known = {one for one in known if one.is_running()}
                most = max(most, sum(map(_held, known)))
                time.sleep(PAUSE)
        _right(process, command, folder)
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


def _right(process: subprocess.Popen[bytes], command: Command, folder: Path) -> None:
    if process.returncode:
        output = (folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        last = "\n".join(output.splitlines()[-15:])
        raise FailedError(f"{' '.join(map(str, command))}: status {process.returncode}\n{last}")
