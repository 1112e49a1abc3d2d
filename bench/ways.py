"""The ways from a notebook to a page that are compared, each as the commands that a person would type."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.process import Command
from bench.workplace import Workplace

FLOOR = "import sys; sys.modules['rfc3987_syntax'] = None; import pandas, seaborn, papermill, nbconvert"
MIME = "application/vnd.aqparat+json"


@dataclass(frozen=True)
class Way:
    """A way to make a page.

    Parameters
    ----------
    name : str
    commands : sequence of commands
        Run one after another.
    executed : str
        The executed notebook that it leaves.
    made : tuple of str
        What it leaves, to be taken away before it is run anew.
    """

    name: str
    commands: Sequence[Command]
    executed: str
    made: tuple[str, ...]


def floor(place: Workplace) -> Command:
    """Return what must be imported at the least, in one process."""
    return [place.python, "-c", FLOOR]


def ways(place: Workplace, period: str = "2017H1", language: str = "kk", data: str = "data") -> list[Way]:
    """Return the ways to make the union's report in one language, as a page."""
    given = {"period": period, "language": language, "data": data}
    return [
        ours(place, period, language, data),
        naive(place, given),
        ploomber(place, given),
        plain(place, given),
    ]


def ours(place: Workplace, period: str, language: str, data: str = "data") -> Way:
    """Return this program's way."""
    command = place.report(period, "--language", language, "--format", "html", data=data)
    return Way("aqparat report", [command], f"out/{period}/{language}/report.ipynb", ("out",))


def plain(place: Workplace, given: dict[str, str]) -> Way:
    """Return the notebook's cells in a shell in one process; it leaves no page."""
    pairs = [f"{name}={value}" for name, value in given.items()]
    command = [*place.script("plain"), "notebooks/report.ipynb", "plain.ipynb", *pairs]
    return Way("plain process", [command], "plain.ipynb", ("plain.ipynb",))


def naive(place: Workplace, given: dict[str, str], notebook: str = "report") -> Way:
    """Return papermill's command and nbconvert's."""
    options = [part for name, value in given.items() for part in ("-p", name, value)]
    run = [place.program("papermill"), f"notebooks/{notebook}.ipynb", "naive.ipynb", *options]
    render = [place.program("jupyter"), "nbconvert", "--to", "html", "naive.ipynb"]
    return Way("naive", [[*run, "-k", "python3"], render], "naive.ipynb", ("naive.ipynb", "naive.html"))


def ploomber(place: Workplace, given: dict[str, str]) -> Way:
    """Return ploomber-engine's command, which runs a notebook in its own process, and nbconvert's."""
    options = [part for name, value in given.items() for part in ("-p", name, value)]
    run = [place.tool("ploomber-engine"), "notebooks/report.ipynb", "ploomber.ipynb", *options]
    render = [place.tool("jupyter"), "nbconvert", "--to", "html", "ploomber.ipynb"]
    return Way("ploomber-engine", [run, render], "ploomber.ipynb", ("ploomber.ipynb", "ploomber.html"))


def blocks(executed: Path) -> list[dict[str, object]]:
    """Return all that an executed notebook shows: words, tables, figures, facts and their values."""
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [data[MIME] for data in outputs if MIME in data]


def facts(shown: Sequence[dict[str, object]]) -> int:
    """Count the facts that blocks show."""
    return len({fact for block in shown for fact in block.get("facts", [])})  # type: ignore[attr-defined]
