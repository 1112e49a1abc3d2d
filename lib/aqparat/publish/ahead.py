"""Kernels started before they are needed, where no process can be forked.

A kernel's process takes seconds to import what it needs. Started while other work goes on, it has done so by
the time it is wanted.
"""

from __future__ import annotations

import atexit
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from subprocess import PIPE, Popen
from typing import Any

from jupyter_client.launcher import launch_kernel

from aqparat.publish.served import MODULES

_waiting: list[Popen[bytes]] = []
_kept = 0  # how many are to wait again as soon as one has been taken


def keep(count: int = 1) -> None:
    """Have so many kernels wait from now on."""
    global _kept
    _kept = count
    start(count)


def start(count: int = 1, modules: Sequence[str] = MODULES) -> None:
    """See to it that so many kernels of this process, which import some modules, wait to be taken."""
    atexit.register(close)
    while len(_waiting) < count:
        command = [sys.executable, "-m", "aqparat.publish.served", *modules]
        _waiting.append(launch_kernel(command, stdin=PIPE))


def take(connection: str, folder: str, environment: Mapping[str, str]) -> Popen[bytes]:
    """Return the process of a kernel that serves where it is told, started just now if none waits."""
    start(1, ())
    process: Any = _waiting.pop(0)
    line = json.dumps([connection, folder, dict(environment)])
    with suppress(OSError):  # it has ended; whoever waits for it will see
        process.stdin.write(line.encode("ascii") + b"\n")
        process.stdin.flush()
    start(_kept)
    return process


def close() -> None:
    """End the kernels that wait, and keep none any more."""
    global _kept
    _kept = 0
    atexit.unregister(close)
    while _waiting:
        process = _waiting.pop()
        process.communicate()
