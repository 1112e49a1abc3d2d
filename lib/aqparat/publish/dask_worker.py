"""What a Dask worker is asked to do: `cluster.Cluster` sends these functions by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from aqparat.publish.build import Build
from aqparat.publish.cargo import Cargo
from aqparat.publish.press import Parcel, Presses
from aqparat.publish.task import Task

_presses = Presses()  # one a thread of the worker at the most


def build() -> Build:
    """Return the program as it is installed here."""
    return Build.here()


def warm(dask_worker: Any) -> None:
    """Start what renders, so that it has imported what it needs when the first task comes."""
    _presses.warm(dask_worker.state.nthreads)


def render(task: Task, notebook: bytes, data: Cargo) -> bytes:
    """Render a task and return what came of it, a pickled `Printed`.

    Raises
    ------
    PressEndedError
    """
    from distributed import get_worker

    worker = get_worker()
    home = data.unpacked(Path(worker.local_directory))
    with _presses.one() as press:
        return press.render(Parcel(replace(task, home=home), notebook, data.build, worker.address))
