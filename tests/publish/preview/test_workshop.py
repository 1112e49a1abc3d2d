"""The workshop: what it shows itself, what it has run, and what it leaves."""

import gc
import json
import os

import nbformat
import pytest
from aqparat import memory
from aqparat.charts import kept
from aqparat.period import Period
from aqparat.publish.order import Order
from aqparat.publish.preview import workshop
from aqparat.publish.preview.draft import Draft
from aqparat.publish.stem import CAN_FORK
from reported import ROOT

PERIOD = Period.parse("2017H1")
forked = pytest.mark.skipif(
    not CAN_FORK, reason="without fork a kernel runs the notebook, in no fork of the workshop"
)


class Line:
    """The end of a line at which somebody has spoken after so many looks."""

    def __init__(self):
        self.looks = 10**6

    def poll(self):
        self.looks -= 1
        return self.looks < 0

    def fileno(self):
        return self.reading

    def __enter__(self):
        self.reading, self.writing = os.pipe()
        return self

    def __exit__(self, *_):
        os.close(self.reading)
        os.close(self.writing)


@pytest.fixture
def bench(tmp_path, folder, monkeypatch):
    """Return the place where the workshop works, and give back what it has kept."""
    for module, name in ((memory, "_kept"), (memory, "_rounds"), (kept, "_kept")):
        monkeypatch.setattr(module, name, None)
    monkeypatch.setattr(memory, "_later", [])
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "report.ipynb").write_bytes((ROOT / "notebooks/report.ipynb").read_bytes())
    monkeypatch.chdir(tmp_path)
    order = Order(PERIOD, ("en",), ("html",), folder.path, tmp_path / "reports", only=True)
    with Line() as line:
        yield workshop._Bench(order, tmp_path, line)
    gc.unfreeze()


def added(tmp_path, source, place=2):
    """Add a cell to the notebook."""
    path = tmp_path / "notebooks" / "report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(place, nbformat.v4.new_code_cell(source, id="mine"))
    nbformat.write(notebook, path)


def run_by(bench, monkeypatch):
    """Take down who runs a notebook."""
    engines = []
    run = workshop._Bench._forked

    def taken(self, engine):
        engines.append(engine)
        return run(self, engine)

    monkeypatch.setattr(workshop._Bench, "_forked", taken)
    return engines


def test_what_only_shows_blocks_is_made_here(bench, monkeypatch):
    monkeypatch.setattr(workshop._Bench, "_run", lambda self: pytest.fail("it is run"))
    first = bench.draft()
    assert first.document and not first.told
    bench.tidy()
    assert bench.draft() == first


def test_a_change_breaks_it_off_between_two_cells(bench, monkeypatch):
    monkeypatch.setattr(workshop._Bench, "_run", lambda self: pytest.fail("it is run"))
    bench._line.looks = 5
    assert bench.draft() == Draft()
    bench._line.looks = 10**6
    assert bench.draft().document


@forked
def test_what_does_more_is_run_in_a_fork_and_its_blocks_are_shown_for_the_next(bench, tmp_path, monkeypatch):
    added(tmp_path, 'print("mine")')
    engines, shown = run_by(bench, monkeypatch), []
    assert b"mine" in bench.draft().document
    assert engines == ["aqparat-here"]
    monkeypatch.setattr("aqparat.report.Report.prose", lambda self, name: shown.append(name))
    bench.tidy()
    assert shown  # of which the first fails here, and nothing comes of it


@forked
def test_a_block_that_fails_is_told_by_who_runs_the_notebook(bench, tmp_path, monkeypatch):
    added(tmp_path, 'report.prose("nothing")')
    engines = run_by(bench, monkeypatch)
    (line,) = bench.draft().told
    assert line.startswith("Cell 3 of the notebook report.ipynb failed")
    assert engines == ["aqparat-here", "aqparat"]


def test_data_that_are_wrong_are_told_without_a_run(bench, folder, monkeypatch):
    monkeypatch.setattr(workshop._Bench, "_run", lambda self: pytest.fail("it is run"))
    folder.append("2017H1/observations.csv", 'videos,KUS,,,2017-01-01,2017-06-30,many,exact,,,"s"')
    assert any("many" in line for line in bench.draft().told)


def test_a_notebook_that_is_none_is_told(bench, tmp_path):
    (tmp_path / "notebooks" / "report.ipynb").write_text(json.dumps({"cells": []}))
    assert bench.draft().told


def test_the_first_change_finds_the_files_read(bench, monkeypatch):
    bench.draft()
    bench.tidy()
    bench.draft()
    bench.tidy()
    read = []
    monkeypatch.setattr("aqparat.data.reading.sheets.read", lambda *args: read.append(args))
    bench.forget_texts()  # by which files are understood
    bench.tidy()
    assert read
