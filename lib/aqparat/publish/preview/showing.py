"""What a notebook shows of a report, made by this process itself: no shell, no kernel.

That is a whole notebook where it makes the report and shows blocks of it, one a cell, as those of this
project do. What else a notebook does is left to whoever runs it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from aqparat.document.html import ReportHTMLExporter
from aqparat.notebook_format import nbformat
from aqparat.publish import notebook
from aqparat.publish.rendering import about, check_facts
from aqparat.publish.task import Task
from aqparat.report import Report

_PARAMETERS, _REPORT = "parameters", "from aqparat.report import Report"  # how a notebook begins


class Showing:
    """What the notebook of a task shows.

    Parameters
    ----------
    task : Task
    data : Path
        The data folder, which the task names from where its notebook runs.

    Attributes
    ----------
    is_whole : bool
        Whether the notebook does nothing else.

    Raises
    ------
    ParameterError, NotebookError
        As `notebook.run`, before a cell runs.
    """

    def __init__(self, task: Task, data: Path) -> None:
        notebook.check(task.source, task.parameters)
        self._task, self._notebook = task, nbformat.read(task.source, as_version=4)
        code = [cell for cell in self._notebook.cells if cell.cell_type == "code"]
        for cell in code:
            cell.outputs, cell.execution_count = [], None  # of whoever has worked in it
        begin, made, *shown = [cell for cell in code if cell.source.strip()]
        untagged = [cell for cell in shown if not cell.metadata.get("tags")]  # tags may say how to run
        self._calls = [(cell, call) for cell in untagged if (call := call_of(cell.source))]
        defaults = None if made.metadata.get("tags") else _defaults(begin)
        given = {**(defaults or {}), **task.parameters}
        is_all = defaults is not None and len(self._calls) == len(shown)
        self.is_whole = is_all and _makes(made.source, given)
        self._inject(begin)
        self._report = Report(**{**(given if self.is_whole else task.parameters), "data": data})

    def cells(self) -> Iterator[None]:
        """Show what each cell shows, one after another."""
        for cell, call in self._calls:
            block = getattr(self._report, call.method)(*call.args, **call.named)
            cell.outputs = [nbformat.v4.new_output("display_data", data=block._repr_mimebundle_())]
            yield

    def _inject(self, begin: Any) -> None:
        """Put the parameters below those that they stand for, as papermill does: documents show the code."""
        given = notebook.assigned(self._task.parameters)
        cell = nbformat.v4.new_code_cell(given, metadata={"tags": ["injected-parameters"]})
        self._notebook.cells.insert(self._notebook.cells.index(begin) + 1, cell)

    def document(self) -> bytes:
        """Set all that was shown as HTML.

        Raises
        ------
        MissingFactError
        """
        self._notebook.metadata["aqparat"] = about(self._task)
        check_facts(self._notebook, self._task.facts)
        output, _ = ReportHTMLExporter().from_notebook_node(self._notebook)
        return output.encode("utf-8")


@dataclass(frozen=True)
class Call:
    """A call of a report's method in a notebook, with plain texts.

    Parameters
    ----------
    method : str
    args, named
        Its arguments.
    """

    method: str
    args: list[str]
    named: dict[str, str]


@lru_cache(1000)
def call_of(source: str) -> Call | None:
    """Return what a cell shows of the report, where that is all it does."""
    if ";" in source:  # which lets IPython show nothing
        return None
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    match body:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name("report"), method), args, keywords))]:
            given = [*args, *(word.value for word in keywords)]
            values = [v.value for v in given if isinstance(v, ast.Constant) and isinstance(v.value, str)]
            names = [str(word.arg) for word in keywords]
            if len(values) == len(given) and len(names) == len({*names}):
                return Call(method, values[: len(args)], dict(zip(names, values[len(args) :], strict=True)))
    return None


def _defaults(cell: Any) -> dict[str, Any] | None:
    """Return what a cell of parameters sets; None where it is none, or does more."""
    if cell.metadata.get("tags") != [_PARAMETERS]:
        return None
    found = {}
    for step in ast.parse(cell.source).body:
        match step:
            case ast.AnnAssign(ast.Name(name), ast.Name(kind), ast.expr() as value) if kind in notebook.TYPES:
                found[name] = value
            case _:
                return None
    try:
        return {name: ast.literal_eval(value) for name, value in found.items()}
    except ValueError:
        return None


def _makes(source: str, given: dict[str, Any]) -> bool:
    """Return whether a cell makes a report with these parameters, each by its name, and does nothing else."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    match body:
        case [
            ast.ImportFrom() as imported,
            ast.Assign([ast.Name("report")], ast.Call(ast.Name("Report"), [ast.Name("period")], keywords)),
        ] if ast.unparse(imported) == _REPORT:
            named = {w.arg: w.value.id for w in keywords if isinstance(w.value, ast.Name)}
            return len(named) == len(keywords) and {"period": "period", **named} == {n: n for n in given}
    return False
