"""A papermill engine without a kernel: cells run in this process, for one forked to run a notebook and end.

The shell is a kernel's own; what it would send to its clients goes straight to nbclient, which makes of it
what it makes of a kernel's messages. So the notebook comes out as a kernel's would, without the waiting of
two processes for each other. What needs a kernel (widgets, questions to the reader) is an error here: whoever
runs a notebook here runs one that fails once more, with a kernel, and believes that.
"""

from __future__ import annotations

import io
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType
from typing import Any

from aqparat import notebook_format as notebook_format
from aqparat import passing

# isort: split
from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from jupyter_client.session import Session
from matplotlib_inline.config import InlineBackend
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

from aqparat.publish import application
from aqparat.publish.kernel import ForkedKernelEngine, SlowCellError

NAME = "aqparat-here"  # of the engine


class _TooLong(BaseException):
    """The time of a cell is over; no handler of errors in it is meant to catch that."""


class _Told(Session):
    """Keeps the messages that a kernel would send."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.messages: list[dict[str, Any]] = []

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **_: Any) -> Any:
        """Keep a message as it would be read from its socket."""
        message = self.msg(msg_or_type, content, parent) if isinstance(msg_or_type, str) else msg_or_type
        self.messages.append({**message, "content": self.unpack(self.pack(message["content"]))})
        return message

    def taken(self) -> list[dict[str, Any]]:
        """Return the messages since the last time."""
        found, self.messages = self.messages, []
        return found


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):  # packages know by this name where they run
    """A kernel's shell where there is no kernel whose loop a window could turn."""

    def enable_gui(self, gui: Any = None) -> None:
        """Take note of it."""
        self.active_eventloop = gui


class _Printed(io.StringIO):
    """Standard output or error, each piece told when it is flushed."""

    encoding = "UTF-8"

    def __init__(self, session: _Told, name: str) -> None:
        super().__init__()
        self._session, self._name = session, name

    def flush(self) -> None:
        """Tell what has been printed."""
        if text := self.getvalue():
            self.seek(0)
            self.truncate()
            self._session.send(None, "stream", {"name": self._name, "text": text}, {})


class _Client(PapermillNotebookClient):
    """Runs the cells of a notebook in a shell of this process."""

    def execute(self, **_: Any) -> Any:
        """Run them up to the first that fails, as papermill's does."""
        self.reset_execution_trackers()
        with passing.Folder() as home, _nothing_past_python():
            self._session = _Told()
            self._shell = _shell(self._session, home)
            self.papermill_execute_cells()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, *_: Any, **__: Any) -> Any:
        """Run a cell and put what it shows into it."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        cell.outputs, self.clear_before_next_output = [], False
        number = self._shell.execution_count
        out, err = _Printed(self._session, "stdout"), _Printed(self._session, "stderr")
        with redirect_stdout(out), redirect_stderr(err), _limited(self.timeout):
            done = self._shell.run_cell(cell.source, store_history=True)
        out.flush()
        err.flush()
        for message in self._session.taken():
            self.process_message(message, cell, cell_index)
        cell.execution_count = number
        error = done.error_before_exec or done.error_in_exec
        if isinstance(error, _TooLong):
            raise SlowCellError(self.nb)
        if error or any(output.output_type == "error" for output in cell.outputs):
            named = {"ename": type(error).__name__, "evalue": str(error)}
            raise CellExecutionError.from_cell_and_msg(cell, named)
        return cell


def _shell(session: _Told, home: str) -> Any:
    """Return the shell of a kernel, with nothing in it of the machine or of what ran before."""
    application.plain()
    os.environ["MPLBACKEND"] = application.INLINE
    for kept in (ZMQInteractiveShell, InlineBackend):
        kept.clear_instance()
    config = Config(HistoryManager={"enabled": False})
    shell = ZMQInteractiveShell.instance(config=config, ipython_dir=home, compiler_class=XCachingCompiler)
    shell.displayhook.session = shell.display_pub.session = session
    shell.displayhook.topic = b"execute_result"
    shell.enable_matplotlib("inline")
    return shell


@contextmanager
def _nothing_past_python() -> Iterator[None]:
    """Refuse what other programs, or libraries in C, have written: a kernel would show it.

    Raises
    ------
    OSError
    """
    with tempfile.TemporaryFile() as written:
        kept = {number: os.dup(number) for number in (1, 2)}
        for number in kept:
            os.dup2(written.fileno(), number)
        try:
            yield
        finally:
            for number, own in kept.items():
                os.dup2(own, number)
                os.close(own)
        if os.fstat(written.fileno()).st_size:
            raise OSError("Something was written to a terminal that is not there.")


@contextmanager
def _limited(seconds: int | None) -> Iterator[None]:
    """Break off what takes longer."""

    def over(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds or 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Here(NBClientEngine):
    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **kwargs: Any
    ) -> Any:
        return _Client(nb_man, timeout=execution_timeout).execute()


class HereEngine(ForkedKernelEngine):
    """The engine: as the one with kernels, but that it has none."""

    @classmethod
    def _executed(cls, nb: Any, kernel_name: str, **kwargs: Any) -> Any:
        return _Here.execute_notebook(nb, kernel_name, **kwargs)


papermill_engines.register(NAME, HereEngine)
