"""Processes that run notebooks and set documents, apart from the one that reads data and computes facts.

Three things are imported side by side, none of them twice: what documents are set with, by a process from
which the workers are forked; what data are read with, by the process that was started; and, forked from that
one as soon as it has this, what a notebook needs besides, by the stem of the kernels. Where no process can be
forked, workers are started anew.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import cached_property
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from aqparat.publish import served, stem
from aqparat.publish.stem import CAN_FORK, Address, Stem

_WORK = "aqparat.publish.rendering"  # what brings papermill and nbconvert


class Workers(Executor):
    """Processes that render; what they need is imported once, while this process does other things.

    They end when this process ends, however it ends: each watches a pipe whose other end only it holds.

    Parameters
    ----------
    jobs : int
        How many notebooks run at once.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._context: Any = multiprocessing.get_context("forkserver" if CAN_FORK else "spawn")
        self._stem: Stem | None = None
        self._watched, self._alive = self._context.Pipe(duplex=False)
        if CAN_FORK:
            from multiprocessing.forkserver import ensure_running

            self._context.set_forkserver_preload([_WORK])
            ensure_running()

    def begin(self) -> None:
        """Fork the stem of the kernels, with what this process has imported by now."""
        if CAN_FORK and self._stem is None:
            self._stem = Stem(*served.MODULES)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        self.begin()
        address = self._stem.address if self._stem else None
        return ProcessPoolExecutor(self.jobs, self._context, _begin, (self._watched, address))

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in a worker."""
        return self._pool.submit(function, *args, **kwargs)

    def stop(self) -> None:
        """End the workers and their kernels at once, whatever they do."""
        self._alive.close()
        self._end(cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when they have done what was submitted."""
        self._end(cancel_futures)
        self._alive.close()

    def _end(self, cancel_futures: bool) -> None:
        if "_pool" in self.__dict__:
            self._pool.shutdown(cancel_futures=cancel_futures)
        if self._stem:
            self._stem.close()
        self._watched.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers; at once if something went wrong."""
        if error is None:
            self.shutdown()
        else:
            self.stop()


def _begin(watched: Connection, kernels: Address | None) -> None:
    """Make a process a worker: it leaves Ctrl-C to the one that started it, and ends with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000, 20, 20)  # as in `cli`: an executed notebook is a million objects that stay
    threading.Thread(target=_watch, args=(watched,), daemon=True).start()
    stem.use(kernels)


def _watch(watched: Connection) -> None:
    """Wait until the other end of a pipe is closed, then end this process."""
    try:
        watched.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
