"""From a change of data, words or notebook to the new page in the preview, against a report from nothing."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.measured import Case, Claim, Measured
from bench.process import OUTPUT, spent
from bench.ways import ours
from bench.workplace import Workplace

CHANGES = {  # what is changed, in which file, from what to what and back
    "a figure": ("data/raw/2017H1/observations.csv", ",306,exact,", ",{new},exact,"),  # never seen before
    "a sentence": (
        "lib/aqparat/texts/kk/narrative/site.md.j2",
        "материал** жарияланды{{ partly(section.now,",
        "материал** жарық көрді{{ partly(section.now,",
    ),
    "the notebook": ("notebooks/report.ipynb", r"report.cards(\"key_figures\")", ""),
}
QUIET = 2  # seconds between changes: whoever writes looks at the page
PATIENCE = 120  # seconds for the first page, and for each after it


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Change something and wait for the page, change it back and wait; before that make a cold report."""
    way = ours(place, "2017H1", "kk")
    cold = Case("aqparat report, cold", way.commands, partial(place.without, *way.made, "data/processed"))
    times: dict[str, list[float]] = {each: [] for name in CHANGES for each in (name, f"{name} back")}
    with _preview(place) as shown:
        for number in range(place.rounds):
            cold.prepare()
            cold.runs.append(spent(cold.commands, place.folder, place.environment))
            for name, (file, old, new) in CHANGES.items():
                before = (place.folder / file).read_text(encoding="utf-8")
                if before.count(old) != 1:
                    raise ValueError(f"{file} has {before.count(old)} times {old}")
                after = before.replace(old, new.replace("{new}", str(307 + number)))
                for each, text in ((name, after), (f"{name} back", before)):
                    time.sleep(QUIET)
                    times[each].append(shown.after(place.folder / file, text))
                    tell(f"{each}: {times[each][-1]:.2f} s ({number + 1} of {place.rounds})")
    rows = [
        [f"change of {name} to page", f"{median(taken):.2f}", f"{min(taken):.2f}–{max(taken):.2f}",
         f"{median(taken) / cold.seconds:.2f}"]
        for name, taken in times.items()
    ]  # fmt: skip
    rows.append([cold.name, f"{cold.seconds:.2f}", cold.spread, "1.00"])
    slowest = max(map(median, times.values()))
    claim = Claim("preview, change to page ÷ cold (the slowest kind of change)", slowest / cold.seconds, 0.2)
    note = (
        "Until the page has come whole over the loopback; a browser then shows it. The figure is another in "
        "each round; back is to what the preview has kept."
    )
    return Measured(["what", "seconds", "least–most", "÷ cold"], rows, [claim], [note])


class _Shown:
    """A preview that runs, seen as its page sees it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._news = urllib.request.urlopen(f"{address}news", timeout=PATIENCE)
        self._made = 0
        self.wait()

    def after(self, file: Path, text: str) -> float:
        """Write a file and return the seconds until the new page is there."""
        begun = time.perf_counter()
        file.write_text(text, encoding="utf-8", newline="")
        self.wait()
        return time.perf_counter() - begun

    def wait(self) -> None:
        """Wait for another report than the last, and take it.

        Raises
        ------
        ValueError
            If what was changed is wrong.
        """
        while (state := self._told())["report"] == self._made or state["making"]:
            if state["told"] and not state["making"]:
                raise ValueError(f"preview: {state['told']}")
        self._made = state["report"]
        with urllib.request.urlopen(f"{self._address}report.html?{self._made}", timeout=PATIENCE) as page:
            page.read()

    def _told(self) -> dict[str, Any]:
        for line in self._news:
            if line.startswith(b"data: "):
                return dict(json.loads(line.removeprefix(b"data: ")))
        raise ValueError("the preview has ended")


@contextmanager
def _preview(place: Workplace) -> Iterator[_Shown]:
    command = [place.program("aqparat"), "preview", "2017H1", "--language", "kk", "--no-browser"]
    with (place.folder / OUTPUT).open("wb") as output:
        process = subprocess.Popen(
            command, cwd=place.folder, env=place.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=output, text=True,
        )  # fmt: skip
        try:
            assert process.stdout
            yield _Shown(process.stdout.readline().strip())
        finally:
            process.terminate()
            process.wait()
