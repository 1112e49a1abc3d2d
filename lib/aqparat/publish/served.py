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

from aqparat.words.jupyter import SESSION

MODULES = ("aqparat.publish.application", "aqparat.report")  # what a report's kernel needs
_GIVEN = ("JPY_PARENT_PID", "JPY_INTERRUPT_EVENT", "IPY_INTERRUPT_EVENT")  # to a process by who starts it


def home(connection: str | Path) -> Path:
    """Return the folder of what a kernel keeps, beside its connection file."""
    return Path(f"{connection}.d")


def ready(connection: str | Path) -> Path:
    """Return the file that a kernel makes when it listens."""
    return home(connection) / "ready"


def serve(connection: str, folder: str, environment: Mapping[str, str]) -> None:
    """Be a kernel in a folder, with an environment, until it is shut down or its parent has ended."""
    from aqparat.publish import application

    given = {name: os.environ[name] for name in _GIVEN if name in os.environ}
    os.environ.clear()
    os.environ.update({**environment, "JPY_PARENT_PID": str(os.getppid()), **given})
    os.environ.pop(SESSION, None)  # nobody looks at this notebook while it runs
    os.environ["MPLBACKEND"] = application.INLINE
    os.chdir(folder)
    home(connection).mkdir(exist_ok=True)
    app = application.listening(connection, home(connection))
    ready(connection).touch()
    app.start()


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
