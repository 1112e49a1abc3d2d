"""Running one notebook: parameters checked before, metadata of the run taken out after."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from aqparat import disk
from aqparat.notebook_format import nbformat

# isort: split
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from papermill.translators import PythonTranslator

from aqparat.problem import NotebookError, ParameterError, unknown
from aqparat.publish import cells, kernel
from aqparat.publish.stem import StemEndedError

_SILENT = logging.NullHandler()  # what papermill logs as an error is told once, in the user's language
TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list": list,
    "dict": dict,
}


def check(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """Hold parameters against the notebook's typed parameters cell, before any kernel starts.

    Raises
    ------
    ParameterError
        If the notebook has no parameters cell, not this parameter, or it has another type.
    NotebookError
        If it is damaged.
    """
    try:
        cells.cells(notebook)
        nbformat.validate(nbformat.read(notebook, as_version=4))
        declared = papermill.inspect_notebook(_literal(notebook))
    except (ValueError, nbformat.ValidationError) as error:
        message = f"{notebook.name} is not a notebook, or is damaged: {error}"
        raise NotebookError(message, "notebook_damaged", notebook=notebook.name) from error
    if not declared:
        message = f"{notebook.name} has no cell tagged 'parameters'."
        raise ParameterError(message, "no_parameters", notebook=notebook.name)
    for name, value in parameters.items():
        if name not in declared:
            raise unknown("parameter", name, declared)
        wanted = declared[name]["inferred_type_name"]
        if wanted in TYPES and not isinstance(value, TYPES[wanted]):
            raise ParameterError(
                f"Parameter {name!r} is {value!r} ({type(value).__name__}): expected {wanted}.",
                "wrong_type",
                name=name,
                found=repr(value),
                expected=wanted,
            )


def run(
    source: Path,
    target: Path,
    parameters: Mapping[str, Any],
    folder: Path,
    metadata: Mapping[str, Any] | None = None,
    cell_seconds: int | None = None,
    engine: str = kernel.NAME,
) -> nbformat.NotebookNode:
    """Run a notebook through papermill and keep it, executed, without traces of the run.

    Parameters
    ----------
    source, target : Path
        The notebook, and where the executed one goes.
    parameters : mapping
        As the notebook's parameters cell has them.
    folder : Path
        Where it runs.
    metadata : mapping, optional
        What its documents are to know besides, kept in the notebook as `aqparat`.
    cell_seconds : int, optional
        How long a cell may run; as long as it likes by default.
    engine : str
        That of papermill which runs it.

    Returns
    -------
    NotebookNode
        The executed notebook.

    Raises
    ------
    ParameterError
        Before any kernel starts.
    NotebookError
        If a cell fails or runs too long, or the kernel ends or does not answer when it is started; the
        notebook up to there is kept at `target`.
    """

    def finish(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
        notebook = cleaned(notebook, parameters, {cell["id"] for cell in cells.cells(source)})
        if metadata:
            notebook.metadata["aqparat"] = dict(metadata)
        return notebook

    check(source, parameters)
    logging.getLogger("papermill").addHandler(_SILENT)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with disk.naming(target):
            executed: nbformat.NotebookNode = papermill.execute_notebook(
                _literal(source), _literal(target), dict(parameters),
                engine_name=engine, kernel_name="python3", progress_bar=False, log_output=False,
                cwd=str(folder), finish=finish,
                start_timeout=kernel.PATIENCE, execution_timeout=cell_seconds,
            )  # fmt: skip
    except PapermillExecutionError as error:
        place = error.cell_index + 1 - _injected(target)
        reason = f"{error.ename}: {error.evalue}"
        raise NotebookError(
            f"{source.name}, cell {place}: {reason}", "cell_failed",
            notebook=source.name, cell=place, reason=reason,
        ) from error  # fmt: skip
    except kernel.SlowCellError as error:
        place = error.cell_index + 1 - _injected(target)
        raise NotebookError(
            f"{source.name}, cell {place}: {error}", "cell_slow",
            notebook=source.name, cell=place, seconds=cell_seconds,
        ) from error  # fmt: skip
    except kernel.SilentKernelError as error:
        raise NotebookError(
            f"{source.name}: {error}", "kernel_silent", notebook=source.name, seconds=f"{error.seconds:g}"
        ) from error
    except (DeadKernelError, CellTimeoutError, StemEndedError) as error:
        disk.hold_room(Path(tempfile.gettempdir()))  # what a kernel needs for a time is there
        raise NotebookError(
            f"{source.name}: the kernel ended: {error}", "kernel_ended",
            notebook=source.name, reason=str(error),
        ) from error  # fmt: skip
    with disk.naming(target), target.open("a", encoding="utf-8") as file:
        file.write("\n")  # with which nbformat ends a notebook, and papermill does not
    return executed


def _injected(target: Path) -> int:
    """Count the cells of parameters that papermill put in: they are not in the source."""
    cells = nbformat.read(target, as_version=4).cells
    return sum("injected-parameters" in cell.metadata.get("tags", []) for cell in cells)


def cleaned(
    notebook: nbformat.NotebookNode, parameters: Mapping[str, Any], ids: Collection[str]
) -> nbformat.NotebookNode:
    """Take out what differs from run to run and from machine to machine.

    Times, durations, versions, papermill's notes; what the kernel that a person opened the notebook with is
    called; how the cell of parameters is set, which papermill leaves to Black where that is installed; what a
    cell is called that is not among the `ids` of the source; standard error, where libraries warn of the
    machine, and in how many pieces the kernel sent standard output.
    """
    kernel_named = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata = nbformat.NotebookNode(kernelspec=kernel_named, language_info={"name": "python"})
    for place, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.NotebookNode({k: v for k, v in cell.metadata.items() if k == "tags"})
        if cell.id not in ids:
            cell.id = f"cell-{place}"
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{place}"
            cell.source = assigned(parameters)
        if "outputs" in cell:
            cell.outputs = _lasting(cell.outputs)
    return notebook


def _lasting(outputs: Iterable[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return outputs without standard error, and with what is printed one after another in one piece."""
    kept: list[nbformat.NotebookNode] = []
    for output in outputs:
        if output.output_type != "stream":
            kept.append(output)
        elif output.name == "stdout":
            if kept and kept[-1].output_type == "stream":
                kept[-1].text += output.text
            else:
                kept.append(output)
    return kept


def assigned(parameters: Mapping[str, Any]) -> str:
    """Return the source of a cell that sets parameters, as papermill without Black sets them."""
    given = (f"{name} = {PythonTranslator.translate(value)}\n" for name, value in parameters.items())
    return "# Parameters\n" + "".join(given)


def _literal(path: Path) -> str:
    """Return a path as papermill takes it: braces would stand for parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")
