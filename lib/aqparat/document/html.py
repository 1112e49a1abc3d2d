"""The HTML exporter: one file, nothing fetched, fonts and charts inside."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup
from traitlets import default

from aqparat import kazakh
from aqparat.document import columns, download, markdown, own
from aqparat.document.entries import formulas
from aqparat.document.exporter import ReportExporter
from aqparat.document.outline import Outline
from aqparat.document.policy import policy
from aqparat.document.stylesheet import part, stylesheet
from aqparat.markup import hypertext
from aqparat.markup.picture import data_uri, picture, small
from aqparat.words.inline import Inline, spoken, text
from aqparat.words.language import Language

_TOLD = (
    *("dark", "light", "sort", "marks"),
    *("chart", "table", "download", "chart_csv", "table_csv", "chart_svg", "chart_png"),
    *("find", "found"),
)


class ReportHTMLExporter(ReportExporter):
    """Export an executed report notebook to one HTML file (`jupyter nbconvert --to aqparat-html`).

    The languages and formats that are published beside it, to be linked to, are in the notebook's
    metadata: `aqparat.languages, aqparat.formats`.
    """

    export_from_notebook = "aqparat report (HTML)"
    output_mimetype = "text/html"
    template_name = "report"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @property
    def default_config(self) -> Any:
        """Leave out what is put into a cell; the code of a figure is shown from its block."""
        config = super().default_config
        config.TemplateExporter.setdefault("exclude_input", True)
        return config

    def default_filters(self) -> Any:
        """Add what the template needs."""
        yield from super().default_filters()
        yield "prose", hypertext.prose
        yield "inline", hypertext.inline
        yield "soft", soft
        yield "heading", heading
        yield "markdown", markdown.page
        yield "own", own.blocks
        yield "formula", hypertext.formula
        yield "formulas", formulas
        yield "told", told
        yield "spans", columns.spans
        yield "lacking", columns.lacking
        yield "csv", download.link
        yield "picture", picture
        yield "small", small
        yield "data_uri", data_uri

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """Convert a notebook to the text of the file."""
        css, script = stylesheet(), part("report.js")
        own = {"levels": markdown.Levels, "css": css, "script": script, "policy": policy(script)}
        return super().from_notebook_node(nb, {**(resources or {}), **own}, **kw)


def soft(words: Inline | list[Any], language: Language) -> Inline:
    """Let long words of an inline text be broken between syllables."""
    told = words if isinstance(words, Inline) else Inline.read(words)
    return told.map(language.softened)


def heading(words: str, lang: str) -> Markup:
    """Set a heading, and say of names in it what language they are in."""
    return hypertext.inline(spoken(text(words), lang))


def told(outline: Outline) -> str:
    """Give what the page's script has to be told, as JSON that cannot end its element."""
    labels = {key: outline.page(key) for key in _TOLD}
    alphabet = kazakh.ALPHABET if outline.lang == "kk" else ""
    group = outline.language.number(1000, 0)[1]  # what stands between thousands
    known = {**labels, "group": group, "language": outline.lang, "alphabet": alphabet}
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
