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

TIMES = 7  # reports that a process makes
COLD = 2  # of them do not count: the first imports, and with the second the stem of the kernels is warmed


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Compare a report of a process that has made one before with what the cells alone take."""
    way = plain(place, {"period": "2017H1", "language": "kk", "data": "data"})
    bare = Case(way.name, way.commands, partial(place.without, *way.made))
    again = Case("reports again", [[*place.script("again"), str(TIMES), "2017H1", "kk", "again"]])
    cells: list[dict[str, float]] = []
    first: list[dict[str, float]] = []
    later: list[dict[str, float]] = []

    def listed() -> None:
        begun, *others = _told(place)
        first.append(begun)
        later.extend(others[COLD - 1 :])

    bare.check, again.check = lambda: cells.append(_told(place)), listed
    alternate([bare, again], place, tell)
    cells, first, later = cells[1:], first[1:], later[TIMES - COLD :]  # without those that were looked at
    work, warm = (
        median(time[name] for time in times) for name, times in (("work", cells), ("report", later))
    )
    rows = [
        _row("plain process: imports", cells, "imports", work),
        _row("plain process: the cells after them", cells, "work", work),
        _row("a report, the first in its process", first, "report", work),
        _row("a report, later ones", later, "report", work),
        _row("of these, in a worker: notebook and page", later, "notebook", work),
    ]
    claim = Claim("warm, a report ÷ the plain process's work after imports", warm / work, 1.4)
    note = (
        "A report here is all from its order to its place: data read, facts, notebook, page, data package,"
        f" manifest. Memory of the process with its workers and kernels: {(again.memory or 0) / 1e6:.0f} MB."
    )
    return Measured(["what", "seconds", "least–most", "÷ the cells"], rows, [claim], [note])


def _row(name: str, times: list[dict[str, float]], part: str, base: float) -> list[str]:
    seconds = [time[part] for time in times]
    spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
    return [name, f"{median(seconds):.2f}", spread, f"{median(seconds) / base:.2f}"]


def _told(place: Workplace) -> Any:
    lines = (place.folder / OUTPUT).read_text(encoding="utf-8").splitlines()
    return json.loads(lines[-1])
