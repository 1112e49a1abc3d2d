"""Registers of a hundred thousand, a million and ten million items, against DuckDB."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.measured import Claim, Measured
from bench.process import OUTPUT, Command, Spent, spent
from bench.workplace import Workplace

PERIOD = "2019H1"
SIZES = {10**5: 3, 10**6: 3, 10**7: 1}  # how often each is measured, at most
COMPARED = 10**6
PAUSE = 0.2  # seconds between two looks at the memory


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Check and prepare registers, have DuckDB group them, and make the report of one."""
    rows, ours, duck, needed, held = [], {}, {}, {}, {}
    for size, most in SIZES.items():
        data = f"items{size}"
        tell(f"{size} items: written")
        spent([[place.python, "-m", "bench.register", data, str(size)]], place.folder, place.environment)
        raw = place.folder / data / "raw"
        files = sorted(raw.glob("20*/publications.csv"))
        weight = sum(file.stat().st_size for file in files) / 1e6
        grouping = [place.tool("python"), place.folder / "bench" / "grouped.py"]
        commands: dict[str, Command] = {
            "ours": [*place.script("prepared"), data, PERIOD],
            **{columns: [*grouping, columns, raw / "reference", *files] for columns in ("all", "needed")},
        }
        place.without(f"{data}/processed")
        held[size] = _run(place, commands["ours"], size, PAUSE).memory or 0
        runs: dict[str, list[Spent]] = {name: [] for name in commands}
        for _ in range(min(most, place.rounds)):
            for name, command in commands.items():
                place.without(f"{data}/processed")
                runs[name].append(_run(place, command, size))
            tell(f"{size} items: " + ", ".join(f"{name} {of[-1].seconds:.2f} s" for name, of in runs.items()))
        seconds = {name: median(run.seconds for run in of) for name, of in runs.items()}
        processor = {name: median(run.processor for run in of) for name, of in runs.items()}
        ours[size], duck[size], needed[size] = seconds.values()
        rows.append([
            f"{size:,} items, {weight:.0f} MB", f"{ours[size]:.2f}", f"{processor['ours']:.2f}",
            *(f"{seconds[name]:.2f} ({processor[name]:.2f})" for name in ("all", "needed")),
            f"{ours[size] / duck[size]:.1f}", f"{ours[size] / needed[size]:.1f}", f"{held[size] / 1e6:.0f}",
        ])  # fmt: skip
        if size == COMPARED:
            report = _report(place, data)
            tell(f"{size} items, report: {report.seconds:.1f} s")
        place.without(data)
    first, last = min(SIZES), max(SIZES)
    exponent = math.log(ours[last] / ours[first]) / math.log(last / first)
    claims = [
        Claim(
            "10⁶ items checked and prepared ÷ DuckDB's reading, validating and grouping of all columns",
            ours[COMPARED] / duck[COMPARED],
            3,
        ),
        Claim("the whole report of 10⁶ items, s", report.seconds, 90),
        Claim("its memory, GB", (report.memory or 0) / 1e9, 2),
        Claim("memory for 10⁷ items checked and prepared, GB", held[last] / 1e9, 4),
        Claim("exponent from 10⁵ to 10⁷", exponent, 1.1),
    ]
    columns = [
        "register", "checked and prepared, s", "processor, s", "DuckDB, all columns, s (processor)",
        "DuckDB, needed columns, s (processor)", "÷ all columns", "÷ needed columns", "memory, MB",
    ]  # fmt: skip
    note = (
        "Whole processes, start and imports too. The report is in Kazakh, as a page, from nothing prepared."
    )
    return Measured(columns, rows, claims, [note])


def _run(place: Workplace, command: Command, size: int, pause: float | None = None) -> Spent:
    """Run a command, which must have seen each item."""
    whole = spent([command], place.folder, place.environment, pause)
    told: dict[str, Any] = json.loads((place.folder / OUTPUT).read_text(encoding="utf-8").splitlines()[-1])
    if told["items"] != size:
        raise ValueError(f"{command[-1]}: {told['items']} items instead of {size}")
    return whole


def _report(place: Workplace, data: str) -> Spent:
    place.without("out", f"{data}/processed")
    command = place.report(PERIOD, "--language", "kk", "--format", "html", data=data)
    return spent([command], place.folder, place.environment, PAUSE)
