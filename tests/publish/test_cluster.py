import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from aqparat.cli import main
from aqparat.period import Period
from aqparat.problem import ClusterError
from aqparat.publish import batch, cluster
from aqparat.publish.build import Build
from aqparat.publish.cluster import Cluster
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.task import Task
from click.testing import CliRunner
from reported import ROOT, data

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@contextlib.contextmanager
def dask(folder, workers):
    """Start a scheduler and workers as docs/scale.md has them; give its address and process."""
    file = folder / "scheduler.json"
    shared = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    program = str(Path(sys.executable).with_name("dask"))
    commands = [[program, "scheduler", "--port", "0", *shared]]
    commands += [[program, "worker", "--nthreads", "1", "--local-directory", str(folder), *shared]] * workers
    with contextlib.ExitStack() as stack:
        processes = []
        for number, command in enumerate(commands):
            log = stack.enter_context((folder / f"{number}.log").open("wb"))
            processes.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log))
            stack.callback(processes[-1].wait)
            stack.callback(processes[-1].terminate)
            while not file.is_file() or not file.read_text():  # of the scheduler, for which workers wait
                time.sleep(0.05)
        yield json.loads(file.read_text())["address"], processes[0]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Start two workers."""
    with dask(tmp_path_factory.mktemp("dask"), workers=2) as (address, _):
        yield address


@pytest.fixture
def another():
    """Run a server of Dask's that is no scheduler, as a worker is one; give its address."""
    from distributed.core import Server
    from distributed.utils import LoopRunner

    runner = LoopRunner()
    runner.start()
    server = runner.run_sync(_listening, Server)
    yield server.address
    runner.run_sync(server.close)
    runner.stop()


async def _listening(kind):
    server = kind({})
    await server.listen("tcp://127.0.0.1:0")
    return server


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_two_workers_give_the_same_bytes_although_one_is_killed_meanwhile(address, tmp_path):
    def ordered(name):
        where = {"data": data(), "out": tmp_path / name}
        return Order(Period.parse("2017H1"), ("kk",), ("html",), organisations=("UST", "KUS"), **where)

    killed = []

    def kill(step):
        """Kill the process of a worker that has a task, when the first is done."""
        if step.done == 1 and not killed:
            busy = next(worker for worker, keys in there._client.processing().items() if keys)
            killed.append(busy)
            psutil.Process(there._client.run(os.getpid)[busy]).kill()

    publish(ordered("here"))
    with Cluster(address, "en") as there:
        publish(ordered("there"), progress=kill, executor=there, jobs=there.jobs)
        assert killed
        assert killed[0] not in there._client.nthreads()
    here, there = files(tmp_path / "here"), files(tmp_path / "there")
    assert "2017H1/organisations/UST/kk/report.html" in here
    assert [name for name in {*here, *there} if here.get(name) != there.get(name)] == []


def test_a_worker_with_another_build_is_refused(address, monkeypatch):
    here = Build.here()
    other = replace(here, code={**here.code, "lib/aqparat/period.py": "0"})
    monkeypatch.setattr(Build, "here", lambda: other)
    with pytest.raises(ClusterError, match=r"tcp://127.*: lib/aqparat/period.py"):
        Cluster(address, "en")


def test_a_worker_that_cannot_run_the_program_is_refused(address, monkeypatch):
    def build():
        raise ModuleNotFoundError("No module named 'aqparat'")

    monkeypatch.setattr(cluster.dask_worker, "build", build)
    with pytest.raises(ClusterError) as caught:
        Cluster(address, "en")
    assert caught.value.key == "worker_lacks"


def test_that_workers_are_waited_for_is_told_until_the_scheduler_is_lost(tmp_path):
    told = []
    with dask(tmp_path, workers=0) as (address, scheduler):

        def tell(text):
            told.append(text)
            scheduler.kill()

        with pytest.raises(ClusterError, match="lost"):
            Cluster(address, "en", tell)
        assert address in told[0]


def test_a_scheduler_lost_ends_what_was_sent(tmp_path):
    with dask(tmp_path, workers=1) as (address, scheduler), Cluster(address, "en") as there:
        given = {"period": "2017H1", "language": "kk", "data": data().name}
        notebook = ROOT / "notebooks" / "report.ipynb"
        task = Task(notebook, tmp_path / "out", given, data().parent, ("html",), ("kk",), {}, 60)
        future = there.submit(batch.render, task)
        scheduler.kill()
        with pytest.raises(ClusterError, match="lost"):
            future.result(30)
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_no_scheduler_is_said_in_a_sentence(code, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", 0.2)
    words = ["report", "2017H1", "--language", code, "--data", str(data()), "--out", str(tmp_path)]
    result = CliRunner().invoke(main, [*words, "--scheduler", "tcp://127.0.0.1:9"])
    assert result.exit_code == 1
    (said,) = result.stderr.splitlines()
    assert "tcp://127.0.0.1:9" in said
    assert "docs/scale.md" in said
    assert [*tmp_path.iterdir()] == []


def test_without_the_extra_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ["report", "2017H1", "--language", "en", "--data", str(data()), "--out", str(tmp_path)]
    result = CliRunner().invoke(main, [*words, "--scheduler", "tcp://127.0.0.1:9"])
    assert (result.exit_code, "pip install dask distributed" in result.stderr) == (1, True)


def test_without_certificates_no_encrypted_scheduler_is_asked():
    with pytest.raises(ClusterError, match="certificates"):
        Cluster("tls://127.0.0.1:9", "en")


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:8786", "http://a:80"])
def test_what_is_no_address_is_wrong_on_the_command_line(address):
    result = CliRunner().invoke(main, ["report", "2017H1", "--scheduler", address])
    assert result.exit_code == 2
    assert "tcp://HOST:PORT" in result.stderr


def test_workers_that_are_gone_are_waited_for_and_not_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_LOOK", 0.2)
    monkeypatch.setattr(cluster, "_GONE", 2)
    told = []
    with dask(tmp_path, workers=1) as (address, _), Cluster(address, "en", told.append) as there:
        given = {"period": "2017H1", "language": "kk", "data": data().name}
        notebook = ROOT / "notebooks" / "report.ipynb"
        for pid in there._client.run(os.getpid).values():
            process = psutil.Process(pid)
            for each in (process.parent(), process):  # the nanny would start another
                each.kill()
        task = Task(notebook, tmp_path / "out", given, data().parent, ("html",), ("kk",), {}, 60)
        with pytest.raises(ClusterError, match="no workers") as caught:
            there.submit(batch.render, task).result(120)
    assert caught.value.key == "cluster_deserted"
    assert address in told[-1] and "any more" in told[-1]


def test_what_is_no_scheduler_is_not_waited_for(another):
    with pytest.raises(ClusterError, match="it is a Server") as caught:
        Cluster(another, "en")
    assert caught.value.key == "cluster_absent"


def test_it_is_asked_also_where_a_loop_runs(another):
    """As in Jupyter."""

    async def asked():
        with pytest.raises(ClusterError, match="it is a Server"):
            Cluster(another, "en")

    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, asked()).result()
