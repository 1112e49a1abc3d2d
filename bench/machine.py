"""The machine, as the page names it beside each table."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

NAMED = ("pandas", "numpy", "pyarrow", "matplotlib", "papermill", "nbconvert", "ipykernel")
LOUD = 0.1  # the share of the processors that others may take; beyond, the page warns of it


@dataclass(frozen=True)
class Watch:
    """How busy other programs keep the machine from a moment on."""

    begun: float
    all_used: float
    used_here: float

    @classmethod
    def begin(cls) -> Watch:
        """Watch from now."""
        return cls(time.monotonic(), _all_used(), _used_here())

    @property
    def others(self) -> float:
        """The share of all processors' time that programs have taken which this one has not started."""
        seconds = (time.monotonic() - self.begun) * (os.cpu_count() or 1)
        return max(0.0, (_all_used() - self.all_used - _used_here() + self.used_here) / seconds)


def _all_used() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0) - getattr(times, "guest", 0))


def _used_here() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def described(others: float, rounds: int) -> str:
    """Return a sentence on day, machine, versions, and on what else kept it busy."""
    versions = ", ".join(f"{name} {version(name)}" for name in NAMED)
    kernels = [f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.startswith("OPENBLAS")]
    settings = f" With {', '.join(kernels)}." if kernels else ""
    warning = " **The machine was not quiet.**" if others > LOUD else ""
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, {_memory()},"
        f" {platform.system()}; Python {platform.python_version()}, {versions}.{settings}"
        f" Medians of {rounds}. Other programs took {others:.0%} of the processors meanwhile.{warning}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
