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
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from functools import cache, cached_property
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize, get_temp_dir
from pathlib import Path
from types import TracebackType
from typing import Any

from aqparat import passing
from aqparat.period import Period
from aqparat.publish import ahead, interrupt, served, stem
from aqparat.publish.stem import CAN_FORK, Address, Stem, StemEndedError
from aqparat.publish.task import Task
from aqparat.publish.warm import learn, read, warm

_LAST = -200  # of what is done at the end: after multiprocessing has removed its own, at -100
_MANY = 2  # tasks of one notebook, period and language: more are likely to come
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
        self._learnt: set[str] = set()
        self._kinds: Counter[tuple[Path, str, str]] = Counter()
        self._watched, self._alive = self._context.Pipe(duplex=False)
        if CAN_FORK:
            from multiprocessing.forkserver import ensure_running

            _gathered()
            self._context.set_forkserver_preload([_WORK])
            with interrupt.kept_off():
                ensure_running()

    def begin(self) -> None:
        """Fork the stem of the kernels, with what this process has imported by now."""
        if CAN_FORK and self._stem is None:
            self._stem = Stem(*served.MODULES)

    def foresee(self, languages: Sequence[str], formats: Sequence[str], period: Period, data: Path) -> None:
        """Have the stem learn languages and read what is kept of a period, while this process goes on.

        The first time also a worker is made ready to set documents.
        """
        if "_pool" not in self.__dict__:
            threading.Thread(target=_submitted, args=(self._pool, formats), daemon=True).start()
        self._have(*((learn, code) for code in languages if code not in self._learnt), (read, period, data))
        self._learnt.update(languages)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        self.begin()
        address = self._stem.address if self._stem else None
        return ProcessPoolExecutor(self.jobs, self._context, _begin, (self._watched, address))

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in a worker."""
        pool = self._pool
        for task in args:
            if isinstance(task, Task):
                self._foresee(task)
        return _sent(pool, function, *args, **kwargs)

    def _foresee(self, task: Task) -> None:
        """Have the stem show what a task shows if many of its kind come."""
        kind = task.source, task.parameters["period"], task.parameters["language"]
        self._kinds[kind] += 1
        if self._kinds[kind] == _MANY:
            self._have((warm, task.source, task.home, task.parameters))

    def _have(self, *calls: tuple[Any, ...]) -> None:
        """Have the stem, if there is one, call functions, one after another, while this process goes on."""
        if self._stem:
            threading.Thread(target=_called, args=(self._stem.address, calls), daemon=True).start()

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


@cache
def _gathered() -> None:
    """Have the sockets of this process in a folder that the next run clears where this one is killed."""
    before = tempfile.tempdir
    passing.clear_temporary()
    with suppress(OSError):
        tempfile.tempdir, _ = passing.make(passing.short_place())  # held to the end of this process
        try:
            Finalize(None, passing.remove, (tempfile.tempdir,), exitpriority=_LAST)
            get_temp_dir()  # which keeps what it gives
        finally:
            tempfile.tempdir = before


def _submitted(pool: Executor, formats: Sequence[str]) -> None:
    """Have a pool start a worker, which waits for the imports of the process that it is forked from."""
    with suppress(RuntimeError):  # the pool has been shut down meanwhile, or its workers have ended
        _sent(pool, _ready, formats)


def _sent(pool: Executor, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
    """Submit to a pool; it is broken, too, if the process that workers are forked from has ended."""
    try:
        with interrupt.kept_off():
            return pool.submit(function, *args, **kwargs)
    except (EOFError, OSError) as error:
        raise BrokenExecutor(str(error)) from error


def _ready(formats: Sequence[str]) -> None:
    """Make a worker ready."""
    from aqparat.publish import rendering

    rendering.ready(formats)


def _called(kernels: Address, calls: Sequence[tuple[Any, ...]]) -> None:
    """Have a stem call functions; where it has ended meanwhile nobody needs what they do."""
    with suppress(StemEndedError):
        for function, *given in calls:
            kernels.run(function, *given)


def _begin(watched: Connection, kernels: Address | None) -> None:
    """Make a process a worker: it leaves Ctrl-C to the one that started it, and ends with that one."""
    interrupt.ignore()
    gc.set_threshold(50_000, 20, 20)  # as in `cli`: an executed notebook is a million objects that stay
    threading.Thread(target=_watch, args=(watched,), daemon=True).start()
    stem.use(kernels)
    if kernels is None:
        ahead.keep()


def _watch(watched: Connection) -> None:
    """Wait until the other end of a pipe is closed, then end this process."""
    try:
        watched.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
