"""Reports are made side by side: one that fails does not stop the rest, and none is left half written."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import nbformat
import psutil
import pytest
from aqparat.period import Period
from aqparat.problem import DataError, NotebookError, SeveralError
from aqparat.publish import manifest, package, rendering
from aqparat.publish.batch import Batch, failures
from aqparat.publish.order import Order
from aqparat.publish.run import publish, publish_all
from aqparat.publish.task import Task
from aqparat.words.errors import sentences
from reported import ROOT, data

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


def task(language, organisation=None):
    given = {"period": "2017H1", "language": language}
    if organisation:
        given["organisation"] = organisation
    return Task(Path("own.ipynb"), Path("out"), given, Path(), ("html",), ("kk",), {}, 600)


@pytest.fixture
def failing_own(monkeypatch):
    """Spare the notebooks; those of two organisations fail."""

    def render(task):
        task.folder.mkdir(parents=True, exist_ok=True)
        (task.folder / "report.ipynb").write_text("{}", encoding="utf-8")
        if task.parameters.get("organisation") in ("KUS", "ATY"):
            raise NotebookError("meant", "cell_failed", notebook=task.source.name, cell=3, reason="meant")

    monkeypatch.setattr(rendering, "render", render)


class TestBatch:
    def test_each_step_says_how_far_it_is(self, monkeypatch):
        monkeypatch.setattr(rendering, "render", lambda task: None)
        steps = []
        with ThreadPoolExecutor(1) as pool:
            batch = Batch(pool, steps.append)
            batch.add([task("kk"), task("ru", "KUS")])
            while batch.waiting:
                batch.wait()
        assert [step.name for step in steps] == ["2017H1: kk", "2017H1: KUS ru"]
        assert (steps[-1].done, steps[-1].total, steps[-1].running) == (2, 2, ())

    def test_a_process_ended_from_outside_is_told_of_with_its_notebook(self):
        class Broken(Executor):
            def submit(self, *_):
                future = Future()
                future.set_exception(BrokenExecutor("killed"))
                return future

        given = [task("kk", "KUS")]
        futures = Batch(Broken(), lambda step: None).add(given)
        (failure,) = failures(zip(given, futures, strict=True))
        (said,) = sentences(failure.error, "en")
        assert "own.ipynb (2017H1: KUS kk)" in said and "--jobs 1" in said

    def test_a_fault_of_the_program_is_not_hidden(self):
        future = Future()
        future.set_exception(ZeroDivisionError("meant"))
        with pytest.raises(ZeroDivisionError):
            failures([(task("kk"), future)])

    def test_what_is_stopped_is_not_waited_for_before_it_has_begun(self, monkeypatch):
        monkeypatch.setattr(rendering, "render", lambda task: time.sleep(0.2))
        with ThreadPoolExecutor(1) as pool:
            batch = Batch(pool, lambda step: None)
            batch.add([task("kk"), task("ru"), task("en")])
            batch.stop()
        assert batch.waiting == 0


class TestPublishAll:
    def test_a_failure_while_notebooks_run_is_told_and_ends_them(self, monkeypatch, tmp_path):
        def write(folder, tables):
            raise OSError(28, "No space left on device", "facts.json")

        monkeypatch.setattr(package, "write", write)
        monkeypatch.setattr(rendering, "render", lambda task: time.sleep(0.2))
        order = Order(Period.parse("2017H1"), ("kk", "ru", "en"), (), data(), tmp_path)
        with ThreadPoolExecutor(1) as pool, pytest.raises(OSError, match="No space"):
            publish(order, executor=pool)
        assert list(tmp_path.iterdir()) == []

    def test_facts_are_written_whether_or_not_a_notebook_has_begun(self, monkeypatch, tmp_path):
        written = threading.Event()
        write = manifest.write_json
        monkeypatch.setattr(manifest, "write_json", lambda *given: (write(*given), written.set()))

        def render(task):
            written.wait(60)
            task.folder.mkdir(parents=True)

        monkeypatch.setattr(rendering, "render", render)
        order = Order(Period.parse("2017H1"), ("kk",), (), data(), tmp_path, ("AKT",))
        with ThreadPoolExecutor(1) as pool:
            assert publish(order, executor=pool)
        assert (tmp_path / "2017H1" / "organisations" / "AKT" / "facts.json").is_file()

    def test_every_failure_is_listed_with_what_was_run(self, failing_own, tmp_path):
        order = Order(Period.parse("2017H1"), ("kk",), (), data(), tmp_path, ("KUS", "AKT", "ATY"))
        with pytest.raises(SeveralError) as error:
            publish(order)
        said = sentences(error.value, "en")
        for code, line in zip(("ATY", "KUS"), said, strict=True):
            kept = tmp_path / ".failed" / "2017H1" / "organisations" / code / "kk" / "report.ipynb"
            assert kept.as_posix() in line and kept.is_file()
        assert (tmp_path / ".failed/2017H1/organisations/AKT/kk/report.ipynb").is_file()  # the rest went on
        assert not (tmp_path / "2017H1").exists()

    def test_a_period_that_fails_does_not_stop_the_others(self, failing_own, folder, tmp_path):
        folder.write("2017H2/observations.csv", folder.text("2017H1/observations.csv").splitlines()[0])
        folder.write("2018H1/observations.csv", "no,such,columns\n1,2,3\n")
        periods = [Period.parse(name) for name in ("2018H1", "2017H2", "2017H1")]
        orders = [Order(period, ("kk",), (), folder.path, tmp_path / "out", ("AKT",)) for period in periods]
        made = {str(order.period): made for order, made in publish_all(orders)}
        assert isinstance(made["2018H1"], DataError)
        assert made["2017H1"] is True and made["2017H2"] is True
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["2017H1", "2017H2"]


@pytest.fixture
def endless(tmp_path):
    """Work in a folder whose report notebook says that it has begun, and does not end."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)
    cell = f"import pathlib, time\npathlib.Path({str(tmp_path / 'begun')!r}).touch()\ntime.sleep(600)"
    notebook.cells[2:2] = [nbformat.v4.new_code_cell(cell, id="endless")]
    nbformat.write(notebook, tmp_path / "notebooks" / "report.ipynb")
    return tmp_path


def marked(mark):
    """Return the processes that were started with a mark in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("AQPARAT_MARK") == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@POSIX
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_run_that_is_ended_leaves_nothing_behind(endless, number):
    mark = uuid.uuid4().hex
    environment = {**os.environ, "AQPARAT_MARK": mark, "PYTHONPATH": str(ROOT / "lib")}
    words = ["report", "2017H1", "--language", "en,ru", "--format", "html", "--jobs", "2"]
    run = subprocess.Popen(
        [sys.executable, "-m", "aqparat", *words],
        cwd=endless, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    until(lambda: (endless / "begun").exists() or run.poll() is not None, 240)
    assert run.poll() is None, run.stderr.read()
    run.send_signal(getattr(signal, number))
    _, said = run.communicate(timeout=60)
    until(lambda: not marked(mark), 15)  # it takes one, on a machine that is not busy
    assert marked(mark) == []
    if number != "SIGKILL":
        assert run.returncode == 130
        assert said.splitlines()[-1].startswith("The run was stopped.")
        assert list((endless / "reports").iterdir()) == []


def until(is_so, seconds):
    """Wait until something is so, but not for ever."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
