"""Run a notebook's cells in an IPython shell in this process: no kernel, no messages, no page.

`python -m bench.plain NOTEBOOK TARGET NAME=VALUE…` writes the executed notebook, and prints as JSON the
seconds that imports took and those that the cells took after them.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

IMPORTS = (  # also what comes with the first use, so that the cells are measured alone
    "IPython.core.interactiveshell",
    "aqparat.report",
    "matplotlib.backends.backend_svg",
    "scipy.special",
)
_RESULT = {"output_type": "execute_result", "metadata": {}, "execution_count": None}


def run(notebook: dict[str, Any], given: dict[str, str]) -> None:
    """Run all cells and put what they display into the notebook."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shown: list[dict[str, Any]] = []

    class Kept(DisplayHook):
        """Displays into a list, in all the ways that a notebook would be sent."""

        def write_output_prompt(self) -> None:
            """Write none."""

        def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
            """Keep what is displayed, as text, as a message to a notebook would hold it."""
            shown.append(json.loads(json.dumps({**_RESULT, "data": format_dict})))

        def finish_displayhook(self) -> None:
            """End no line."""

    class Shell(InteractiveShell):
        """A shell that displays so."""

        displayhook_class = Kept

    shell = Shell.instance(config=Config(HistoryManager={"enabled": False}))
    shell.display_formatter.active_types = shell.display_formatter.format_types
    for cell in notebook["cells"]:
        shell.run_cell("".join(cell["source"])).raise_error()
        cell["outputs"] = shown.copy()
        shown.clear()
        if "parameters" in cell["metadata"].get("tags", []):
            shell.push(given)


def main() -> None:
    """Measure imports and cells apart."""
    source, target, *pairs = sys.argv[1:]
    begun = time.perf_counter()
    for module in IMPORTS:
        importlib.import_module(module)

    imported = time.perf_counter()
    notebook = json.loads(Path(source).read_text(encoding="utf-8"))
    run(notebook, dict(pair.split("=", 1) for pair in pairs))
    worked = time.perf_counter()
    Path(target).write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    print(json.dumps({"imports": imported - begun, "work": worked - imported}))


if __name__ == "__main__":
    main()
