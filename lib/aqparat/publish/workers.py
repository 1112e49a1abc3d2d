"""Processes that run notebooks and set documents, apart from the one that reads data and computes facts."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

_CAN_FORK = sys.platform not in ("win32", "darwin")
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
        context = multiprocessing.get_context("forkserver" if _CAN_FORK else "spawn")
        if _CAN_FORK:
            from multiprocessing.forkserver import ensure_running

            context.set_forkserver_preload([_WORK])
            ensure_running()
        watched, self._alive = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(jobs, context, _begin, (watched,))

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in a worker."""
        return self._pool.submit(function, *args, **kwargs)

    def stop(self) -> None:
        """End the workers at once, whatever they do."""
        self._alive.close()
        self._pool.shutdown(cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when they have done what was submitted."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        self._alive.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers; at once if something went wrong."""
        if error is None:
            self.shutdown()
        else:
            self.stop()


def _begin(watched: Connection) -> None:
    """Make a process a worker: it leaves Ctrl-C to the one that started it, and ends with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(watched,), daemon=True).start()


def _watch(watched: Connection) -> None:
    """Wait until the other end of a pipe is closed, then end this process."""
    try:
        watched.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
