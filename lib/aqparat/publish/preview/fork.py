"""A fork of this process that makes something and hands it back."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from aqparat.publish.forking import end_with, tell

_GRACE = 5.0  # seconds for one that is stopped to put away what it has begun

T = TypeVar("T")


class Fork(Generic[T]):
    """A process that begins with all that this one has, and makes something.

    Left as a context it is gone, with all it has started. When this process ends it is gone, too, but what a
    cell has started may live on.

    Parameters
    ----------
    make : callable
        Gives something that can be pickled. What it raises is told on standard error.

    Attributes
    ----------
    line : Connection
        Has something to read when that is made, or never will be.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        context = multiprocessing.get_context("fork")
        self.line, sending = context.Pipe(duplex=False)
        self._process = context.Process(target=_hand_in, args=(sending, make, os.getpid()))
        self._process.start()
        sending.close()

    def made(self) -> T | None:
        """Wait for what it makes; None where that failed or was ended from outside."""
        try:
            return cast(T, self.line.recv())
        except (EOFError, OSError):
            return None

    def stop(self) -> None:
        """Let it put away what it has begun."""
        self._process.terminate()
        wait([self._process.sentinel], _GRACE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.line.close()
        if self._process.pid:
            tell(self._process.pid, signal.SIGKILL)  # before its number can be another's
        self._process.join()


def _hand_in(line: Connection, make: Callable[[], T], maker: int) -> None:
    """Make it and send it; when told to end, put away what was begun."""
    os.setsid()  # it ends with all that a cell has started
    end_with(maker, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        line.send(make())
