import json
import sys
import types

import nbformat
import pytest
from aqparat.choices import LANGUAGES
from aqparat.problem import NotebookError, ParameterError
from aqparat.publish import notebook
from aqparat.words import errors


@pytest.fixture
def plain(small, tmp_path):
    return small(tmp_path / "plain.ipynb", "print(n, name)", "import os; os.path.basename(os.getcwd())")


@pytest.mark.parametrize("given", [{}, {"n": 2}, {"n": 2, "name": "ә"}])
def test_declared_parameters_are_taken(plain, given):
    notebook.check(plain, given)


@pytest.mark.parametrize(
    "given, said",
    [
        ({"nmae": "ә"}, r"Unknown parameter 'nmae': expected one of n, name\. Did you mean 'name'\?"),
        ({"zzz": 1}, r"Unknown parameter 'zzz': expected one of n, name\.$"),
        ({"n": "2"}, r"Parameter 'n' is '2' \(str\): expected int\."),
        ({"n": 2.5}, r"Parameter 'n' is 2\.5 \(float\): expected int\."),
        ({"name": 5}, r"Parameter 'name' is 5 \(int\): expected str\."),
        ({"name": None}, r"Parameter 'name' is None \(NoneType\): expected str\."),
    ],
)
def test_other_parameters_are_refused(plain, given, said):
    with pytest.raises(ParameterError, match=said):
        notebook.check(plain, given)


def test_a_notebook_without_parameters_is_refused(tmp_path):
    path = tmp_path / "bare.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), path)
    with pytest.raises(ParameterError, match=r"bare\.ipynb has no cell tagged 'parameters'"):
        notebook.check(path, {})


def test_a_run_takes_parameters_and_leaves_no_trace(plain, tmp_path):
    target = tmp_path / "deep" / "done.ipynb"
    (tmp_path / "here").mkdir()
    executed = notebook.run(plain, target, {"n": 2, "name": "ә"}, tmp_path / "here")
    assert executed == nbformat.read(target, as_version=4)
    outputs = [o for cell in executed.cells for o in cell.outputs]
    assert outputs[0].text == "2 ә\n"
    assert outputs[1].data["text/plain"] == "'here'"
    assert list(executed.metadata) == ["kernelspec", "language_info"]
    assert executed.metadata.language_info == {"name": "python"}
    tags = [c.metadata.pop("tags", []) for c in executed.cells]
    assert tags == [["parameters"], ["injected-parameters"], [], []]
    assert not any(c.metadata for c in executed.cells)
    assert executed.cells[1].id == "injected-1"  # not papermill's random one
    assert not plain.read_text(encoding="utf-8").count("injected")  # the source is as it was


def test_a_failing_cell_is_named_and_kept(small, tmp_path):
    source = small(tmp_path / "bad.ipynb", "1", 'raise ValueError("meant")', "2")
    with pytest.raises(NotebookError, match=r"bad\.ipynb, cell 3: ValueError: meant"):
        notebook.run(source, tmp_path / "out.ipynb", {}, tmp_path)
    kept = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert any(o.get("ename") == "ValueError" for c in kept.cells for o in c.get("outputs", []))


def test_a_cell_that_runs_too_long_is_stopped_and_named(small, tmp_path):
    source = small(tmp_path / "slow.ipynb", "1", "import time; time.sleep(600)", "2")
    for given in ({}, {"n": 2}):
        with pytest.raises(NotebookError) as error:
            notebook.run(source, tmp_path / "out.ipynb", given, tmp_path, cell_seconds=1)
        assert (error.value.key, error.value.values["cell"]) == ("cell_slow", 3)
        for code in LANGUAGES:
            (told,) = errors.sentences(error.value, code)
            assert {"slow.ipynb", "notebook.cell_seconds"} <= {*told.replace("`", "").split()}
    kept = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert [cell.execution_count for cell in kept.cells][-1] is None


def test_the_cell_is_the_same_with_and_without_parameters(small, tmp_path):
    source = small(tmp_path / "bad.ipynb", 'raise ValueError("meant")')
    said = []
    for given in ({}, {"n": 2}):
        with pytest.raises(NotebookError) as error:
            notebook.run(source, tmp_path / "out.ipynb", given, tmp_path)
        said.append(str(error.value))
    assert said[0] == said[1] == "bad.ipynb, cell 2: ValueError: meant"


@pytest.mark.parametrize("content", ["", "{", "{}", '{"cells": 5, "metadata": {}, "nbformat": 4}', "[]"])
def test_a_damaged_notebook_is_refused_in_words(content, tmp_path):
    path = tmp_path / "report.ipynb"
    path.write_text(content)
    with pytest.raises(NotebookError, match=r"report\.ipynb is not a notebook, or is damaged"):
        notebook.run(path, tmp_path / "out.ipynb", {}, tmp_path)


def test_the_same_is_kept_of_a_notebook_however_it_was_saved(plain, tmp_path, monkeypatch):
    before = notebook.run(plain, tmp_path / "done.ipynb", {"n": 2}, tmp_path)
    black = types.SimpleNamespace(FileMode=lambda **_: None, format_str=lambda text, mode: text + "# set\n")
    monkeypatch.setitem(sys.modules, "black", black)
    saved = nbformat.read(plain, as_version=4)
    saved.metadata = {"kernelspec": {"name": "python3", "display_name": "Mine", "language": "python"}}
    saved.cells[1].metadata = {"scrolled": True}
    saved.cells[1].outputs = [nbformat.v4.new_output("stream", text="old")]
    nbformat.write(saved, plain)
    assert notebook.run(plain, tmp_path / "done.ipynb", {"n": 2}, tmp_path) == before


def test_what_a_machine_warns_of_and_how_prints_were_sent_is_not_kept(small, tmp_path):
    """A slow machine sends two prints in two pieces, and matplotlib warns of it on standard error."""
    source = small(
        tmp_path / "slow.ipynb",
        "import sys, time",
        "print('a', flush=True)\ntime.sleep(0.5)\nprint('w', file=sys.stderr, flush=True)\nprint('b')\n1",
    )
    done = notebook.run(source, tmp_path / "done.ipynb", {}, tmp_path)
    printed, shown = done.cells[-1].outputs
    assert (printed.name, printed.text, shown.output_type) == ("stdout", "a\nb\n", "execute_result")


def test_cells_without_names_get_the_same_each_time(plain, tmp_path):
    old = json.loads(plain.read_text(encoding="utf-8"))
    old["nbformat_minor"] = 4
    for cell in old["cells"]:
        del cell["id"]
    plain.write_text(json.dumps(old), encoding="utf-8")
    first, second = (notebook.run(plain, tmp_path / "done.ipynb", {}, tmp_path) for _ in range(2))
    assert [cell.id for cell in first.cells] == [cell.id for cell in second.cells]
