import os

import nbformat
import papermill
import pytest
from aqparat.data.reading.files import DataFolderError
from aqparat.period import Period
from aqparat.publish import kernel, lab
from aqparat.publish.lab import RootError
from jupyterlab_server.config import get_page_config
from nbformat.sign import NotebookNotary
from reported import ROOT

PERIOD = Period.parse("2017H1")


@pytest.fixture
def launched(monkeypatch):
    """Give what JupyterLab is started with."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")  # and set again, as it was, at the end
    given = []
    monkeypatch.setattr("jupyterlab.labapp.launch_new_instance", given.append)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    return given


def test_the_copy_has_the_parameters_and_runs(folder, monkeypatch):
    monkeypatch.setattr(kernel, "CAN_FORK", False)  # JupyterLab starts a process of its own, too
    copy = lab.copy(PERIOD, "ru", folder.path).path
    assert copy == folder.path.parent / "explore" / "2017H1-ru.ipynb"
    notebook = nbformat.read(copy, as_version=4)
    nbformat.validate(notebook)
    injected, *rest = notebook.cells[1:]
    assert injected.source.splitlines()[1:] == ['period = "2017H1"', 'language = "ru"', 'data = "data"']
    assert rest == nbformat.read(ROOT / "notebooks" / "explore.ipynb", as_version=4).cells[1:]
    done = papermill.execute_notebook(
        str(copy), None, engine_name=kernel.NAME, kernel_name="python3", progress_bar=False,
        cwd=str(copy.parent),
    )  # fmt: skip
    assert [o for cell in done.cells for o in cell.outputs if o.output_type == "error"] == []


def edited(path, edit):
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)
    return path.read_bytes()


def ask(notebook):
    notebook.cells[-1].source += "\n# a question of the analyst's own"


@pytest.fixture
def later(monkeypatch, tmp_path):
    """Let the exploring notebook be another than the one that was copied."""

    def changed():
        notebook = nbformat.read(ROOT / "notebooks" / "explore.ipynb", as_version=4)
        notebook.cells[-1].source = "1 + 1"
        (tmp_path / "later").mkdir()
        nbformat.write(notebook, tmp_path / "later" / "explore.ipynb")
        monkeypatch.setattr(lab, "notebooks_folder", lambda home: tmp_path / "later")

    return changed


def test_what_an_analyst_did_in_a_copy_stays(folder):
    copy = lab.copy(PERIOD, "kk", folder.path).path
    mine = edited(copy, ask)
    assert lab.copy(PERIOD, "kk", folder.path) == lab.Copy(copy)
    assert copy.read_bytes() == mine
    assert lab.copy(PERIOD, "en", folder.path).path != copy


def test_of_another_notebook_an_analysts_copy_is_put_aside(folder, later):
    copy = lab.copy(PERIOD, "kk", folder.path).path
    mine = edited(copy, ask)
    later()
    assert lab.copy(PERIOD, "kk", folder.path) == lab.Copy(copy, copy.with_stem("2017H1-kk-1"))
    assert copy.with_stem("2017H1-kk-1").read_bytes() == mine
    assert nbformat.read(copy, as_version=4).cells[-1].source == "1 + 1"


@pytest.mark.parametrize(
    "content", ["{}", "", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}']
)
def test_what_is_no_copy_of_this_notebook_is_put_aside(content, folder):
    copy = lab.copy(PERIOD, "kk", folder.path).path
    copy.write_text(content)
    copy.with_stem("2017H1-kk-1").write_text("another")
    assert lab.copy(PERIOD, "kk", folder.path).aside == copy.with_stem("2017H1-kk-2")
    assert copy.with_stem("2017H1-kk-1").read_text() == "another"
    assert copy.with_stem("2017H1-kk-2").read_text() == content
    assert lab.copy(PERIOD, "kk", folder.path) == lab.Copy(copy)


def test_of_another_notebook_a_copy_as_it_was_made_is_made_again(folder, later):
    copy = lab.copy(PERIOD, "kk", folder.path).path
    edited(copy, lambda notebook: notebook.cells[-1].update(execution_count=3))  # run, but not changed
    later()
    assert lab.copy(PERIOD, "kk", folder.path) == lab.Copy(copy)
    assert nbformat.read(copy, as_version=4).cells[-1].source == "1 + 1"


def test_what_a_kernel_that_is_no_more_has_shown_stands_still(folder, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder.path.parent / "jupyter"))
    copy = lab.copy(PERIOD, "kk", folder.path).path
    data = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/html": "<p>So.</p>"}

    def run(notebook):
        notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", data)]
        NotebookNotary().sign(notebook)

    edited(copy, run)
    assert lab.copy(PERIOD, "kk", folder.path) == lab.Copy(copy)
    notebook = nbformat.read(copy, as_version=4)
    assert notebook.cells[-1].outputs[0].data == {"text/html": "<p>So.</p>"}
    assert NotebookNotary().check_signature(notebook)  # else JupyterLab would show no chart
    theirs = {**data, "text/html": "<p>From somebody else.</p>"}
    edited(copy, lambda notebook: notebook.cells[-1].outputs[0].data.update(theirs))
    lab.copy(PERIOD, "kk", folder.path)
    assert not NotebookNotary().check_signature(nbformat.read(copy, as_version=4))


def test_without_a_period_the_last_one_handed_in_is_explored(folder):
    folder.write("2018H1/observations.csv", folder.text("2017H1/observations.csv").splitlines()[0] + "\n")
    assert lab.copy(None, "kk", folder.path).path.name == "2018H1-kk.ipynb"


@pytest.mark.parametrize("period", ["2016", "2015H2", "2030"])
def test_a_period_without_data_is_refused(folder, period):
    with pytest.raises(DataFolderError, match=f"Nothing was handed in for {period}"):
        lab.copy(Period.parse(period), "kk", folder.path)
    assert not (folder.path.parent / "explore").exists()


def test_jupyterlab_listens_to_this_machine_alone(folder, launched):
    copy = lab.copy(PERIOD, "kk", folder.path).path
    lab.launch(copy)
    given = dict(word.removeprefix("--").split("=", 1) for word in launched[0])
    assert given["ServerApp.ip"] == "127.0.0.1"
    assert given["ServerApp.allow_remote_access"] == "False"
    assert (
        given["ServerApp.root_dir"] + given["LabApp.default_url"].removeprefix("/lab/tree") == copy.as_posix()
    )
    assert not any("token" in name or "password" in name for name in given)  # JupyterLab makes its own token


def test_jupyterlab_asks_nobody_for_news(folder, launched, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    lab.launch(lab.copy(PERIOD, "kk", folder.path).path)
    assert os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)[1:] == ["theirs"]
    config = get_page_config([])
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]


def test_root_is_refused_unless_asked_for(folder, launched, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(RootError):
        lab.launch(folder.path)
    assert launched == []
    lab.launch(folder.path, allow_root=True)
    assert "--allow-root" in launched[0]
