"""The same batch on this machine's own workers and on two Dask workers, of which one is killed on the way."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Timer

import psutil

from bench.batch import PERIOD, PERIODS
from bench.measured import Case, Claim, Measured
from bench.process import Command, spent
from bench.workplace import Workplace

ROUNDS = 2  # at most: a run has 25 reports
PATIENCE = 60  # seconds for scheduler and workers to start
OPTIONS = ("--organisation", "all", "--language", "kk", "--format", "html")


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Compare rates and bytes."""
    place.synthetic("full", PERIODS)
    with _cluster(place) as (address, workers):
        local = _case("two workers of its own", place, "local", "--jobs", "2")
        remote = _case("two Dask workers on loopback", place, "remote", "--scheduler", address)
        for number in range(min(place.rounds, ROUNDS)):
            for case in (local, remote):
                case.prepare()
                case.runs.append(spent(case.commands, place.folder, place.environment))
                tell(f"{case.name}: {case.runs[-1].seconds:.1f} s ({number + 1})")
        same = _digests(place.folder / "remote") == _digests(place.folder / "local")
        remote.prepare()
        killing = Timer(remote.seconds / 2, partial(_kill, workers[-1]))
        killing.start()
        try:
            wounded = spent(remote.commands, place.folder, place.environment)
        finally:
            killing.cancel()
        tell(f"one worker killed: {wounded.seconds:.1f} s")
        still = _digests(place.folder / "remote") == _digests(place.folder / "local")
    made = len(list((place.folder / "local").rglob("report.html")))
    rows = [
        [
            f"{case.name}, {made} reports",
            f"{case.seconds:.1f}",
            case.spread,
            f"{made / case.seconds * 60:.0f}",
        ]
        for case in (local, remote)
    ]
    rows.append(["the same, one of them killed in the middle", f"{wounded.seconds:.1f}", "–",
                 f"{made / wounded.seconds * 60:.0f}"])  # fmt: skip
    claims = [
        Claim("rate on two Dask workers ÷ local rate", local.seconds / remote.seconds, 0.85, least=True),
        Claim("same bytes as local (1: yes)", same, 1, least=True),
        Claim("same bytes with one killed in the middle (1: yes)", still, 1, least=True),
    ]
    note = "Scheduler and workers run before the first run; the data travel to them with it."
    return Measured(["what", "seconds", "least–most", "reports a minute"], rows, claims, [note])


def _case(name: str, place: Workplace, out: str, *options: str) -> Case:
    command = place.report(PERIOD, *OPTIONS, *options, data="full", out=out)
    return Case(name, [command], partial(place.without, out, "full/processed"))


@contextmanager
def _cluster(place: Workplace) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers, each of which has a folder of its own without any data."""
    file = place.folder / "scheduler.json"
    alone = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file]
    begun: list[subprocess.Popen[bytes]] = []
    try:
        begun.append(_begun(place, "scheduler", [place.program("dask"), "scheduler", "--port", "0", *alone]))
        _until(file.is_file)
        for number in (1, 2):
            command = [place.program("dask"), "worker", "--nthreads", "1", *alone]
            begun.append(_begun(place, f"worker{number}", command))
        yield json.loads(file.read_text(encoding="utf-8"))["address"], begun[1:]
    finally:
        for process in reversed(begun):
            process.terminate()
        for process in begun:
            process.wait()


def _begun(place: Workplace, name: str, command: Command) -> subprocess.Popen[bytes]:
    folder = place.folder / name
    folder.mkdir()
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=place.environment, stdout=log, stderr=log)


def _until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            raise ValueError(f"nothing after {PATIENCE} seconds")
        time.sleep(0.1)


def _kill(keeper: subprocess.Popen[bytes]) -> None:
    """Kill a worker, not the process that keeps it and starts another."""
    for child in psutil.Process(keeper.pid).children(recursive=True):
        with suppress(psutil.Error):
            child.kill()


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip
