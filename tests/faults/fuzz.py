"""Fuzzing: readers given what nobody would write, for some minutes each; `make fuzz MINUTES=10`.

`python tests/faults/fuzz.py [READER …]` puts the number of inputs of each into docs/reliability.md. An input
that reaches a line of the program which none before has reached is kept, and broken further. What breaks a
reader is made smaller and written to `build/fuzz/`: it becomes an ordinary test when the fault is mended.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Any

import psutil
import record
from readers import READERS, ROOT, Input

FOUND = ROOT / "build" / "fuzz"
SECONDS = 20  # of a processor for one input
MEMORY = 3 << 29  # bytes above what the process has at the beginning: 1.5 GB
LEAST_PASSED = 500  # calls of a function in which its lines are looked at
_HANGING = 600  # seconds in which it must be read, however busy the machine is
_SMALLER = 60  # seconds in which what was found is made smaller


class Reached:
    """Lines of the program that have been reached in this process."""

    def __init__(self) -> None:
        self.lines: set[tuple[CodeType, int]] = set()
        self._passed: dict[CodeType, int] = {}

    def _called(self, frame: FrameType, event: str, about: Any) -> Any:
        code = frame.f_code
        if "/lib/aqparat/" not in code.co_filename:
            return None
        passed = self._passed[code] = self._passed.get(code, 0) + 1
        return self._line if passed < LEAST_PASSED else None

    def _line(self, frame: FrameType, event: str, about: Any) -> Any:
        self.lines.add((frame.f_code, frame.f_lineno))
        return self._line

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Look at the lines that are reached inside."""
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(None)


def fault(name: str, given: Input, folder: Path) -> str:
    """Give an input to a reader: return what broke, and where; empty if nothing did."""
    try:
        READERS[name].hold(given, folder)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic of a library in Rust is no Exception
        frames = traceback.extract_tb(error.__traceback__)
        where = next((f for f in reversed(frames) if "/lib/aqparat/" in f.filename), frames[-1])
        return f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {str(error)[:300]}"
    return ""


def _child(name: str, seeds: list[Input], seed: int, told: Connection) -> None:
    """Break inputs and give them to a reader until this process is ended; tell of each before and after."""
    used = int(next(x for x in Path("/proc/self/status").read_text().split("\n") if "VmData" in x).split()[1])
    resource.setrlimit(resource.RLIMIT_DATA, ((used << 10) + MEMORY,) * 2)
    random, reader, reached = Random(seed), READERS[name], Reached()
    known = list(seeds)
    pending = list(known)
    with tempfile.TemporaryDirectory(prefix="aqparat-fuzz-") as folder:
        while True:
            given = pending.pop() if pending else reader.mutated(random.choice(known), random, known)
            told.send((given, None))
            before = len(reached.lines)
            with reached.watching():
                wrong = fault(name, given, Path(folder))
            if len(reached.lines) > before and not wrong:
                known.append(given)
            told.send((None, wrong))


def fuzz(name: str, seconds: float, seed: int = 1) -> tuple[int, dict[str, Input]]:
    """Fuzz a reader.

    Returns
    -------
    tuple of int and dict of str to Input
        How many inputs were tried; of each fault the first.
    """
    seeds = READERS[name].seeds()
    end, tried, found = time.monotonic() + seconds, 0, dict[str, Input]()
    while time.monotonic() < end:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(
            target=_child, args=(name, seeds, seed, theirs), daemon=True
        )
        child.start()
        theirs.close()
        given = None
        try:
            while time.monotonic() < end:
                _wait(ours, child.pid, math.inf if given is None else SECONDS)
                begun, wrong = ours.recv()
                given = begun or given
                if wrong is not None:
                    tried += 1
                if wrong and given:
                    found.setdefault(wrong.partition(": ")[0], given)
        except (TimeoutError, EOFError) as error:
            if given is None:
                raise
            tried += 1
            found.setdefault("too slow" if isinstance(error, TimeoutError) else "the process died", given)
        finally:
            child.kill()
            child.join()
        seed += 1000
    return tried, found


def _wait(ours: Connection, pid: int | None, seconds: float) -> None:
    """Wait until a process tells something; not longer than it takes so much time of a processor.

    Raises
    ------
    TimeoutError
    """
    begun, end = None, time.monotonic() + _HANGING
    while not ours.poll(0.5):
        with contextlib.suppress(psutil.Error):
            used = sum(psutil.Process(pid).cpu_times()[:2])
            begun = used if begun is None else begun
            if used - begun > seconds or time.monotonic() > end:
                raise TimeoutError


def smaller(name: str, given: Input, wrong: str, folder: Path) -> Input:
    """Return an input of which pieces are left out as long as it breaks the reader in the same way."""
    end, size = time.monotonic() + _SMALLER, len(given.content) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(given.content) and time.monotonic() < end:
            less = Input(given.name, given.content[:at] + given.content[at + size :])
            if fault(name, less, folder).startswith(wrong):
                given = less
            else:
                at += size
        size //= 2
    return given


def main() -> int:
    """Fuzz some readers, or all, and say what came of it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ask.add_argument("readers", nargs="*", help=f"of {', '.join(READERS)}; all by default")
    ask.add_argument("--minutes", type=float, default=10)
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    broken = 0
    for name in given.readers or READERS:
        tried, found = fuzz(name, 60 * given.minutes, given.seed)
        print(f"{name}: {tried:,} inputs, {len(found)} broken", flush=True)
        for number, (wrong, content) in enumerate(found.items()):
            with tempfile.TemporaryDirectory() as folder:
                if " at " in wrong:
                    content = smaller(name, content, wrong, Path(folder))
                    print(f"  {content.name}: {fault(name, content, Path(folder))}", flush=True)
                else:
                    print(f"  {content.name}: {wrong}", flush=True)
            FOUND.mkdir(parents=True, exist_ok=True)
            (FOUND / f"{name}-{number}-{Path(content.name).name}").write_bytes(content.content)
        if not found:
            record.put({f"fuzzing: {name}": f"{tried:,}, 0 broken"})
        broken += len(found)
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
