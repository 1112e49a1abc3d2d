"""What a kernel's process does: it serves one notebook, and knows nothing of the machine.

A report's kernel reads nothing that the machine has for kernels: no settings and startup files of IPython, no
settings and faces of matplotlib. So a report is the same everywhere.

Run as a program it is a kernel started ahead (`aqparat.publish.ahead`): it imports the modules named, waits
for a line that says where to serve, and ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

_INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel names for plots in a notebook
_OWN = (
    "JPY_PARENT_PID",
    "JPY_INTERRUPT_EVENT",
    "IPY_INTERRUPT_EVENT",
)  # of a process, told by who started it


def home(connection: str | Path) -> Path:
    """Return the folder of what a kernel keeps, beside its connection file."""
    return Path(f"{connection}.d")


def ready(connection: str | Path) -> Path:
    """Return the file that a kernel makes when it listens."""
    return home(connection) / "ready"


def serve(connection: str, folder: str, environment: Mapping[str, str]) -> None:
    """Be a kernel in a folder, with an environment, until it is shut down or its parent has ended."""
    own = {name: os.environ[name] for name in _OWN if name in os.environ}
    os.environ.clear()
    os.environ.update({**environment, "JPY_PARENT_PID": str(os.getppid()), **own, "MPLBACKEND": _INLINE})
    os.chdir(folder)
    app = _application(connection)
    ready(connection).touch()
    app.start()


def _application(connection: str) -> Any:
    """Return ipykernel's application, listening; as a child does, in a process where it has never run."""
    import matplotlib
    from ipykernel.kernelapp import IPKernelApp
    from matplotlib import font_manager

    from aqparat.legible import fallback

    class Kernel(IPKernelApp):
        """A kernel without settings and startup files, and without words for the terminal."""

        def load_config_file(self, *_: Any, **__: Any) -> None:
            """Read none."""

        def _run_startup_files(self) -> None:
            """Run none."""

    matplotlib.rcdefaults()
    matplotlib.rcParams["backend"] = _INLINE
    faces = font_manager.fontManager
    faces.ttflist = [face for face in faces.ttflist if Path(face.fname).is_relative_to(fallback())]
    own = home(connection)
    own.mkdir(exist_ok=True)  # it is there when a kernel is started again
    IPKernelApp.clear_instance()
    app = Kernel.instance()
    given = ["-f", connection, f"--ipython-dir={own}", "--log-level=CRITICAL"]
    app.initialize([*given, "--HistoryManager.enabled=False"])
    app.shell.enable_matplotlib("inline")  # the process forked may have drawn before, in another way
    return app


def _main(*modules: str) -> None:
    """Import, wait to be told where to serve, and serve; end with who has started it."""
    for name in modules:
        import_module(name)
    if told := sys.stdin.readline():
        life, nothing = os.dup(0), os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)  # what a notebook starts finds no input
        os.close(nothing)
        threading.Thread(target=_end_with, args=(life,), daemon=True).start()
        serve(*json.loads(told))


def _end_with(life: int) -> None:
    """End this process when nobody holds the other end of its input any more."""
    os.read(life, 1)
    os._exit(1)


if __name__ == "__main__":
    _main(*sys.argv[1:])
