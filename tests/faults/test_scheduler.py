"""A Dask cluster that dies, or is none: the batch ends with the same bytes, or with a sentence and a status.

Moments are drawn by a seed within the time that a batch has taken when nobody disturbed it.
"""

import atexit
import contextlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from pathlib import Path
from random import Random

import pytest
from aqparat.choices import LANGUAGES
from aqparat.words.languages import language
from trial import ROOT, Place, tree

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

ROW = "scheduler"
MINUTES = 10 * 60
GRACE = 60  # seconds in which what a killed worker has started must have ended, on a busy machine
REPORT = ("report", "2017H1", "--language", "kk", "--format", "html", "--organisation", "UST,KUS,AKM")


class Cluster:
    """A scheduler and workers, known as started in a place."""

    def __init__(self, place):
        self.place, self.own = place, place.path.with_name("dask")  # what a killed worker leaves is not ours
        self.own.mkdir()
        self.file = self.own / "scheduler.json"
        self.scheduler = self.started("scheduler", "--port", "0")
        self.workers = []
        while not self.file.is_file() or not self.file.read_text():
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text())["address"]

    def started(self, *words, **environment):
        shared = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(self.file)]
        program = str(Path(sys.executable).with_name("dask"))
        return subprocess.Popen(
            [program, *words, *shared],
            cwd=self.place.path,
            env={**self.place.environment, "TMPDIR": str(self.own), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def worker(self, nanny=False, **environment):
        """Start a worker; where a nanny watches it, another one is started when it has ended."""
        words = ("worker", "--nthreads", "1", "--local-directory", str(self.own))
        self.workers.append(self.started(*words, *([] if nanny else ["--no-nanny"]), **environment))
        return self.workers[-1]

    def ended(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        end = time.monotonic() + GRACE
        while (found := self.place.orphans()) and time.monotonic() < end:
            pass  # it may have to end its imports first
        told = [each.as_dict(["cmdline"])["cmdline"] for each in found]
        for process in found:
            process.kill()
        return told


@pytest.fixture
def cluster(place):
    """Start a scheduler; afterwards all that runs for it, processes that render too, must end with it."""
    cluster = Cluster(place)
    yield cluster
    assert cluster.ended() == []


@cache
def expected():
    """Make the report here, and one of other data that stands there before."""
    kept = tempfile.TemporaryDirectory(prefix="aqparat-scheduler-")
    atexit.register(kept.cleanup)
    place = Place(Path(kept.name) / "place")
    assert place.run(*REPORT, seconds=MINUTES).status == 0
    return tree(place.reports), Path(kept.name) / "place" / "reports"


def before(place):
    """Put a report of one organisation there; give its files."""
    _, made = expected()
    shutil.copytree(made, place.reports, dirs_exist_ok=True)
    table = place.data / "raw" / "2017H1" / "observations.csv"  # so that it is made anew
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",306,", ",307,", 1), encoding="utf-8")
    return tree(place.reports)


def sentences(key, **values):
    return {language(code).label(key, **values) for code in LANGUAGES}


def is_made(place, ended):
    """Hold a command that should have done its work against the same here."""
    assert ended.status == 0, ended.said
    assert tree(place.reports) == expected()[0]
    assert place.strays() == []


@pytest.mark.whole
@pytest.mark.parametrize("nanny", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_a_worker_killed_at_any_moment_changes_no_byte(place, cluster, tried, seed, nanny):
    for _ in range(2):
        cluster.worker(nanny)
    expected()
    child = place.start(*REPORT, "--scheduler", cluster.address)
    time.sleep(Random(f"{seed} {nanny}").uniform(0, took()))
    victim = cluster.workers[seed % 2]
    for process in [victim, *(own_children(victim) if nanny else [])]:
        process.kill()
    is_made(place, place.ended(child, MINUTES))
    tried(ROW)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(2))
def test_all_workers_killed_are_waited_for_and_that_is_said(place, cluster, tried, seed):
    first = cluster.worker()
    child = place.start(*REPORT, "--scheduler", cluster.address)
    time.sleep(Random(seed).uniform(0, took()))
    first.kill()
    first.wait()
    time.sleep(25)  # it is told by now, on a busy machine, too
    is_waiting = child.poll() is None  # else all was done before
    cluster.worker()
    ended = place.ended(child, MINUTES)
    is_made(place, ended)
    told = sentences("cluster.waiting", address=cluster.address)
    told |= sentences("cluster.gone", address=cluster.address, minutes=10)
    assert any(line in told for line in ended.said.splitlines()) or not is_waiting
    tried(ROW)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(4))
def test_a_scheduler_killed_at_any_moment_is_told_and_the_report_before_stays(place, cluster, tried, seed):
    stood = before(place)
    cluster.worker()
    child = place.start(*REPORT, "--scheduler", cluster.address)
    time.sleep(Random(seed).uniform(0, took()))
    cluster.scheduler.kill()
    ended = place.ended(child, MINUTES)
    assert place.whole()
    if ended.status == 1:
        assert len(sentences_of(ended)) == 1, ended.said
        assert sentences_of(ended) <= lost(cluster.address), ended.said
        assert tree(place.reports) == stood
    assert place.strays() == []
    tried(ROW)


def lost(address):
    keys = ("errors.cluster_lost", "errors.cluster_absent")
    return {told for key in keys for told in sentences(key, address=address)}


def sentences_of(ended):
    return {line for line in ended.said.splitlines() if not line.startswith("2017H1: ")}


@pytest.mark.whole
def test_a_worker_of_other_code_is_refused_by_name(place, cluster, tried):
    other = cluster.own / "lib"
    shutil.copytree(ROOT / "lib", other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "aqparat" / "period.py").open("a", encoding="utf-8") as file:
        file.write("\n# another\n")
    cluster.worker(PYTHONPATH=str(other))
    stood = before(place)
    ended = place.run(*REPORT, "--scheduler", cluster.address, seconds=MINUTES)
    assert ended.status == 1
    assert "lib/aqparat/period.py" in ended.said and "tcp://127.0.0.1" in ended.said
    assert tree(place.reports) == stood
    tried(ROW)


@pytest.mark.whole
@pytest.mark.parametrize("of", ["worker", "nanny"])
def test_the_address_of_a_worker_is_not_that_of_a_scheduler(place, cluster, tried, of):
    worker = cluster.worker(nanny=True, DASK_DISTRIBUTED__WORKER__PREEMPT="")
    ports = []
    while len(ports) < 2:
        assert worker.poll() is None
        time.sleep(0.2)
        found = [worker, *own_children(worker)]
        ports = [c.laddr.port for p in found for c in connections(p) if c.status == "LISTEN"]
    port = ports[0] if of == "nanny" else ports[-1]
    words = "report", "2017H1", "--language", "en", "--scheduler", f"tcp://127.0.0.1:{port}"
    ended = place.run(*words, seconds=MINUTES)
    assert ended.status == 1 and len(sentences_of(ended)) == 1, ended.said
    assert list(place.reports.iterdir()) == []
    tried(ROW)


def own_children(process):
    import psutil

    return psutil.Process(process.pid).children(recursive=True)


def connections(process):
    import psutil

    with contextlib.suppress(psutil.Error):
        return psutil.Process(process.pid).net_connections("tcp")
    return []


@cache
def took():
    """Measure how long a batch takes on a cluster that nobody disturbs."""
    with tempfile.TemporaryDirectory(prefix="aqparat-took-") as folder:
        place = Place(Path(folder) / "place")
        cluster = Cluster(place)
        cluster.worker()
        begun = time.monotonic()
        try:
            is_made(place, place.run(*REPORT, "--scheduler", cluster.address, seconds=MINUTES))
        finally:
            assert cluster.ended() == []
        return time.monotonic() - begun


# What is there but is no scheduler, and what is not there

NONSENSE = {
    "closes at once": b"",
    "a text": b"220 ready\r\n",
    "a page": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "noise": Random(1).randbytes(100_000),
    "frames without end": b"\xff" * 64,
    "one frame of a terabyte": (1).to_bytes(8, "little") + (1 << 40).to_bytes(8, "little"),
    "says nothing": None,
}


@contextlib.contextmanager
def speaking(answer):
    """Serve whoever comes the same; None is to take no notice of anybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            kept = []
            with contextlib.suppress(OSError):
                while True:
                    other, _ = server.accept()
                    kept.append(other)
                    if answer is not None:
                        with contextlib.suppress(OSError):
                            other.sendall(answer)
                        if not answer.startswith(b"\x01"):
                            other.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.whole
@pytest.mark.parametrize("answer", NONSENSE)
def test_what_is_no_scheduler_is_said_in_a_sentence(place, tried, answer):
    with speaking(NONSENSE[answer]) as address:
        ended = place.run("report", "2017H1", "--language", "en", "--scheduler", address, seconds=MINUTES)
    assert ended.status == 1
    assert sentences_of(ended) == {language("en").label("errors.cluster_absent", address=address)}
    assert list(place.reports.iterdir()) == []
    tried(ROW)


NOWHERE = ["tcp://127.0.0.1:9", "tcp://127.0.0.1:0", "tcp://127.0.0.1:99999", "tcp://nowhere.invalid:8786",
           f"tcp://{'a' * 300}:8786", "tcp://a..b:8786", "tcp://қазақ:8786", "tls://127.0.0.1:9"]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [pytest.param(a, marks=[] if a.endswith("99999") else [pytest.mark.whole]) for a in NOWHERE],
    ids=range(len(NOWHERE)),
)
def test_where_nobody_is_a_sentence_says_so(place, tried, address):
    ended = place.run("report", "2017H1", "--language", "en", "--scheduler", address, seconds=MINUTES)
    assert ended.status in (1, 2) and address in ended.said
    assert list(place.reports.iterdir()) == []
    tried(ROW)


@pytest.mark.whole
def test_ctrl_c_while_workers_are_waited_for_ends_it(place, cluster, tried):
    child = place.start(*REPORT, "--scheduler", cluster.address)
    time.sleep(took())
    child.send_signal(signal.SIGINT)
    assert place.ended(child, MINUTES).status == 130
    assert list(place.reports.iterdir()) == []
    tried(ROW)
