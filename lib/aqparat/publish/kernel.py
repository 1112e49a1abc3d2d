"""A papermill engine whose kernels are forked from this process, imports done.

Pandas, seaborn and IPython are imported once; each kernel then starts in some hundredths of a
second. Where there is no fork (Windows), a new process starts (`python -m aqparat.publish.kernel`). Messages
go through IPC sockets where there are some, so that nothing on the network can listen.

A report's kernel reads nothing that the machine has for kernels: no kernel specification, no settings and
startup files of IPython, no settings and faces of matplotlib. So a report is the same everywhere.

papermill and jupyter_client find engine and provisioner by the entry points in pyproject.toml. papermill
loads the engine while it is itself being imported, so nothing of papermill is imported here before a
notebook is run.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from aqparat import notebook_format as notebook_format

# isort: split
import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.client import KernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from traitlets import Type

from aqparat.legible import fallback
from aqparat.publish.stem import CAN_FORK

NAME = "aqparat"  # of the engine, in pyproject.toml
PROVISIONER = "aqparat-fork"  # of its way to launch kernels, there too
_INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel names for plots in a notebook
PATIENCE = 120  # seconds for a kernel's first answer; a new process imports much, on a slow disk slowly


class _Process:
    """A forked process with the part of Popen's face that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: ForkProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        """Give the exit status, None while running."""
        self._process.join(0)
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait for the end and give the exit status."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class ForkProvisioner(LocalProvisioner):
    """Launch a kernel by forking this process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork; the child never returns from here."""
        connection = cmd[cmd.index("-f") + 1]
        context = multiprocessing.get_context("fork")
        process = context.Process(
            target=_serve, args=(connection, str(kwargs.get("cwd") or Path.cwd())), daemon=True
        )
        process.start()
        self.process: Any = _Process(process)
        self.pid = process.pid
        self.pgid = None
        return self.connection_info


class OwnKernelSpecs(KernelSpecManager):
    """One kernel whatever the name: this Python, forked where the system forks."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel's specification; where it is to be forked, it names our provisioner."""
        provisioner = {"kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return KernelSpec(
            argv=[sys.executable, "-m", __name__, "-f", "{connection_file}"], language="python",
            display_name="Python 3", metadata=provisioner if CAN_FORK else {},
        )  # fmt: skip


class ShellChannel(AsyncZMQSocketChannel):
    """The channel of requests and replies, on which a message sent never hides one that has come.

    libzmq tells once that messages have come, and sending takes that note away (zmq_getsockopt(3), ZMQ_FD).
    jupyter_client sends past asyncio's face of the socket, which then never learns of a reply that came just
    before, and nbclient, which answers each output that a widget shows, would wait for it for ever.
    """

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message; whoever waits for one is told of what has come meanwhile."""
        super().send(msg)
        if self.socket is not None:
            self.socket.get(zmq.EVENTS)  # pyzmq then handles what there is


class SilentKernelError(RuntimeError):
    """A kernel runs, but has not answered when it should have."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The kernel did not answer in {seconds:g} seconds.")
        self.seconds = seconds


class Client(AsyncKernelClient):
    """What talks to a kernel: it loses no reply, and tells a silent kernel from a dead one."""

    shell_channel_class = Type(ShellChannel)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for a kernel's first answer.

        Raises
        ------
        SilentKernelError
            If there is none after `timeout` seconds.
        DeadKernelError
            If the kernel has ended before.
        """
        try:
            await super().wait_for_ready(timeout)
        except RuntimeError as error:
            if timeout is not None and await self.is_alive():
                raise SilentKernelError(timeout) from error
            raise DeadKernelError(str(error)) from error


class Manager(AsyncKernelManager):
    """Starts a kernel, and closes what it has opened to talk to it.

    nbclient leaves the client of a manager that it was handed open: a thread and a dozen files a notebook.
    """

    _opened: tuple[KernelClient, ...] = ()

    def client(self, **kwargs: Any) -> KernelClient:
        """Return a client that is closed with the kernel."""
        opened = super().client(**kwargs)
        self._opened = (*self._opened, opened)
        return opened

    def close(self) -> None:
        """End the kernel and the clients."""
        for opened in self._opened:
            opened.stop_channels()
        run_sync(self.shutdown_kernel)(now=True)


def _serve(connection: str, folder: str) -> None:
    """Become a kernel: what the forked child does."""
    asyncio.set_event_loop(None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(folder)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    _start(connection)


def _start(connection: str) -> None:
    """Run a kernel that knows nothing of the machine, until it is shut down."""
    import matplotlib
    from ipykernel.kernelapp import IPKernelApp
    from matplotlib import font_manager

    class Kernel(IPKernelApp):
        """A kernel without settings and startup files, and without words for the terminal."""

        def load_config_file(self, *_: Any, **__: Any) -> None:
            """Read none."""

        def _run_startup_files(self) -> None:
            """Run none."""

    os.environ["MPLBACKEND"] = _INLINE
    matplotlib.rcdefaults()
    matplotlib.rcParams["backend"] = _INLINE
    faces = font_manager.fontManager
    faces.ttflist = [face for face in faces.ttflist if Path(face.fname).is_relative_to(fallback())]
    home = Path(connection).with_name("ipython")
    home.mkdir()
    IPKernelApp.clear_instance()
    app = Kernel.instance()
    given = ["-f", connection, f"--ipython-dir={home}", "--log-level=CRITICAL"]
    app.initialize([*given, "--HistoryManager.enabled=False"])
    app.shell.enable_matplotlib("inline")  # the process forked may have drawn before, in another way
    app.start()


@contextmanager
def _short_folder() -> Iterator[str]:
    """Give a folder for what a kernel keeps; paths of sockets may be 107 bytes long at the most."""
    with tempfile.TemporaryDirectory(prefix="aq-") as folder:
        yield folder


class ForkedKernelEngine:
    """The engine: papermill's own, with forked kernels over IPC where the system has both.

    It has the three methods that papermill calls, and hands them on.
    """

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, output_path: Any = None,
        finish: Callable[[Any], Any] = lambda nb: nb, **kwargs: Any,
    ) -> Any:  # fmt: skip
        """Execute a notebook, and `finish` it, if no cell failed, before papermill writes it.

        papermill writes it once, when it has ended, not before and after each cell.
        """
        try:
            done = cls._executed(nb, kernel_name, **kwargs)
            failed = any(cell.metadata.get("papermill", {}).get("exception") for cell in done.cells)
            return done if failed else finish(done)
        except BaseException:  # what was run so far is kept
            if output_path:
                from papermill.iorw import write_ipynb

                write_ipynb(nb, output_path)
            raise

    @classmethod
    def _executed(cls, nb: Any, kernel_name: str, **kwargs: Any) -> Any:
        with _short_folder() as folder:
            sockets = {"transport": "ipc", "ip": str(Path(folder) / "k")} if CAN_FORK else {}
            manager = Manager(
                kernel_name=kernel_name, kernel_spec_manager=OwnKernelSpecs(), client_factory=Client,
                connection_file=str(Path(folder) / "kernel.json"), **sockets,
            )  # fmt: skip
            try:
                return _own().execute_notebook(nb, kernel_name, km=manager, **kwargs)
            finally:  # nbclient leaves a manager that it was handed alone
                manager.close()

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the name of a notebook's kernel, or the one given."""
        return _own().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language of a notebook, or the one given."""
        return _own().nb_language(nb, language)


def _own() -> Any:
    """Return papermill's own engine."""
    from papermill.engines import NBClientEngine

    return NBClientEngine


if __name__ == "__main__":
    _start(sys.argv[sys.argv.index("-f") + 1])
