"""A papermill engine whose kernels are forked from this process, imports done.

Pandas, seaborn and IPython are imported once; each kernel then starts in some hundredths of a
second. Where there is no fork (Windows), the engine starts kernels as papermill always does. Messages
go through IPC sockets where there are some, so that nothing on the network can listen.

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

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import run_sync

NAME = "aqparat"  # of the engine, in pyproject.toml
PROVISIONER = "aqparat-fork"  # of its way to launch kernels, there too
CAN_FORK = sys.platform not in ("win32", "darwin")  # on macOS its frameworks do not bear a fork


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


class ForkedKernelSpecs(KernelSpecManager):
    """The kernels there are, each to be forked."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel's specification; it names our provisioner."""
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec


def _serve(connection: str, folder: str) -> None:
    """Become a kernel: what the forked child does."""
    asyncio.set_event_loop(None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(folder)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.clear_instance()
    app = IPKernelApp.instance()
    app.initialize(["-f", connection, "--HistoryManager.enabled=False"])
    app.start()


@contextmanager
def _short_folder() -> Iterator[str]:
    """Give a folder for sockets: their paths may be 107 bytes long at the most."""
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
        if not CAN_FORK:
            return _own().execute_notebook(nb, kernel_name, **kwargs)
        with _short_folder() as folder:
            manager = AsyncKernelManager(
                kernel_name=kernel_name, kernel_spec_manager=ForkedKernelSpecs(), transport="ipc",
                ip=str(Path(folder) / "k"), connection_file=str(Path(folder) / "kernel.json"),
            )  # fmt: skip
            try:
                return _own().execute_notebook(nb, kernel_name, km=manager, **kwargs)
            finally:  # nbclient leaves a manager that it was handed alone
                run_sync(manager.shutdown_kernel)(now=True)

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
