"""A papermill engine whose kernels are forked from a process with imports done (`aqparat.publish.stem`).

Pandas and IPython are imported once; each kernel then starts in some hundredths of a second. Where
there is no fork (Windows), or it is not safe (macOS), its process is started ahead (`aqparat.publish.ahead`).
Messages go through IPC sockets where there are some, so that nothing on the network can listen. Nothing that
the machine has for kernels is read, no kernel specification either.

papermill and jupyter_client find engine and provisioner by the entry points in pyproject.toml. papermill
loads the engine while it is itself being imported, so nothing of papermill is imported here before a
notebook is run. docs/kernels.md says how others may use it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aqparat import notebook_format as notebook_format

# isort: split
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient.exceptions import CellTimeoutError

from aqparat.publish import provisioner
from aqparat.publish.client import Client, Manager, SilentKernelError
from aqparat.publish.provisioner import ForkProvisioner
from aqparat.publish.stem import CAN_FORK, Address, Stem, current

NAME = "aqparat"  # of the engine, in pyproject.toml
PATIENCE = 120  # seconds for a kernel's first answer; a new process imports much, on a slow disk slowly


class SlowCellError(CellTimeoutError):
    """A cell ran longer than it may."""

    def __init__(self, notebook: Any) -> None:
        super().__init__("It ran too long and was stopped.")
        begun = [bool(cell.metadata.papermill.start_time) for cell in notebook.cells]
        self.cell_index = begun.count(True) - 1


class OwnKernelSpecs(KernelSpecManager):
    """One kernel whatever the name: this Python, launched by our provisioner."""

    def __init__(self, stem: Address | None) -> None:
        super().__init__()
        self._stem = stem

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel's specification, which names our provisioner and the stem that it forks."""
        config = {"stem": self._stem, "forks": self._stem is not None}
        return KernelSpec(
            argv=[sys.executable, "-m", "aqparat.publish.served", "-f", "{connection_file}"],
            language="python", display_name="Python 3",
            metadata={"kernel_provisioner": {"provisioner_name": provisioner.NAME, "config": config}},
        )  # fmt: skip


@contextmanager
def _source() -> Iterator[Address | None]:
    """Give the stem to fork a kernel from: this process's, or one made for it; none where none can be."""
    if not CAN_FORK or current():
        yield current() if CAN_FORK else None
        return
    with Stem() as stem:
        yield stem.address


def _folder(stem: Address | None) -> tempfile.TemporaryDirectory[str]:
    """Return a folder for what a kernel keeps: where there is a stem, it goes with it."""
    return tempfile.TemporaryDirectory(prefix="k", dir=stem.folder if stem else None)


def managed(stem: Address | None, folder: str, name: str = "python3") -> Manager:
    """Return the manager of a kernel that is to be forked from a stem, or started where there is none.

    Parameters
    ----------
    stem : Address or None
    folder : str
        What the kernel keeps is there; its path is short enough for sockets.
    name : str
        What the kernel is called.
    """
    sockets = {"transport": "ipc", "ip": str(Path(folder) / "k")} if stem else {}
    return Manager(
        kernel_name=name, kernel_spec_manager=OwnKernelSpecs(stem), client_factory=Client,
        connection_file=str(Path(folder) / "kernel.json"), **sockets,
    )  # fmt: skip


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
        except BaseException as error:  # what was run so far is kept
            if output_path:
                from papermill.iorw import write_ipynb

                write_ipynb(nb, output_path)
            if isinstance(error, CellTimeoutError):
                raise SlowCellError(nb) from error
            raise

    @classmethod
    def _executed(cls, nb: Any, kernel_name: str, **kwargs: Any) -> Any:
        # nbclient waits four seconds for what a cell has shown, then calls the cell too slow; a busy machine
        # may take longer.
        kwargs.setdefault("iopub_timeout", int(kwargs.get("execution_timeout") or PATIENCE))
        with _source() as stem, _folder(stem) as folder:
            manager = managed(stem, folder, kernel_name)
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


__all__ = ["ForkProvisioner", "ForkedKernelEngine", "SilentKernelError", "SlowCellError"]
