"""What the exporters have in common: the project's own templates and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aqparat import notebook_format as notebook_format

# isort: split
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool, default

from aqparat.blocks import MIME
from aqparat.document.outline import finished, outline
from aqparat.words.compiled import COMPILED

_TEMPLATES = Path(__file__).parent / "templates"


class OutlinePreprocessor(Preprocessor):
    """Put the outline of a report into the resources that templates see."""

    enabled = Bool(True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Add `outline` (None for a notebook that is not a report).

        Raises
        ------
        UnfinishedError
        """
        resources["outline"] = outline(nb)
        finished(nb, resources["outline"])
        return nb, resources


class ReportExporter(TemplateExporter):
    """Export a notebook by a template of this project, whatever templates the machine has."""

    @default("template_paths")
    def _template_paths_default(self) -> list[str]:
        return [str(_TEMPLATES / self.template_name)]

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[Any]:
        return [OutlinePreprocessor]  # none of nbconvert's: a report is already as it should be

    @property
    def environment(self) -> Any:
        """The Jinja2 environment; its templates are compiled once for all exporters."""
        made = super().environment
        made.bytecode_cache, made.optimized = (
            COMPILED,
            False,
        )  # nothing is computed from one exporter's filters
        return made

    def compile(self) -> None:
        """Compile the templates, which setting a document would do."""
        environment = self.environment
        for path in sorted((_TEMPLATES / self.template_name).glob("*.j2")):
            environment.get_template(path.name)

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook; blocks of a report are not copied with it, as nbconvert would three times."""
        cells = [
            NotebookNode({**cell, "outputs": list(map(_kept, cell["outputs"]))})
            if "outputs" in cell
            else cell
            for cell in nb["cells"]
        ]
        return super().from_notebook_node(NotebookNode({**nb, "cells": cells}), resources, **kw)


class _Kept(NotebookNode):
    """An output that stays itself where its notebook is copied."""

    def __deepcopy__(self, _: Any) -> _Kept:
        return self


def _kept(output: NotebookNode) -> NotebookNode:
    return _Kept(output) if MIME in output.get("data", {}) else output


__all__ = ["ReportExporter"]
