"""What `make faults` adds to pytest: every trial, not a sample, and their number in docs/reliability.md.

A test says `tried("row of the table", 12)`; the sum of a run in which nothing failed goes into that row.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
_tried: Counter[str] = Counter()


def pytest_configure(config):
    config.every_trial = True


def pytest_runtest_logreport(report):
    if report.when == "call" and report.passed:
        for row, count in (told for name, told in report.user_properties if name == "tried"):
            _tried[row] += count  # a test may count more than once


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if not hasattr(session.config, "workerinput") and exitstatus == pytest.ExitCode.OK:
        put({row: f"{count:,}, 0 broken" for row, count in _tried.items()})


def put(figures: dict[str, str], page: Path = PAGE, day: date | None = None) -> None:
    """Put figures and the day into the last two cells of rows that begin with their names."""
    text = page.read_text(encoding="utf-8")
    for row, figure in figures.items():
        line = re.compile(rf"^(\| {re.escape(row)} \|.*\|)[^|\n]*\|[^|\n]*\|$", re.M)
        text, found = line.subn(lambda m, f=figure: f"{m[1]} {f} | {day or date.today()} |", text)
        if found != 1:
            raise ValueError(f"{page.name} has {found} rows {row!r}, wanted one")
    page.write_text(text, encoding="utf-8")
