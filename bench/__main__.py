"""`make bench`: measure, and put the tables into docs/performance.md."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

from bench import machine, page
from bench.process import FailedError
from bench.workplace import ROOT, Workplace

PARTS = ("cold", "idle", "warm", "stages", "batch", "preview", "items", "cluster")


def main() -> None:
    """Measure the parts asked for, one after another; a part that fails does not stop the others."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all")
    parser.add_argument("--rounds", type=int, default=5, help="how often each way is run")
    parser.add_argument(
        "--tools", type=Path, default=ROOT / "build" / "bench" / ".venv", help="where they are"
    )
    asked = parser.parse_args()
    if unknown := {*asked.parts} - {*PARTS}:
        parser.error(f"no part {', '.join(sorted(unknown))}: of {', '.join(PARTS)}")
    failed = [
        part for part in asked.parts or PARTS if not _measured(part, asked.tools.absolute(), asked.rounds)
    ]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def _measured(part: str, tools: Path, rounds: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="aqparat-bench-") as folder:
        watch = machine.Watch.begin()
        _tell(f"{part}:")
        try:
            place = Workplace.made(Path(folder), tools, rounds)
            measured = importlib.import_module(f"bench.{part}").measure(place, _tell)
        except (FailedError, ValueError) as error:
            _tell(f"{part}: {error}")
            return False
        page.put(part, measured, machine.described(watch.others, rounds))
    for claim in measured.claims:
        _tell(f"{claim.text}: {claim.found:.3g}{'' if claim.holds else ', which falls short'}")
    return True


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
