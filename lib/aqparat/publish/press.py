"""A process that renders the tasks it is sent, one after another, and stays warm between them.

A Dask worker runs tasks in a thread of a process that has more of them, and that may not have children by
`multiprocessing`. Kernels are forked, so notebooks run in a process beside it that does nothing else; it is
asked through its standard input and answers on its standard output.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from aqparat import console, disk, passing
from aqparat.problem import AqparatError
from aqparat.publish import interrupt, served, stem
from aqparat.publish.build import Build
from aqparat.publish.stem import CAN_FORK, Stem
from aqparat.publish.task import Task

_IDLE = 300  # seconds without a task, after which a press ends
_LENGTH = struct.Struct("!Q")  # of what follows, in bytes
_MOST = 1 << 20  # bytes read at once


@dataclass(frozen=True)
class Parcel:
    """A task as it is sent.

    Parameters
    ----------
    task : Task
        Its `home` is here, its other paths need not be.
    notebook : bytes
        What `task.source` holds.
    build : Build
        The program that is to run it.
    worker : str
        Who has it run, for messages.
    """

    task: Task
    notebook: bytes
    build: Build
    worker: str


@dataclass(frozen=True)
class Printed:
    """What came of a task.

    Parameters
    ----------
    files : mapping
        What it has written, by path below its folder.
    error : Exception or None
    """

    files: dict[str, bytes]
    error: Exception | None = None

    def put(self, folder: Path) -> None:
        """Write the files below a folder, then raise the error if there is one."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            disk.write(path, content)
        if self.error:
            raise self.error


class PressEndedError(BrokenExecutor):
    """The process has ended before its task, such as by a system short of memory."""


class Press:
    """Starts the process, which at once imports what it needs."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", __name__]
        with interrupt.kept_off(tracked=False):
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    @property
    def is_running(self) -> bool:
        """Whether it can be sent a parcel."""
        return self._process.poll() is None

    def render(self, parcel: Parcel) -> bytes:
        """Render a task elsewhere than in its folder, and return what came of it: a pickled `Printed`.

        Raises
        ------
        PressEndedError
        """
        asked, answered = self._process.stdin, self._process.stdout
        assert asked and answered
        try:
            _send(asked, pickle.dumps(parcel))
            return _received(answered)
        except (EOFError, OSError) as error:
            self.close()
            raise PressEndedError("The process that ran the notebook has ended.") from error

    def close(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.communicate()


class Presses:
    """Those of a process: as many as are used at once, each used again."""

    def __init__(self) -> None:
        self._idle: deque[Press] = deque()

    def warm(self, count: int) -> None:
        """Start as many as there are not, so that they have imported what they need when they are wanted."""
        running = [press for press in self._idle if press.is_running]
        self._idle.extend(Press() for _ in range(count - len(running)))

    @contextmanager
    def one(self) -> Iterator[Press]:
        """Lend one that nobody else uses meanwhile; after an error it is not lent again."""
        press = self._taken() or Press()
        yield press
        self._idle.append(press)

    def _taken(self) -> Press | None:
        while True:
            try:
                press = self._idle.pop()
            except IndexError:
                return None
            if press.is_running:
                return press


def _serve() -> None:
    """Render what comes on standard input; end with whoever sends it, or when nothing has come for long."""
    asked = os.fdopen(os.dup(0), "rb", buffering=0)
    with os.fdopen(os.dup(1), "wb", buffering=0) as answered:
        os.dup2(2, 1)  # whatever is printed is no answer
        interrupt.ignore()
        gc.set_threshold(50_000, 20, 20)  # imports leave half a million objects, which all stay
        console.leave_out_settings()
        if CAN_FORK:
            stem.use(Stem(*served.MODULES).address)  # before there is another thread
        Build.here()  # of the code that is imported now
        import aqparat.publish.rendering  # noqa: F401  (brings papermill and nbconvert)

        parcels: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=_listen, args=(asked, parcels), daemon=True).start()
        while True:
            try:
                parcel = pickle.loads(parcels.get(timeout=_IDLE))
            except queue.Empty:
                return
            _send(answered, _rendered(parcel))


def _listen(asked: IO[bytes], parcels: queue.Queue[bytes]) -> None:
    """Read parcels; once there is nobody who could send one, end this process whatever it does."""
    try:
        while True:
            parcels.put(_received(asked))
    except (EOFError, OSError):
        os._exit(0)


def _rendered(parcel: Parcel) -> bytes:
    """Render a task below a folder of its own and pickle what came of it."""
    error: Exception | None = None
    with passing.Folder() as place:
        from aqparat.publish import rendering  # by now imported

        source, folder = Path(place) / parcel.task.source.name, Path(place) / "report"
        try:
            parcel.build.hold(Build.here(), parcel.worker)
            source.write_bytes(parcel.notebook)
            rendering.render(replace(parcel.task, source=source, folder=folder))
        except AqparatError as known:
            error = known
        except Exception as fault:
            fault.add_note(traceback.format_exc())
            error = fault
        written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in written}
    try:
        pickle.loads(packed := pickle.dumps(Printed(files, error)))
    except Exception:  # an error of some package that is made of what does not travel
        return pickle.dumps(Printed(files, RuntimeError(f"{type(error).__name__}: {error}")))
    return packed


def _send(stream: IO[bytes], content: bytes) -> None:
    for part in (_LENGTH.pack(len(content)), content):
        left = memoryview(part)
        while left:
            left = left[stream.write(left) :]
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    """Read what was sent.

    Raises
    ------
    EOFError
        If there is nobody to send it.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    parts = []
    while length:
        part = stream.read(min(length, _MOST))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    from aqparat.publish import press  # parcels are of its classes, not of those of `__main__`

    press._serve()
