"""Reports one after another in one process, against the bare work of the notebook's cells."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from bench.measured import Case, Claim, Measured, alternate
from bench.process import OUTPUT
from bench.ways import plain
from bench.workplace import Workplace

TIMES = 4  # reports that a process makes, the first of which does not count


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Compare a report of a process that has made one before with what the cells alone take."""
    way = plain(place, {"period": "2017H1", "language": "kk", "data": "data"})
    bare = Case(way.name, way.commands, partial(place.without, *way.made))
    again = Case("reports again", [[*place.script("again"), str(TIMES), "2017H1", "kk", "again"]])
    work: list[float] = []
    imports: list[float] = []
    first: list[float] = []
    warm: list[float] = []

    def parted() -> None:
        told = _told(place)
        work.append(told["work"])
        imports.append(told["imports"])

    def listed() -> None:
        begun, *others = _told(place)
        first.append(begun)
        warm.extend(others)

    bare.check, again.check = parted, listed
    alternate([bare, again], place, tell)
    work, imports, first = (times[1:] for times in (work, imports, first))  # the first was looked at
    warm = warm[TIMES - 1 :]
    bare_work = median(work)
    rows = [
        _row("plain process: imports", imports, bare_work),
        _row("plain process: the cells after them", work, bare_work),
        _row("a report, the first in its process", first, bare_work),
        _row("a report, later ones", warm, bare_work),
    ]
    claim = Claim("warm, a report ÷ the plain process's work after imports", median(warm) / bare_work, 1.4)
    note = (
        "A report here is all from its order to its place: data read, facts, notebook, page, data package,"
        f" manifest. Memory of the process with its workers and kernels: {(again.memory or 0) / 1e6:.0f} MB."
    )
    return Measured(["what", "seconds", "least–most", "÷ the cells"], rows, [claim], [note])


def _row(name: str, times: list[float], base: float) -> list[str]:
    spread = f"{min(times):.2f}–{max(times):.2f}"
    return [name, f"{median(times):.2f}", spread, f"{median(times) / base:.2f}"]


def _told(place: Workplace) -> Any:
    lines = (place.folder / OUTPUT).read_text(encoding="utf-8").splitlines()
    return json.loads(lines[-1])
