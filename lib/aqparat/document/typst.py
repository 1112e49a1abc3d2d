"""The Typst exporters: a notebook to Typst, and through it to an accessible, archivable PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources as package_files
from pathlib import Path
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import List, Unicode, default

from aqparat.document import appendix, markdown
from aqparat.document.outline import OutlinePreprocessor
from aqparat.legible import fallback
from aqparat.period import Period

_HERE = Path(__file__).parent
STANDARDS = ["ua-1", "a-2a"]  # accessible (PDF/UA-1) and archivable (PDF/A-2a), in one file


class TypstExporter(TemplateExporter):
    """Export a notebook to Typst (`jupyter nbconvert --to typst`).

    A report of this project is set from its blocks; of any other notebook the Markdown, the code
    and the plain, Markdown and SVG outputs are set. Pictures go into `resources["outputs"]`.
    """

    export_from_notebook = "Typst"
    output_mimetype = "text/plain"
    template_name = "typst"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".typ"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".typ.j2"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_HERE / "templates")]

    def _init_preprocessors(self) -> None:
        self._preprocessors: list[Any] = []
        self.register_preprocessor(OutlinePreprocessor, enabled=True)

    def default_filters(self) -> Any:
        """Add what the template needs."""
        yield from super().default_filters()
        yield "text", markdown.text
        yield "string", markdown.string
        yield "drawn", markdown.drawn
        yield "prose", markdown.prose
        yield "inline", markdown.inline
        yield "formulas", appendix.formulas
        yield "raw", markdown.raw
        yield "widths", markdown.widths

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """Convert a notebook; the pictures are in `resources["outputs"]` by file name."""
        pictures = _number_pictures(nb)
        resources = {**(resources or {}), "levels": markdown.Levels()}
        output, resources = super().from_notebook_node(nb, resources, **kw)
        resources["outputs"] = {**(resources.get("outputs") or {}), **pictures}
        for block in resources["outline"].figures() if resources["outline"] else []:
            resources["outputs"][f"{block['name']}.svg"] = block["svg"].encode("utf-8")
        return output, resources


class TypstPDFExporter(TypstExporter):
    """Export a notebook to PDF by way of Typst (`jupyter nbconvert --to typst-pdf`)."""

    export_from_notebook = "PDF via Typst"
    output_mimetype = "application/pdf"
    standards = List(Unicode(), STANDARDS, help="PDF standards that Typst is to hold to.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook to the bytes of a PDF.

        Raises
        ------
        typst.TypstError
            If Typst or one of the standards refuses the document.
        """
        import typst

        source, resources = super().from_notebook_node(nb, resources, **kw)
        files: Any = {"main.typ": source.encode("utf-8"), **resources["outputs"]}
        pdf = typst.compile(
            files,
            format="pdf",
            font_paths=[Path(str(package_files.files("aqparat"))) / "fonts", fallback()],
            ignore_system_fonts=True,
            pdf_standards=list(self.standards),
            timestamp=_moment(resources),
        )
        resources["output_extension"] = ".pdf"
        resources["outputs"] = {}
        return pdf, resources


def _moment(resources: dict[str, Any]) -> datetime:
    """Date a PDF by the last day of its period, so that its bytes do not depend on the clock."""
    outline = resources["outline"]
    day = Period.parse(outline.title["more"]["code"]).end if outline else datetime(2000, 1, 1, tzinfo=UTC)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _number_pictures(nb: Any) -> dict[str, bytes]:
    """Collect the SVG outputs of a notebook that is not a report, and name them in their outputs."""
    pictures: dict[str, bytes] = {}
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            svg = output.get("data", {}).get("image/svg+xml")
            if svg:
                name = f"output-{len(pictures) + 1}.svg"
                pictures[name] = (svg if isinstance(svg, str) else "".join(svg)).encode("utf-8")
                output.setdefault("metadata", {})["filename"] = name
    return pictures
