"""What a stem does: it imports, forks on request, and tells how its children ended (`aqparat.publish.stem`).

It waits for requests, for signals to its children, for their end, and for that of its own parent, in one
loop and one thread.
"""

from __future__ import annotations

import gc
import hmac
import importlib
import os
import pickle
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

from aqparat import disk, passing

KEY = 32  # bytes that a request begins with: whoever has the stem's address has them
_PR_SET_PDEATHSIG = 1  # prctl(2)


class Forking:
    """What the stem does: it waits for requests, for the end of its children, and for that of its parent."""

    def __init__(
        self,
        listener: socket.socket,
        life: int,
        folder: str,
        key: bytes,
        followed: int | None,
        lock: int | None,
    ) -> None:
        self.pid = os.getpid()
        self.listener, self.life, self.folder, self.key = listener, life, folder, key
        self.woken, self.wakes = socket.socketpair()
        self.lines: dict[int, Connection | None] = {}  # of each child; None where nobody waits for it
        self.asking: list[Connection] = []
        self.fault: Exception | None = None
        _fresh()
        _emptied({listener.fileno(), life, self.woken.fileno(), self.wakes.fileno(), lock})
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: self.end())
        if followed:
            end_with(followed, signal.SIGTERM)

    def serve(self, modules: tuple[str, ...]) -> NoReturn:
        """Import, then answer until the parent ends."""
        try:
            for name in modules:
                importlib.import_module(name)
        except Exception as error:
            self.fault = error
        passing.clear(str(Path(self.folder).parent))
        try:
            self.wakes.setblocking(False)
            self.woken.setblocking(False)
            signal.set_wakeup_fd(self.wakes.fileno(), warn_on_full_buffer=False)
            signal.signal(signal.SIGCHLD, lambda *_: None)
            while True:
                self.turn()
        except BaseException:
            traceback.print_exc()
        finally:
            self.end()

    def turn(self) -> None:
        """Handle what has come."""
        lines = [line for line in self.lines.values() if line]
        ready = wait([self.listener, self.life, self.woken, *self.asking, *lines])
        if self.life in ready:
            self.end()
        if self.woken in ready:
            with suppress(BlockingIOError):
                self.woken.recv(4096)
        self.reap()
        for pid, line in list(self.lines.items()):
            if line in ready:
                self.hand_on(pid, line)
        for line in self.asking[:]:
            if line in ready:
                self.asking.remove(line)
                self.answer(line)
        if self.listener in ready:
            self.asking.append(Connection(self.listener.accept()[0].detach()))

    def answer(self, line: Connection) -> None:
        """Do what is asked for on a line."""
        try:
            told = line.recv_bytes()
            if not hmac.compare_digest(told[:KEY], self.key):
                raise EOFError("not from one who has the address")
            if self.fault:
                raise self.fault
            kind, function, args = pickle.loads(told[KEY:])
            if kind == "fork":
                self.fork(line, function, args)
                return
            reply = _packed(True, function(*args))
        except Exception as error:
            reply = _packed(False, error)
        with suppress(OSError):  # whoever asked is gone
            line.send_bytes(reply)
        line.close()

    def fork(self, line: Connection, target: Callable[..., object], args: tuple[Any, ...]) -> None:
        """Fork a child that runs a function, and tell its number."""
        gc.freeze()  # what is there stays; looking for what does not would copy its memory in each child
        pid = os.fork()
        if pid == 0:
            self.become(line, target, args)
        self.lines[pid] = line
        with suppress(OSError):  # whoever asked is gone: it is ended at the next turn
            line.send((True, pid))

    def become(self, line: Connection, target: Callable[..., object], args: tuple[Any, ...]) -> NoReturn:
        """Be a child: let go of what is the stem's, run the function and end."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for known in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(known, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for held in (self.listener, self.woken, self.wakes, line, *self.asking, *self.lines.values()):
                if held:
                    held.close()
            os.close(self.life)
            _fresh()
            end_with(self.pid, signal.SIGKILL)
            target(*args)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException as error:
            if not (isinstance(error, OSError) and error.errno in disk.FULL):  # who has asked says so
                traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with suppress(Exception):
                    stream.flush()
            os._exit(status & 0xFF)

    def hand_on(self, pid: int, line: Connection) -> None:
        """Hand on a signal that came on a child's line; end a child whose line is closed."""
        try:
            number = line.recv()
        except (EOFError, OSError):
            line.close()
            self.lines[pid], number = None, signal.SIGKILL
        tell(pid, number)

    def reap(self) -> None:
        """Tell of the children that have ended, and end what they have left."""
        for pid, line in list(self.lines.items()):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            tell(pid, signal.SIGKILL)  # before its number can be another's
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            del self.lines[pid]
            if line:
                with suppress(OSError):
                    line.send(status)
                line.close()

    def end(self) -> NoReturn:
        """End the children and this process, and remove the folder."""
        if os.getpid() == self.pid:
            for pid in self.lines:
                tell(pid, signal.SIGKILL)
            for pid in self.lines:
                with suppress(ChildProcessError):
                    os.waitpid(pid, 0)
            passing.remove(self.folder)
        os._exit(0)


def _fresh() -> None:
    """Make a forked process one of its own: with a session, a chance and a loop of its own."""
    os.setsid()  # neither Ctrl-C nor the end of the terminal is for it
    if asyncio := sys.modules.get("asyncio"):
        asyncio.set_event_loop(None)
    if random := sys.modules.get("numpy.random"):
        random.seed()  # Python's own does so by itself


def _emptied(kept: Collection[int | None]) -> None:
    """Let go of the files and sockets that were open in the process forked, and of what is typed.

    They are not closed, but become empty: an object that thinks it has one might close what has got its
    number since.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(entry.name) for entry in Path("/dev/fd").iterdir()]:
        if number > 2 and number not in (*kept, nothing):
            with suppress(OSError):
                os.fstat(number)  # the list's own is closed by now
                os.dup2(nothing, number, inheritable=False)
    os.dup2(nothing, 0)
    os.close(nothing)


def end_with(parent: int, number: int) -> None:
    """Have the system send a signal when the parent ends, where it can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it has ended just before
            os.kill(os.getpid(), number)


def tell(pid: int, number: int) -> None:
    """Send a signal to a child and to what it has started; to it alone where it is not yet a group."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _packed(done: bool, result: Any) -> bytes:
    """Pickle an answer; where it cannot be, an error that says so."""
    try:
        packed = pickle.dumps((done, result))
        pickle.loads(packed)
    except Exception as error:
        told = f"{result!r} cannot be handed back: {error}" if done else f"{type(result).__name__}: {result}"
        return pickle.dumps((False, RuntimeError(told)))
    return packed
