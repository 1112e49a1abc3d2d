"""ipykernel's application, with all that a report's kernel imports while it starts and runs.

A stem imports this module, so that its children need not. debugpy, which ipykernel imports for a debugger
that nothing here uses, takes longer than all the rest.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from aqparat.absent import absent

with absent("debugpy"):
    import ipykernel.debugger  # noqa: F401

# isort: split
import matplotlib
from ipykernel.kernelapp import IPKernelApp
from matplotlib import font_manager

from aqparat.legible import fallback

INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel names for plots in a notebook
_LATE = (  # what IPython, ipykernel and matplotlib import only when they are used
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.magics.ast_mod",
    "IPython.core.magics.execution", "IPython.extensions.storemagic", "matplotlib.pyplot",
    "matplotlib_inline.backend_inline", "tornado.platform.asyncio", "tornado.queues",
)  # fmt: skip
for _name in _LATE:
    import_module(_name)


class Application(IPKernelApp):
    """A kernel without settings and startup files, and without words for the terminal."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read none."""

    def _run_startup_files(self) -> None:
        """Run none."""


def listening(connection: str, home: Path) -> Application:
    """Return the application of this process, listening, in a process where it may have run before."""
    plain()
    IPKernelApp.clear_instance()
    app = Application.instance()
    given = ["-f", connection, f"--ipython-dir={home}", "--log-level=CRITICAL"]
    app.initialize([*given, "--HistoryManager.enabled=False"])
    app.shell.enable_matplotlib("inline")  # the process forked may have drawn before, in another way
    return app


def plain() -> None:
    """Have matplotlib draw as in a process that has not drawn, with no face of the machine."""
    matplotlib.rcdefaults()
    matplotlib.rcParams["backend"] = INLINE
    faces = font_manager.fontManager
    faces.ttflist = [face for face in faces.ttflist if Path(face.fname).is_relative_to(fallback())]
