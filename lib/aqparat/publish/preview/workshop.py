"""A workshop: the process that makes drafts, kept warm.

It is started anew, not forked, so that it can be renewed when the program itself has changed. Where the
system forks, it reads the data itself and keeps them, and each draft is made in a fork of it: that begins
with all that is imported and remembered, runs the notebook without a kernel, and leaves nothing behind. Where
that fails, another fork runs it with a kernel, whose word counts. Elsewhere the workshop makes the drafts
itself.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Self

from aqparat import memory, passing, texts
from aqparat.publish import interrupt, served
from aqparat.publish.forking import end_with, tell
from aqparat.publish.order import Order
from aqparat.publish.preview.draft import Draft
from aqparat.publish.stem import CAN_FORK

_GRACE = 5.0  # seconds for a draft that is broken off to put away what it has begun
_LONG = 2.0  # seconds after which a draft is broken off by a change; sooner it is rather shown
_LOOK = 0.1  # seconds between looks for such a change


class WorkshopEndedError(Exception):
    """A process was ended from outside, such as by a system short of memory."""


class Workshop:
    """Makes drafts of an order.

    Parameters
    ----------
    order : Order
        Of one language, in HTML.
    folder : Path
        For what is needed meanwhile; it goes with the workshop where nobody else is left to remove it.
    """

    def __init__(self, order: Order, folder: Path) -> None:
        self._order, self._folder = order, folder
        self._begin()

    def draft(
        self,
        new_texts: bool = False,
        new_program: bool = False,
        is_old: Callable[[], bool] = lambda: False,
    ) -> Draft:
        """Make a draft.

        Parameters
        ----------
        new_texts, new_program : bool
            Whether texts and templates, or the program itself, have changed since the last one.
        is_old : callable
            Tells whether the draft would be of what has changed meanwhile. One that takes long is broken off
            then, where the system forks, and is empty.

        Raises
        ------
        WorkshopEndedError
            If the process that made it was ended from outside; another one has begun.
        """
        if new_program:
            self._renew()
        try:
            self._line.send(new_texts)
            if not self._line.poll(_LONG):
                while not self._line.poll(_LOOK):
                    if is_old():
                        self._line.send(None)
                        break
            made: Draft | None = self._line.recv()
        except (EOFError, OSError) as error:
            self._renew()
            raise WorkshopEndedError from error
        if made is None:
            raise WorkshopEndedError
        return made

    def close(self) -> None:
        """End the process and what it has started."""
        self._line.close()
        self._process.join(2 * _GRACE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, self._order, self._folder))
        with interrupt.kept_off():
            self._process.start()
        other.close()

    def _renew(self) -> None:
        self.close()
        self._begin()


def _work(line: Connection, order: Order, folder: Path) -> None:
    """Make drafts until the other end of the line is closed: its process ends, however that comes."""
    interrupt.ignore()
    gc.set_threshold(50_000, 20, 20)
    bench = _Bench(order, folder, line)
    with suppress(EOFError, OSError):
        while True:
            asked = line.recv()
            if asked is None:  # what was to be broken off had ended
                continue
            if asked:
                texts.forget()
                memory.forget_rounds()  # files are understood by them
            made = bench.draft()
            line.send(made)
            if made and made.document:
                bench.warm()
    if (parent := multiprocessing.parent_process()) and not parent.is_alive():
        passing.remove(str(folder))


class _Bench:
    """Where the workshop works."""

    def __init__(self, order: Order, folder: Path, line: Connection) -> None:
        self._order, self._folder, self._line = order, folder, line
        self._is_new = True
        self._fault: Draft | None = None
        try:
            from aqparat.charts import kept
            from aqparat.publish import here, kernel
            from aqparat.publish.preview import drafting

            for name in served.MODULES:  # what notebooks need, which run in what is forked from here
                importlib.import_module(name)
        except Exception as error:
            self._fault = Draft(told=(f"{type(error).__name__}: {error}",), trace=traceback.format_exc())
            return
        self._drafting, self._here, self._kernel = drafting, here.NAME, kernel.NAME
        if CAN_FORK:
            memory.keep(rounds=True)  # what is read, gathered and drawn, each fork has
            kept.keep()

    def draft(self) -> Draft | None:
        """Make a draft; None where the process that made it was ended from outside."""
        if self._fault:
            return self._fault
        if not CAN_FORK:
            return self._drafting.draft(self._order, self._folder)
        self._drafting.gather(self._order)
        return self._forked(self._here) or self._forked(self._kernel)

    def warm(self) -> None:
        """Get warm, as long as nobody asks for anything."""
        if not CAN_FORK:
            return
        with suppress(Exception):  # something has changed meanwhile, and the next draft says what is wrong
            for _ in self._drafting.warm(self._order, self._folder, once=self._is_new):
                if self._line.poll():
                    break
            else:
                self._is_new = False
        gc.freeze()  # what is there stays; looking for what does not would copy it in each fork

    def _forked(self, engine: str) -> Draft | None:
        """Make a draft in a fork; None where that failed or was ended from outside.

        Raises
        ------
        EOFError
            If the other end of the line was closed meanwhile; the fork has ended then, too.
        """
        context = multiprocessing.get_context("fork")
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=self._hand_in, args=(sending, engine, os.getpid()))
        process.start()
        sending.close()
        memory.catch_up()  # on another core
        with receiving:
            if receiving in wait([receiving, self._line]):
                try:
                    made: Draft | None = receiving.recv()
                except EOFError:
                    made = None
            else:
                process.terminate()
                wait([process.sentinel], _GRACE)
                made = Draft()
        if process.pid:
            tell(process.pid, signal.SIGKILL)  # before its number can be another's
        process.join()
        if made == Draft():
            self._line.recv()
        return made

    def _hand_in(self, line: Connection, engine: str, maker: int) -> None:
        """Make a draft and send it; when told to end, put away what was begun."""
        os.setsid()  # it ends with all that a cell has started
        end_with(maker, signal.SIGKILL)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            line.send(self._drafting.draft(self._order, self._folder, engine))
