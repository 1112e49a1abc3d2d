"""Many kernels, one after another and at once, and the sudden end of who has started them."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest
from aqparat.publish import kernel, served
from aqparat.publish.stem import CAN_FORK, Stem

WATCH = 5  # seconds until all must have ended
forking = pytest.mark.skipif(not CAN_FORK, reason="no fork here")


async def answer(stem, number):
    """Have a kernel compute something, and give back what it said and its number of the process."""
    with tempfile.TemporaryDirectory(prefix="k", dir=stem.folder) as folder:
        manager = kernel.managed(stem, folder)
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(60)
            asked = client.execute("", user_expressions={"told": f"{number} * 2"})
            while (reply := await client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != asked:
                pass
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)
        return reply["content"]["user_expressions"]["told"]["data"]["text/plain"]


async def answers(stem, numbers, at_once):
    gate = asyncio.Semaphore(at_once)

    async def one(number):
        async with gate:
            return await answer(stem, number)

    return await asyncio.gather(*map(one, numbers))


def left(stem):
    """Count what is open and running here and in the stem."""
    there = psutil.Process(stem.pid)
    return (
        psutil.Process().num_fds(), threading.active_count(), there.num_fds(), there.num_threads(),
        len(there.children()), [*Path(stem.address.folder).glob("k*")],
    )  # fmt: skip


@forking
@pytest.mark.parametrize(
    "many, at_once",
    [(12, 1), (8, 8), *(pytest.param(200, n, marks=pytest.mark.exhaustive) for n in (1, 8))],
)
def test_many_kernels_leave_nothing(many, at_once):
    with Stem(*served.MODULES[:1]) as stem:
        asyncio.run(answers(stem.address, range(at_once), at_once))  # opens what the processes keep
        before = left(stem)
        told = asyncio.run(answers(stem.address, range(many), at_once))
        assert told == [str(n * 2) for n in range(many)]
        assert left(stem) == before
        assert before[-2:] == (0, [])


RUN = """
    import asyncio, os, sys, tempfile, time
    from aqparat.publish import kernel, served
    from aqparat.publish.stem import Stem

    async def busy(source):
        manager = kernel.managed(stem, tempfile.mkdtemp(prefix="k", dir=stem and stem.folder))
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(60)
        client.execute(source)
        kept.append((manager, client))
        return manager.provisioner.pid

    async def all_busy():
        return [await busy(source) for source in sys.argv[2:]]

    kept, made = [], Stem(*served.MODULES[:1]) if sys.argv[1] == "forked" else None
    stem = made and made.address
    pids = asyncio.run(all_busy())
    print(stem.folder if stem else "-", *pids, flush=True)
    time.sleep(60)
"""
PYTHON, C, NOTHING = "while True: pass", "sum(range(10**13))", "1"


def are_gone(folder, pids):
    until = time.monotonic() + WATCH
    while time.monotonic() < until:
        if not any(map(psutil.pid_exists, pids)) and not Path(folder).exists():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "way, cells",
    [
        pytest.param("forked", [PYTHON, C, NOTHING], marks=forking),
        ("started", [PYTHON, NOTHING]),  # where its program is in C for long, a kernel ends only then
    ],
    ids=["forked", "started"],
)
def test_when_the_parent_is_killed_no_kernel_stays(way, cells):
    run = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(RUN), way, *cells], stdout=subprocess.PIPE, text=True
    )
    folder, *told = run.stdout.readline().split()
    pids = list(map(int, told))
    try:
        assert len(pids) == len(cells)
        time.sleep(0.3)  # they are busy
        os.kill(run.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        run.wait()
        assert are_gone(folder, pids)
    finally:
        run.kill()
        run.wait()
        run.stdout.close()
