"""The HTML exporter: one file, nothing fetched, fonts and charts inside."""

from __future__ import annotations

import base64
import re
from importlib import resources as package_files
from pathlib import Path
from typing import Any

import mistune
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import default

from aqparat.document.outline import OutlinePreprocessor

_HERE = Path(__file__).parent
_FACT = re.compile(r'<data class="fact" data-fact="([^"]*)"[^>]*>.*?</data>', re.S)
_FACES = (
    ("Noto Sans", "Regular", 400, "normal"),
    ("Noto Sans", "Bold", 700, "normal"),
    ("Noto Serif", "Regular", 400, "normal"),
    ("Noto Serif", "Bold", 700, "normal"),
    ("Noto Serif", "Italic", 400, "italic"),
)


class ReportHTMLExporter(TemplateExporter):
    """Export an executed report notebook to one HTML file (`jupyter nbconvert --to aqparat-html`)."""

    export_from_notebook = "aqparat report (HTML)"
    output_mimetype = "text/html"
    template_name = "report"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_HERE / "templates")]

    @property
    def default_config(self) -> Any:
        """Switch the preprocessors of nbconvert off; a report is already as it should be."""
        config = super().default_config
        config.TemplateExporter.setdefault("exclude_input", True)
        return config

    def _init_preprocessors(self) -> None:
        self._preprocessors: list[Any] = []
        self.register_preprocessor(OutlinePreprocessor, enabled=True)

    def default_filters(self) -> Any:
        """Add what the template needs."""
        yield from super().default_filters()
        yield "prose", prose
        yield "traced", traced
        yield "data_uri", data_uri

    def _init_resources(self, resources: Any) -> Any:
        resources = super()._init_resources(resources)
        resources["fonts"] = [
            {"family": family, "weight": weight, "style": style, "data": _font(family, face)}
            for family, face, weight, style in _FACES
        ]
        return resources


def prose(markdown: str) -> Markup:
    """Render Markdown to HTML, keeping the inline `<data>` and `<time>` of the narrative."""
    return Markup(mistune.create_markdown(escape=False)(markdown))


def traced(inline: str) -> Markup:
    """Lead each fact in HTML to its entry in the appendix, by a link that needs no script."""
    plain = str(inline)  # Markup would escape what is put in
    return Markup(_FACT.sub(r'<a class="trace" href="#fact-\1">\g<0></a>', plain))


def data_uri(svg: str) -> str:
    """Give an SVG as an address that holds the picture itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _font(family: str, face: str) -> str:
    name = f"{family.replace(' ', '')}-{face}.woff2"
    content = package_files.files("aqparat").joinpath("fonts", name).read_bytes()
    return base64.b64encode(content).decode("ascii")
