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
    rows, ours, duck, held = [], {}, {}, {}
    for size, most in SIZES.items():
        data = f"items{size}"
        tell(f"{size} items: written")
        spent([[place.python, "-m", "bench.register", data, str(size)]], place.folder, place.environment)
        files = sorted((place.folder / data / "raw").glob("20*/publications.csv"))
        weight = sum(file.stat().st_size for file in files) / 1e6
        grouping = [place.tool("python"), place.folder / "bench" / "grouped.py", *files]
        times: dict[str, list[float]] = {"ours": [], "duck": []}
        for _ in range(min(most, place.rounds)):
            times["duck"].append(_run(place, grouping, size)[0])
            place.without(f"{data}/processed")
            work, whole = _run(place, [*place.script("prepared"), data, PERIOD], size)
            times["ours"].append(work)
            held[size] = max(held.get(size, 0), whole.memory or 0)
            tell(f"{size} items: {work:.2f} s, DuckDB {times['duck'][-1]:.2f} s")
        ours[size], duck[size] = median(times["ours"]), median(times["duck"])
        rows.append([
            f"{size:,} items, {weight:.0f} MB", f"{ours[size]:.2f}", f"{duck[size]:.2f}",
            f"{ours[size] / duck[size]:.1f}", f"{held[size] / 1e6:.0f}",
        ])  # fmt: skip
        if size == COMPARED:
            report = _report(place, data)
            tell(f"{size} items, report: {report.seconds:.1f} s")
        place.without(data)
    first, last = min(SIZES), max(SIZES)
    exponent = math.log(ours[last] / ours[first]) / math.log(last / first)
    claims = [
        Claim(
            "10⁶ items checked and prepared ÷ DuckDB's reading and grouping",
            ours[COMPARED] / duck[COMPARED],
            3,
        ),
        Claim("the whole report of 10⁶ items, s", report.seconds, 90),
        Claim("its memory, GB", (report.memory or 0) / 1e9, 2),
        Claim("memory for 10⁷ items checked and prepared, GB", held[last] / 1e9, 4),
        Claim("exponent from 10⁵ to 10⁷", exponent, 1.1),
    ]
    columns = ["register", "checked and prepared, s", "DuckDB, s", "ratio", "memory, MB"]
    note = "Seconds after the imports of both. The report is in Kazakh, as a page, from nothing prepared."
    return Measured(columns, rows, claims, [note])


def _run(place: Workplace, command: Command, size: int) -> tuple[float, Spent]:
    """Run a command and return the seconds of its work; both must have seen each item."""
    whole = spent([command], place.folder, place.environment, PAUSE)
    told: dict[str, Any] = json.loads((place.folder / OUTPUT).read_text(encoding="utf-8").splitlines()[-1])
    if told["items"] != size:
        raise ValueError(f"{command[-1]}: {told['items']} items instead of {size}")
    return told["work"], whole


def _report(place: Workplace, data: str) -> Spent:
    place.without("out", f"{data}/processed")
    command = place.report(PERIOD, "--language", "kk", "--format", "html", data=data)
    return spent([command], place.folder, place.environment, PAUSE)
