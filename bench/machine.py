"""The machine, as the page names it beside each table."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

NAMED = ("pandas", "numpy", "pyarrow", "matplotlib", "papermill", "nbconvert", "ipykernel")


def load() -> float:
    """Return how many processes were at work in the last minute."""
    return os.getloadavg()[0]


def described(busy: float, rounds: int) -> str:
    """Return a sentence on day, machine, versions and load."""
    versions = ", ".join(f"{name} {version(name)}" for name in NAMED)
    kernels = {name: os.environ[name] for name in sorted(os.environ) if name.startswith("OPENBLAS")}
    settings = f" With {', '.join(f'{name}={value}' for name, value in kernels.items())}." if kernels else ""
    warning = " **The machine was not quiet.**" if busy > 0.5 else ""
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, {_memory()},"
        f" {platform.system()}; Python {platform.python_version()}, {versions}.{settings}"
        f" Medians of {rounds}; load before: {busy:.1f}.{warning}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
