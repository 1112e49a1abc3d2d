"""A workshop: the process that makes drafts, kept warm.

It is started anew, not forked, so that it can be renewed when the program itself has changed. It reads the
data and keeps them, and shows itself what a notebook shows of the report. Where a notebook does more than
that, it is run in a fork of the workshop, where the system forks, without a kernel: that begins with all that
is imported and remembered, and leaves nothing behind. Where that fails, or a cell has failed, another fork
runs the notebook with a kernel, whose word counts. Elsewhere the workshop has it run with a kernel.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aqparat import memory, passing, texts
from aqparat.problem import AqparatError
from aqparat.publish import interrupt, served
from aqparat.publish.order import Order
from aqparat.publish.preview.draft import Draft
from aqparat.publish.preview.fork import Fork
from aqparat.publish.stem import CAN_FORK

if TYPE_CHECKING:
    from aqparat.publish.preview.showing import Showing

_GRACE = 5.0  # seconds, twice, for a workshop that is closed to end
_LONG = 2.0  # seconds after which a draft is broken off by a change; sooner it is rather shown
_SILENT = 60.0  # seconds after which one that does not answer to that is ended
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
            then, and is empty.

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
                        if not self._line.poll(_SILENT):
                            self._process.kill()
                            raise EOFError
                        break
                    if not self._process.is_alive() and not self._line.poll():
                        raise EOFError
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
                bench.forget_texts()
            line.send(bench.draft())
            bench.tidy()
    if (parent := multiprocessing.parent_process()) and not parent.is_alive():
        passing.remove(str(folder))


class _Bench:
    """Where the workshop works."""

    def __init__(self, order: Order, folder: Path, line: Connection) -> None:
        self._order, self._folder, self._line = order, folder, line
        self._is_new = True
        self._rest: Iterator[None] = iter(())  # what was not shown yet of a notebook that does more
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
        memory.keep(rounds=True)  # what is read, computed and drawn, the next draft and each fork has
        kept.keep()

    def draft(self) -> Draft | None:
        """Make a draft; None where the process that made it was ended from outside."""
        if self._fault:
            return self._fault
        self._rest = iter(())
        try:
            showing = self._drafting.showing(self._order, self._folder)
        except AqparatError as error:
            return self._drafting.wrong(error, self._order.languages[0])
        except Exception:  # whoever runs it says what it is
            return self._run()
        if showing.is_whole:
            return self._shown(showing) or self._run()
        self._rest = showing.cells()
        return self._run()

    def forget_texts(self) -> None:
        """Read texts anew, and the files that are understood by them."""
        texts.forget()
        memory.forget_rounds()
        self._is_new = True

    def tidy(self) -> None:
        """Do what nobody waits for, as long as nobody asks for anything."""
        with suppress(Exception):  # the draft has said what is wrong
            memory.catch_up()
            if self._is_new and self._walked(self._drafting.ready(self._order)):
                self._is_new = False
            self._walked(self._rest)
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()  # what is there now stays; looking for what does not takes time

    def _walked(self, steps: Iterator[None]) -> bool:
        """Go on with something until somebody asks for a draft; return whether it came to its end."""
        return not any(self._line.poll() for _ in steps)

    def _shown(self, showing: Showing) -> Draft | None:
        """Make a draft here; None where a cell fails: who runs it says which."""
        try:
            for _ in showing.cells():
                if self._line.poll():  # it would be of what has changed meanwhile
                    return Draft()
            return Draft(showing.document())
        except Exception:
            return None

    def _run(self) -> Draft | None:
        """Make a draft by running the notebook."""
        memory.catch_up()  # a kernel reads what is kept
        if not CAN_FORK:
            return self._drafting.draft(self._order, self._folder)
        return self._forked(self._here) or self._forked(self._kernel)

    def _forked(self, engine: str) -> Draft | None:
        """Make a draft in a fork; None where that failed or was ended from outside."""
        with Fork(partial(self._drafting.draft, self._order, self._folder, engine)) as fork:
            if fork.line in wait([fork.line, self._line]):
                return fork.made()
            fork.stop()
            return Draft()
