"""A report of the raw data, made once for all tests that look at one."""

import contextlib
import copy
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

import nbformat
from aqparat.cli import main
from aqparat.document.typst import TypstPDFExporter
from aqparat.report import Report
from aqparat.words.renderer import Renderer
from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "aqparat"
_KEPT = tempfile.TemporaryDirectory(prefix="aqparat-tests-")


@cache
def data() -> Path:
    """Give a copy of the data folder, so that nothing is written into the repository."""
    folder = Path(_KEPT.name) / "data"
    shutil.copytree(ROOT / "data" / "raw", folder / "raw")
    return folder


@cache
def report(language: str = "kk", period: str = "2017H1", organisation: str | None = None) -> Report:
    """Give the report of a period as a notebook has it; one load serves all languages."""
    if language == "kk":
        return Report(period, language=language, data=data(), organisation=organisation)
    told = copy.copy(report("kk", period, organisation))
    told.renderer = Renderer(told.renderer.tables, language, told.renderer.facts)
    return told


@cache
def made() -> Result:
    """Publish the report once, by the command line, in the data folder itself."""
    out = data().with_name("reports")
    with contextlib.chdir(data()):
        return CliRunner().invoke(
            main, ["report", "2017H1", "--language", "kk", "--data", ".", "--out", str(out)]
        )


def published() -> Path:
    """Give the folder of the report published."""
    assert made().exit_code == 0, made().output
    return data().with_name("reports") / "2017H1"


@cache
def executed(language: str = "kk", organisation: str | None = None) -> nbformat.NotebookNode:
    """Run what the report's notebook shows, or that of an organisation, without a kernel."""
    return shown(report(language, organisation=organisation), "organisation" if organisation else "report")


@cache
def pdf(language: str = "kk") -> bytes:
    """Give the PDF of the report; one rendering serves all tests."""
    return exported(language)[0]


@cache
def exported(language: str = "kk") -> tuple[bytes, TypstPDFExporter]:
    """Give the PDF of the report and what made it."""
    exporter = TypstPDFExporter()
    return exporter.from_notebook_node(executed(language))[0], exporter


def shown(told: Report, name: str) -> nbformat.NotebookNode:
    """Run what a notebook shows of a report, without a kernel."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    names = {"report": told}
    for cell in notebook.cells:
        if cell.source.startswith("report."):
            block = eval(cell.source, names)
            output = json.loads(json.dumps(block._repr_mimebundle_()))
            cell.outputs = [nbformat.v4.new_output("display_data", output)]
    return notebook
