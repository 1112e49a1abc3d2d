"""Processes that render: alike whether they can be forked or not."""

from concurrent.futures import BrokenExecutor
from unittest.mock import Mock

import pytest
from aqparat.period import Period
from aqparat.publish import workers
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.workers import Workers
from reported import data, published


def made(folder, jobs):
    """Publish the report by workers and give its files."""
    with Workers(jobs) as executor:
        publish(Order(Period.parse("2017H1"), ("kk",), data=data(), out=folder), executor=executor, jobs=jobs)
    return files(folder / "2017H1")


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_workers_make_what_one_process_makes(tmp_path):
    assert made(tmp_path, 2) == files(published())


def test_where_no_process_is_forked_they_make_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "CAN_FORK", False)
    assert made(tmp_path, 1) == files(published())


def test_a_worker_made_ready_needs_no_task(capfd):
    for wait in (False, True):
        with Workers(1) as executor:
            executor.begin()
            executor.foresee(("kk",), ("html", "pdf"), Period.parse("2017H1"), data())
            if wait:  # until it can do the next thing
                assert executor.submit(sum, (1, 2)).result() == 3
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("error", [EOFError, ConnectionRefusedError])
def test_where_what_workers_are_forked_from_has_ended_the_pool_is_broken(monkeypatch, error):
    """As when a signal ends all that a run has started; the run can say so then."""
    with Workers(1) as executor, monkeypatch.context() as patch:
        patch.setattr(executor._pool, "submit", Mock(side_effect=error))
        with pytest.raises(BrokenExecutor):
            executor.submit(sum, (1, 2))
        workers._submitted(executor._pool, ("html",))
