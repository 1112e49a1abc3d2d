import json

import nbformat
import pytest
from reported import ROOT, published


@pytest.fixture(scope="session")
def facts_published():
    return json.loads((published() / "facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def manifest_published():
    return json.loads((published() / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture
def small():
    """Write a notebook of a test's own: parameters `n` and `name`, then the cells given."""

    def write(path, *sources):
        declared = nbformat.v4.new_code_cell('n: int = 1  # how many\nname: str = "а"  # whose')
        declared.metadata["tags"] = ["parameters"]
        cells = [declared, *map(nbformat.v4.new_code_cell, sources)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
        return path

    return write


@pytest.fixture
def failing(tmp_path, monkeypatch):
    """Work in a folder whose report notebook fails in its third cell."""
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)
    notebook.cells[2:2] = [nbformat.v4.new_code_cell('raise ZeroDivisionError("meant")', id="meant")]
    nbformat.write(notebook, tmp_path / "notebooks" / "report.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path
