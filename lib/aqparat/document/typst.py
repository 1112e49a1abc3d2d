"""The Typst exporters: a notebook to Typst, and through it to an accessible, archivable PDF."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from importlib import resources as package_files
from pathlib import Path
from typing import Any

import mistune
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import List, Unicode, default

from aqparat.document.outline import OutlinePreprocessor
from aqparat.legible import drawable, fallback
from aqparat.period import Period

_HERE = Path(__file__).parent
_LONG = re.compile(r"[^\s\u200b]{32,}")  # the longest word of the languages has fewer letters
_PIECES = re.compile(r"\S{1,12}[\u0300-\u036f]*")
_ISOLATES = {"<bdi>": "\u2068", "</bdi>": "\u2069"}
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
        yield "text", text
        yield "string", string
        yield "drawn", drawn
        yield "prose", prose
        yield "inline", inline
        yield "raw", raw
        yield "widths", widths

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """Convert a notebook; the pictures are in `resources["outputs"]` by file name."""
        pictures = _number_pictures(nb)
        resources = {**(resources or {}), "levels": Levels()}
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


def widths(block: dict[str, Any]) -> str:
    """Give the columns of a table: as wide as numbers are, and text by how much of it there is."""
    lengths = [max(len(_tagless(row[i])) for row in block["rows"]) for i in range(len(block["columns"]))]
    parts = [
        "auto" if numeric else f"{min(max(length, 8), 40)}fr"
        for numeric, length in zip(block["numeric"], lengths, strict=True)
    ]
    return ", ".join(parts) + ","


def string(value: str) -> str:
    """Quote a text as a Typst string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'


def text(value: str) -> str:
    """Set a text as it is: no character of it is Typst markup, and each can be drawn."""
    return f"#{string(drawn(value))};" if value else ""


def drawn(value: str) -> str:
    """Give a text as the faces can draw it, with places to break a word longer than any line."""
    return _LONG.sub(lambda m: "\N{ZERO WIDTH SPACE}".join(_PIECES.findall(m[0])), drawable(value))


def raw(value: str, lang: str = "none") -> str:
    """Set code, without the characters that no font has."""
    value = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", value)
    quoted = "none" if lang == "none" else string(lang)
    return f"#raw({string(drawn(value))}, block: true, lang: {quoted})"


_MARKDOWN = mistune.create_markdown(renderer="ast", escape=False, plugins=["table", "strikethrough"])


def _parsed(markdown: str) -> list[dict[str, Any]]:
    tokens: Any = _MARKDOWN(markdown)
    return list(tokens)


class Levels:
    """Levels of headings as PDF/UA wants them: the first is 1, none is skipped."""

    def __init__(self) -> None:
        self._last = 0

    def settle(self, level: int) -> int:
        """Give the level a heading may have after those before it."""
        self._last = max(1, min(level, self._last + 1))
        return self._last


def prose(markdown: str, shift: int = 0, levels: Levels | None = None) -> str:
    """Convert Markdown to Typst; inline HTML such as `<data>` leaves its text.

    Parameters
    ----------
    markdown : str
    shift : int
        Added to the levels of headings.
    levels : Levels, optional
        Settles the levels over several texts of one document.
    """
    tokens = _parsed(markdown)
    for token in tokens:
        if token["type"] == "heading":
            level = token["attrs"]["level"] + shift
            token["attrs"]["level"] = levels.settle(level) if levels else level
    return "\n\n".join(filter(None, (_block(token) for token in tokens)))


def inline(markdown: str) -> str:
    """Convert inline Markdown (a title, a cell) to Typst content without a paragraph."""
    return " ".join(_inlines(t.get("children", [])) for t in _parsed(markdown) if t["type"] == "paragraph")


def _block(token: dict[str, Any]) -> str:
    children = token.get("children", [])
    match token["type"]:
        case "paragraph" | "block_text":
            return _inlines(children)
        case "heading":
            return f"#heading(level: {token['attrs']['level']})[{_inlines(children)}]"
        case "list":
            kind = "enum" if token["attrs"].get("ordered") else "list"
            items = ", ".join(f"[{_item(item)}]" for item in children)
            start = token["attrs"].get("start", 1)
            return f"#{kind}({f'start: {start}, ' if start != 1 else ''}{items})"
        case "block_quote":
            return f"#quote(block: true)[{_item(token)}]"
        case "block_code":
            return raw(token["raw"].rstrip("\n"), (token.get("attrs") or {}).get("info") or "none")
        case "thematic_break":
            return "#line(length: 100%)"
        case "table":
            return _table(children)
        case "block_html":
            return text(_tagless(token["raw"]))
    return ""


def _item(token: dict[str, Any]) -> str:
    return "\n\n".join(filter(None, (_block(child) for child in token["children"])))


def _table(children: list[dict[str, Any]]) -> str:
    head, *bodies = children
    rows = [row["children"] for body in bodies for row in body["children"]]
    header = ", ".join(f"[{_inlines(cell['children'])}]" for cell in head["children"])
    cells = ", ".join(f"[{_inlines(cell['children'])}]" for row in rows for cell in row)
    return f"#table(columns: {len(head['children'])}, table.header({header}), {cells})"


def _inlines(tokens: list[dict[str, Any]]) -> str:
    return "".join(_inline(token) for token in tokens)


def _inline(token: dict[str, Any]) -> str:
    children = token.get("children", [])
    match token["type"]:
        case "text":
            return text(html.unescape(token["raw"]))
        case "strong":
            return f"#strong[{_inlines(children)}];"
        case "emphasis":
            return f"#emph[{_inlines(children)}];"
        case "strikethrough":
            return f"#strike[{_inlines(children)}];"
        case "codespan":
            return f"#raw({string(drawn(html.unescape(token['raw'])))});"
        case "link":
            return f"#link({string(token['attrs']['url'])})[{_inlines(children)}];"
        case "softbreak":
            return "\n"
        case "linebreak":
            return " \\\n"
        case "image":
            return _inlines(children)
        case "inline_html" if token["raw"] in _ISOLATES:
            return f"#{string(_ISOLATES[token['raw']])};"
    return ""  # other inline HTML: its text stands in tokens of its own


def _tagless(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()
