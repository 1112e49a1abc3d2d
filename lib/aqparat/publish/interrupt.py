"""Ctrl-C, which a terminal sends to every process of a command: it is for the one that a person started."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def kept_off(tracked: bool = True) -> Iterator[None]:
    """Start processes that Ctrl-C does not come to until they `ignore` it.

    They import first, and would end with a traceback there. A process begins with the signals blocked that
    the thread which starts it has blocked; where there is nothing to block them with (Windows), it may come.

    Parameters
    ----------
    tracked : bool
        Whether multiprocessing starts them: the process that it starts besides, its resource tracker, is then
        started before, since multiprocessing lets the signal in again when that has begun.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if tracked:
        resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore() -> None:
    """Leave Ctrl-C to the process that started this one; what this one starts may take it again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
