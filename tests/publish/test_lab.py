import nbformat
import papermill
import pytest
from aqparat.data.reading.files import DataFolderError
from aqparat.period import Period
from aqparat.publish import kernel, lab
from aqparat.publish.lab import RootError
from reported import ROOT

PERIOD = Period.parse("2017H1")


@pytest.fixture
def launched(monkeypatch):
    """Give what JupyterLab is started with."""
    given = []
    monkeypatch.setattr("jupyterlab.labapp.launch_new_instance", given.append)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    return given


def test_the_copy_has_the_parameters_and_runs(folder, monkeypatch):
    monkeypatch.setattr(kernel, "CAN_FORK", False)  # JupyterLab starts a process of its own, too
    copy = lab.copy(PERIOD, "ru", folder.path)
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


def test_what_an_analyst_did_in_a_copy_stays(folder):
    copy = lab.copy(PERIOD, "kk", folder.path)
    copy.write_text("{}")
    assert lab.copy(PERIOD, "kk", folder.path).read_text() == "{}"
    assert lab.copy(PERIOD, "en", folder.path) != copy


def test_without_a_period_the_last_one_handed_in_is_explored(folder):
    folder.write("2018H1/observations.csv", folder.text("2017H1/observations.csv").splitlines()[0] + "\n")
    assert lab.copy(None, "kk", folder.path).name == "2018H1-kk.ipynb"


@pytest.mark.parametrize("period", ["2016", "2015H2", "2030"])
def test_a_period_without_data_is_refused(folder, period):
    with pytest.raises(DataFolderError, match=f"Nothing was handed in for {period}"):
        lab.copy(Period.parse(period), "kk", folder.path)
    assert not (folder.path.parent / "explore").exists()


def test_jupyterlab_listens_to_this_machine_alone(folder, launched):
    copy = lab.copy(PERIOD, "kk", folder.path)
    lab.launch(copy)
    (first, *options), *_ = launched
    assert first == str(copy)
    given = dict(word.removeprefix("--").split("=", 1) for word in options)
    assert given["ServerApp.ip"] == "127.0.0.1"
    assert given["ServerApp.allow_remote_access"] == "False"
    assert copy.is_relative_to(given["ServerApp.root_dir"])
    assert not any("token" in name or "password" in name for name in given)  # JupyterLab makes its own token


def test_root_is_refused_unless_asked_for(folder, launched, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(RootError):
        lab.launch(folder.path)
    assert launched == []
    lab.launch(folder.path, allow_root=True)
    assert "--allow-root" in launched[0]
