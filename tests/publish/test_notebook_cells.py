"""A notebook is its cells: saving it anew is no change, changing a cell is."""

import json

import pytest
from aqparat.publish import cells, manifest
from reported import ROOT

REPORT = ROOT / "notebooks" / "report.ipynb"


@pytest.fixture
def saved(tmp_path):
    """Save the report's notebook after changing it: give its digest."""

    def saved(change=lambda notebook: None, **how):
        notebook = json.loads(REPORT.read_text(encoding="utf-8"))
        change(notebook)
        path = tmp_path / "report.ipynb"
        path.write_text(json.dumps(notebook, **how), encoding="utf-8")
        return cells.digest(path)

    return saved


def run(notebook):
    for number, cell in enumerate(notebook["cells"], 1):
        cell["execution_count"] = number
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}]
        cell["metadata"] |= {"execution": {"iopub.status.busy": "2026-01-01"}, "trusted": True}


def kernel_named(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "venv", "display_name": "Python 3.12 (venv)"}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    notebook["metadata"]["widgets"] = {}
    notebook["nbformat_minor"] = 6


def text_as_one(notebook):
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])


@pytest.mark.parametrize("change", [run, kernel_named, text_as_one])
def test_what_jupyterlab_saves_by_itself_changes_nothing(saved, change):
    assert saved(change, indent=1) == saved(ensure_ascii=False) == cells.digest(REPORT)


@pytest.mark.parametrize(
    "change",
    [
        lambda n: n["cells"][3].update(source=["report.heading('site')"]),
        lambda n: n["cells"][0]["metadata"].update(tags=[]),
        lambda n: n["cells"][3].update(id="other"),
        lambda n: n["cells"][3].update(cell_type="raw"),
        lambda n: n["cells"].pop(),
        lambda n: n["cells"].insert(2, n["cells"].pop(5)),
        lambda n: n["cells"][3].update(attachments={"a.png": {"image/png": "AAAA"}}),
    ],
)
def test_another_cell_is_another_notebook(saved, change):
    assert saved(change) != cells.digest(REPORT)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cells": [1]}', b'{"cells": [{}]}', b"\xff"])
def test_what_is_no_notebook_is_told_by_its_bytes(tmp_path, content):
    path = tmp_path / "report.ipynb"
    path.write_bytes(content)
    assert cells.digest(path) == manifest.digest(path)
    with pytest.raises(ValueError):
        cells.cells(path)


def test_the_manifest_takes_cells(tmp_path):
    found = manifest.made_from({}, [REPORT], {}, {})["code"]
    assert found["notebooks/report.ipynb"] == cells.digest(REPORT)
