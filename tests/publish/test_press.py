import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from aqparat.problem import ClusterError, NotebookError
from aqparat.publish.build import Build
from aqparat.publish.press import Parcel, PressEndedError, Presses
from aqparat.publish.task import Task


@pytest.fixture(scope="module")
def presses():
    presses = Presses()
    yield presses
    with presses.one() as press:
        press.close()


@pytest.fixture
def parcel(small, tmp_path):
    """Give a function that makes a parcel of a notebook with some cells."""

    def made(*sources):
        notebook = small(tmp_path / "a.ipynb", *sources)
        task = Task(Path("/far/a.ipynb"), Path("/far/out"), {"n": 2}, tmp_path, ("html",), ("kk",), {}, 60)
        named = replace(task, parameters={"n": 2})
        return Parcel(named, notebook.read_bytes(), Build.here(), "tcp://far:1")

    return made


def printed(press, parcel):
    return pickle.loads(press.render(parcel))


def test_what_a_task_writes_comes_back_and_is_put_where_it_was_ordered(presses, parcel, tmp_path):
    with presses.one() as press:
        came = printed(press, parcel("print(n * 21)"))
    assert came.error is None
    assert [*came.files] == ["report.html", "report.ipynb"]
    came.put(tmp_path / "out" / "kk")
    assert "42" in (tmp_path / "out" / "kk" / "report.html").read_text(encoding="utf-8")


def test_one_process_serves_task_after_task_and_what_is_printed_is_no_answer(presses, parcel):
    with presses.one() as press:
        pass
    with presses.one() as again:
        assert again is press
        for word in ("first", "second"):
            assert word in str(
                printed(again, parcel(f"import os; os.write(1, b'noise'); print('{word}')")).files
            )


def test_an_error_comes_back_with_what_was_run(presses, parcel, tmp_path):
    with presses.one() as press:
        came = printed(press, parcel("print('so far')", "1 / 0"))
    with pytest.raises(NotebookError, match="cell 3: ZeroDivisionError"):
        came.put(tmp_path / "out")
    assert "so far" in (tmp_path / "out" / "report.ipynb").read_text(encoding="utf-8")


def test_another_build_is_refused(presses, parcel):
    with presses.one() as press:
        other = replace(Build.here(), python="2.7")
        came = printed(press, replace(parcel("print(1)"), build=other))
    assert isinstance(came.error, ClusterError)
    assert came.error.values["worker"] == "tcp://far:1"
    assert came.files == {}


def test_a_process_that_was_killed_is_said_to_have_ended_and_not_used_again(parcel):
    presses = Presses()
    presses.warm(1)
    with pytest.raises(PressEndedError, match="ended"), presses.one() as press:
        press._process.kill()
        printed(press, parcel("print(1)"))
    assert not press.is_running
    assert presses._taken() is None


def test_it_ends_with_whoever_started_it():
    code = "from aqparat.publish.press import Press; print(Press()._process.pid, flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as one:
        pid = int(one.stdout.readline())
        press = psutil.Process(pid)
        one.kill()
    assert psutil.wait_procs([press], timeout=30)[1] == []
