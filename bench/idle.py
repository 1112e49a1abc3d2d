"""Nothing to do, and help: what a person waits for most often."""

from __future__ import annotations

from collections.abc import Callable

from bench.measured import Case, Claim, Measured, against, alternate
from bench.process import spent
from bench.ways import floor
from bench.workplace import Workplace


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Run the program where the report is there already, and ask for help."""
    everything = place.report("2017H1", out="idle")
    spent([everything], place.folder, place.environment)

    def unchanged() -> None:
        if "unchanged" not in (place.folder / "output.txt").read_text(encoding="utf-8"):
            raise ValueError("the report was made again")

    base = Case("floor: the imports", [floor(place)])
    idle = Case("aqparat report, nothing to do", [everything], check=unchanged)
    words = Case("aqparat --help", [[place.program("aqparat"), "--help"]])
    alternate([base, idle, words], place, tell)
    claims = [
        Claim("nothing to do ÷ floor", idle.seconds / base.seconds, 0.15),
        Claim("--help ÷ floor", words.seconds / base.seconds, 0.08),
    ]
    return against([base, idle, words], {"floor": base.seconds}, claims, [])
