"""What the exporters have in common: the project's own templates and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import default

from aqparat.document.outline import OutlinePreprocessor

_TEMPLATES = Path(__file__).parent / "templates"


class ReportExporter(TemplateExporter):
    """Export a notebook by a template of this project, whatever templates the machine has."""

    @default("template_paths")
    def _template_paths_default(self) -> list[str]:
        return [str(_TEMPLATES / self.template_name)]

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[Any]:
        return [OutlinePreprocessor]  # none of nbconvert's: a report is already as it should be


__all__ = ["ReportExporter"]
