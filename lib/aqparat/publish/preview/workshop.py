"""A workshop: the process that makes drafts, kept warm.

It is started anew, not forked, so that it can be renewed when the program itself has changed. Where the
system forks, each draft is made in a fork of it: that begins with all that is imported and remembered, and
leaves nothing behind. Elsewhere the workshop makes them itself.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import shutil
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Self

from aqparat import memory, texts
from aqparat.publish import served
from aqparat.publish.order import Order
from aqparat.publish.preview.draft import Draft
from aqparat.publish.stem import CAN_FORK

_GRACE = 5.0  # seconds for a draft that is broken off to put away what it has begun

Draw = Callable[[Order, Path], Draft]


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

    def draft(self, new_texts: bool = False, new_program: bool = False) -> Draft:
        """Make a draft.

        Parameters
        ----------
        new_texts, new_program : bool
            Whether texts and templates, or the program itself, have changed since the last one.

        Raises
        ------
        WorkshopEndedError
            If the process that made it was ended from outside; another one has begun.
        """
        if new_program:
            self._renew()
        try:
            self._line.send(new_texts)
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
        self._process.start()
        other.close()

    def _renew(self) -> None:
        self.close()
        self._begin()


def _work(line: Connection, order: Order, folder: Path) -> None:
    """Make drafts until the other end of the line is closed: its process ends, however that comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started this
    gc.set_threshold(50_000, 20, 20)
    draw, warm = _loaded()
    if CAN_FORK:
        memory.keep()  # what is read and gathered for a draft its kernel has, too
    with suppress(EOFError, OSError):
        while True:
            if line.recv():
                texts.forget()
            made = _forked(draw, order, folder, line) if CAN_FORK else draw(order, folder)
            line.send(made)
            if warm and made and made.document:
                with suppress(
                    Exception
                ):  # something has changed meanwhile, and the next draft says what is wrong
                    warm(order, folder)
                gc.freeze()  # what is there stays; looking for what does not would copy it in each fork
                warm = None
    if (parent := multiprocessing.parent_process()) and not parent.is_alive():
        shutil.rmtree(folder, ignore_errors=True)


def _loaded() -> tuple[Draw, Callable[[Order, Path], None] | None]:
    """Load what makes drafts and what warms it; where that fails, every draft says so."""
    try:
        from aqparat.publish.preview import drafting

        for name in served.MODULES:  # what kernels need, which are forked from what is forked from here
            importlib.import_module(name)
    except Exception as error:
        wrong = Draft(told=(f"{type(error).__name__}: {error}",), trace=traceback.format_exc())
        return lambda order, folder: wrong, None
    return drafting.draft, drafting.warm if CAN_FORK else None


def _forked(draw: Draw, order: Order, folder: Path, line: Connection) -> Draft | None:
    """Make a draft in a fork; None where that was ended from outside.

    Raises
    ------
    EOFError
        If the other end of the line was closed meanwhile; the fork has ended then, too.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_hand_in, args=(sending, draw, order, folder))
    process.start()
    sending.close()
    with receiving:
        if receiving not in wait([receiving, line]):
            process.terminate()
            process.join(_GRACE)
            process.kill()
            process.join()
            raise EOFError
        try:
            made: Draft | None = receiving.recv()
        except EOFError:
            made = None
    process.join()
    return made


def _hand_in(line: Connection, draw: Draw, order: Order, folder: Path) -> None:
    """Make a draft and send it; when told to end, put away what was begun."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        line.send(draw(order, folder))
