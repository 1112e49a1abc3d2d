"""A process forked early, which imports while the other goes on and is forked again on request.

    with Stem("pandas", "aqparat.report") as stem:   # returns at once
        ...                                          # whatever is to be done meanwhile
        child = stem.fork(target, argument)          # from any process that has `stem.address`

The stem has one thread, so that it can be forked at any time. It speaks over a socket in a folder of its own
(`Address.folder`), which only this user can enter and which is removed with it; others may keep there what
is to go when it ends. A line to it stays open for each child: the exit status comes back on it, and a child
whose line is closed, or whose stem ends, is ended. The stem ends with the process that started it, however
that ends. Where the system can send a signal at a parent's death (Linux), it does so besides.
"""

from __future__ import annotations

import atexit
import os
import pickle
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self, TypeVar

from aqparat import passing
from aqparat.publish.forking import KEY, Forking

Result = TypeVar("Result")

CAN_FORK = sys.platform not in ("win32", "darwin")  # on macOS its frameworks do not bear a fork

_lives: set[int] = set()  # what stems listen to for the end of this process
_current: Address | None = None


class StemEndedError(RuntimeError):
    """The stem is not there any more."""


@dataclass(frozen=True)
class Address:
    """Where a stem is asked; it can be handed to other processes of the same user."""

    folder: str
    key: bytes = field(repr=False)

    def fork(self, target: Callable[..., object], *args: Any) -> Child:
        """Fork a child of the stem that runs `target(*args)`, both pickled by reference.

        Raises
        ------
        StemEndedError
            If the stem has ended.
        Exception
            What the stem's imports raised.
        """
        pid, line = self._asked("fork", target, args)
        return Child(pid, line)

    def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Run a function in the stem itself, and give back its result or raise its error.

        What it leaves in memory all later children have; while it runs, none is forked.
        """
        result, line = self._asked("run", function, args)
        line.close()
        return result

    def _asked(
        self, kind: str, function: Callable[..., Any], args: tuple[Any, ...]
    ) -> tuple[Any, Connection]:
        """Return the answer to a request, and the line that it came on."""
        request = pickle.dumps((kind, function, args))
        try:
            line = _connected(self.folder)
            line.send_bytes(self.key + request)
            done, result = line.recv()
        except (EOFError, OSError) as error:
            raise StemEndedError("The process that forks has ended.") from error
        if done:
            return result, line
        line.close()
        raise result


class Child:
    """A child of a stem, with the face of `subprocess.Popen` as far as it is one's to have.

    A child that nobody holds any more is ended.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: Connection) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._line = line
        self._told = threading.Lock()

    def poll(self) -> int | None:
        """Give the exit status, None while running; minus the number of the signal that ended it."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and give the exit status.

        Raises
        ------
        TimeoutError
        """
        status = self._ended(timeout)
        if status is None:
            raise TimeoutError(f"The process {self.pid} has not ended in {timeout:g} seconds.")
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal to it and to the processes it has started."""
        if self.poll() is None:
            with suppress(OSError):  # it has ended meanwhile, and the stem, too
                self._line.send(number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is not None or not self._is_told(timeout):
            return self.returncode
        with self._told:
            if self.returncode is None:
                try:
                    self.returncode = self._line.recv()
                except (EOFError, OSError):  # the stem was killed, and its children were with it
                    self.returncode = -signal.SIGKILL
                self._line.close()
        return self.returncode

    def _is_told(self, timeout: float | None) -> bool:
        try:
            return self._line.poll(timeout)
        except OSError:  # another thread has heard of the end
            return True


class Stem:
    """A process forked from this one, which imports modules and is then forked on request.

    Parameters
    ----------
    *modules : str
        What it imports; requests wait until it has.
    """

    def __init__(self, *modules: str) -> None:
        folder, lock = passing.make(passing.short_place())
        key = secrets.token_bytes(KEY)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(_socket(folder))
        listener.listen(64)
        _let_go_after_fork()
        life, self._life = os.pipe()
        _lives.add(self._life)
        self._maker = os.getpid()
        followed = os.getpid() if threading.current_thread() is threading.main_thread() else None
        self.address = Address(folder, key)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # else what waits to be written would be written by both
        self.pid = os.fork()
        if self.pid == 0:
            try:
                Forking(listener, life, folder, key, followed, lock).serve(modules)
            finally:
                os._exit(1)
        os.close(life)
        if lock is not None:
            os.close(lock)
        listener.close()
        atexit.register(self.close)

    def fork(self, target: Callable[..., object], *args: Any) -> Child:
        """Fork a child, as `Address.fork`."""
        return self.address.fork(target, *args)

    def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Run a function in the stem, as `Address.run`."""
        return self.address.run(function, *args)

    def close(self) -> None:
        """End the stem and its children, and wait for that."""
        if self._maker != os.getpid() or self._life not in _lives:
            return
        _lives.discard(self._life)
        atexit.unregister(self.close)
        os.close(self._life)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        passing.remove(self.address.folder)  # where it was killed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _connected(folder: str) -> Connection:
    asking = socket.socket(socket.AF_UNIX)
    try:
        asking.connect(_socket(folder))
    except OSError:
        asking.close()
        raise
    return Connection(asking.detach())


def _socket(folder: str) -> str:
    return str(Path(folder) / "stem")


@cache
def _let_go_after_fork() -> None:
    """Have whatever is forked from this process let go of its stems, which live as long as this one alone."""

    def let_go() -> None:
        while _lives:
            os.close(_lives.pop())

    os.register_at_fork(after_in_child=let_go)


def use(address: Address | None) -> None:
    """Set the stem that this process forks kernels from."""
    global _current
    _current = address


def current() -> Address | None:
    """Return the stem that is set for this process, if one is."""
    return _current
