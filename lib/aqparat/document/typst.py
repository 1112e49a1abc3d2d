"""The Typst exporters: a notebook to Typst, and through it to an accessible, archivable PDF."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from importlib import resources as package_files
from pathlib import Path
from typing import Any

from traitlets import List, Unicode, default

from aqparat.document import columns, markdown, own, series, spread, typesetting
from aqparat.document.entries import formulas, lettered
from aqparat.document.exporter import ReportExporter
from aqparat.legible import fallback
from aqparat.markup.picture import wrapped
from aqparat.period import Period
from aqparat.words.inline import Inline

_HERE = Path(__file__).parent
_TRIES = 8  # figures that may be parted from their prose, so that no page is left empty
STANDARDS = ["ua-1", "a-2a"]  # accessible (PDF/UA-1) and archivable (PDF/A-2a), in one file


class TypstExporter(ReportExporter):
    """Export a notebook to Typst (`jupyter nbconvert --to typst`).

    A report of this project is set from its blocks and what an analyst added; of any other notebook
    also the code is set. Pictures go into `resources["outputs"]`, below nbconvert's folder for a notebook's
    files (`resources["output_files_dir"]`) where there is one.
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

    def default_filters(self) -> Any:
        """Add what the template needs."""
        yield from super().default_filters()
        yield "text", typesetting.text
        yield "string", typesetting.string
        yield "drawn", typesetting.drawn
        yield "prose", typesetting.prose
        yield "inline", typesetting.inline
        yield "plain", lambda words: str(Inline.read(words))
        yield "raw", typesetting.raw
        yield "widths", typesetting.widths
        yield "crowded", typesetting.crowded
        yield "dense", typesetting.dense
        yield "heading", typesetting.heading
        yield "markdown", markdown.typst
        yield "own", own.blocks
        yield "kept", self._kept
        yield "formulas", formulas
        yield "spans", columns.spans
        yield "lacking", columns.lacking
        yield "rows", series.rows
        yield "places", series.places
        yield "code", series.code
        yield "names", series.names
        yield "lettered", lettered
        yield "spread", spread.spread
        yield "width", spread.width

    def from_notebook_node(
        self, nb: Any, resources: Any = None, apart: Collection[str] = (), **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook; the pictures are in `resources["outputs"]` by file name.

        The figures named in `apart` have no prose beside them and stand at an edge of the page.
        """
        self._pictures: dict[str, bytes] = {}
        resources = {
            **(resources or {}),
            "levels": markdown.Levels,
            "measure": spread.MEASURE,
            "apart": apart,
        }
        folder = resources.get("output_files_dir") or ""
        self._folder = f"{folder}/" if folder else ""
        resources["pictures"] = self._folder
        output, resources = super().from_notebook_node(nb, resources, **kw)
        resources["outputs"] = {**(resources.get("outputs") or {}), **self._pictures}
        for block in resources["outline"].figures() if resources["outline"] else []:
            resources["outputs"][f"{self._folder}{block['name']}.svg"] = block["svg"].encode("utf-8")
        for card in resources["outline"].cards() if resources["outline"] else []:
            resources["outputs"][f"{self._folder}card-{card['place']}.svg"] = card["svg"].encode("utf-8")
        return output, resources

    def _kept(self, block: dict[str, Any]) -> dict[str, Any]:
        """Name the file of an analyst's picture, and keep the picture."""
        if block["kind"] != "picture":
            return block
        name = f"{self._folder}picture-{len(self._pictures) + 1}.svg"
        self._pictures[name] = wrapped(block["content"], block["form"]).encode("utf-8")
        return {**block, "file": name}


class TypstPDFExporter(TypstExporter):
    """Export a notebook to PDF by way of Typst (`jupyter nbconvert --to typst-pdf`)."""

    export_from_notebook = "PDF via Typst"
    output_mimetype = "application/pdf"
    standards = List(Unicode(), STANDARDS, help="PDF standards that Typst is to hold to.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: Any, resources: Any = None, apart: Collection[str] = (), **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook to the bytes of a PDF; what Typst was given for it is in `files`.

        Figures that would leave a page empty are put otherwise; which, is in `parted`.

        Raises
        ------
        typst.TypstError
            If Typst or one of the standards refuses the document.
        """
        self.parted = [*apart]
        told = self._set(nb, resources, self.parted, **kw)
        while len(self.parted) < _TRIES and b"#starts(" in self.files["main.typ"]:
            placed = json.loads(_typst("query", self.files, selector="<at>", field="value", **_faces()))
            late = spread.late(placed)
            if late is None:
                break
            self.parted.append(late)
            told = self._set(nb, resources, self.parted, **kw)
        pdf = _typst(
            "compile",
            self.files,
            format="pdf",
            pdf_standards=list(self.standards),
            timestamp=_moment(told),
            **_faces(),
        )
        resources = told
        resources["output_extension"] = ".pdf"
        resources["outputs"] = {}
        return pdf, resources

    def _set(self, nb: Any, resources: Any, apart: Collection[str], **kw: Any) -> dict[str, Any]:
        """Make Typst's files and give the resources."""
        source, told = super().from_notebook_node(nb, resources, apart=apart, **kw)
        self.files = {"main.typ": source.encode("utf-8"), **told["outputs"]}
        return told


_threads_of: int | None = None  # the process that Typst's threads run in
_ANEW = """
import pickle, sys, typst
what, files, options = pickle.load(sys.stdin.buffer)
try:
    made = getattr(typst, what)(files, **options)
except typst.TypstError as error:
    made = error
pickle.dump(made, sys.stdout.buffer)
"""


def _faces() -> dict[str, Any]:
    """Return where Typst finds the faces, and nowhere else."""
    folders = [Path(str(package_files.files("aqparat"))) / "fonts", fallback()]
    return {"font_paths": folders, "ignore_system_fonts": True}


def _typst(what: str, files: dict[str, bytes], **options: Any) -> Any:
    """Compile or query with Typst; where this process was forked from one that has done so, in a new one.

    Typst keeps threads. A fork has none of them and would wait for them for ever.
    """
    import typst

    global _threads_of
    if _threads_of not in (None, os.getpid()):
        given = pickle.dumps((what, files, options))
        done = subprocess.run([sys.executable, "-c", _ANEW], input=given, stdout=subprocess.PIPE, check=True)
        made = pickle.loads(done.stdout)
        if isinstance(made, Exception):
            raise made
        return made
    _threads_of = os.getpid()
    return getattr(typst, what)(files, **options)


def _moment(resources: dict[str, Any]) -> datetime:
    """Date a PDF by the last day of its period, so that its bytes do not depend on the clock."""
    outline = resources["outline"]
    day = Period.parse(outline.title["more"]["code"]).end if outline else datetime(2000, 1, 1, tzinfo=UTC)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
