"""A task done: its notebook run, what that shows held against the facts, its documents set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aqparat import disk
from aqparat.blocks import MIME
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.outline import outline
from aqparat.document.typst import TypstPDFExporter
from aqparat.notebook_format import nbformat
from aqparat.problem import AqparatError
from aqparat.publish import kernel, notebook
from aqparat.publish.task import Task

EXPORTERS: dict[str, Callable[[], Any]] = {"html": ReportHTMLExporter, "pdf": TypstPDFExporter}


class MissingFactError(AqparatError):
    """A document shows a fact that facts.json does not have, or not so: a fault of the program."""


def render(task: Task, engine: str = kernel.NAME) -> None:
    """Run a notebook, by an engine of papermill, and write its documents.

    Raises
    ------
    ParameterError, NotebookError, MissingFactError
    """
    target, limit = task.folder / "report.ipynb", task.cell_seconds
    executed = notebook.run(task.source, target, task.parameters, task.home, about(task), limit, engine)
    check_facts(executed, task.facts)
    _set(executed, task.folder, task.formats)


def about(task: Task) -> dict[str, Any]:
    """Return what documents are to know besides what their notebook shows: what is published beside them."""
    told: dict[str, Any] = {"languages": list(task.languages), "formats": list(task.formats)}
    if task.organisations:
        told["organisations"] = list(task.organisations)
    if task.draft:
        told["draft"] = True
    return told


def handed_out(folder: Path) -> None:
    """Set the documents of an executed notebook again, which no longer say that they are a draft."""
    path = folder / "report.ipynb"
    executed = nbformat.read(path, as_version=4)
    about = executed.metadata["aqparat"]
    del about["draft"]
    disk.write(path, nbformat.writes(executed) + "\n")
    _set(executed, folder, about["formats"])


def _set(executed: Any, folder: Path, formats: Sequence[str]) -> None:
    for form in formats:
        output, _ = EXPORTERS[form]().from_notebook_node(executed)
        disk.write(folder / f"report.{form}", output)


def ready(formats: Sequence[str]) -> None:
    """Do what setting the first document in a process takes besides, before there is one to set."""
    nbformat.validate(nbformat.v4.new_notebook())  # which compiles the schema
    for form in formats:
        EXPORTERS[form]().compile()


def check_facts(executed: Any, known: Mapping[str, float | None]) -> None:
    """Hold what a notebook shows against the facts, ids and values: one source for both.

    Raises
    ------
    MissingFactError
    """
    seen = outline(executed)
    if seen is None:
        return
    if others := set(seen.facts()) - {*known}:
        missing = ", ".join(sorted(others))
        raise MissingFactError(f"Not in facts.json: {missing}", "missing_fact", facts=missing)
    blocks = [o.data.get(MIME) for c in executed.cells for o in c.get("outputs", []) if "data" in o]
    wrong = {i for i, value in _values(blocks) if i in known and not _same(value, known[i])}
    if wrong:
        told = ", ".join(sorted(wrong))
        raise MissingFactError(f"Other values than in facts.json: {told}", "wrong_fact", facts=told)


def _values(shown: Any) -> Iterator[tuple[str, float | None]]:
    """Walk the facts in what a notebook shows, each time with the value that it is given with."""
    if isinstance(shown, Mapping):
        if (
            "text" in shown and "id" not in shown and isinstance(shown.get("fact"), str)
        ):  # a chart's mark has none
            yield shown["fact"], shown.get("value")
        shown = list(shown.values())
    if isinstance(shown, list):
        for inner in shown:
            yield from _values(inner)


def _same(shown: float | None, known: float | None) -> bool:
    return shown == (None if known is None else float(f"{known:.12g}"))
