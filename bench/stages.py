"""Where the time of a report goes: the processor's time of each stage, walked in one process."""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median

from bench.measured import Measured
from bench.process import OUTPUT, spent
from bench.workplace import Workplace

SAMPLES = {"2017H1": "data", "2019H1, complete data": "full"}  # the data folder of each column


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Walk the stages of a cold report on little and on much data."""
    place.synthetic("full", ("2017H1", "2017H2", "2018H1", "2018H2", "2019H1"))
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in SAMPLES}
    for number in range(place.rounds):
        for name, data in SAMPLES.items():
            place.without("walked", f"{data}/processed")
            (place.folder / "walked").mkdir()
            command = [*place.script("walk"), name[:6], "kk", data, "walked"]
            spent([command], place.folder, place.environment)
            lines = (place.folder / OUTPUT).read_text(encoding="utf-8").splitlines()
            taken[name].append(json.loads(lines[-1]))
            tell(f"stages of {name}: {sum(taken[name][-1].values()):.2f} s ({number + 1} of {place.rounds})")
    times = {name: {s: median(walk[s] for walk in walks) for s in walks[0]} for name, walks in taken.items()}
    totals = {name: sum(stages.values()) for name, stages in times.items()}
    rows = [
        [stage, *(cell for name in SAMPLES for cell in _cells(times[name][stage], totals[name]))]
        for stage in next(iter(times.values()))
    ]
    rows.append(["all", *(cell for name in SAMPLES for cell in _cells(totals[name], totals[name]))])
    columns = ["stage, processor time", *(cell for name in SAMPLES for cell in (f"{name}, s", "share"))]
    return Measured(columns, rows)


def _cells(seconds: float, total: float) -> tuple[str, str]:
    return f"{seconds:.2f}", f"{seconds / total:.0%}"
