import multiprocessing
import os
import tempfile
from pathlib import Path

import aqparat
import nbformat
import papermill
import pytest
from aqparat.problem import NotebookError
from aqparat.publish import kernel, notebook

forking = pytest.mark.skipif(not kernel.CAN_FORK, reason="no fork here")
PARENT = "import os; print(os.getppid())"


def printed(small, folder, *sources):
    executed = notebook.run(small(folder / "in.ipynb", *sources), folder / "out.ipynb", {}, folder)
    return [o.text.strip() for c in executed.cells for o in c.outputs]


@forking
def test_a_kernel_is_forked_with_imports_done(small, tmp_path):
    said = printed(small, tmp_path, PARENT, "import sys; print('aqparat.report' in sys.modules)")
    assert said == [str(os.getpid()), "True"]


def test_where_there_is_no_fork_an_ordinary_kernel_starts(small, tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "CAN_FORK", False)
    monkeypatch.setattr(kernel.ForkProvisioner, "launch_kernel", lambda *_, **__: pytest.fail("forked"))
    said = printed(small, tmp_path, "import sys; print('aqparat.report' in sys.modules)", "print(n + 1)")
    assert said == ["False", "2"]


@forking
def test_nothing_is_left_of_a_kernel(small, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (transport,) = printed(
        small,
        tmp_path,
        "from ipykernel.kernelapp import IPKernelApp; print(IPKernelApp.instance().transport)",
    )
    assert transport == "ipc"  # no port is opened
    assert multiprocessing.active_children() == []
    assert not list(tmp_path.glob("aq-*"))


@forking
def test_what_a_kernel_changes_stays_in_it(small, tmp_path):
    here = Path.cwd()
    printed(small, tmp_path, "import aqparat, os; aqparat.changed = True; os.environ['AQPARAT_X'] = '1'")
    assert not hasattr(aqparat, "changed")
    assert "AQPARAT_X" not in os.environ
    assert Path.cwd() == here


@forking
def test_a_kernel_that_dies_is_an_error_a_person_can_read(small, tmp_path):
    source = small(tmp_path / "dies.ipynb", "import os; os._exit(3)")
    with pytest.raises(NotebookError, match=r"dies\.ipynb"):
        notebook.run(source, tmp_path / "out.ipynb", {}, tmp_path)
    assert multiprocessing.active_children() == []


def test_the_engine_is_known_to_papermill(small, tmp_path):
    engine = papermill.engines.papermill_engines.get_engine(kernel.NAME)
    assert engine is kernel.ForkedKernelEngine
    source = small(tmp_path / "in.ipynb", "print(n)")
    done = papermill.execute_notebook(
        str(source), None, {"n": 7}, engine_name=kernel.NAME, kernel_name="python3", progress_bar=False
    )
    assert nbformat.validate(done) is None
    assert done.cells[-1].outputs[0].text == "7\n"
