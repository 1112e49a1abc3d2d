"""What every kernel would do for the first time, done once in the stem that they are forked from.

Fonts are found, templates compiled, words and data read, sections gathered: by showing what notebooks show,
in the process itself; `learn` does as much of it as needs no data, while these are still being read. Kernels
forked afterwards show the same, byte for byte, sooner.
"""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from aqparat import memory
from aqparat.period import Period
from aqparat.publish import cells


def warm(source: Path, folder: Path, *given: Mapping[str, Any]) -> None:
    """Do in this process what a notebook does, with each of several parameters, and keep what can be kept.

    A cell that fails ends it without a word: the kernel's will tell.

    Parameters
    ----------
    source : Path
        The notebook.
    folder : Path
        Where it runs.
    *given : mapping
        Its parameters, as `notebook.run` takes them.
    """
    memory.keep()
    here = Path.cwd()
    os.chdir(folder)
    try:
        for parameters in given:
            with suppress(Exception):
                _show(source, parameters)
    finally:
        os.chdir(here)


def learn(code: str) -> None:
    """Read a language, compile its templates and draw once: what needs no data yet.

    Parameters
    ----------
    code : str
        `kk`, `ru` or `en`.
    """
    from aqparat.charts import style
    from aqparat.words.renderer import Renderer

    renderer = Renderer(cast(Any, None), code)  # templates are compiled before there are names to look up
    with suppress(Exception):  # the kernel's will tell
        for name in renderer.environment.list_templates():
            renderer.environment.get_template(name)
        renderer.language.number(1)
    with style.styled():
        figure, axes = style.canvas(1)
        axes.text(0, 0, "ә")
        figure.savefig(io.BytesIO(), format="svg")


def read(period: Period, data: Path) -> None:
    """Read what is kept of a period."""
    from aqparat.data.store import Store
    from aqparat.problem import AqparatError

    memory.keep()
    with suppress(AqparatError):
        Store.open(period, data)


def _show(source: Path, parameters: Mapping[str, Any]) -> None:
    """Run the cells of a notebook, and show what they show."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells.cells(source):
        if cell["type"] != "code":
            continue
        body = ast.parse(cell["source"]).body
        shown = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), source.name, "exec"), names)
        if isinstance(shown, ast.Expr):
            value = eval(compile(ast.Expression(shown.value), source.name, "eval"), names)
            if show := getattr(value, "_repr_mimebundle_", None):
                show()
        if "parameters" in cell["tags"]:
            names.update(parameters)
