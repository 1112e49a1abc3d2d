"""What stands before a command and after it, undisturbed; and commands in forks, by the hundred."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from trial import ROOT, Ended, Place, is_stray, tree

MINE = b"mended by hand"  # what somebody has made of a marked copy: never to be lost
MARKED = "reports/2017H1/quality/marked/handed-in-0.xlsx"
HTML = "--language", "en", "--format", "html"
OWN = "--organisation", "KUS", "--only"


def _figure(place: Place, value: int) -> None:
    """Change a raw figure: the report is another one then."""
    path = place.data / "raw" / "2017H1" / "observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(2017-01-01,2017-06-30,)306,", rf"\g<1>{value},", text), encoding="utf-8")


def _workbooks(place: Place, *rows: str) -> None:
    """Hand in workbooks, each with a row that is wrong."""
    for number, indicator in enumerate(rows):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "observations"
        sheet.append(["indicator", "organisation", "outlet", "start", "end", "value", "qualifier", "source"])
        sheet.append([indicator, "KUS", "", "2017-01-01", "2017-06-30", 1, "exact", "a letter"])
        book.save(place.data / "raw" / "2017H1" / f"handed-in-{number}.xlsx")


def _made(place: Place) -> None:
    assert place.run("report", "2017H1", *HTML).status == 0


def _old(place: Place) -> None:
    _figure(place, 307)


def _old_own(place: Place) -> None:
    assert place.run("report", "2017H1", *HTML, *OWN).status == 0
    _figure(place, 307)


def _checked(place: Place) -> None:
    """Check what was handed in after the report, mend a copy; then more is handed in."""
    _figure(place, 307)
    _workbooks(place, "wrong", "unknown")
    assert place.run("check", "2017H1", "--language", "en").status == 1
    (place.path / MARKED).write_bytes(MINE)
    _workbooks(place, "wrong", "strange", "foreign")


def _forms(place: Place) -> None:
    assert place.run("form", "2017H1", "--organisation", "KUS,CEN").status == 0
    path = place.data / "raw" / "reference" / "organisations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Костанай", "Кустанай"), encoding="utf-8")


@dataclass(frozen=True)
class Case:
    """A command and what it finds.

    Parameters
    ----------
    arguments : tuple of str
    prepare : tuple of callable
        Make what is there before, one after another; what begins alike is made once.
    share : int
        How often it is tried, of all moments.
    alone : bool
        Whether it is always a process of its own.
    status : int
        That of the command undisturbed.
    """

    arguments: tuple[str, ...]
    prepare: tuple[Callable[[Place], None], ...]
    share: int = 1
    status: int = 0
    alone: bool = False


CASES = {
    "report, nothing there": Case(("report", "2017H1", *HTML), (), 4),
    "report": Case(("report", "2017H1", *HTML), (_made, _old), 8),
    "report with PDF": Case(("report", "2017H1", "--language", "en"), (_made, _old), 2),
    "report, three languages": Case(("report", "2017H1"), (_made, _old), 2),
    "own report": Case(("report", "2017H1", *HTML, *OWN), (_made, _old_own), 2),
    "batch": Case(("report", "2017H1", *HTML, "--organisation", "all"), (_made, _old), 1),
    "check": Case(("check", "2017H1", "--language", "en"), (_made, _checked), 8, 1),
    "form": Case(("form", "2017H1"), (_forms,), 2),
    "form of some": Case(("form", "2017H1", "--organisation", "KUS,CEN"), (_forms,), 4),
    "publish": Case(("publish", "2017H1"), (_made,), 6),
    "verify": Case(("verify", "reports/2017H1"), (_made,), 1, alone=True),
}


@dataclass(frozen=True)
class Scene:
    """A place before a command, and the same place after it, undisturbed."""

    before: Place
    after: Place
    seconds: float


def kept(place: Place) -> dict[str, str]:
    """Return every file that is kept in a place, but what is only there to be quicker, and strays."""
    files = tree(place.path, "data/processed", "tmp", "home", "notebooks")
    return {name: digest for name, digest in files.items() if not is_stray(name)}


def held(place: Place, scene: Scene, name: str) -> None:
    """Hold that all that a command has left as it died is the old or the new, the report as one thing."""
    here, old, new = (kept(each) for each in (place, scene.before, scene.after))
    aside = place.reports / ".staging-old-2017H1"
    if aside.is_dir() and not (place.reports / "2017H1").exists():  # the next command brings it back
        here |= {f"reports/2017H1/{path}": digest for path, digest in tree(aside).items()}
    report, besides = re.compile(r"reports/2017H1/"), re.compile(r"reports/2017H1/quality/marked/")
    if name == "check":
        report = re.compile(r"reports/2017H1/(?!quality/)")
    parts = [{p: d for p, d in each.items() if report.match(p)} for each in (here, old, new)]
    assert parts[0] in parts[1:], sorted({*parts[0].items()} ^ {*parts[1].items()})[:4]
    for path in {*here, *old, *new}:
        digests = old.get(path), new.get(path)
        gone = [None] if besides.match(path) else []  # the program's own copies are made anew
        assert here.get(path) in [*digests, *gone] or path.endswith("/.written"), path
    if MARKED in old:
        assert here[MARKED] == old[MARKED]


def made_up_for(place: Place, scene: Scene, name: str, again: Ended) -> None:
    """Hold that the same command again did what it would have done, and that nothing is left besides."""
    assert again.status == CASES[name].status, again.said
    here, wanted = kept(place), kept(scene.after)
    assert here == wanted, sorted({*here.items()} ^ {*wanted.items()})[:4]
    strays = place.strays()
    assert not strays, strays


class Warm:
    """Runs commands in forks of a process that has imported the program; see `inject/warm.py`."""

    def __init__(self) -> None:
        path = Path(__file__).parent / "inject"
        inject = os.pathsep.join([str(path), str(ROOT / "lib")])
        self._process = subprocess.Popen(
            [sys.executable, path / "warm.py"],
            env={**os.environ, "PYTHONPATH": inject, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(
        self, place: Place, name: str, documents: Path, killed: tuple[int, float] = (0, 0), **fault: object
    ) -> Ended:
        """Run a command of a case, with a fault if there is one; or send it a signal after some seconds."""
        said = place.path.with_suffix(".said")
        asked = {
            "arguments": CASES[name].arguments,
            "place": str(place.path),
            "environment": place.environment,
            "fault": fault and {"under": str(place.path), **fault},
            "said": str(said),
            "documents": str(documents),
            "killed": killed,
        }
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        told = said.read_text(encoding="utf-8")
        assert "Traceback" not in told, told
        return Ended(status, told)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@contextmanager
def noted(told: str, said: str) -> Iterator[None]:
    """Add to what is wrong what was tried, and what the command had said."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"{told}\n{said}")
        raise
